"""Lists of cases for staff: filtered, ordered, paged, in a constant number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from yishi.core.case.state import CaseState as S
from yishi.core.number import is_number
from yishi.core.permit import Scope, reach
from yishi.core.person import Actor
from yishi.core.place import HANDLES, PlaceKind, ids_of
from yishi.core.refusal import Refusal
from yishi.core.search import read_sought
from yishi.records.models import Attachment, Body, Case, Place
from yishi.records.queries.ledger import month_of
from yishi.records.queries.paging import page_within, plain
from yishi.records.queries.permit import visible
from yishi.records.queries.sought import holding

PAGE = 30
# Counting stops here: a person reads pages, not tens of thousands.
CAP = 1_000

# The stretches of a case's way that people ask for, oldest first.
STAGES: dict[str, tuple[S, ...]] = {
    "intake": (S.SUBMITTED, S.FILED),
    "topic": (S.TOPIC,),
    "sign": (S.DISPATCHED,),
    "returning": (S.RETURNING, S.DISPUTED),
    "handling": (S.SIGNED, S.HANDLING, S.REDO, S.SUSPENDED),
    "checking": (S.CHECKING,),
    "answer": (S.SETTLED,),
    "answered": (S.ANSWERED,),
    "closed": (S.REFUSED, S.CALLED_BACK, S.ARCHIVED, S.MERGED, S.WITHDRAWN),
}
COLOURS = ("late", "soon", "waiting")

ROW = (
    "id",
    "uid",
    "number",
    "line",
    "state",
    "urgent",
    "dissatisfied",
    "is_public",
    "item_title",
    "place__name",
    "building__name",
    "lead__name",
    "due_at",
    "amber_at",
    "due_kind",
    "filed_at",
    "is_open",
    "instant_id",
    "answered_at",
)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. Codes of places, bodies and items; "" is no filter.

    `open`: "" everything, "yes", "no". `month`: `2026-03`, by the day of filing.
    `words`: a number, or any part of the texts of a case.
    """

    stage: str = ""
    colour: str = ""
    open: str = ""
    place: str = ""
    unit: str = ""
    item: str = ""
    month: str = ""
    words: str = ""

    def condition(self, now: datetime) -> Q:
        """The filters as a condition on `Case`."""
        found = Q()
        if self.stage in STAGES:
            found &= Q(state__in=STAGES[self.stage])
        if self.open in ("yes", "no"):
            found &= opened(self.open == "yes")
        if self.colour in COLOURS:
            found &= coloured(self.colour, now)
        if self.place:
            within = Place.objects.filter(code=self.place).values("line")[:1]
            found &= Q(place_id__in=Place.objects.filter(line__startswith=within).values("id"))
        if self.unit:
            found &= Q(lead__code=self.unit)
        if self.item:
            found &= Q(item=self.item)
        if span := month_of(self.month):
            found &= Q(filed_at__gte=span[0], filed_at__lt=span[1])
        if self.words:
            found &= _words(self.words)
        return found


@dataclass(frozen=True)
class CasePage:
    """One page of a list: rows of `ROW`, the total (at most `CAP`), which page of how many.

    `photos`: case id → uid of its first photo.
    """

    rows: list[dict[str, Any]]
    total: int
    capped: bool
    page: int
    pages: int
    photos: Mapping[int, str] = field(default_factory=dict)


def opened(is_open: bool = True) -> Q:
    """Open or closed cases. Said with IN: SQLite finds no index for a bare yes/no column."""
    return Q(is_open__in=[is_open])


def coloured(colour: str, now: datetime) -> Q:
    """Open cases that are late, due soon, or waiting for a calendar."""
    match colour:
        case "late":
            return opened() & Q(due_at__lte=now)
        case "soon":
            return opened() & Q(amber_at__lte=now, due_at__gt=now)
    return opened() & Q(due_at__isnull=True) & ~Q(due_kind="")


