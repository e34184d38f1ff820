"""Appointments as their administrator sees them: who holds what, where, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from yishi.core.person import Actor, Role
from yishi.core.place import PlaceKind
from yishi.records.models import Appointment, Body, Grouping, Place
from yishi.records.queries.actor import in_force_on, not_over
from yishi.records.queries.paging import Listed, listed, plain
from yishi.records.queries.place import below, seats_for

SOON = timedelta(days=60)
OPTIONS = 500
COLUMNS = (
    "uid",
    "role",
    "office",
    "from_on",
    "until_on",
    "person__uid",
    "person__name",
    "place__name",
    "body__name",
    "grouping__name",
)


def appointments(
    actor: Actor, day: date, role: str, place_code: str, expiring: bool, page: int
) -> Listed:
    """A page of appointments in force on `day` or still to begin. Two statements.

    `expiring`: those that end within 60 days, the first to end first.
    """
    rows = Appointment.objects.filter(below(seats_for(actor, "appointment.give"), "place__line"))
    rows = rows.filter(not_over(day))
    if role in list(Role):
        rows = rows.filter(role=role)
    if place_code:
        rows = rows.filter(place__code=place_code)
    if expiring:
        rows = rows.filter(until_on__lte=day + SOON).order_by("until_on", "id")
    else:
        rows = rows.order_by("place__line", "role", "id")
    return listed(rows.values(*COLUMNS), page)


def handlers_of(bodies: Iterable[int], day: date) -> dict[int, list[int]]:
    """body → the people who handle matters for it on `day`. One query."""
    found: dict[int, list[int]] = {body: [] for body in bodies}
    rows = Appointment.objects.filter(
        in_force_on(day), role=Role.UNIT_HANDLER, body_id__in=found, person__is_active=True
    )
    for body, person in rows.order_by("id").values_list("body_id", "person_id"):
        if body is not None:
            found[body].append(person)
    return found


def posts_of(actor: Actor, person_id: int, page: int) -> Listed:
    """What a person holds and has held in the actor's place, the latest first. Two statements."""
    inside = below(seats_for(actor, "appointment.give"), "place__line")
    rows = Appointment.objects.filter(inside, person_id=person_id)
    return listed(rows.order_by("-from_on", "-id").values(*COLUMNS), page)


def to_hand_over(actor: Actor, person_id: int, line: str, on: date) -> list[dict[str, Any]]:
    """What a person holds on `on` in the place of `line` and below; at most 500."""
    inside = below(seats_for(actor, "appointment.hand_over"), "place__line")
    rows = Appointment.objects.filter(
        inside, in_force_on(on), person_id=person_id, place__line__startswith=line
    )
    return list(rows.order_by("place__line", "id").values(*COLUMNS)[:OPTIONS])


def place_options(actor: Actor, act: str) -> list[dict[str, Any]]:
    """Every place in which `actor` may do `act`, from the top down; at most 500."""
    rows = Place.objects.filter(below(seats_for(actor, act))).order_by("line")
    return plain(rows.values("uid", "code", "name", "kind", "line")[:OPTIONS])


@dataclass(frozen=True)
class PostOptions:
    """What a post at a place may name: bodies at, above or below it, the community's groupings."""

    place: Place
    bodies: list[dict[str, Any]]
    groupings: list[dict[str, Any]]


def post_options(actor: Actor, place_uid: str) -> PostOptions | None:
    """The options of a post at that place; None where it is not the actor's. Three statements."""
    rows = Place.objects.filter(below(seats_for(actor, "appointment.give")), uid=place_uid)
    place = rows.first()
    if place is None:
        return None
    near = Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)
    bodies = Body.objects.filter(near).order_by("-place__line", "name").values("uid", "name")
    groupings: list[dict[str, Any]] = []
    if place.kind == PlaceKind.COMMUNITY:
        found = Grouping.objects.filter(community=place).order_by("kind", "code")
        groupings = plain(found.values("uid", "name", "kind")[:OPTIONS])
    return PostOptions(place, plain(bodies[:OPTIONS]), groupings)
