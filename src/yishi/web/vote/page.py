"""The page of a vote: what is asked, by which rule, who took part; and once counted, the result."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.acts.vote.ending import CALLED_OFF, LEFT
from yishi.core.person import VISITOR
from yishi.core.vote.now import VoteState, Way
from yishi.phrases.ballot_result import say_count, say_lot, say_winners
from yishi.phrases.clock import say_by, say_clock, say_exact, say_exact_by, say_when
from yishi.phrases.money import say_yuan
from yishi.phrases.rule import say_text
from yishi.phrases.vote import (
    say_amount,
    say_lines,
    say_roll_name,
    say_rule,
    say_secret,
    say_side,
    say_way,
    sides_of,
)
from yishi.phrases.vote_result import (
    percent_of,
    say_chosen,
    say_exact_share,
    say_quorums,
    say_supports,
    say_turnout,
    say_verdict,
)
from yishi.records.queries.vote_mine import MyLine, my_lines
from yishi.records.queries.vote_seen import Turnout, turnout_of
from yishi.web.vote.projects import is_counted, options_told
from yishi.web.vote.shown import ShownVote, head, href, vote_page

OVER = (VoteState.DECIDED, VoteState.VOID)
ON_PAPER = (Way.PAPER, Way.DOOR, Way.HANDS)
# Pages of those who keep a vote, each with its act: (act, address, word, mark, states).
DESKS = (
    ("vote.take_paper", "vote_doors", "people", (VoteState.OPEN,)),
    ("vote.enter_paper", "vote_box", "check", (VoteState.OPEN,)),
    ("vote.read_roll", "vote_roll", "people", tuple(VoteState)),
    ("vote.read_roll", "vote_objections", "flag", (VoteState.ROLL,)),
    ("vote.file_proxy", "vote_proxies", "person", (VoteState.ROLL,)),
    ("vote.read_roll", "vote_sheets", "print", tuple(VoteState)),
    ("vote.void", "vote_void", "refuse", (VoteState.ROLL, VoteState.OPEN, VoteState.HANDED)),
)


@vote_page("vote.view")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """What anybody may know of a vote, and what this person may do with it now."""
    vote, moment = shown.vote, shown.now
    options = options_told(shown)
    turnout = turnout_of(shown.seen)
    mine = my_lines(vote, shown.actor) if shown.state in (VoteState.ROLL, VoteState.OPEN) else []
    is_over = shown.state in OVER and bool(vote.result)
    context = {
        **head(shown),
        "standing": standing(shown),
        "clock": say_clock(vote.until_at, None, moment, "", vote.opened_at)
        if shown.is_running
        else None,
        "options": options,
        "rule": say_rule(
            shown.seen.stage,
            shown.seen.voting,
            turnout.voters,
            turnout.area_cm2,
            vote.until_at,
            moment,
        ),
        "stage": say_text(shown.seen.stage.name),
        "turnout": None if is_over else told_turnout(shown, turnout),
        "result": result(shown, options) if is_over else None,
        "mine": _mine(shown, [line for line in mine if line.is_mine]),
        "buttons": _buttons(shown, mine),
        # Whoever has no line is offered to look, quietly: it is not what the page asks of them.
        "has_line": bool(mine) or shown.actor == VISITOR,
        "desks": desks(shown),
        "secret": say_secret(secret=vote.is_secret),
        "lot": say_lot(vote),
        "money": say_yuan(vote.rule["projects"]["money_fen"]) if vote.rule.get("projects") else "",
    }
    return render(request, "yishi/vote/page.html", context)


def standing(shown: ShownVote) -> dict[str, str]:
    """Where the vote stands, in a sentence: {words, exact}."""
    vote, moment = shown.vote, shown.now
    if shown.state is VoteState.ROLL and shown.is_objectable and vote.roll_until_at:
        until = vote.roll_until_at
        said = _("The roll is on view. Whoever finds it wrong objects until %(until)s.")
        return {"words": said % {"until": say_by(until, moment)}, "exact": say_exact_by(until)}
    if shown.state is VoteState.ROLL:
        return {"words": _("The roll is made. It is frozen when the vote opens."), "exact": ""}
    if shown.is_running and vote.until_at:
        said = _("You can vote until %(until)s.") % {"until": say_by(vote.until_at, moment)}
        return {"words": said, "exact": say_exact_by(vote.until_at)}
    if shown.state is VoteState.OPEN:
        return {"words": _("The time is over. Now it is counted."), "exact": ""}
    if shown.state is VoteState.HANDED:
        said = _("This vote is held in: %(to)s. Its result is brought back here.")
        return {"words": said % {"to": vote.handed_to}, "exact": ""}
    if vote.closed_at:
        said = {
            CALLED_OFF: _("Called off %(when)s."),
            LEFT: _("Ended without a result %(when)s."),
        }.get(vote.result.get("void", ""), _("Counted %(when)s."))
        return {
            "words": said % {"when": say_when(vote.closed_at, moment)},
            "exact": say_exact(vote.closed_at),
        }
    return {"words": "", "exact": ""}


def told_turnout(shown: ShownVote, turnout: Turnout) -> dict[str, Any] | None:
    """Who took part so far: numbers, never names; None before it opens."""
    if shown.state not in (VoteState.OPEN, VoteState.COUNTING):
        return None
    unit, stage = shown.vote.unit, shown.seen.stage
    numbers = {
        "heads": (turnout.heads, turnout.voters),
        "area": (turnout.area_in_cm2, turnout.area_cm2),
    }
    sides = []
    for by in sides_of(unit):
        have, whole = numbers[by]
        need = stage.quorum.need(whole) if stage.quorum else 0
        sides.append(
            {
                "side": say_side(by),
                "have": say_amount(by, have, unit),
                "whole": say_amount(by, whole, unit),
                "share": say_exact_share(have, whole),
                "percent": percent_of(have, whole),
                "left": say_amount(by, need - have, unit) if have < need else "",
                "met": have >= need,
            }
        )
    return {"sides": sides, "ways": say_turnout(turnout.ways)}


def result(shown: ShownVote, options: list[dict[str, Any]]) -> dict[str, Any]:
    """The arithmetic of a vote that was counted, per denominator and option by option."""
    vote = shown.vote
    known = {one["uid"]: one for one in options}
    counted = bool(vote.result.get("quorums"))
    return {
        "verdict": say_verdict(vote, known),
        "quorums": say_quorums(vote),
        "supports": say_supports(vote, known),
        "chosen": say_chosen(vote, known),
        "ways": say_turnout(vote.result.get("ways", {})),
        "digest": vote.roll_digest,
        "handed_to": vote.handed_to,
        "projects": say_winners(vote),
        "count": say_count(vote),
        "count_href": href("vote_projects", shown) if is_counted(shown) else "",
        "pb": href("vote_pb", shown) if is_counted(shown) else "",
        "ballots": href("vote_ballots", shown) if counted and not vote.handed_to else "",
        "sheet": href("vote_result_sheet", shown) if counted else "",
    }


def _mine(shown: ShownVote, lines: list[MyLine]) -> str:
    """What the reader's own line has done, in a sentence."""
    if not lines:
        return ""
    line, vote = lines[0], shown.vote
    named = {"roll": say_roll_name(vote.unit), "no": line.no, "label": line.label or line.name}
    if shown.state is VoteState.ROLL:
        return _("You stand on the roll, number %(no)s: %(label)s") % named
    if line.way:
        return _("Your vote is in, %(way)s") % {"way": say_way(line.way)}
    if line.given_to:
        return _("You gave your vote to %(label)s; if you vote yourself, yours counts") % {
            "label": line.given_to
        }
    return _("You have not voted yet")


