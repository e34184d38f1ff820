"""A voter fills in a ballot of projects: all on one screen, then the check, then it is cast.

Every voter is shown the projects in an order of their own. Works without scripts: what is left of
the money or of the points is worked out again at a press; with scripts it moves along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yishi.acts.vote.casting import cast
from yishi.core.method.ballot import BallotKind
from yishi.core.method.language import Unit
from yishi.core.refusal import Refusal
from yishi.core.vote.marks import Paper, order_for, write_marks
from yishi.phrases.ballot import say_mark, say_most
from yishi.phrases.clock import say_by
from yishi.phrases.money import say_yuan
from yishi.phrases.refusal import say_refusal
from yishi.records.queries.vote_mine import MyLine
from yishi.records.queries.vote_seen import options_of
from yishi.web.gate import UNPROCESSABLE, ask_in, new_key
from yishi.web.vote.kept import kept_of
from yishi.web.vote.shown import ShownVote, head, href

CHOSEN = (BallotKind.APPROVAL, BallotKind.KNAPSACK)
POINTS_LONGEST = 4


@dataclass(frozen=True)
class Filled:
    """A ballot as it was sent: `typed`, what stands in each field; `marks`, what it says of each
    project, in the order of the paper."""

    line: MyLine
    paper: Paper
    options: Sequence[Mapping[str, Any]]
    typed: Mapping[str, str]

    @property
    def marks(self) -> list[tuple[str, int]]:
        """What it says; what is no number says something no ballot can."""
        return [(uid, number_of(word)) for uid, word in self.typed.items() if word.strip()]


def number_of(word: str) -> int:
    """The number somebody typed, -1 for what is none."""
    word = word.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) <= POINTS_LONGEST else -1


def mark_name(paper: Paper, uid: str) -> str:
    """The name of the field of a project: one for all where projects are chosen."""
    return "pick" if paper.kind in CHOSEN else f"mark_{uid}"


def view(request: HttpRequest, shown: ShownVote, line: MyLine, paper: Paper) -> HttpResponse:
    """The ballot, the check of it, and casting it."""
    filled = _filled(request, shown, line, paper)
    answer = write_marks(paper, filled.marks)
    if isinstance(answer, Refusal) and ("cast" in request.POST or "check" in request.POST):
        return _ask(request, shown, filled, answer)
    if "cast" not in request.POST:
        is_check = "check" in request.POST
        return _check(request, shown, filled) if is_check else _ask(request, shown, filled)
    # One's own line is found by the account, another's by the proxy it gave.
    done = cast(ask_in(request), shown.vote.uid, filled.marks, "" if line.is_mine else line.uid)
    if isinstance(done, Refusal):
        return _ask(request, shown, filled, done)
    if not done.again and line.way:
        messages.success(request, _("Your vote is changed. This one counts."))
    elif not done.again:
        said = _("Your vote is in. You may change it until it closes, at the latest %(until)s.")
        until = shown.vote.until_at
        messages.success(request, said % {"until": say_by(until, shown.now) if until else ""})
    return redirect(href("vote_cast", shown))


def _filled(request: HttpRequest, shown: ShownVote, line: MyLine, paper: Paper) -> Filled:
    options = options_of(shown.seen)
    if paper.kind in CHOSEN:
        picked = request.POST.getlist("pick")
        typed = {one["uid"]: "1" for one in options if one["uid"] in picked}
    else:
        typed = {one["uid"]: request.POST.get(f"mark_{one['uid']}", "") for one in options}
    return Filled(line, paper, options, typed)


def _context(shown: ShownVote, filled: Filled) -> dict[str, Any]:
    line, paper = filled.line, filled.paper
    label = " · ".join(filter(None, (line.label, line.name)))
    return {
        **head(shown),
        "line": {"uid": line.uid, "label": label},
        "several": not line.is_mine,
        "is_home": line.is_mine and shown.vote.unit == Unit.HOUSEHOLD,
        "kind": paper.kind.value,
        "how": say_most(paper.kind, paper.most),
        "kept": kept_of(shown),
        "key": new_key(),
        "until": say_by(shown.vote.until_at, shown.now) if shown.vote.until_at else "",
    }


def _ask(
    request: HttpRequest, shown: ShownVote, filled: Filled, refusal: Refusal | None = None
) -> HttpResponse:
    """All projects, in the voter's own order, with what was typed."""
    paper, prices = filled.paper, dict(zip(filled.paper.options, filled.paper.prices, strict=True))
    known = {one["uid"]: one for one in filled.options}
    offered = [
        {
            "uid": uid,
            "name": mark_name(paper, uid),
            "no": known[uid]["no"],
            "title": known[uid]["title"],
            "words": known[uid]["words"],
            "cost": say_yuan(known[uid]["cost_fen"]),
            "price": prices[uid],
            "given": say_yuan(known[uid]["given_fen"]) if known[uid]["given_fen"] else "",
            "value": filled.typed.get(uid, ""),
        }
        for uid in order_for(shown.vote.uid, filled.line.uid, paper.options)
    ]
    context = {
        **_context(shown, filled),
        "offered": offered,
        "places": range(1, min(paper.most, len(offered)) + 1),
        "most": paper.most,
        "money": paper.money_fen,
        "left": _left(filled),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    return render(request, "yishi/vote/marks.html", context, status=_status(refusal))


def _status(refusal: Refusal | None) -> int:
    return UNPROCESSABLE if refusal else 200


def _left(filled: Filled) -> dict[str, Any]:
    """What is still to be given: money, points or choices; {words, value, unit}."""
    paper = filled.paper
    prices = dict(zip(paper.options, paper.prices, strict=True))
    marks = [(uid, mark) for uid, mark in filled.marks if mark > 0]
    if paper.kind is BallotKind.KNAPSACK:
        left = paper.money_fen - sum(prices[uid] for uid, _mark in marks)
        return {"words": _("Left of the money:"), "value": say_yuan(left), "over": left < 0}
    used = sum(mark for _uid, mark in marks) if paper.kind is BallotKind.POINTS else len(marks)
    if not paper.most:
        return {}
    words = _("Points left:") if paper.kind is BallotKind.POINTS else _("Choices left:")
    return {"words": words, "value": str(paper.most - used), "over": used > paper.most}


def _check(request: HttpRequest, shown: ShownVote, filled: Filled) -> HttpResponse:
    """The whole ballot before it is cast: what is chosen, in its order or by its points."""
    paper, known = filled.paper, {one["uid"]: one for one in filled.options}
    marks = [(uid, mark) for uid, mark in filled.marks if mark]
    if paper.kind is BallotKind.RANKING:
        marks.sort(key=lambda pair: pair[1])
    elif paper.kind is BallotKind.POINTS:
        marks.sort(key=lambda pair: -pair[1])
    context = {
        **_context(shown, filled),
        "answers": [
            {
                "title": f"{known[uid]['no']} {known[uid]['title']}",
                "word": say_mark(paper.kind, mark),
                "cost": say_yuan(known[uid]["cost_fen"]),
            }
            for uid, mark in marks
        ],
        "carried": [
            {"name": mark_name(paper, uid), "value": uid if paper.kind in CHOSEN else mark}
            for uid, mark in marks
        ],
        "left": _left(filled),
    }
    return render(request, "yishi/vote/marks_check.html", context)
