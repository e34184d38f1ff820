"""What every appointing act asks: may this person hold this post beside what they hold?"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from yishi.acts.door import Ask
from yishi.acts.loading import BATCH
from yishi.core.appointment import (
    Ground,
    Post,
    Service,
    Term,
    Where,
    must_fit_post,
    must_go_forward,
    must_have_ground,
    must_not_be_self,
    must_stay_apart,
)
from yishi.core.person import Role
from yishi.core.place import BodyKind, GroupingKind, PlaceKind
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.records.models import Appointment, Person, Topic


def may_hold(ask: Ask, row: Appointment, held: Iterable[Appointment]) -> Refusal | None:
    """Everything that could speak against this unsaved appointment, in the order people ask."""
    if not row.person.is_active:
        return Refusal("not_active")
    held = list(held)
    term = Term(row.from_on, row.until_on)
    where = Where(
        row.place_id,
        PlaceKind(row.place.kind),
        row.place.line,
        row.body.place.line if row.body else "",
        GroupingKind(row.grouping.kind) if row.grouping else None,
        row.grouping.community_id if row.grouping else None,
        BodyKind(row.body.kind) if row.body else None,
    )
    return (
        must_not_be_self(ask.actor.person_id, row.person_id)
        or must_fit_post(Role(row.role), where)
        or must_go_forward(term)
        or must_stay_apart(
            post_of(row), term, [(post_of(r), Term(r.from_on, r.until_on)) for r in held]
        )
        or _must_have_ground(row, held)
    )


def _must_have_ground(row: Appointment, held: Iterable[Appointment]) -> Refusal | None:
    """Whether a cross-appointment names the topic that decided it; one query where one is named."""
    ground = None
    if row.ground:
        topic = Topic.objects.filter(number=row.ground).select_related("place").first()
        if topic is None:
            return Refusal("cross_topic_unknown", have=row.ground)
        carried = topic.state == TopicState.ENDED and topic.is_carried_out
        ground = Ground(topic.number, topic.place.line, carried)
    line = row.body.place.line if row.body else row.place.line
    return must_have_ground(_service(row), line, [_service(r) for r in held], ground)


def _service(row: Appointment) -> Service:
    kind = BodyKind(row.body.kind) if row.body else None
    return Service(Role(row.role), kind, Term(row.from_on, row.until_on))


def post_of(row: Appointment) -> Post:
    """The post an appointment is for."""
    return Post(Role(row.role), row.place_id, row.body_id, row.grouping_id)


def in_force(row: Appointment, day: date) -> bool:
    """Whether the appointment holds on `day`."""
    return row.from_on <= day and (row.until_on is None or day < row.until_on)


def held_by(person_ids: Sequence[int]) -> dict[int, list[Appointment]]:
    """person → all their appointments, now and before, with place, body and grouping."""
    found: dict[int, list[Appointment]] = {}
    for start in range(0, len(person_ids), BATCH):
        rows = Appointment.objects.filter(person_id__in=person_ids[start : start + BATCH])
        for row in rows.select_related("place", "body__place", "grouping", "person").order_by("id"):
            found.setdefault(row.person_id, []).append(row)
    return found


def mark_staff(people: Iterable[Person]) -> None:
    """Whoever holds a post signs in as staff do: with a password and a second factor."""
    ids = [person.pk for person in people if not person.is_staff_member]
    for start in range(0, len(ids), BATCH):
        Person.objects.filter(pk__in=ids[start : start + BATCH]).update(is_staff_member=True)


def hold(*uids: str) -> dict[str, Person]:
    """The persons, locked in order where the database locks rows: their posts do not change."""
    rows = Person.objects.filter(uid__in=uids).order_by("id")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return {row.uid: row for row in rows}
