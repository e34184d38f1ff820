"""Accounts beside the cases (台账): filters, a page of rows, the same rows as a workbook."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.records.queries.paging import listed
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.web.office import Cell, choices, download, table
from yishi.web.rows import page_in, pager_of

SHEET_MOST = 20_000
CODE_MAX = 40


@dataclass
class Ledger:
    """One account. `rows` is a query of `values()`; `cells` makes a row's cells, in the order of
    `labels`. `filters`: name, label and options of each select; `month` adds one for the month.
    `none`: title and text where no row is found.
    """

    name: str
    title: str
    lead: str
    labels: Sequence[str]
    rows: "QuerySet[Any, Any]"
    cells: Callable[[Mapping[str, Any]], Sequence[Cell]]
    filters: Sequence[dict[str, Any]] = ()
    figures: Sequence[dict[str, Any]] = ()
    actions: Sequence[dict[str, str]] = ()
    none: tuple[str, str] = ("", "")
    rooms: Sequence[dict[str, Any]] = field(default_factory=tuple)


ROOMS = (
    ("oversight", "oversight.view"),
    ("opinions", "opinion.list"),
    ("orders", "order.list"),
    ("findings", "finding.list"),
    ("listed", "listed.list"),
    ("requests", "request.list"),
    ("burden", "burden.list"),
    ("exclusions", "exclusion.list"),
    ("rule_amendments", "amendment.list"),
    ("outside", "outside.list"),
)


def rooms(actor: Actor, here: str) -> list[dict[str, Any]]:
    """The rooms of supervision this person may enter, for `yishi/place/rooms.html`."""
    words = {
        "oversight": _("Looks"),
        "opinions": _("Opinions"),
        "orders": _("Supervisory orders"),
        "findings": _("Findings"),
        "listed": _("Dated list"),
        "requests": _("Returns and rulings"),
        "burden": _("Push-downs that were stopped"),
        "exclusions": _("Ratings left out"),
        "rule_amendments": _("Amendments to the list"),
        "outside": _("Higher systems"),
    }
    return [
        {"href": reverse(name), "word": words[name], "here": name == here}
        for name, act in ROOMS
        if reach(actor, act)
    ]


def select(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str
) -> dict[str, Any]:
    """One filter: everything, or one of `options` (value, word)."""
    return {"name": name, "label": label, "options": choices([("", _("All")), *options], chosen)}


def named(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Places or bodies as options."""
    return [(row["code"], row["name"]) for row in rows]


def asked(request: HttpRequest, *names: str) -> dict[str, str]:
    """The filters of an address; what is not there is no filter."""
    return {name: request.GET.get(name, "")[:CODE_MAX] for name in names}


def show(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    """A page of the account. Two statements besides those that made it."""
    found = listed(ledger.rows, page_in(request.GET))
    query = request.GET.copy()
    query.pop("page", None)
    narrowed = any(request.GET.get(one["name"]) for one in ledger.filters)
    context = {
        "ledger": ledger,
        "here": reverse(ledger.name),
        "table": _whole(table("", ledger.labels, [ledger.cells(row) for row in found.rows])),
        "found": bool(found.rows),
        "pager": pager_of(found, request.GET),
        "narrowed": narrowed or bool(request.GET.get("month")),
        "month": request.GET.get("month", "")[:7],
        "download": f"{reverse(ledger.name + '_xlsx')}?{query.urlencode()}",
        "rooms": ledger.rooms,
    }
    return render(request, "yishi/oversight/ledger.html", context)


def workbook(ledger: Ledger) -> HttpResponse:
    """The same rows as a workbook, the first `SHEET_MOST`."""
    rows = [
        [cell[0] if isinstance(cell, tuple) else cell for cell in ledger.cells(row)]
        for row in ledger.rows[:SHEET_MOST]
    ]
    data = write_xlsx({ledger.title: (ledger.labels, rows)})
    return download(data, XLSX_TYPE, f"{ledger.title}.xlsx")


def _whole(shown: dict[str, Any]) -> dict[str, Any]:
    """The same, where what names a row, a number and a moment are not broken."""
    for cells in shown["rows"]:
        for at, cell in enumerate(cells):
            cell["whole"] = at == 0 or str(cell["text"])[:2].isdigit()
    return shown
