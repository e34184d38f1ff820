"""被挡下的下派: what the list did not let be pushed down to a community, by who tried."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_exact
from yishi.phrases.duty import say_may
from yishi.records.queries.burden import burden_counts, burden_filters, burden_rows
from yishi.web import ledger
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, named, select
from yishi.web.office import Cell

MOST = 6


@page("burden.list")
def view(request: HttpRequest) -> HttpResponse:
    """How often each body tried, and the list behind each number."""
    return ledger.show(request, _account(request, counted=True))


@page("burden.list")
def sheet(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    return ledger.workbook(_account(request, counted=False))


def _account(request: HttpRequest, *, counted: bool) -> Ledger:
    actor = actor_in(request)
    asked = ledger.asked(request, "unit", "place", "month")
    places, senders = burden_filters(actor)
    counts = burden_counts(actor, asked["month"])[:MOST] if counted else []
    return Ledger(
        name="burden",
        title=_("Push-downs that were stopped"),
        lead=_(
            "The list did not give these matters to a community, so they were not sent down. "
            "北京市接诉即办工作条例 第十七条"
        ),
        labels=[
            _("Number"),
            _("When"),
            _("Who tried"),
            _("Community"),
            _("Item"),
            _("The list says"),
            _("Lead by the list"),
            _("Version"),
        ],
        rows=burden_rows(actor, asked["place"], asked["unit"], asked["month"]),
        cells=_cells,
        filters=[
            select("unit", _("Who tried"), named(senders), asked["unit"]),
            select("place", _("Place"), named(places), asked["place"]),
        ],
        figures=[_figure(row, asked["month"]) for row in counts],
        none=(
            _("Nothing was pushed down"),
            _("What the list does not let a community have is refused and counted here."),
        ),
        rooms=ledger.rooms(actor, "burden"),
    )


def _figure(row: Mapping[str, Any], month: str) -> dict[str, Any]:
    """How often one body tried, with the list behind it."""
    query = {"unit": row["code"], "month": month}
    kept = {name: value for name, value in query.items() if value}
    return {
        "label": row["name"] or _("No body named"),
        "value": row["times"],
        "href": f"{reverse('burden')}?{urlencode(kept)}" if row["code"] else "",
    }


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    item = " · ".join(part for part in (row["duty__title"], row["duty__grade"]) if part)
    version = (row["duty__bundle__name"], row["duty__bundle__version"])
    return [
        (show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])),
        say_exact(row["at"])[:16],
        row["sender_body__name"] or "—",
        row["community__name"],
        item or row["code"],
        say_may(row["duty__community_may"] or ""),
        row["duty__lead"] or "—",
        " ".join(part for part in version if part),
    ]


urls: list[URLPattern] = [
    path("burden", view, name="burden"),
    path("burden.xlsx", sheet, name="burden_xlsx"),
]
