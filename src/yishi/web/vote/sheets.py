"""Sheets of a vote to print: ballot papers, the counting sheet, the register, the roll, the result.

A ballot paper of a vote by name has a stub with the line it belongs to; one of a secret vote has
nothing by which it could be told from another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.method.ballot import BallotKind
from yishi.core.method.language import Choose, Unit
from yishi.core.number import show_number
from yishi.core.redaction import redact
from yishi.core.vote.now import VoteState, Way
from yishi.phrases.ballot import say_most
from yishi.phrases.clock import say_date, say_full_by
from yishi.phrases.money import say_yuan
from yishi.phrases.rule import say_text
from yishi.phrases.vote import say_area, say_choose, say_roll_name, say_rule, say_secret, sides_of
from yishi.records.queries.paging import Listed
from yishi.records.queries.rule import RulesMissing, today_of
from yishi.records.queries.vote_lines import buildings_called, lines_page, redaction_at
from yishi.records.queries.vote_round import paper_of
from yishi.records.queries.vote_seen import last_entry, options_of, turnout_of
from yishi.web.gate import missing, refuse
from yishi.web.rows import page_in, pager_of
from yishi.web.sheet import foot_of, sheet
from yishi.web.vote.page import result, say_size
from yishi.web.vote.projects import options_told
from yishi.web.vote.shown import ShownVote, head, href, vote_page

LINES = 4
ON_PAPER = (Way.PAPER, Way.DOOR)


@vote_page("vote.read_roll")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """Which sheets there are for this vote."""
    ways = shown.vote.ways
    is_door = Way.DOOR in ways and shown.may("vote.take_paper")
    is_paper = any(way in ON_PAPER for way in ways)
    is_rolled = shown.state is not VoteState.HANDED or shown.vote.roll.exists()
    rows = [
        (is_rolled, "vote_roll_sheet", _("The roll for the notice board"),
         _("given names hidden, for objections")),
        (is_paper, "vote_paper", _("Ballot papers"),
         _("one and the same for all") if shown.vote.is_secret else _("each with its stub")),
        (is_door, "vote_doors_sheet", _("Register of delivery"),
         _("by building, with room to sign")),
        (is_paper or Way.HANDS in ways, "vote_count_sheet", _("Counting sheet"),
         _("called out, tallied, signed by three")),
        (shown.is_counted, "vote_result_sheet", _("Notice of the result"),
         _("with the arithmetic and the rule")),
    ]  # fmt: skip
    context = {
        **head(shown),
        "doors": [
            {"href": href(name, shown), "word": word, "hint": hint, "mark": "print"}
            for there, name, word, hint in rows
            if there
        ],
    }
    return render(request, "yishi/vote/sheets.html", context)


def _base(request: HttpRequest, shown: ShownVote, back: str, **more: Any) -> dict[str, Any]:
    """What every sheet of a vote has: its foot, the topic, the place, the day."""
    number = show_number(shown.vote.topic.number)
    foot = None if more.pop("bare", False) else foot_of(request, last_entry(shown.vote))
    made = sheet(back, foot=foot, code=number, **more)
    made["code_word"] = _("Topic number")
    return {
        **head(shown),
        "sheet": made,
        "place": shown.vote.place.name,
        "today": say_date(shown.now),
        "stage": say_text(shown.seen.stage.name),
        "until": say_full_by(shown.vote.until_at) if shown.vote.until_at else "",
    }


def _printed(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"no": one["no"], "title": one["title"], "cost": one.get("cost", "")} for one in options
    ]


def _marks(shown: ShownVote) -> dict[str, str] | None:
    """Of a round: what a ballot says at its head and its foot; None for any other vote."""
    paper = paper_of(shown.vote)
    if paper is None:
        return None
    head = {
        BallotKind.RANKING: _("Place"),
        BallotKind.POINTS: _("Points"),
    }.get(paper.kind, _("Tick"))
    kept = shown.vote.rule.get("projects")
    money = _("There is %(money)s.") % {"money": say_yuan(paper.money_fen)} if kept else ""
    is_written = paper.kind in (BallotKind.RANKING, BallotKind.POINTS)
    how = say_most(paper.kind, paper.most)
    return {"head": head, "how": how, "money": money, "box": "" if is_written else "□"}


@vote_page("vote.read_roll")
def paper(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """表决票. By name: a page of lines, each with its stub. Secret: one for all."""
    vote = shown.vote
    context: dict[str, Any] = {
        # A code that changes from day to day would tell one secret paper from another.
        **_base(request, shown, href("vote_sheets", shown), bare=vote.is_secret),
        "options": _printed(options_told(shown)),
        "is_one": vote.choose == Choose.ONE,
        "marks": _marks(shown),
        "how": say_choose(vote.choose),
        "secrecy": say_secret(secret=vote.is_secret),
        "lines": [None],
    }
    if not vote.is_secret:
        found = lines_page(vote, page_in(request.GET), _building(request), "out")
        context["lines"] = [_stub(shown, row) for row in found.rows]
        context |= _buildings(request, shown, found)
    return render(request, "yishi/vote/sheet_paper.html", context)


def _stub(shown: ShownVote, row: Mapping[str, Any]) -> dict[str, Any]:
    is_area = shown.vote.unit == Unit.OWNER
    return {
        "no": row["no"],
        "label": row["label"],
        "name": row["name"],
        "area": say_area(row["area_cm2"]) if is_area else "",
    }


@vote_page("vote.read_roll")
def count(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """唱票计票单: what was called out, tallied option by option, signed by three."""
    turnout = turnout_of(shown.seen)
    stage = shown.seen.stage
    context = {
        **_base(request, shown, href("vote_sheets", shown)),
        "options": _printed(options_told(shown)),
        "is_one": shown.vote.choose == Choose.ONE or _marks(shown) is not None,
        "marks": _marks(shown),
        "size": say_size(shown, turnout),
        "need": stage.quorum.need(turnout.voters) if stage.quorum and turnout.voters else 0,
        "is_secret": shown.vote.is_secret,
    }
    return render(request, "yishi/vote/sheet_count.html", context)


@vote_page("vote.take_paper")
def doors(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """送达登记表: the doors of a building, with room for what was found and a signature."""
    found = lines_page(shown.vote, page_in(request.GET), _building(request), "out")
    is_area = shown.vote.unit == Unit.OWNER
    context = {
        **_base(request, shown, href("vote_doors", shown), wide=True),
        "rows": [_stub(shown, row) for row in found.rows],
        "is_area": is_area,
        **_buildings(request, shown, found),
    }
    return render(request, "yishi/vote/sheet_doors.html", context)


@vote_page("vote.read_roll")
def roll(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """名册公示: every line with the given name hidden, for objections."""
    vote = shown.vote
    try:
        rules = redaction_at(vote.place, today_of(shown.now))
    except RulesMissing as lacking:
        return refuse(request, lacking.refusal)
    found = lines_page(vote, page_in(request.GET), _building(request), "on")
    rows = []
    for row in found.rows:
        names = [name for name in row["name"].split("、") if name]
        rows.append(_stub(shown, row) | {"name": redact(row["name"], rules, names)[0]})
    until = vote.roll_until_at
    context = {
        **_base(request, shown, href("vote_roll", shown)),
        "title": say_roll_name(vote.unit),
        "rows": rows,
        # Of those with a seat nobody's home may be known: then there is no column for it.
        "is_home": any(row["label"] for row in rows),
        "is_area": vote.unit == Unit.OWNER,
        "size": say_size(shown, turnout_of(shown.seen)),
        "roll_until": say_full_by(until) if until else "",
        **_buildings(request, shown, found),
    }
    return render(request, "yishi/vote/sheet_roll.html", context)


@vote_page("vote.view")
def outcome(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """结果公示: what it came to, by which rule, per denominator."""
    if not shown.is_counted:
        return missing(request)
    vote, turnout = shown.vote, turnout_of(shown.seen)
    options = options_of(shown.seen)
    rule = say_rule(
        shown.seen.stage, shown.seen.voting, turnout.voters, turnout.area_cm2, None, shown.now
    )
    context = {
        **_base(request, shown, href("vote", shown), wide=True),
        "result": result(shown, options),
        # Who has a vote, then quorum and threshold by each denominator.
        "rule": _by_source(rule[: 1 + 2 * len(sides_of(vote.unit))]),
        # Past so many lines the words are smaller, so that it stays on one page.
        "is_long": len(vote.result.get("options", ())) > LINES,
        "closed": say_date(vote.closed_at) if vote.closed_at else "",
    }
    return render(request, "yishi/vote/sheet_result.html", context)


def _by_source(rule: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Lines of a rule, those of one source together: {words, source}."""
    found: dict[str, list[str]] = {}
    for line in rule:
        if line["source"]:
            found.setdefault(line["source"], []).append(f"{line['text']}：{line['value']}")
    return [{"words": "；".join(words), "source": source} for source, words in found.items()]


def _building(request: HttpRequest) -> str:
    return request.GET.get("building", "")[:20]


def _buildings(request: HttpRequest, shown: ShownVote, found: Listed) -> dict[str, Any]:
    """The buildings to choose from, the one chosen, and the pager, all beside the sheet."""
    here = _building(request)
    rows = [("", _("All buildings"))]
    rows += [(one.code, one.name or _("No building")) for one in buildings_called(shown.vote)]
    return {
        "buildings": [{"value": code, "word": word, "chosen": code == here} for code, word in rows],
        "building": next((word for code, word in rows if code == here and code), ""),
        "pager": pager_of(found, request.GET),
    }


urls: list[URLPattern] = [
    path("votes/<str:uid>/sheets", view, name="vote_sheets"),
    path("votes/<str:uid>/sheets/paper", paper, name="vote_paper"),
    path("votes/<str:uid>/sheets/count", count, name="vote_count_sheet"),
    path("votes/<str:uid>/sheets/doors", doors, name="vote_doors_sheet"),
    path("votes/<str:uid>/sheets/roll", roll, name="vote_roll_sheet"),
    path("votes/<str:uid>/sheets/result", outcome, name="vote_result_sheet"),
]
