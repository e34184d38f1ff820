"""The lines of a roll for those who keep it: a page of them, one, by building, by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from yishi.core.redaction import Redaction
from yishi.records.models import (
    Appointment,
    Doorstep,
    Place,
    Proxy,
    RollObjection,
    Vote,
    Voter,
)
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.paging import Listed, listed, plain
from yishi.records.queries.rule import adopted, parsed

ROW = ("uid", "no", "name", "label", "area_cm2", "is_struck", "way", "accounts")
COLLECTORS, BUILDINGS, OBJECTIONS = 200, 300, 100
ELSEWHERE = "none"


@dataclass(frozen=True)
class Called:
    """How the doors of one building stand: lines, and of them delivered, absent, refused, in."""

    code: str
    name: str
    lines: int
    taken: int
    found: dict[str, int]


def lines_page(vote: Vote, page: int, building: str = "", state: str = "") -> Listed:
    """A page of the roll, by number; `building`: a code, `none` for lines of no building;
    `state`: `struck`, `on` (not struck), `in` (took part), `out` (did not). Two statements."""
    rows = _lines(vote, building)
    if state == "struck":
        rows = rows.filter(is_struck=True)
    elif state == "on":
        rows = rows.filter(is_struck=False)
    elif state == "in":
        rows = rows.filter(part__isnull=False)
    elif state == "out":
        rows = rows.filter(part__isnull=True, is_struck=False)
    return listed(_shown(rows), page)


def all_lines(vote: Vote) -> Iterable[dict[str, Any]]:
    """Every line that stands on the roll, by number. One statement."""
    return _shown(_lines(vote).filter(is_struck=False)).iterator(2_000)


def line_seen(vote: Vote, uid: str) -> dict[str, Any] | None:
    """One line of the roll with how its door was last found. One statement."""
    return next(iter(plain(_with_doors(_shown(_lines(vote).filter(uid=uid))))), None)


def line_numbered(vote: Vote, no: int) -> str:
    """The uid of the line with that number that stands on the roll; "" for none. One statement."""
    rows = Voter.objects.filter(vote=vote, no=no, is_struck=False)
    return rows.values_list("uid", flat=True).first() or ""


def doors_page(vote: Vote, building: str, page: int) -> Listed:
    """The lines of one building as whoever goes from door to door has them. Two statements."""
    rows = _lines(vote, building).filter(is_struck=False)
    return listed(_with_doors(_shown(rows)), page)


def buildings_called(vote: Vote) -> list[Called]:
    """Each building with lines on the roll, how many took part and how the others' doors were
    last found. Two statements."""
    rows = Voter.objects.filter(vote=vote, is_struck=False).order_by()
    counted = rows.values("building__code", "building__name").annotate(
        lines=Count("pk"), taken=Count("part")
    )
    last = Doorstep.objects.filter(voter=OuterRef("pk")).order_by("-at", "-id").values("found")
    doors: dict[str, dict[str, int]] = {}
    found = rows.filter(part__isnull=True, doorsteps__isnull=False).annotate(
        last=Subquery(last[:1])
    )
    for code, state, number in found.values_list("building__code", "last").annotate(
        n=Count("pk", distinct=True)
    ):
        doors.setdefault(code or ELSEWHERE, {})[state] = number
    return [
        Called(
            row["building__code"] or ELSEWHERE,
            row["building__name"] or "",
            row["lines"],
            row["taken"],
            doors.get(row["building__code"] or ELSEWHERE, {}),
        )
        for row in counted.order_by("building__code")[:BUILDINGS]
    ]


def collectors_at(place: Place, day: date, me: int | None) -> list[tuple[str, str]]:
    """(uid, name and post) of those who may be the second at a door: whoever holds a post in the
    community, the actor left out. One statement."""
    rows = Appointment.objects.filter(in_force_on(day), place=place).exclude(person_id=me or 0)
    found: dict[str, str] = {}
    for uid, name, office in rows.order_by("id").values_list(
        "person__uid", "person__name", "office"
    )[:COLLECTORS]:
        found.setdefault(uid, f"{name}（{office}）" if office and office != name else name)
    return list(found.items())


def objections_of(vote: Vote) -> list[RollObjection]:
    """The objections to a roll, those that wait for a ruling first. One statement."""
    rows = RollObjection.objects.filter(vote=vote).select_related("person", "ruled_by")
    return list(rows.order_by(F("ruled_at").asc(nulls_first=True), "at", "id")[:OBJECTIONS])


def own_objections(vote: Vote, person_id: int | None) -> list[RollObjection]:
    """What this person objected to. One statement."""
    rows = RollObjection.objects.filter(vote=vote, person_id=person_id or 0)
    return list(rows.order_by("-at")[:OBJECTIONS])


def proxies_page(vote: Vote, page: int) -> Listed:
    """The proxies that were filed, the running ones first. Two statements."""
    rows = Proxy.objects.filter(vote=vote).order_by(F("ended_at").asc(nulls_first=True), "id")
    columns = (
        "giver__no", "giver__name", "giver__label", "holder__no", "holder__name", "holder__label",
        "filed_at", "ended_at", "filed_by__name",
    )  # fmt: skip
    return listed(rows.values(*columns), page)


def redaction_at(place: Place, day: date) -> Redaction:
    """The rules by which names are hidden there. Raises RulesMissing."""
    rules: Redaction = parsed(adopted(place, day, "redaction")["redaction"])
    return rules


def _lines(vote: Vote, building: str = "") -> "QuerySet[Voter]":
    rows = Voter.objects.filter(vote=vote)
    if building == ELSEWHERE:
        return rows.filter(building=None)
    return rows.filter(building__code=building) if building else rows


def _shown(rows: "QuerySet[Voter]") -> "QuerySet[Voter, Any]":
    accounts = Count("holders", distinct=True)
    return rows.annotate(way=F("part__way"), accounts=accounts).order_by("no").values(*ROW)


def _with_doors(rows: "QuerySet[Voter, Any]") -> "QuerySet[Voter, Any]":
    last = Doorstep.objects.filter(voter=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(
        found=Subquery(last.values("found")[:1]), found_at=Subquery(last.values("at")[:1])
    ).values(*ROW, "found", "found_at")


__all__: Sequence[str] = (
    "Called", "all_lines", "buildings_called", "collectors_at", "doors_page",
    "line_numbered", "line_seen", "lines_page", "objections_of",
    "own_objections", "proxies_page", "redaction_at",
)  # fmt: skip
