"""From a signed-in person to an actor: the appointments in force today, in one query."""

from datetime import date

from django.db.models import Q

from yishi.core.person import VISITOR, Actor, Level, Role, Seat
from yishi.records.models import Appointment, Person


def not_over(day: date) -> Q:
    """Appointments that hold on `day` or are still to begin."""
    return Q(until_on__isnull=True) | Q(until_on__gt=day)


def in_force_on(day: date) -> Q:
    """Appointments that hold on `day`."""
    return Q(from_on__lte=day) & not_over(day)


def actor_of(person: Person | None, today: date) -> Actor:
    """The actor `person` is on `today` (local date); a visitor where there is nobody."""
    if person is None or not person.is_active:
        return VISITOR
    terms = Appointment.objects.filter(in_force_on(today), person_id=person.pk).values(
        "role", "place_id", "place__line", "body_id", "grouping_id", "office"
    )
    seats = tuple(
        Seat(
            role=Role(row["role"]),
            place_id=row["place_id"],
            line=row["place__line"],
            body_id=row["body_id"],
            grouping_id=row["grouping_id"],
            office=row["office"],
        )
        for row in terms.order_by("id")
    )
    return Actor(person.pk, seats, Level(person.level), name=person.name)
