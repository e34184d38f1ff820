"""The rows of a sheet that is asked for from above: of the matters the asker may count."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from yishi.core.case.request import RequestKind
from yishi.core.caserules import CaseRules
from yishi.core.casesheet import CaseSheet, Over
from yishi.core.channel import Channel
from yishi.core.clock import ClockKind, ClockState
from yishi.core.person import Actor
from yishi.core.redaction import Redaction
from yishi.records.models import (
    Assignment,
    Case,
    Clock,
    Entry,
    Link,
    Order,
    OutsideOrder,
    Place,
    Rating,
    Request,
)
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import adopted, parsed, start_of

ACT = "sheet.take"
CHUNK = 500
MOST = 20_000
COLUMNS = (
    "pk", "uid", "number", "filed_at", "channel", "place__name", "place__parent__name",
    "grid__name", "building__name", "nature", "kind", "duty__major", "duty__basis",
    "duty__limit_words", "item_title", "item", "lead__name", "dispatched_at", "settled_at",
    "answered_at", "state", "main__number",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What is known of one matter, as far as its sheet needs it; None where there is nothing."""

    row: dict[str, Any]
    works: list[dict[str, Any]] | None
    clock: dict[str, Any] | None
    order: dict[str, Any] | None
    rating: dict[str, Any] | None
    raised: tuple[str, int] | None
    returns: int | None
    orders: int | None
    urged: int | None


@dataclass(frozen=True)
class Named:
    """The sheets adopted at a place, and what codes are called there."""

    sheets: tuple[CaseSheet, ...]
    rules: CaseRules
    channels: Mapping[str, Channel]
    redaction: Redaction


def named_at(place: Place, day: date) -> Named:
    """What is adopted at `place` on `day`. One statement. Raises RulesMissing."""
    rows = adopted(place, day, "sheets", "casework", "channels", "redaction")
    sheets, rules, channels, hidden = (parsed(row) for row in rows.values())
    return Named(sheets, rules, {channel.code: channel for channel in channels}, hidden)


def matters(
    actor: Actor, sheet: CaseSheet, since: date, until: date, place: str = ""
) -> QuerySet[Case]:
    """The matters of a sheet, oldest first; `until` exclusive, `place` the uid of a community."""
    column = "filed_at" if sheet.over is Over.FILED else "answered_at"
    found = Case.objects.filter(
        visible(actor, ACT),
        **{f"{column}__gte": start_of(since), f"{column}__lt": start_of(until)},
    )
    if place:
        found = found.filter(place__uid=place)
    return found.order_by(column, "id")


def facts_of(
    found: QuerySet[Case], sheet: CaseSheet, first: int = 0, most: int = MOST
) -> Iterator[Facts]:
    """The facts of `most` matters from `first` on, as far as the sheet needs them.

    For every CHUNK of them a statement, and one for each of the parts its columns are told from.
    """
    fields = {column.field for column in sheet.columns}
    rows = iter(found.values(*COLUMNS)[first : first + most])
    while chunk := list(islice(rows, CHUNK)):
        parts = {
            part: gather(chunk) if fields & told else {} for part, (told, gather) in PARTS.items()
        }
        for row in chunk:
            yield Facts(row, **{part: parts[part].get(row["pk"]) for part in PARTS})


Chunk = list[dict[str, Any]]


def _works(chunk: Chunk) -> dict[int, Any]:
    works: dict[int, list[dict[str, Any]]] = defaultdict(list)
    standing = Assignment.objects.filter(case_id__in=_ids(chunk), ended_at=None)
    for work in standing.order_by("-is_lead", "id").values(
        "case_id", "is_lead", "unit__name", "signed_at", "contacted_at", "result"
    ):
        works[work["case_id"]].append(dict(work))
    return works


def _clocks(chunk: Chunk) -> dict[int, Any]:
    rows = Clock.objects.filter(
        case_id__in=_ids(chunk), kind=ClockKind.HANDLE, assignment__is_lead=True
    ).exclude(state=ClockState.STOPPED)
    return _last(rows, "started_at", "due_at", "ended_at")


def _theirs(chunk: Chunk) -> dict[int, Any]:
    return _last(OutsideOrder.objects.filter(case_id__in=_ids(chunk)), "their_number", "due_at")


def _ratings(chunk: Chunk) -> dict[int, Any]:
    return _last(Rating.objects.filter(case_id__in=_ids(chunk)), "solved", "satisfaction")


def _residents(chunk: Chunk) -> dict[int, Any]:
    """The spot and the number of the residents handled in each: (spot, number)."""
    here = Link.objects.filter(case_id__in=_ids(chunk), until_at=None, report__withdrawn_at=None)
    found: dict[int, tuple[str, int]] = {}
    for case_id, spot in here.order_by("id").values_list("case_id", "report__spot"):
        first, times = found.get(case_id, (spot, 0))
        found[case_id] = (first or spot, times + 1)
    return found


def _returns(chunk: Chunk) -> dict[int, Any]:
    asked = Request.objects.filter(case_id__in=_ids(chunk), kind=RequestKind.RETURN)
    return _counted(asked, "case_id")


def _orders(chunk: Chunk) -> dict[int, Any]:
    return _counted(Order.objects.filter(case_id__in=_ids(chunk)), "case_id")


def _urged(chunk: Chunk) -> dict[int, Any]:
    uids = {row["uid"]: row["pk"] for row in chunk}
    told = Entry.objects.filter(subject_uid__in=list(uids), code="report.urged")
    return {uids[uid]: times for uid, times in _counted(told, "subject_uid").items()}


PARTS: Mapping[str, tuple[frozenset[str], Callable[[Chunk], dict[int, Any]]]] = {
    "works": (frozenset({"co", "signed_at", "contacted_at", "result"}), _works),
    "clock": (frozenset({"due_at", "days", "on_time"}), _clocks),
    "order": (frozenset({"their_number", "their_due_at"}), _theirs),
    "rating": (frozenset({"solved", "satisfaction"}), _ratings),
    "raised": (frozenset({"spot", "residents"}), _residents),
    "returns": (frozenset({"returns"}), _returns),
    "orders": (frozenset({"orders"}), _orders),
    "urged": (frozenset({"urged"}), _urged),
}
"""Part of the facts → the fields told from it, and how it is gathered: one statement each."""


def _ids(chunk: Chunk) -> list[int]:
    return [row["pk"] for row in chunk]


def _last(rows: "QuerySet[Any]", *columns: str) -> dict[int, Any]:
    """The latest row of each case."""
    return {row["case_id"]: row for row in rows.order_by("id").values("case_id", *columns)}


def _counted(rows: "QuerySet[Any]", column: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(column).annotate(times=Count("pk")))


def on_time(facts: Facts, now: datetime) -> bool | None:
    """Whether the lead's clock was met; None while it still has time, or there is none."""
    clock = facts.clock
    if clock is None or clock["due_at"] is None:
        return None
    if clock["ended_at"] is not None:
        return bool(clock["ended_at"] < clock["due_at"])
    return False if now >= clock["due_at"] else None
