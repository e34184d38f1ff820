"""验收单, 决算公示表: what is signed on the spot, and what is hung out at the end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.project.now import WorksPaper
from yishi.phrases.clock import say_date
from yishi.phrases.money import say_yuan
from yishi.phrases.period import say_day
from yishi.phrases.project import say_funder, say_pledge_form, say_purse
from yishi.records.queries.meeting_shown import entry_of
from yishi.records.queries.project_money import spent_of
from yishi.records.queries.project_works import funders_of
from yishi.records.queries.project_works_page import WorksPage, works_page
from yishi.web.gate import missing, page
from yishi.web.meeting.drafted import CHINESE
from yishi.web.project.shown import Shown, read
from yishi.web.sheet import foot_of, sheet

# So many lines to sign stand on an empty sheet. Ours.
LINES = 5


@page("project.view")
def inspection(request: HttpRequest, uid: str) -> HttpResponse:
    """验收单: to be filled in and signed on the spot, or as it was entered. Names of residents
    stand on it for staff alone."""
    shown = read(request, uid)
    if shown is None or shown.row.begins_on is None:
        return missing(request)
    with translation.override(CHINESE):
        found = works_page(shown.row)
        last = [one for one in found.inspectors if one.at == found.inspectors[-1].at]
        context = {
            **_head(request, shown, _("Sheet of the inspection"), "project.accepted"),
            "lines": _works(shown),
            "steps": [
                {
                    "name": one.name,
                    "planned": say_day(one.planned_on),
                    "done": say_date(one.done_at) if one.done_at else "",
                }
                for one in found.milestones
            ],
            "who": _who(shown, last) or [""] * LINES,
            "words": last[0].words if last else "",
            "fit": last[0].is_fit if last else None,
            "on": say_date(last[0].at) if last else "",
            "seals": [_("Built by"), _("Supervisory committee"), _("Residents committee")],
        }
        return render(request, "yishi/project/sheet_inspection.html", context)


@page("project.view")
def final(request: HttpRequest, uid: str) -> HttpResponse:
    """决算公示表: what it cost, who gave what, what of it was spent and what went back."""
    shown = read(request, uid)
    if shown is None or shown.row.settled_fen is None:
        return missing(request)
    with translation.override(CHINESE):
        found = works_page(shown.row)
        context = {
            **_head(request, shown, _("Final account of a project"), "project.settled"),
            "lines": [*_works(shown), *_sums(shown, found)],
            "funders": _funders(shown),
            "seals": [_("Reviewed by"), _("Supervisory committee"), _("Residents committee")],
            "on": say_date(shown.row.settled_at or shown.now),
        }
        return render(request, "yishi/project/sheet_final.html", context)


def _head(request: HttpRequest, shown: Shown, name: str, code: str) -> dict[str, Any]:
    number = show_number(shown.row.number)
    foot = foot_of(request, entry_of(shown.row.uid, code))
    return {
        "name": f"{name} {number}",
        "heading": name,
        "round": shown.row.topic,
        "sheet": sheet(shown.href, foot=foot, code=number),
    }


def _works(shown: Shown) -> list[list[dict[str, str]]]:
    row = shown.row
    builder = row.contractor
    if row.self_built and row.builder:
        builder = _("the residents themselves, under %(unit)s") % {"unit": row.builder.name}
    days = ""
    if row.begins_on and row.ends_on:
        known = {"begins": say_day(row.begins_on), "ends": say_day(row.ends_on)}
        days = _("%(begins)s to %(ends)s") % known
    contract = say_yuan(row.contract_fen) if row.contract_fen is not None else "—"
    return [
        [{"label": _("Project"), "word": row.option.title}],
        [{"label": _("Round"), "word": f"{row.topic.place.name} · {row.topic.title}"}],
        [{"label": _("Built by"), "word": builder}, {"label": _("Works"), "word": days}],
        [
            {"label": _("Cost of the project"), "word": say_yuan(row.cost_fen or 0)},
            {"label": _("Contract"), "word": contract},
        ],
    ]


def _sums(shown: Shown, found: WorksPage) -> list[list[dict[str, str]]]:
    row = shown.row
    final = row.settled_fen or 0
    reviews = [one for one in found.papers if one.kind == WorksPaper.REVIEW]
    reviewer = reviews[-1].body.name if reviews and reviews[-1].body else ""
    keeper = row.keeper.name if row.keeper else _("still to be handed over")
    liable = say_day(row.liable_until) if row.liable_until else "—"
    return [
        [
            {"label": _("Final sum"), "word": say_yuan(final)},
            {"label": _("Gone back"), "word": say_yuan((row.cost_fen or 0) - final)},
        ],
        [{"label": _("Reviewed by"), "word": reviewer}],
        [
            {"label": _("Looked after by"), "word": keeper},
            {"label": _("Builder answers until"), "word": liable},
        ],
    ]


def _who(shown: Shown, last: list[Any]) -> list[str]:
    """Who inspected it: bodies by name; people by name for staff, else as residents."""
    named = shown.may("project.read_papers")
    return [one.body.name if one.body else (named and one.name) or _("A resident") for one in last]


def _funders(shown: Shown) -> list[dict[str, str]]:
    rows = funders_of(shown.row)
    spent = spent_of(shown.row)
    return [
        {
            "name": say_funder(one.name),
            "purse": say_purse(one.payer),
            "form": say_pledge_form(one.form),
            "gave": say_yuan(one.amount_fen),
            "spent": say_yuan(spent.get(one.pk, 0)),
            "back": say_yuan(one.amount_fen - spent.get(one.pk, 0)),
        }
        for one in rows
    ]


urls: list[URLPattern] = [
    path("projects/<str:uid>/inspection", inspection, name="project_inspection"),
    path("projects/<str:uid>/final", final, name="project_final"),
]
