"""The accounts of a round, open to everybody: by fund, by project, by funder and the whole; drawn,
as a table, as a spreadsheet and as open data."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.method.round import Payer
from yishi.core.number import show_number
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.project import say_funder, say_leverage, say_project_state, say_purse
from yishi.records.models import Topic
from yishi.records.queries.accounts import (
    FunderLine,
    FundLine,
    ProjectLine,
    every_funder,
    every_project,
    fund_lines,
    project_lines,
    sum_up,
    sums_of,
)
from yishi.records.queries.paging import SIZE, page_within
from yishi.records.queries.round import round_of
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.web.gate import missing, page
from yishi.web.office import Cell, download, table
from yishi.web.rows import pager

FEN = 100
KINDS = ("projects", "funders")
CSV_TYPE = "text/csv; charset=utf-8"


@page("accounts.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The round in numbers, then by fund, by project and by funder, each list paged."""
    topic = _topic(uid)
    if topic is None:
        return missing(request)
    projects, project_page = project_lines(topic, _number(request, "project"))
    funders, moved = every_funder(topic), sums_of(topic)
    whole = sum_up(moved, funders)
    at, pages = page_within(_number(request, "funder"), len(funders), SIZE)
    context = {
        "round": topic,
        "number": show_number(topic.number),
        "leverage": say_leverage(whole.leverage),
        "facts": [
            {"label": _("Granted to all funds"), "value": say_yuan(whole.granted_fen)},
            {"label": _("Still in the funds"), "value": say_yuan(whole.in_funds_fen)},
            {"label": _("Set aside for projects"), "value": say_yuan(whole.set_aside_fen)},
            {"label": _("Paid and delivered"), "value": say_yuan(whole.spent_fen)},
            {"label": _("Swept"), "value": say_yuan(whole.swept_fen)},
        ],
        "bar": _by_payer(whole.given),
        "funds": _funds(fund_lines(topic, moved)),
        "projects": _projects(projects),
        "project_pager": pager(
            project_page.page, project_page.pages, project_page.total, request.GET, name="project"
        ),
        "funders": _funders(funders[(at - 1) * SIZE : at * SIZE]),
        "funder_pager": pager(at, pages, len(funders), request.GET, name="funder"),
        "files": _files(uid),
    }
    return render(request, "yishi/project/accounts.html", context)


@page("accounts.view")
def book(request: HttpRequest, uid: str) -> HttpResponse:
    """The same as a spreadsheet: one sheet by project, one by funder; sums in yuan."""
    topic = _topic(uid)
    if topic is None:
        return missing(request)
    sheets = {
        _("By project"): (_project_heads(), [_cells(one) for one in every_project(topic)]),
        _("By funder"): (_funder_heads(), [_funder_cells(one) for one in every_funder(topic)]),
    }
    number = show_number(topic.number)
    name = f"{_('Accounts of the round')} {number}.xlsx"
    return download(write_xlsx(sheets), XLSX_TYPE, name)


@page("accounts.view")
def open_data(request: HttpRequest, uid: str, kind: str, form: str) -> HttpResponse:
    """Open data: `projects` or `funders`, as `csv` or `json`; sums in whole fen."""
    topic = _topic(uid)
    if topic is None or kind not in KINDS or form not in ("csv", "json"):
        return missing(request)
    rows = (
        [_plain_project(one) for one in every_project(topic)]
        if kind == "projects"
        else [_plain_funder(one) for one in every_funder(topic)]
    )
    if form == "json":
        data = {"round": topic.number, "unit": "fen", kind: rows}
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    out = io.StringIO()
    columns = list(_plain_project(None) if kind == "projects" else _plain_funder(None))
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    # A spreadsheet knows by the mark that it is UTF-8.
    data_csv = b"\xef\xbb\xbf" + out.getvalue().encode()
    return download(data_csv, CSV_TYPE, f"{topic.number}-{kind}.csv")


