"""督办台账: every supervisory order, when it was due, and whether it was answered in time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from yishi.core.clock import ClockKind
from yishi.core.person import Actor
from yishi.records.models import Clock, Order
from yishi.records.queries.ledger import Span, bodies_named, narrowed, visible_at

ROW = (
    "uid",
    "cause",
    "words",
    "answer",
    "issued_at",
    "due_at",
    "answered_at",
    "unit__name",
    "case__uid",
    "case__number",
    "case__line",
    "case__item_title",
    "case__place__name",
)
STATES = ("open", "overdue", "in_time", "answered_late")


@dataclass(frozen=True)
class Filters:
    """`state`: one of `STATES`; `cause`: officer, twice; codes of a unit and a place; a month."""

    state: str = ""
    cause: str = ""
    unit: str = ""
    place: str = ""
    month: str = ""


@dataclass(frozen=True)
class Counts:
    """Orders by how they stand; the four are all of them."""

    open: int
    overdue: int
    in_time: int
    answered_late: int


def orders(actor: Actor, asked: Filters, now: datetime) -> QuerySet[Order]:
    """Orders within the filters, `due_at` being the due moment of each one's own clock.

    A clock is an order's own where it was started on the case at the moment of issuing.
    """
    found = narrowed(
        visible_orders(actor),
        Span("case__place", "unit", "issued_at", asked.place, asked.unit, asked.month),
    )
    if asked.cause:
        found = found.filter(cause=asked.cause)
    if asked.state in STATES:
        found = found.filter(_standing(now)[asked.state])
    return found


def order_rows(found: QuerySet[Order]) -> QuerySet[Order, Any]:
    """Newest first, as dicts of `ROW`."""
    return found.order_by("-issued_at", "-id").values(*ROW)


def counts(found: QuerySet[Order], now: datetime) -> Counts:
    """How many stand how. One statement."""
    wanted = {name: Count("pk", filter=how) for name, how in _standing(now).items()}
    return Counts(**found.aggregate(**wanted))


def visible_orders(actor: Actor) -> QuerySet[Order]:
    """Every order the actor may read, with `due_at`."""
    own = Clock.objects.filter(
        case=OuterRef("case"), kind=ClockKind.ORDER, started_at=OuterRef("issued_at")
    ).order_by("id")
    rows = Order.objects.filter(visible_at(actor, "order.list", "case__place", "unit_id"))
    return rows.annotate(due_at=Subquery(own.values("due_at")[:1]))


def units(actor: Actor) -> list[dict[str, Any]]:
    """The units that got orders, for the filter. One statement."""
    rows = Order.objects.filter(visible_at(actor, "order.list", "case__place", "unit_id"))
    return bodies_named(rows, "unit_id")


def standing_of(due_at: datetime | None, answered_at: datetime | None, now: datetime) -> str:
    """How one order stands, the word of `STATES` whose condition it meets."""
    if answered_at is None:
        return "overdue" if due_at is not None and due_at <= now else "open"
    return "answered_late" if due_at is not None and answered_at >= due_at else "in_time"


def _standing(now: datetime) -> dict[str, Q]:
    """A due moment is exclusive; an order whose clock waits for a calendar is not late."""
    answered = Q(answered_at__isnull=False)
    late, overdue = Q(answered_at__gte=F("due_at")), Q(due_at__lte=now)
    return {
        "open": ~answered & (Q(due_at__isnull=True) | Q(due_at__gt=now)),
        "overdue": ~answered & overdue,
        "in_time": answered & (Q(due_at__isnull=True) | Q(answered_at__lt=F("due_at"))),
        "answered_late": answered & late,
    }
