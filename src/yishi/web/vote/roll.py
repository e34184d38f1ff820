"""The roll for those who keep it: its lines, a page at a time, and the same as a workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.method.language import Unit
from yishi.core.number import show_number
from yishi.core.vote.now import VoteState
from yishi.phrases.vote import M2, say_area, say_roll_name, say_way
from yishi.records.queries.vote_lines import all_lines, buildings_called, lines_page
from yishi.records.queries.vote_seen import turnout_of
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.web.office import choices, download, table
from yishi.web.rows import page_in, pager_of
from yishi.web.vote.page import say_size, standing
from yishi.web.vote.shown import ShownVote, head, href, vote_page


@vote_page("vote.read_roll")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """A page of the lines: who, which home, whether somebody can vote on-line, whether it is in."""
    vote = shown.vote
    building, state = request.GET.get("building", "")[:20], request.GET.get("state", "")
    found = lines_page(vote, page_in(request.GET), building, state)
    is_area = vote.unit == Unit.OWNER
    labels = [_("No."), _("Home"), _("Name"), _("Accounts"), _("How the line stands")]
    if is_area:
        labels.insert(3, _("Area owned"))
    rows = [
        [
            (str(row["no"]), href("vote_line", shown, row["uid"])),
            row["label"] or "—",
            row["name"] or "—",
            *([say_area(row["area_cm2"])] if is_area else []),
            row["accounts"] or "—",
            _stands(row),
        ]
        for row in found.rows
    ]
    states = [("", _("All lines")), ("out", _("Not voted yet")), ("in", _("Voted")),
              ("struck", _("Struck off"))]  # fmt: skip
    known = [(one.code, one.name or _("No building")) for one in buildings_called(vote) if one.code]
    is_open = shown.state is VoteState.ROLL
    context: dict[str, Any] = {
        **head(shown),
        "title": say_roll_name(vote.unit),
        "standing": standing(shown),
        "size": say_size(shown, turnout_of(shown.seen)),
        "digest": vote.roll_digest,
        "table": table("", labels, rows),
        "is_empty": not found.rows,
        "pager": pager_of(found, request.GET),
        "buildings": choices([("", _("All buildings")), *known], building),
        "states": choices(states, state),
        "add": href("vote_add", shown) if is_open and shown.may("vote.add_voter") else "",
        "download": href("vote_roll_xlsx", shown),
        "sheet": href("vote_roll_sheet", shown),
    }
    return render(request, "yishi/vote/roll.html", context)


def _stands(row: dict[str, Any]) -> str:
    """Struck off, in by which way, or still out: never what was chosen."""
    if row["is_struck"]:
        return _("Struck off")
    return say_way(row["way"]) if row["way"] else _("Not voted yet")


@vote_page("vote.read_roll")
def as_xlsx(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """Every line that stands on the roll, as the city's own system takes it."""
    vote = shown.vote
    labels = [_("No."), _("Name"), _("Home"), _("Area in m²")]
    rows = [
        [
            row["no"],
            row["name"],
            row["label"],
            f"{row['area_cm2'] / M2:.4f}".rstrip("0").rstrip("."),
        ]
        for row in all_lines(vote)
    ]
    title = say_roll_name(vote.unit)
    name = f"{title} {show_number(vote.topic.number)}.xlsx"
    return download(write_xlsx({title: (labels, rows)}), XLSX_TYPE, name)


urls: list[URLPattern] = [
    path("votes/<str:uid>/roll", view, name="vote_roll"),
    path("votes/<str:uid>/roll.xlsx", as_xlsx, name="vote_roll_xlsx"),
]
