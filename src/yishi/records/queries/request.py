"""What units ask for and what becomes of it: on a case, of an item, and as an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from yishi.core.case.request import RequestKind
from yishi.core.clock import WORK
from yishi.core.person import Actor
from yishi.records.models import Case, Clock, Request
from yishi.records.queries.ledger import Span, bodies_named, narrowed, places_in, visible_at

HISTORY = 10
COLUMNS = (
    "uid",
    "kind",
    "state",
    "reason",
    "clause",
    "length",
    "until_at",
    "asked_at",
    "decided_at",
    "words",
    "case__uid",
    "case__number",
    "case__item_title",
    "case__line",
    "case__place__name",
    "assignment__unit__name",
    "assignment__is_lead",
    "suggested__name",
    "ruling__lead__name",
    "ruling__words",
)


def requests_of(case: Case) -> list[Request]:
    """Every request on a case with who asked, who decided, and the ruling. One statement."""
    rows = _with_units(Request.objects.filter(case=case)).select_related(
        "assignment__unit",
        "suggested",
        "asked_by",
        "decided_by",
        "ruling__lead",
        "ruling__ruled_by",
        "ruling__amendment",
    )
    return list(rows.order_by("id"))


def history_of(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """The latest returns of the same item on other cases `actor` may see. One statement."""
    if not case.item:
        return []
    rows = _seen(actor).filter(kind=RequestKind.RETURN, case__item=case.item).exclude(case=case)
    return list(rows.order_by("-asked_at", "-id").values(*COLUMNS)[:HISTORY])


@dataclass(frozen=True)
class Wanted:
    """The filters of the account: kind, state, code of a unit and of a place, month; "" for all."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    place: str = ""
    month: str = ""


def request_rows(actor: Actor, wanted: Wanted) -> "QuerySet[Request, Mapping[str, Any]]":
    """The account itself: one row a request. A unit sees its own, a place's staff all of it."""
    rows = _seen(actor)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    span = Span(
        "case__place",
        "assignment__unit",
        "asked_at",
        wanted.place,
        wanted.unit,
        wanted.month,
    )
    found = _with_units(narrowed(rows, span)).order_by("-asked_at", "-id")
    return found.values(*COLUMNS, "span_kind")


def request_filters(actor: Actor) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The places and the units there are to choose from. Two statements."""
    return places_in(actor, "request.list"), bodies_named(_seen(actor), "assignment__unit")


def returned_often(times: int = 2) -> Q:
    """Cases somebody asked to return `times` times or more."""
    rows = Request.objects.filter(kind=RequestKind.RETURN).order_by().values("case_id")
    often = rows.annotate(times=Count("id")).filter(times__gte=times)
    return Q(pk__in=often.values("case_id"))


def _with_units(rows: QuerySet[Request]) -> QuerySet[Request]:
    """`span_kind`: the units of the clock a request is about, in which its length is counted."""
    clocks = Clock.objects.filter(assignment=OuterRef("assignment"), kind__in=WORK)
    return rows.annotate(span_kind=Subquery(clocks.order_by("-id").values("span_kind")[:1]))


def _seen(actor: Actor) -> QuerySet[Request]:
    seen = visible_at(actor, "request.list", "case__place", "assignment__unit_id")
    return Request.objects.filter(seen)
