"""The ballots of a vote that was counted, without anybody's name: to be counted again by anybody.

Each is its letters under a number nobody drew for anybody. Of owners, whose votes weigh by area,
the area stands with each way a ballot was filled in, where enough filled theirs in alike, and not
with a single ballot, which it would give away.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.method.ballot import BallotKind
from yishi.core.method.language import Unit
from yishi.core.number import show_number
from yishi.core.vote.ballot import ALIKE, areas_told
from yishi.core.vote.marks import Paper, read_marks
from yishi.phrases.ballot import say_marks
from yishi.phrases.vote import say_area
from yishi.phrases.vote_result import say_letters
from yishi.records.queries.vote_round import paper_of
from yishi.records.queries.vote_seen import (
    ballot_letters,
    ballots_page,
    letters_counted,
    options_of,
)
from yishi.web.gate import missing
from yishi.web.office import Cell, download, table
from yishi.web.rows import page_in, pager_of
from yishi.web.vote.shown import ShownVote, head, href, vote_page

CSV_TYPE = "text/csv; charset=utf-8"
BOM = "﻿"


@vote_page("vote.view")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """A page of the ballots, and how often each way of filling one in was met."""
    if not shown.is_counted or shown.vote.handed_to:
        return missing(request)
    options = options_of(shown.seen)
    found = ballots_page(shown.vote, page_in(request.GET))
    counted = letters_counted(shown.vote)
    says = _saying(shown, options)
    is_area = shown.vote.unit == Unit.OWNER and not shown.vote.is_secret
    heads = [_("What it says"), _("Ballots"), *([_("Area owned")] if is_area else [])]
    told = areas_told(counted)
    sums: list[list[Cell]] = [
        [
            says(letters),
            number,
            *([say_area(told[letters]) if letters in told else "—"] if is_area else []),
        ]
        for letters, number, _area in counted
    ]
    rows: list[list[Cell]] = [[_short(row["id"]), says(row["chosen"])] for row in found.rows]
    context: dict[str, Any] = {
        **head(shown),
        "options": options,
        "sums": table(_("Counted together"), heads, sums, (1, 2)),
        "table": table(_("Each ballot"), [_("Ballot"), _("What it says")], rows),
        "kept_back": _kept_back() if is_area and len(told) < len(counted) else "",
        "pager": pager_of(found, request.GET),
        "download": href("vote_ballots_csv", shown),
    }
    return render(request, "yishi/vote/ballots.html", context)


@vote_page("vote.view")
def as_csv(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The same as a file: a ballot a line, an option a column."""
    if not shown.is_counted or shown.vote.handed_to:
        return missing(request)
    options = options_of(shown.seen)
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow([_("Ballot"), *(f"{one['no']} {one['title']}" for one in options)])
    paper = paper_of(shown.vote)
    for number, letters in ballot_letters(shown.vote):
        cells = marks_in(paper, letters) if paper else list(letters)
        write.writerow([_short(number), *cells])
    write.writerow([])
    write.writerow([_legend(paper)])
    if shown.vote.unit == Unit.OWNER and not shown.vote.is_secret:
        write.writerow([_("What it says"), _("Ballots"), _("Area in cm²")])
        counted = letters_counted(shown.vote)
        told = areas_told(counted)
        for letters, number, _area in counted:
            write.writerow([letters, number, told.get(letters, "")])
        if len(told) < len(counted):
            write.writerow([_kept_back()])
    name = _("Ballots %(number)s") % {"number": show_number(shown.vote.topic.number)}
    return download((BOM + out.getvalue()).encode(), CSV_TYPE, f"{name}.csv")


def _saying(shown: ShownVote, options: Sequence[Mapping[str, Any]]) -> Callable[[str], str]:
    """How a ballot of this vote is said in words."""
    paper = paper_of(shown.vote)
    if paper is None:
        return lambda letters: say_letters(letters, options)
    numbers = {one["uid"]: one["no"] for one in options}
    kind = paper.kind

    def says(digits: str) -> str:
        marks = read_marks(paper, digits).items()
        return say_marks(kind, [(numbers[uid], mark) for uid, mark in marks])

    return says


def marks_in(paper: Paper, digits: str) -> list[str]:
    """The mark of each project, in the order of the paper, "" for none."""
    marks = read_marks(paper, digits)
    return [str(marks.get(uid, "")) for uid in paper.options]


def _legend(paper: Paper | None) -> str:
    if paper is None:
        return _("f is for, a against, x abstained, - not chosen")
    if paper.kind is BallotKind.RANKING:
        return _("1 is the first place, and so on; nothing is no place")
    if paper.kind is BallotKind.POINTS:
        return _("The points given; nothing is none")
    return _("1 is chosen, nothing is not chosen")


def _kept_back() -> str:
    return _(
        "Where fewer than %(n)s filled in their ballots alike the area is left out, for it would "
        "tell whose they are. The result has the sum of all."
    ) % {"n": ALIKE}


def _short(number: int) -> str:
    """The random number of a ballot, to find it by in both lists."""
    return f"{number:016x}"


urls: list[URLPattern] = [
    path("votes/<str:uid>/ballots", view, name="vote_ballots"),
    path("votes/<str:uid>/ballots.csv", as_csv, name="vote_ballots_csv"),
]
