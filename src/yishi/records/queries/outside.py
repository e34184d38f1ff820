"""The line to a higher system, read: systems, what came in, what waits to go back, answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.columns import ColumnMap
from yishi.core.number import show_number
from yishi.core.outside_answer import Answer, Outcome
from yishi.core.person import Actor
from yishi.core.place import PlaceKind
from yishi.core.placename import Named
from yishi.records.models import BundleRow, Case, Clock, Link, OutsideOrder, OutsideSystem, Place
from yishi.records.queries.paging import plain
from yishi.records.queries.permit import visible
from yishi.records.queries.place import below, seats_for
from yishi.records.queries.rule import parsed
from yishi.rulebook.kinds import column_map
from yishi.rulebook.shipped import shipped

# A word was given: the answer, the refusal, or the resident's own that they take it back.
SAID = Coalesce("report__withdrawn_at", "report__answered_at")
WAITS = Q(said__isnull=False) & (Q(sent_back_at=None) | Q(sent_back_at__lt=F("said")))


def order_maps() -> dict[str, ColumnMap]:
    """id → how to read sheets of orders: the newest loaded version, else the shipped one."""
    maps = {b.id: column_map(b) for b in shipped() if b.kind == "mapping"}
    newest: dict[str, BundleRow] = {}
    for row in BundleRow.objects.filter(kind="mapping").defer("files").order_by("id"):
        newest[row.name] = row
    maps |= {name: parsed(row) for name, row in newest.items()}
    return {name: columns for name, columns in maps.items() if columns.reads == "orders"}


def columns_of(system: OutsideSystem) -> ColumnMap:
    """How to read the sheets of `system` and write ours to it. Raises KeyError for a mapping
    that is gone."""
    return order_maps()[system.mapping]


def named_places(root: Place) -> list[Named]:
    """`root`, what lies in it, and what it lies in: whatever an order may name."""
    rows = Place.objects.filter(Q(line__startswith=root.line) | Q(pk__in=root.ids))
    return [Named(p.pk, PlaceKind(p.kind), p.name, p.line) for p in rows.order_by("line")]


def systems_for(actor: Actor, act: str = "outside.view") -> "QuerySet[OutsideSystem]":
    """The systems whose line `actor` may do `act` on: on it first, then by name."""
    within = below(seats_for(actor, act), "place__line")
    return (
        OutsideSystem.objects.filter(within)
        .select_related("place")
        .order_by("-is_active", "name", "id")
    )


def system_for(actor: Actor, uid: str, act: str = "outside.view") -> OutsideSystem | None:
    """That system, or None where there is none or it is not on the actor's line."""
    return systems_for(actor, act).filter(uid=uid).first()


def counts(systems: Iterable[OutsideSystem]) -> dict[int, tuple[int, int]]:
    """System → (orders that came in, answers that wait to go back). Two statements."""
    ids = [system.pk for system in systems]
    orders = OutsideOrder.objects.filter(system_id__in=ids)
    many = dict(orders.order_by().values_list("system").annotate(n=Count("pk")))
    waits = dict(
        orders.annotate(said=SAID)
        .filter(WAITS)
        .order_by()
        .values_list("system")
        .annotate(n=Count("pk"))
    )
    return {pk: (many.get(pk, 0), waits.get(pk, 0)) for pk in ids}


def received(system: OutsideSystem) -> "QuerySet[OutsideOrder]":
    """What came in, the latest first, with the matter each is handled in now."""
    return _now_in(system.orders.all()).order_by("-received_at", "-id")


def waiting_back(system: OutsideSystem) -> "QuerySet[Any]":
    """What has an answer that did not go back yet, in no order."""
    return system.orders.annotate(said=SAID).filter(WAITS)


def waiting(system: OutsideSystem) -> "QuerySet[OutsideOrder]":
    """The same, the oldest answer first, with the matter each is handled in now."""
    return _now_in(waiting_back(system)).order_by("said", "id")


