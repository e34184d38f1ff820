"""A voter's page: whether they stand on the roll, the ballot one question a screen, what is kept.

Works without scripts: each screen is a form that carries what was chosen before. Nothing of it is
kept anywhere until the last one is sent.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.acts.vote.casting import cast
from yishi.core.method.language import Unit
from yishi.core.person import VISITOR, Level
from yishi.core.refusal import Refusal
from yishi.core.vote.now import Choice, VoteState, Way
from yishi.phrases.clock import say_by, say_exact, say_exact_by, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.vote import say_area, say_choice, say_unit, say_way
from yishi.records.queries.vote_mine import MyLine, home_of, my_lines
from yishi.records.queries.vote_round import paper_of
from yishi.web.gate import UNPROCESSABLE, ask_in, new_key
from yishi.web.vote import marking
from yishi.web.vote.ballot_step import Step, answers, carried, first_open, go_to, one_of, step_in
from yishi.web.vote.kept import kept_of
from yishi.web.vote.shown import BOTH, ShownVote, head, href, vote_page

MARKED = (Way.PAPER, Way.DOOR, Way.HANDS)
CHOICES = {Choice.FOR: "done", Choice.AGAINST: "refuse", Choice.ABSTAIN: "waiting"}


@vote_page("vote.cast", BOTH)
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """Lines one may cast; the ballot of one of them; and casting it."""
    lines = my_lines(shown.vote, shown.actor)
    if request.method == "POST":
        line = next((one for one in lines if one.uid == request.POST.get("line")), None)
    else:
        line = _only(shown, lines)
    if line is None:
        return _start(request, shown, lines)
    paper = paper_of(shown.vote)
    if paper is not None:
        return marking.view(request, shown, line, paper)
    step = step_in(request, shown, line)
    sent = "cast" in request.POST
    if not sent:
        return _ask(request, shown, step)
    if not all(step.is_answered(at) for at in range(step.questions)):
        return _ask(request, shown, go_to(step, first_open(step)), missed=True)
    # One's own line is found by the account, another's by the proxy it gave.
    uid = "" if line.is_mine else line.uid
    answer = cast(ask_in(request), shown.vote.uid, step.choices, uid)
    if isinstance(answer, Refusal):
        return _ask(request, shown, step, say_refusal(answer))
    if not answer.again and line.way:
        messages.success(request, _("Your vote is changed. This one counts."))
    elif not answer.again:
        said = _("Your vote is in. You may change it until it closes, at the latest %(until)s.")
        until = shown.vote.until_at
        messages.success(request, said % {"until": say_by(until, shown.now) if until else ""})
    return redirect(href("vote_cast", shown))


def _only(shown: ShownVote, lines: list[MyLine]) -> MyLine | None:
    """The one line there is to vote for, whose ballot is asked at once; None where there are
    several, or something is to be read of it first: it is cast, or was given to somebody."""
    if len(lines) != 1 or lines[0].way or lines[0].given_to:
        return None
    return lines[0] if _is_online(shown) else None


def _is_online(shown: ShownVote) -> bool:
    return shown.is_running and Way.ONLINE in shown.vote.ways


def _start(request: HttpRequest, shown: ShownVote, lines: list[MyLine]) -> HttpResponse:
    """Whose votes one may cast and how each stands; or why one stands on no roll."""
    vote = shown.vote
    is_online = Way.ONLINE in vote.ways
    mine = next((line for line in lines if line.is_mine), None)
    context = {
        **head(shown),
        "lines": [_line(shown, line) for line in lines],
        "several": len(lines) > 1,
        "on_roll": mine is not None,
        "why_not": _why_not(shown) if mine is None else [],
        "unit": say_unit(vote.unit),
        "is_running": shown.is_running,
        "is_online": is_online,
        "ways": [say_way(way) for way in vote.ways if way != Way.ONLINE],
        "until": say_by(vote.until_at, shown.now) if vote.until_at else "",
        "until_exact": say_exact_by(vote.until_at) if vote.until_at else "",
        "object": href("vote_object", shown) if shown.is_objectable else "",
        "on_view": shown.state is VoteState.ROLL,
        "key": new_key(),
    }
    return render(request, "yishi/vote/mine.html", context)


def _line(shown: ShownVote, line: MyLine) -> dict[str, Any]:
    vote = shown.vote
    is_marked = line.way in MARKED
    label = " · ".join(filter(None, (line.label, line.name)))
    when = say_when(line.at, shown.now) if line.at else ""
    if is_marked:
        said = _("The vote came in %(way)s, %(when)s. Paper counts before on-line.")
    elif line.way:
        said = _("You have voted, %(when)s. Until it ends you may change it.")
    elif line.given_to and line.is_mine:
        said = _("You gave this vote to %(label)s. If you vote yourself, yours counts.")
    else:
        said = _("Not voted yet.")
    known = {"way": say_way(line.way) if line.way else "", "when": when, "label": line.given_to}
    can = _is_online(shown) and not is_marked
    return {
        "uid": line.uid,
        "no": line.no,
        "label": label,
        "area": say_area(line.area_cm2) if vote.unit == Unit.OWNER else "",
        "is_mine": line.is_mine,
        "said": said % known,
        "exact": say_exact(line.at) if line.at else "",
        "is_in": bool(line.way),
        "can": can,
        "word": _("Change my vote") if line.way else _("Vote"),
        "kept": kept_of(shown),
    }


def _why_not(shown: ShownVote) -> list[str]:
    """Why somebody stands on no line, as far as their own account says it."""
    if shown.actor == VISITOR:
        return []
    person, vote = home_of(shown.actor), shown.vote
    found = []
    if vote.unit == Unit.DELEGATE:
        return [_("Those with a seat vote here: you have none in the bodies that decide this.")]
    if person is None or person.home is None:
        found.append(_("Your account has no home yet. The community's desk enters it."))
    elif person.home.community_id != vote.place_id:
        found.append(
            _("Your home is in %(place)s; this vote is for %(here)s.")
            % {"place": person.home.community.name, "here": vote.place.name}
        )
    if person is not None and person.level == Level.PHONE:
        found.append(_("Who you are has not been checked yet. The community's desk does that."))
    if vote.unit == Unit.OWNER and person is not None and person.level != Level.OWNER:
        found.append(_("Owners vote here, and your account is not entered as an owner's."))
    if vote.unit == Unit.HOUSEHOLD and person is not None and not person.room:
        found.append(_("Each household has one vote, and your account has no room number yet."))
    if not found:
        found.append(_("You were not on the roll when it was made, or were struck off."))
    return found


def _ask(
    request: HttpRequest,
    shown: ShownVote,
    step: Step,
    refusal: dict[str, Any] | None = None,
    *,
    missed: bool = False,
) -> HttpResponse:
    """One question, or the check of all of them."""
    is_check = step.at >= step.questions
    context: dict[str, Any] = {
        **head(shown),
        "line": _line(shown, step.line),
        "several": not step.line.is_mine,
        "is_home": step.line.is_mine and shown.vote.unit == Unit.HOUSEHOLD,
        "at": step.at,
        "question": step.at + 1,
        "questions": step.questions,
        "next": step.at + 1,
        "before": step.at - 1,
        "is_last": step.at + 1 >= step.questions,
        "is_one": step.is_one,
        "carried": carried(step, is_check),
        "missed": missed or (_stayed(request, step) and not is_check),
        "refusal": refusal,
        "kept": kept_of(shown),
        "key": new_key(),
        "until": say_by(shown.vote.until_at, shown.now) if shown.vote.until_at else "",
    }
    status = UNPROCESSABLE if refusal or context["missed"] else 200
    if is_check:
        context["answers"] = answers(step)
        return render(request, "yishi/vote/check.html", context, status=status)
    if step.is_one:
        context["offered"] = one_of(step)
    else:
        option = step.options[step.at]
        chosen = step.chosen.get(option["uid"], "")
        context |= {
            "option": option,
            "name": f"on_{option['uid']}",
            "offered": [
                {"value": word.value, "word": say_choice(word), "mark": mark,
                 "checked": chosen == word}
                for word, mark in CHOICES.items()
            ],
        }  # fmt: skip
    return render(request, "yishi/vote/ballot.html", context, status=status)


def _stayed(request: HttpRequest, step: Step) -> bool:
    """Whether somebody went on without an answer to this very question."""
    return request.POST.get("next", "") == str(step.at + 1) and "to" not in request.POST


urls: list[URLPattern] = [path("votes/<str:uid>/cast", view, name="vote_cast")]
