"""The rules of messages for the people they go to: those in force where each of them belongs."""

from collections.abc import Iterable
from datetime import date

from yishi.core.message import MessageRules
from yishi.records.models import Appointment, Person, Place
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.rule import RulesMissing, adopted, parsed


def message_rules(people: Iterable[Person], day: date) -> dict[int, MessageRules | None]:
    """person → the rules at their post, else at their home, else of the whole installation.

    None where no place above has adopted any: such a person reads on the page alone. Four
    queries and one for each place.
    """
    people = list(people)
    posts = Appointment.objects.filter(in_force_on(day), person__in=people).order_by("-id")
    at = dict(posts.values_list("person_id", "place_id"))
    homes = Person.objects.filter(pk__in=[p.pk for p in people]).exclude(home=None)
    home = dict(homes.values_list("id", "home__community_id"))
    top = Place.objects.filter(parent=None).order_by("code").values_list("id", flat=True).first()
    wanted = {p.pk: at.get(p.pk) or home.get(p.pk) or top for p in people}
    places = Place.objects.filter(id__in={place for place in wanted.values() if place})
    rules = {place.pk: message_rules_at(place, day) for place in places}
    return {person: rules.get(place) if place else None for person, place in wanted.items()}


def message_rules_at(place: Place, day: date) -> MessageRules | None:
    """The rules in force at a place; None where none are adopted."""
    try:
        return parsed(adopted(place, day, "messages")["messages"])
    except RulesMissing:
        return None
