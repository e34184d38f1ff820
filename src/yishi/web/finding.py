"""Findings (责任追究): recorded on the case page, listed here. Bodies, never persons."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_exact
from yishi.phrases.oversight import say_breach
from yishi.records.queries import finding as query
from yishi.records.queries.ledger import places_in
from yishi.web.case.act import addresses
from yishi.web.case.overseeing import FINDING
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, asked, named, rooms, select, show, workbook
from yishi.web.office import Cell

NAMES = ("breach", "unit", "place", "month", "duty")


@page("finding.list")
def account(request: HttpRequest) -> HttpResponse:
    """What was found against which body, about which matter and which row of the list."""
    return show(request, _ledger(request))


@page("finding.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


def _ledger(request: HttpRequest) -> Ledger:
    actor = actor_in(request)
    filters = query.Filters(**asked(request, *NAMES))
    breaches = [(code, say_breach(code)) for code in query.breaches(actor)]
    return Ledger(
        name="findings",
        title=_("Findings"),
        lead=_(
            "A recorded finding after a breach the record shows. Units are named, never people."
        ),
        labels=[
            _("Found"),
            _("Unit"),
            _("Breach"),
            _("Finding"),
            _("Number"),
            _("Row of the list"),
            _("Promise to the public"),
            _("Community"),
        ],
        rows=query.findings(actor, filters),
        cells=_cells,
        filters=[
            select("breach", _("Breach"), breaches, filters.breach),
            select("unit", _("Unit"), named(query.units(actor)), filters.unit),
            select("place", _("Community"), named(places_in(actor, "finding.list")), filters.place),
        ],
        none=(
            _("No finding yet"),
            _("The supervisory officer records one on a matter, after a breach the record shows."),
        ),
        rooms=rooms(actor, "findings"),
    )


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    duty: Cell = "—"
    if row["duty__uid"]:
        duty = (row["duty__title"], reverse("rule_duty", args=[row["duty__uid"]]))
    return [
        say_exact(row["found_at"])[:16],
        row["body__name"],
        say_breach(row["breach"]),
        row["words"],
        (show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])),
        duty,
        row["duty__promise"] or "—",
        row["case__place__name"],
    ]


urls: list[URLPattern] = [
    path("findings", account, name="findings"),
    path("findings.xlsx", account_xlsx, name="findings_xlsx"),
    *addresses(FINDING),
]
