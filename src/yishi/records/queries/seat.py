"""Seats: who sits in the bodies of a place, for which term, and who convenes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from yishi.core.appointment import SEATS, SERVES
from yishi.core.person import Role
from yishi.core.place import CROSSING, SEATED, BodyKind
from yishi.records.models import Appointment, Body, Place
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.paging import Listed, listed, plain

NOW, BEFORE, COMING = "now", "before", "coming"
CROSSED = 100
PLACES = 500


@dataclass(frozen=True)
class Convener:
    """Somebody who speaks for a body; a public office, so the name is public."""

    person_id: int
    name: str
    office: str


def sitting(day: date) -> Q:
    """Appointments that are a seat on `day`: to convene or to be a member, in force, of somebody
    whose account is open. What a quorum is counted of, on every page and in every act."""
    return in_force_on(day) & Q(role__in=SEATS, person__is_active=True)


def seats_at(place_id: int, day: date) -> dict[BodyKind, int]:
    """Kind → seats filled on `day` in the bodies of a place; who has two seats in a kind counts
    once, and a kind nobody sits in is missing. One statement."""
    rows = Appointment.objects.filter(sitting(day), body__place_id=place_id).order_by()
    counted = rows.values("body__kind").annotate(n=Count("person_id", distinct=True))
    return {BodyKind(kind): n for kind, n in counted.values_list("body__kind", "n")}


def conveners_of(body_ids: Iterable[int], day: date) -> dict[int, list[Convener]]:
    """Body → who convenes it on `day`, the first appointed first. One statement."""
    found: dict[int, list[Convener]] = {body: [] for body in body_ids}
    rows = _sitting(list(found), day).filter(role=Role.CONVENER).order_by("from_on", "id")
    for body, person, name, office in rows.values_list(
        "body_id", "person_id", "person__name", "office"
    ):
        if body is not None:
            found[body].append(Convener(person, name, office))
    return found


def _sitting(body_ids: list[int], day: date) -> "QuerySet[Appointment]":
    return Appointment.objects.filter(sitting(day), body_id__in=body_ids)


def bodies_page(day: date, place_code: str, kind: str, page: int) -> Listed:
    """A page of the bodies with seats: {uid, name, kind, place, estate, filled, until, conveners}.
    Four statements.

    `place_code`: that place's alone; "" for every place. `until`: when the first of the present
    terms ends, None where none does.
    """
    rows = Body.objects.filter(kind__in=SEATED)
    if place_code:
        rows = rows.filter(place__code=place_code)
    if kind in SEATED:
        rows = rows.filter(kind=kind)
    columns = ("id", "uid", "name", "kind", "place__name", "estate__name")
    found = listed(rows.order_by("place__line", "id").values(*columns), page)
    ids = [row["id"] for row in found.rows]
    counts = _sitting(ids, day).order_by().values("body_id")
    filled = {
        row["body_id"]: row
        for row in counts.annotate(n=Count("person_id", distinct=True), until=Min("until_on"))
    }
    conveners = conveners_of(ids, day)
    for row in found.rows:
        counted = filled.get(row["id"], {"n": 0, "until": None})
        row |= {"filled": counted["n"], "until": counted["until"]}
        row["conveners"] = conveners[row["id"]]
    return found


def seats_page(body: Body, day: date, when: str, page: int) -> Listed:
    """A page of the seats of a body: in force on `day`, over before it (`BEFORE`), or still to
    begin (`COMING`); whoever convenes first. Two statements."""
    rows = Appointment.objects.filter(body=body, role__in=SEATS)
    if when == BEFORE:
        rows = rows.filter(until_on__lte=day).order_by("-until_on", "role", "id")
    elif when == COMING:
        rows = rows.filter(from_on__gt=day).order_by("from_on", "role", "id")
    else:
        rows = rows.filter(in_force_on(day)).order_by("role", "id")
    columns = ("role", "office", "from_on", "until_on", "ground", "person_id", "person__name")
    return listed(rows.values(*columns), page)


def count_seats(body: Body, day: date) -> dict[str, int]:
    """How many terms of a body are in force (`now`), over and still to begin, and how many
    persons of open account have a seat in it on `day` (`filled`). One statement."""
    rows = Appointment.objects.filter(body=body, role__in=SEATS)
    return rows.aggregate(
        filled=Count("person_id", distinct=True, filter=sitting(day)),
        now=Count("pk", filter=in_force_on(day)),
        before=Count("pk", filter=Q(until_on__lte=day)),
        coming=Count("pk", filter=Q(from_on__gt=day)),
    )


def crossed_with(body: Body, day: date) -> list[dict[str, Any]]:
    """Who serves this body and, on `day`, another of those that may cross: both posts' roles and
    the grounds they name; at most 100. One statement where the body may cross, else none.

    {person__name, role, ground} of the post elsewhere, with body__name and body__uid, and `own`:
    the post here.
    """
    if body.kind not in CROSSING:
        return []
    serving = Appointment.objects.filter(in_force_on(day), role__in=SERVES)
    here = serving.filter(body=body)
    there = serving.filter(body__kind__in=CROSSING - {BodyKind(body.kind)})
    both = there.filter(person_id__in=here.values("person_id")) | here.filter(
        person_id__in=there.values("person_id")
    )
    columns = ("person_id", "person__name", "role", "ground", "body_id", "body__name", "body__uid")
    rows = plain(both.order_by("person_id", "id").values(*columns)[:CROSSED])
    own = {row["person_id"]: row for row in rows if row["body_id"] == body.pk}
    return [
        {**row, "own": own[row["person_id"]]}
        for row in rows
        if row["body_id"] != body.pk and row["person_id"] in own
    ]


def body_of(uid: str) -> Body | None:
    """The body with seats of that uid. One statement."""
    rows = Body.objects.filter(uid=uid, kind__in=SEATED)
    return rows.select_related("place", "estate").first()


def bodies_by_id(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Id → {uid, name, kind} of bodies with seats. One statement."""
    rows = Body.objects.filter(pk__in=list(ids), kind__in=SEATED)
    return {row["id"]: dict(row) for row in rows.values("id", "uid", "name", "kind")}


def places_with_seats() -> list[dict[str, Any]]:
    """The places that have a body with seats, from the top down: {id, code, name, line}. One
    statement."""
    seated = Body.objects.filter(kind__in=SEATED).values("place_id")
    rows = Place.objects.filter(pk__in=seated).order_by("line")
    return plain(rows.values("id", "code", "name", "line")[:PLACES])