def _buttons(shown: ShownVote, lines: list[MyLine]) -> list[dict[str, str]]:
    """What a voter may do: cast, or look whether they are on the roll and object."""
    is_online = shown.is_running and Way.ONLINE in shown.vote.ways
    if is_online and shown.actor == VISITOR:
        word = _("Sign in to vote")
        return [{"word": word, "href": href("vote_cast", shown), "mark": "person"}]
    if is_online and shown.may("vote.cast"):
        word = _("Am I on the roll?")
        if lines:
            waits = any(not line.way for line in lines)
            word = _("Vote now") if waits else _("Look at my vote, or change it")
        return [{"word": word, "href": href("vote_cast", shown), "mark": "check"}]
    found = []
    if shown.state in (VoteState.ROLL, VoteState.OPEN) and shown.may("vote.cast"):
        word = _("Am I on the roll?")
        found.append({"word": word, "href": href("vote_cast", shown), "mark": "search"})
    if shown.is_objectable and shown.may("vote.object_roll"):
        word = _("Object to the roll")
        found.append({"word": word, "href": href("vote_object", shown), "mark": "flag"})
    return found


def desks(shown: ShownVote) -> list[dict[str, str]]:
    """The pages of those who keep the vote, as doors."""
    words = {
        "vote_doors": _("Door to door: mark what comes in on paper"),
        "vote_box": _("Open the box: enter the papers"),
        "vote_roll": _("The roll, line by line"),
        "vote_objections": _("Objections to the roll"),
        "vote_proxies": _("Votes given to others in writing"),
        "vote_sheets": _("Sheets to print"),
        "vote_void": _("Call the vote off"),
    }
    is_paper = any(way in ON_PAPER for way in shown.vote.ways)
    found = []
    for act, name, mark, states in DESKS:
        if shown.state not in states or not shown.may(act):
            continue
        if name in ("vote_doors", "vote_box") and not is_paper:
            continue
        if name == "vote_proxies" and shown.seen.voting.proxies is None:
            continue
        found.append({"word": words[name], "href": href(name, shown), "mark": mark, "hint": ""})
    return found


def say_size(shown: ShownVote, turnout: Turnout) -> str:
    """What the roll comes to: lines, and of owners their area."""
    unit = shown.vote.unit
    said = [say_lines(unit, turnout.voters)]
    if "area" in sides_of(unit):
        said.append(say_amount("area", turnout.area_cm2, unit))
    return _(", ").join(said)


urls: list[URLPattern] = [path("votes/<str:uid>", view, name="vote")]
