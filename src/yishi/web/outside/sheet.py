"""Orders by sheet: the template, the file sent in, and the rows that were left out with why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.outside.receiving import receive
from yishi.core.columns import ColumnMap
from yishi.core.outside import Order, cell_words, columns_lacking, read_row_of_orders
from yishi.core.refusal import Refusal
from yishi.core.table import FIRST_ROW, Row, Tables
from yishi.phrases.outside import say_order
from yishi.records.audit import note
from yishi.records.queries.outside import columns_of, system_for
from yishi.records.queries.paging import Listed, page_within
from yishi.records.queries.rule import zone
from yishi.records.spreadsheet import XLSX_TYPE, read_tables, write_xlsx
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, ask_in, missing, page, refuse
from yishi.web.office import download, table
from yishi.web.outside.system import rooms
from yishi.web.rows import page_in, pager_of
from yishi.web.uploads import fetch, file_sent, put_aside

ACT = "outside.receive"
# Ours: each order is an act of its own, and whoever sends the sheet waits for all of them.
ROWS_MAX = 500
SHOWN = 50


@page(ACT)
def template(request: HttpRequest, uid: str) -> HttpResponse:
    """An empty sheet with the columns this system's orders are read by."""
    row = system_for(actor_in(request), uid, ACT)
    if row is None:
        return missing(request)
    data = write_xlsx({_("Orders"): (list(columns_of(row).columns.values()), [])})
    return download(data, XLSX_TYPE, f"{row.name}.xlsx")


@page(ACT, methods=("POST",))
def take(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes in what can be read, row by row, and tells about the rest."""
    actor = actor_in(request)
    row = system_for(actor, uid, ACT)
    if row is None:
        return missing(request)
    columns = columns_of(row)
    sent = file_sent(request)
    tables = sent if isinstance(sent, Refusal) else read_tables(*sent)
    rows = tables if isinstance(tables, Refusal) else _orders_in(tables, columns)
    if isinstance(rows, Refusal):
        return refuse(request, rows, back=(reverse("outside_system", args=[uid]), row.name))
    read = [(number, cells, read_row_of_orders(cells, columns, zone())) for number, cells in rows]
    good = [order for _n, _c, order in read if isinstance(order, Order)]
    received = receive(ask_in(request), uid, good)
    if isinstance(received, Refusal):
        return refuse(request, received)
    address = request.META.get("REMOTE_ADDR", "")
    note(now(), actor.person_id, "outside.receive.sheet", uid, address=address, detail=row.code)
    answers = iter(received)
    found: dict[str, Any] = {"entered": 0, "again": 0, "told": []}
    for number, cells, order in read:
        answer = next(answers).answer if isinstance(order, Order) else order
        if isinstance(answer, Done):
            found["again" if answer.again else "entered"] += 1
        else:
            found["told"].append([number, *_kept(cells, columns), say_order(answer)])
    return redirect("outside_read", uid, put_aside(request, found))


@page(ACT)
def read(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    """What became of a sheet: how many came in, and why the others did not."""
    row = system_for(actor_in(request), uid, ACT)
    found = fetch(request, name)
    if row is None or found is None:
        return missing(request)
    told = found["told"]
    number, pages = page_within(page_in(request.GET), len(told), SHOWN)
    shown = told[(number - 1) * SHOWN : number * SHOWN]
    columns = columns_of(row)
    at = list(columns.columns).index("number") + 1
    labels = [_("Row"), _("Number at their end"), _("Why it was left out")]
    cells = [(one[0], one[at] or "—", one[-1]) for one in shown]
    context = {
        "rooms": rooms(actor_in(request)),
        "row": row,
        "entered": found["entered"],
        "again": found["again"],
        "left_out": len(told),
        "table": table("", labels, cells, ()),
        "file": reverse("outside_errors", args=[uid, name]),
        "pager": pager_of(Listed([], number, pages, len(told)), request.GET),
    }
    return render(request, "yishi/outside/read.html", context)


@page(ACT)
def errors(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    """The rows that were left out, as they came, each with why: mended, they are sent again."""
    row = system_for(actor_in(request), uid, ACT)
    found = fetch(request, name)
    if row is None or found is None:
        return missing(request)
    header = [*columns_of(row).columns.values(), _("Row"), _("Why it was left out")]
    rows = [[*one[1:-1], one[0], one[-1]] for one in found["told"]]
    data = write_xlsx({_("Orders"): (header, rows)})
    return download(data, XLSX_TYPE, f"{_('Orders left out')}.xlsx")


def _orders_in(tables: Tables, columns: ColumnMap) -> list[tuple[int, Row]] | Refusal:
    """The rows of the one sheet that holds orders, by their numbers in it.

    Refused: `table_empty`, `columns_missing`, `table_too_long`.
    """
    lacking: Refusal | None = None
    for rows in tables.values():
        filled = [
            (number, row)
            for number, row in enumerate(rows, FIRST_ROW)
            if any(cell_words(cell) for cell in row.values())
        ]
        if not filled:
            continue
        missing_columns = columns_lacking(filled[0][1], columns)
        if missing_columns:
            lacking = lacking or missing_columns
            continue
        if len(filled) > ROWS_MAX:
            return Refusal("table_too_long", ROWS_MAX, len(filled), "rows")
        return filled
    return lacking or Refusal("table_empty")


def _kept(cells: Mapping[str, object], columns: ColumnMap) -> Sequence[str]:
    return [cell_words(cells.get(column)) or "" for column in columns.columns.values()]


urls: list[URLPattern] = [
    path("outside/<str:uid>/template.xlsx", template, name="outside_template"),
    path("outside/<str:uid>/orders", take, name="outside_take"),
    path("outside/<str:uid>/read/<str:name>", read, name="outside_read"),
    path("outside/<str:uid>/read/<str:name>/xlsx", errors, name="outside_errors"),
]
