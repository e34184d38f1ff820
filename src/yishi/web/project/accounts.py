"""The accounts of a round, open to everybody: by fund, by project, by funder and the whole; drawn
and as tables. As files: `accounts_files`."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.method.round import Payer
from yishi.core.number import show_number
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.project import say_funder, say_leverage, say_project_state, say_purse
from yishi.records.queries.accounts import (
    FunderLine,
    FundLine,
    ProjectLine,
    every_funder,
    fund_lines,
    payments_in,
    project_lines,
    sum_up,
    sums_of,
)
from yishi.records.queries.paging import SIZE, page_within
from yishi.records.queries.round import round_of
from yishi.web.gate import missing, page
from yishi.web.office import Cell, table
from yishi.web.project.accounts_files import files
from yishi.web.rows import number_in, pager, pager_of


@page("accounts.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The round in numbers, then by fund, by project and by funder, each list paged."""
    held = round_of(uid)
    if held is None:
        return missing(request)
    topic, query = held.topic, request.GET
    projects, project_page = project_lines(topic, number_in(query, "project"))
    funders, moved = every_funder(topic), sums_of(topic)
    whole = sum_up(moved, funders)
    at, pages = page_within(number_in(query, "funder"), len(funders), SIZE)
    sizes = {"projects": project_page.total, "funders": len(funders)}
    sizes["payments"] = payments_in(topic)
    context = {
        "round": topic,
        "number": show_number(topic.number),
        "leverage": say_leverage(whole.leverage),
        "facts": [
            {"label": _("Granted to all funds"), "value": say_yuan(whole.granted_fen)},
            {"label": _("Still in the funds"), "value": say_yuan(whole.in_funds_fen)},
            {"label": _("Swept"), "value": say_yuan(whole.swept_fen)},
            {"label": _("Given by all, not yet spent"), "value": say_yuan(whole.set_aside_fen)},
            {"label": _("Given by all, paid and delivered"), "value": say_yuan(whole.spent_fen)},
        ],
        "bar": _by_payer(whole.given),
        "funds": _funds(fund_lines(topic, moved)),
        "projects": _projects(projects),
        "project_pager": pager_of(project_page, query, name="project"),
        "funders": _funders(funders[(at - 1) * SIZE : at * SIZE]),
        "funder_pager": pager(at, pages, len(funders), query, name="funder"),
        "files": files(topic, sizes),
    }
    return render(request, "yishi/project/accounts.html", context)


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


urls: list[URLPattern] = [
    path("rounds/<str:uid>/accounts", view, name="accounts"),
]