def answered_since(
    system: OutsideSystem, since: datetime | None, after: str = ""
) -> "QuerySet[OutsideOrder]":
    """What waits to go back; or everything answered from `since` on, of that moment only what
    has a number after `after`. Oldest answer first."""
    rows = system.orders.annotate(said=SAID).filter(said__isnull=False)
    if since is None:
        rows = rows.filter(WAITS)
    else:
        rows = rows.filter(Q(said__gt=since) | Q(said=since, their_number__gt=after))
    return rows.order_by("said", "their_number")


def sheets_sent(system: OutsideSystem, most: int = 20) -> list[dict[str, Any]]:
    """What went back, by the moment it did: {sent_back_at, name, n}, the latest first. A name is
    "" where the system fetched it itself."""
    rows = system.orders.filter(sent_back_at__isnull=False).order_by()
    grouped = rows.values("sent_back_at", name=F("sent_back_by__name"))
    found = plain(grouped.annotate(n=Count("pk")).order_by("-sent_back_at")[:most])
    return [row | {"name": row["name"] or ""} for row in found]


def sent_at(system: OutsideSystem, moment: datetime) -> "QuerySet[OutsideOrder]":
    """What went back at that moment."""
    return system.orders.filter(sent_back_at=moment).order_by("id")


def answers_of(orders: "QuerySet[OutsideOrder]", most: int) -> list[Answer]:
    """The first `most` of `orders` as answers, in their order. Two statements."""
    rows = list(
        _now_in(orders)
        .select_related("report")
        .values(
            "case_id",
            "their_number",
            "due_at",
            "report__number",
            "report__answer",
            "report__answered_at",
            "report__withdrawn_at",
            "now_state",
            "now_unit",
        )[:most]
    )
    met = dict(
        Clock.objects.filter(
            case_id__in=[row["case_id"] for row in rows],
            kind=ClockKind.OUTSIDE,
            state=ClockState.DONE,
        ).values_list("case_id", "ended_at")
    )
    return [_answer(row, met.get(row["case_id"])) for row in rows]


def _answer(row: dict[str, Any], met: datetime | None) -> Answer:
    withdrawn = row["report__withdrawn_at"]
    said = withdrawn or row["report__answered_at"]
    outcome = Outcome.REFUSED if row["now_state"] == CaseState.REFUSED else Outcome.ANSWERED
    return Answer(
        number=row["their_number"],
        our_number=show_number(row["report__number"]),
        outcome=Outcome.WITHDRAWN if withdrawn else outcome,
        words=row["report__answer"],
        unit=row["now_unit"] or "",
        answered_at=said,
        first_at=met or said,
        due_at=row["due_at"],
    )


def report_by_their_number(actor: Actor, number: str) -> str | None:
    """The uid of the actor's own report a higher system gave this number."""
    if actor.person_id is None or not number:
        return None
    own = OutsideOrder.objects.filter(their_number=number, report__person_id=actor.person_id)
    return own.values_list("report__uid", flat=True).first()


def case_by_their_number(actor: Actor, number: str) -> str | None:
    """The uid of the one case `actor` may list that an order of this number is handled in."""
    found = OutsideOrder.objects.filter(their_number=number).values("report_id")
    cases = Link.objects.filter(report__in=found, until_at=None).values("case_id")
    seen = Case.objects.filter(visible(actor, "case.list", each=True), pk__in=cases)
    uids = list(seen.values_list("uid", flat=True)[:2])
    return uids[0] if len(uids) == 1 else None


def _now_in(orders: "QuerySet[Any]") -> "QuerySet[Any]":
    """With the state and the lead of the case each report is handled in now."""
    link = Link.objects.filter(report=OuterRef("report_id"), until_at=None)
    return orders.annotate(
        now_state=Subquery(link.values("case__state")[:1]),
        now_unit=Subquery(link.values("case__lead__name")[:1]),
        now_uid=Subquery(link.values("case__uid")[:1]),
    )