def _safe(value: Any) -> Any:
    """No cell is a formula in whoever's spreadsheet opens it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _topic(uid: str) -> Topic | None:
    held = round_of(uid)
    return held.topic if held else None


def _by_payer(given: dict[str, int]) -> dict[str, Any] | None:
    """What each sort of payer gives to projects, drawn."""
    whole = sum(given.values())
    if not whole:
        return None
    return {
        "caption": _("Whose money the projects are given, of %(whole)s")
        % {"whole": say_yuan(whole)},
        "head": _("Whose money"),
        "unit": _("How much"),
        "rows": [
            {
                "label": say_purse(payer),
                "value": say_yuan(amount),
                "share": 100 * amount / whole,
                "kind": "done" if payer == Payer.FUND else "",
            }
            for payer, amount in given.items()
        ],
    }


def _funds(lines: Sequence[FundLine]) -> dict[str, Any] | None:
    if not lines:
        return None
    heads = [
        _("Fund"),
        _("Granted"),
        _("Set aside"),
        _("Swept"),
        _("Left"),
        _("To be spent by"),
    ]
    rows = [
        (
            one.name,
            say_yuan(one.granted_fen),
            say_yuan(one.committed_fen),
            say_yuan(one.swept_fen),
            say_yuan(one.left_fen),
            say_day(one.sweeps_on),
        )
        for one in lines
    ]
    return table(_("Fund by fund"), heads, rows, (1, 2, 3, 4))


def _projects(lines: Sequence[ProjectLine]) -> dict[str, Any] | None:
    if not lines:
        return None
    heads = [
        _("Project"),
        _("Stands"),
        _("Cost"),
        *(say_purse(payer) for payer in Payer),
        _("Spent"),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            (one.title, reverse("project", args=[one.uid])),
            say_project_state(one.state)["word"],
            say_yuan(one.cost_fen) if one.cost_fen is not None else "—",
            *(say_yuan(one.given[payer]) for payer in Payer),
            say_yuan(one.spent_fen),
        )
        for one in lines
    ]
    return table(_("Project by project"), heads, rows, range(2, 8))


def _funders(lines: Sequence[FunderLine]) -> dict[str, Any] | None:
    if not lines:
        return None
    heads = [_("Funder"), _("Whose money"), _("Projects"), _("Gives"), _("Spent"), _("Not spent")]
    rows = [
        (
            say_funder(one.name),
            say_purse(one.payer),
            one.projects,
            say_yuan(one.given_fen),
            say_yuan(one.spent_fen),
            say_yuan(one.left_fen),
        )
        for one in lines
    ]
    return table(_("Funder by funder, the most first"), heads, rows, (2, 3, 4, 5))


def _files(uid: str) -> list[dict[str, str]]:
    files = [{"href": reverse("accounts_book", args=[uid]), "word": _("Spreadsheet")}]
    named = {"projects": _("projects"), "funders": _("funders")}
    for kind in KINDS:
        for form in ("csv", "json"):
            href = reverse("accounts_data", args=[uid, kind, form])
            words = _("Open data: %(what)s, %(form)s") % {"what": named[kind], "form": form.upper()}
            files.append({"href": href, "word": words})
    return files


def _project_heads() -> list[str]:
    return [
        _("Number"),
        _("Project"),
        _("Stands"),
        _("Cost"),
        *(say_purse(payer) for payer in Payer),
        _("Spent"),
        _("Not spent"),
    ]


def _cells(one: ProjectLine) -> list[str]:
    return [
        show_number(one.number),
        one.title,
        say_project_state(one.state)["word"],
        _typed(one.cost_fen),
        *(_typed(one.given[payer]) for payer in Payer),
        _typed(one.spent_fen),
        _typed(one.left_fen),
    ]


def _funder_heads() -> list[str]:
    return [_("Funder"), _("Whose money"), _("Projects"), _("Gives"), _("Spent"), _("Not spent")]


def _funder_cells(one: FunderLine) -> list[str]:
    return [
        say_funder(one.name),
        say_purse(one.payer),
        str(one.projects),
        _typed(one.given_fen),
        _typed(one.spent_fen),
        _typed(one.left_fen),
    ]


def _typed(amount_fen: int | None) -> str:
    """Yuan with two places, as a cell holds it."""
    if amount_fen is None:
        return ""
    return f"{amount_fen // FEN}.{amount_fen % FEN:02}"


def _plain_project(one: ProjectLine | None) -> dict[str, Any]:
    """One row of open data; of None its columns."""
    return {
        "number": one.number if one else "",
        "title": one.title if one else "",
        "state": one.state if one else "",
        "cost_fen": one.cost_fen if one else "",
        **{f"{payer}_fen": one.given[payer] if one else "" for payer in Payer},
        "spent_fen": one.spent_fen if one else "",
        "unspent_fen": one.left_fen if one else "",
    }


def _plain_funder(one: FunderLine | None) -> dict[str, Any]:
    return {
        "name": one.name if one else "",
        "payer": one.payer if one else "",
        "projects": one.projects if one else "",
        "given_fen": one.given_fen if one else "",
        "spent_fen": one.spent_fen if one else "",
        "unspent_fen": one.left_fen if one else "",
    }


def _number(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


urls: list[URLPattern] = [
    path("rounds/<str:uid>/accounts", view, name="accounts"),
    path("rounds/<str:uid>/accounts.xlsx", book, name="accounts_book"),
    path("rounds/<str:uid>/accounts/<str:kind>.<str:form>", open_data, name="accounts_data"),
]
