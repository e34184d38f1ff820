"""The permit table as list filters: the rows of `core.permit`, turned into conditions."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yishi.core.permit import Grant, Scope, reach
from yishi.core.person import Actor, Role, Seat
from yishi.records.models import Assignment, Call, Case, Hand, Link, Place
from yishi.records.queries.draw import drawn_open

NOTHING = Q(pk__in=())


def visible(actor: Actor, act: str, *, each: bool = False) -> Q:
    """The cases `actor` may do `act` to, as a condition on `Case`.

    Equal, case by case, to asking `permit` of each; a test compares the two on random data.
    `each` says how the database gets there: gathering what the actor may see, then sorting it,
    or (True) taking cases in the order wanted, or narrowed otherwise, and asking of each.
    """
    condition = NOTHING
    for grant, seat in reach(actor, act):
        condition |= _condition(actor, grant, seat, each)
    return condition


def _condition(actor: Actor, grant: Grant, seat: Seat | None, each: bool) -> Q:
    within = _scope(actor, grant, seat, each)
    if grant.states:
        within &= Q(state__in=sorted(grant.states))
    if grant.unless:
        barred = Hand.objects.filter(person_id=actor.person_id or 0, part__in=grant.unless)
        within &= ~Q(uid__in=barred.values("subject_uid"))
    return within


def _scope(actor: Actor, grant: Grant, seat: Seat | None, each: bool) -> Q:
    match grant.scope:
        case Scope.ALL:
            return Q(pk__isnull=False)
        case Scope.PUBLIC:
            return Q(is_public=True)
        case Scope.OWN:
            own = Link.objects.filter(report__person_id=actor.person_id or 0, until_at__isnull=True)
            return Q(pk__in=own.values("case_id"))
    if seat is None or grant.role in (None, Role.RESIDENT, Role.SYSTEM):
        return NOTHING
    match grant.scope:
        case Scope.PLACE:
            return _place(seat, each)
        case Scope.GRID:
            return Q(grid_id=seat.grouping_id) if seat.grouping_id else NOTHING
        case Scope.UNIT:
            work = Assignment.objects.filter(unit_id=seat.body_id, ended_at__isnull=True)
            return _among("pk", work, "case_id", each) if seat.body_id else NOTHING
        case Scope.CALLED:
            calls = Call.objects.filter(closed_at__isnull=True)
            called = _among("pk", calls, "case_id", each)
            return _place(seat, each) & called if seat.body_id else NOTHING
        case Scope.DRAWN:
            return _place(seat, each) & _among("pk", drawn_open(), "case_id", each)
    return NOTHING


def _place(seat: Seat, each: bool) -> Q:
    return _among("place_id", Place.objects.filter(line__startswith=seat.line), "id", each)


def _among(field: str, rows: "QuerySet[Any]", column: str, each: bool) -> Q:
    """`field` of the case is a `column` of the rows."""
    if each:
        return Q(Exists(rows.filter(**{column: OuterRef(field)})))
    return Q(**{f"{field}__in": rows.values(column)})


def cases(actor: Actor, act: str = "case.list") -> QuerySet[Case]:
    """Every case `actor` may list, unordered."""
    return Case.objects.filter(visible(actor, act))
