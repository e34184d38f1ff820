"""What the accounts beside the cases (台账) share: whose rows one sees, and common filters."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from yishi.core.permit import Scope, reach
from yishi.core.person import Actor
from yishi.records.models import Body, Place
from yishi.records.queries.paging import plain
from yishi.records.queries.place import seats_for
from yishi.records.queries.rule import start_of

M = TypeVar("M", bound=Model)
OPTIONS = 300


def visible_at(actor: Actor, act: str, place: str = "place", body: str = "body_id") -> Q:
    """Rows of a place and a body that `actor` may read by `act`: in the places of their seats, or
    of the body they speak for. `place` and `body` are the columns."""
    condition = Q(pk__in=())
    for grant, seat in reach(actor, act):
        if seat is None:
            continue
        if grant.scope is Scope.PLACE:
            condition |= Q(**{f"{place}__line__startswith": seat.line})
        elif grant.scope is Scope.UNIT and seat.body_id is not None:
            condition |= Q(**{body: seat.body_id})
    return condition


@dataclass(frozen=True)
class Span:
    """The filters every account has, and the columns they are about: codes of a place and of a
    body, a month such as `2026-03`; "" is no filter."""

    place_column: str
    body_column: str
    at_column: str
    place: str = ""
    unit: str = ""
    month: str = ""


def narrowed(rows: QuerySet[M], span: Span) -> QuerySet[M]:
    """`rows` within the filters; what is no month or no code finds nothing or narrows nothing."""
    if span.place:
        line = Place.objects.filter(code=span.place).values("line")[:1]
        within = Place.objects.filter(line__startswith=line).values("pk")
        rows = rows.filter(**{f"{span.place_column}__in": within})
    if span.unit:
        rows = rows.filter(**{f"{span.body_column}__code": span.unit})
    if both := month_of(span.month):
        since, until = both
        rows = rows.filter(**{f"{span.at_column}__gte": since, f"{span.at_column}__lt": until})
    return rows


def month_of(text: str) -> tuple[datetime, datetime] | None:
    """From the first moment of `2026-03` to the first of the next month; None for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    except ValueError:
        return None
    return start_of(first), start_of(following)


def places_in(actor: Actor, act: str) -> list[dict[str, Any]]:
    """Communities in which `actor` may do `act`: {uid, code, name}. One statement."""
    within = Q(pk__in=())
    for line in seats_for(actor, act):
        within |= Q(line__startswith=line)
    rows = Place.objects.filter(within, kind="community").order_by("code")
    return plain(rows.values("uid", "code", "name")[:OPTIONS])


def bodies_named(rows: QuerySet[Any], column: str) -> list[dict[str, Any]]:
    """The bodies that stand in `rows`, for a filter: {code, name}. One statement."""
    ids = rows.order_by().values(column)
    found = Body.objects.filter(pk__in=ids).order_by("name")
    return plain(found.values("code", "name")[:OPTIONS])