def case_page(
    actor: Actor,
    filters: Filters,
    now: datetime,
    page: int = 1,
    queue: Q | None = None,
    per_page: int = PAGE,
) -> CasePage:
    """A page of the cases `actor` may list; `queue` narrows further. Three statements.

    Open lists run from the oldest clock, others from the newest filing. A page past the end is
    the last one.
    """
    condition = _condition(filters, now, queue)
    total = _count(actor, condition, queue)
    capped = total > CAP
    total = min(total, CAP)
    page, pages = page_within(page, total, per_page)
    found = _found(actor, condition, each=capped or queue is not None)
    rows = first_rows(found.order_by(*order_of(filters, queue)), (page - 1) * per_page, per_page)
    return CasePage(rows, total, capped, page, pages, first_photos(rows))


def rows_beside(
    actor: Actor, filters: Filters, now: datetime, page: int, queue: Q | None
) -> list[dict[str, Any]]:
    """The rows of one page of the same list, without its total. Two statements."""
    condition = _condition(filters, now, queue)
    each = queue is not None or _count(actor, condition, queue) > CAP
    found = _found(actor, condition, each=each)
    return first_rows(found.order_by(*order_of(filters, queue)), (max(1, page) - 1) * PAGE, PAGE)


def _condition(filters: Filters, now: datetime, queue: Q | None) -> Q:
    condition = filters.condition(now)
    return condition if queue is None else condition & queue


def _count(actor: Actor, condition: Q, queue: Q | None) -> int:
    """How many the list has, counted to one past `CAP`."""
    found = _found(actor, condition, each=queue is not None)
    return found.order_by()[: CAP + 1].count()


def _found(actor: Actor, condition: Q, *, each: bool) -> QuerySet[Case]:
    """What the actor may list, narrowed. A few are gathered and sorted; of many (`each`) a page
    is filled sooner by taking cases in the list's own order and asking of each."""
    return Case.objects.filter(visible(actor, "case.list", each=each), condition)


def order_of(filters: Filters, queue: Q | None = None) -> tuple[str, str]:
    """The oldest clock first where all are open, else the newest filing: an index holds each."""
    by_clock = queue is not None or filters.open == "yes" or filters.colour != ""
    return ("due_at", "id") if by_clock else ("-filed_at", "-id")


def first_rows(ordered: QuerySet[Case], start: int, length: int) -> list[dict[str, Any]]:
    """Rows of a list as plain values."""
    return list(ordered.values(*ROW)[start : start + length])


def first_photos(rows: list[dict[str, Any]]) -> dict[int, str]:
    """Case id → uid of the first photo its residents sent. One statement."""
    found = Attachment.objects.filter(case_id__in=[row["id"] for row in rows], part="photo")
    pairs = list(found.order_by("-id").values_list("case_id", "uid"))
    return {case_id: uid for case_id, uid in pairs if case_id is not None}


def communities(actor: Actor) -> list[dict[str, Any]]:
    """Communities in which `actor` may list cases: {id, code, name}. One statement."""
    within = Q(pk__in=())
    for _grant, seat in reach(actor, "case.list"):
        if seat is not None:
            within |= Q(line__startswith=seat.line)
    found = Place.objects.filter(within, kind=PlaceKind.COMMUNITY)
    return plain(found.order_by("code").values("id", "code", "name")[:200])


def units(actor: Actor) -> list[dict[str, str]]:
    """Bodies that may lead a case where `actor` looks at whole places: {code, name}."""
    seats = [s for g, s in reach(actor, "case.list") if s is not None and g.scope is Scope.PLACE]
    if not seats:
        return []
    above = {pk for seat in seats for pk in ids_of(seat.line)}
    within = Q(place_id__in=above)
    for seat in seats:
        within |= Q(place__line__startswith=seat.line)
    found = Body.objects.filter(within, kind__in=HANDLES)
    return [
        {"code": code, "name": name}
        for code, name in found.order_by("name").values_list("code", "name")[:300]
    ]


def _words(text: str) -> Q:
    """A number, whole or in part, or what a search for these words finds."""
    sought = read_sought("".join(text.split()) if is_number(text) else text)
    return Q(pk__in=()) if isinstance(sought, Refusal) else Q(pk__in=holding(sought))
