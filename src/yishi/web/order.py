"""Supervisory orders: their forms stand on the case page, their account (督办台账) here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_exact, say_exact_by
from yishi.phrases.oversight import say_cause, say_orders
from yishi.records.queries import order as query
from yishi.records.queries.ledger import places_in
from yishi.records.wallclock import now
from yishi.web.case.act import addresses
from yishi.web.case.deeds import ORDER
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, asked, named, rooms, select, show, workbook
from yishi.web.office import Cell

NAMES = ("state", "cause", "unit", "place", "month")


@page("order.list")
def account(request: HttpRequest) -> HttpResponse:
    """Every order this person may read: to whom, by when, answered in time or late."""
    return show(request, _ledger(request))


@page("order.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


def _ledger(request: HttpRequest) -> Ledger:
    actor, moment = actor_in(request), now()
    filters = query.Filters(**asked(request, *NAMES))
    found = query.orders(actor, filters, moment)
    causes = [("officer", say_cause("officer")), ("twice", say_cause("twice"))]
    return Ledger(
        name="orders",
        title=_("Account of supervisory orders"),
        lead=_("An order changes no state; the unit it went to must answer in time."),
        labels=[
            _("Number"),
            _("Matter"),
            _("Community"),
            _("Unit"),
            _("Came from"),
            _("What the unit has to do"),
            _("Issued"),
            _("Due"),
            _("Answered"),
            _("How it stands"),
        ],
        rows=query.order_rows(found),
        cells=lambda row: _cells(row, moment),
        filters=[
            select("state", _("How it stands"), say_orders().items(), filters.state),
            select("cause", _("Came from"), causes, filters.cause),
            select("unit", _("Unit"), named(query.units(actor)), filters.unit),
            select("place", _("Community"), named(places_in(actor, "order.list")), filters.place),
        ],
        figures=_figures(query.counts(found, moment)),
        none=(
            _("No order yet"),
            _("The supervisory officer issues one from a matter; a second dissatisfaction also."),
        ),
        rooms=rooms(actor, "orders"),
    )


def _figures(counts: query.Counts) -> list[dict[str, Any]]:
    words = say_orders()
    return [
        {
            "label": words[state],
            "value": getattr(counts, state),
            "href": f"{reverse('orders')}?state={state}",
            "kind": "late" if state == "overdue" and counts.overdue else "",
        }
        for state in query.STATES
    ]


def _cells(row: Mapping[str, Any], moment: datetime) -> list[Cell]:
    return [
        (show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])),
        row["case__item_title"] or row["case__line"] or _("Without words"),
        row["case__place__name"],
        row["unit__name"],
        say_cause(row["cause"]),
        row["words"] or "—",
        say_exact(row["issued_at"])[:16],
        say_exact_by(row["due_at"]) if row["due_at"] else _("waits for the work-day calendar"),
        say_exact(row["answered_at"])[:16] if row["answered_at"] else "—",
        say_orders()[query.standing_of(row["due_at"], row["answered_at"], moment)],
    ]


urls: list[URLPattern] = [
    path("orders", account, name="orders"),
    path("orders.xlsx", account_xlsx, name="orders_xlsx"),
    *addresses(ORDER),
]
