"""表决 by roll, from the topic's side: the roll made, the vote opened, closed, handed over, brought
back. Each on a page of its own that first shows what will happen, and to whom."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.vote import closing, opening
from yishi.acts.vote.projects import over_cap
from yishi.core.calendar import CalendarMissing, due
from yishi.core.method.language import Stage, Unit
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.voting import on_paper
from yishi.core.vote.facts import VoteClosed, VoteHanded, VoteOpened
from yishi.core.vote.now import VoteState
from yishi.phrases.clock import say_by
from yishi.phrases.method import say_span
from yishi.phrases.money import say_yuan
from yishi.phrases.vote import say_amount, say_lines, say_rule, say_secret, say_ways
from yishi.phrases.vote_result import say_verdict
from yishi.records.models import Vote
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.vote import objections_open, parts_by_way, size_of_roll
from yishi.records.queries.vote_hands import absent_of
from yishi.records.queries.vote_round import agreed_projects, money_for
from yishi.web.topic.ahead import foreseen
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm
from yishi.web.topic.running import After
from yishi.web.topic.shown import Shown

TEMPLATE = "yishi/vote/deed.html"
HANDED_MAX = 120
# Refused whatever is typed: it is not for them to decide, or there is nothing to decide.
THEIRS = (
    "competence_missing",
    "competence_owners",
    "competence_residents",
    "competence_duty",
    "options_missing",
)
# What keeps a roll from being voted on.
NOT_YET = (
    "roll_missing",
    "vote_opened",
    "roll_runs",
    "roll_objections",
    "projects_missing",
    "projects_over_cap",
    "money_missing",
    *THEIRS,
)


class NothingForm(StageForm):
    """A press, after reading what it does."""


class HandForm(StageForm):
    """Which system it is held in."""

    to = forms.CharField(
        label=gettext_lazy("In which system"),
        help_text=gettext_lazy("Its official name, as owners know it."),
        max_length=HANDED_MAX,
    )


def state_of(shown: Shown) -> str:
    """Where the vote of the stage stands; "" before there is a roll."""
    return str(shown.tally.get("state", ""))


def vote_of(shown: Shown) -> Vote | None:
    """The vote of the stage, where there is one. One statement."""
    uid = shown.tally.get("vote")
    return Vote.objects.filter(uid=uid).first() if uid else None


def _stands(state: str, shown: Shown) -> bool:
    return shown.stage.voting is not None and state_of(shown) == state


def _on_projects(shown: Shown) -> bool:
    return shown.stage.voting is not None and shown.stage.voting.ballot is not None


def _titles(shown: Shown) -> list[str]:
    paper = on_paper(shown.stage, shown.held.now)
    if _on_projects(shown):
        paper = tuple(one.option for one in agreed_projects(shown.topic))
    return [f"{one.no} {one.title}" for one in shown.options if one.uid in paper]


def _rule(shown: Shown, voters: int = 0, area: int = 0) -> list[dict[str, str]]:
    voting = shown.stage.voting
    assert voting is not None
    return say_rule(shown.stage, voting, voters, area, None, shown.now)


def _page(shown: Shown, before: list[str], **more: Any) -> dict[str, Any]:
    """What every one of these pages shows besides the form."""
    uid = shown.tally.get("vote")
    return {
        "before": before,
        "on_paper": _titles(shown),
        "vote_href": reverse("vote", args=[uid]) if uid else "",
        "rule": _rule(shown, more.pop("voters", 0), more.pop("area", 0)),
        **more,
    }


def _ends(shown: Shown) -> str:
    """When a vote that opens now would end; "" where no calendar says it."""
    voting = shown.stage.voting
    assert voting is not None
    try:
        calendar = in_force(shown.topic.place, today_of(shown.now)).terms.calendar
        return say_by(due(shown.now, voting.period.span, calendar), shown.now)
    except CalendarMissing:
        return ""


def _before_open(shown: Shown) -> dict[str, Any]:
    vote, voting = vote_of(shown), shown.stage.voting
    assert voting is not None
    if vote is None:
        return _page(shown, [])
    voters, area = size_of_roll(vote)
    ends = _ends(shown)
    known = {"who": say_lines(vote.unit, voters)}
    before = [
        _("The roll is frozen under its digest: %(who)s. Nobody is added or struck off any more.")
        % known,
        _("They can vote at once: %(ways)s.") % {"ways": say_ways(voting.ways)},
        _("It is open until %(until)s.") % {"until": ends}
        if ends
        else _("It is open for %(span)s.") % {"span": say_span(voting.period)},
        say_secret(secret=voting.secret),
        _("The options cannot be changed any more."),
    ]
    if _on_projects(shown):
        money = {"money": say_yuan(money_for(shown.topic))}
        before += [
            _("There is %(money)s for the projects, and what each costs stays as it is now.")
            % money,
            _("The lot between projects alike in cost and votes is drawn now and published."),
        ]
    return _page(shown, before, voters=voters, area=area)


def _before_close(shown: Shown) -> dict[str, Any]:
    vote = vote_of(shown)
    if vote is None:
        return _page(shown, [])
    heads = sum(parts_by_way(vote).values())
    known = {"heads": say_lines(vote.unit, heads), "voters": say_lines(vote.unit, vote.voters)}
    before = [
        _("%(heads)s of %(voters)s took part. Nobody can vote any more.") % known,
        _("All ballots are counted, on-line and on paper; the rule decides, nobody's click."),
        _("Below quorum nothing passes, and it is held again."),
        _("The arithmetic and every ballot without a name are public at once."),
    ]
    if vote.is_secret:
        before.insert(
            2, _("The key is destroyed: from then on nobody can join a ballot to its voter.")
        )
    return _page(shown, before, voters=vote.voters, area=vote.area_cm2)


def _before_hand(shown: Shown) -> dict[str, Any]:
    vote = vote_of(shown)
    before = [
        _("The vote is held in the city's own system; nobody votes here."),
        _("The roll is frozen and goes along as a workbook; enter it there."),
        _("Afterwards the result is entered here by one person and by a second, from its paper."),
    ]
    download = reverse("vote_roll_xlsx", args=[vote.uid]) if vote else ""
    return _page(shown, before, download=download)


def _open(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return opening.open_vote(ask, shown.topic.uid)


def _close(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return closing.close_vote(ask, shown.topic.uid)


def _hand(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return opening.hand_vote(ask, shown.topic.uid, given["to"])


def told_result(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    """The decision, and the page with its arithmetic; a warning where nothing passed."""
    vote = vote_of(shown)
    if vote is None or not vote.result:
        return After(_("Entered."))
    options = {uid: {"no": no, "title": title} for uid, no, title in vote.options}
    said = say_verdict(vote, options)
    return After(
        said["title"], reverse("vote", args=[vote.uid]), warns=vote.result["outcome"] != "passed"
    )


def _to_vote(words: str, shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    uid = shown.tally.get("vote")
    return After(_(words), reverse("vote", args=[uid]) if uid else "")


def _no_open(shown: Shown) -> Refusal | None:
    vote = vote_of(shown)
    objections = objections_open(vote) if vote else 0
    on_projects = _on_projects(shown)
    agreed = agreed_projects(shown.topic) if on_projects else []
    terms = shown.procedure.round
    facts = VoteOpened(
        voters=1,
        area_cm2=0,
        objections=objections,
        until_at=shown.now,
        projects=len(agreed),
        money_fen=money_for(shown.topic) if on_projects else 0,
        over_cap=over_cap(shown.topic, terms, agreed) if terms and agreed else (),
    )
    return foreseen(shown, "topic.open_vote", facts, NOT_YET)


def _no_close(shown: Shown) -> Refusal | None:
    vote = vote_of(shown)
    voters = vote.voters if vote else 1
    heads = sum(parts_by_way(vote).values()) if vote else 0
    absent = absent_of(vote) if vote else 0
    facts = VoteClosed(voters=voters, heads=heads, votes={}, ways={}, ballots=heads, absent=absent)
    codes = ("roll_missing", "vote_missing", "vote_opened", "vote_runs")
    return foreseen(shown, "topic.close_vote", facts, codes)


def _no_hand(shown: Shown) -> Refusal | None:
    vote = vote_of(shown)
    facts = VoteHanded(to="—", voters=1, objections=objections_open(vote) if vote else 0)
    return foreseen(shown, "topic.hand_vote", facts, ("hand_not_allowed", *NOT_YET))


def is_owners(stage: Stage) -> bool:
    """Whether area counts besides heads."""
    return stage.voting is not None and stage.voting.unit is Unit.OWNER


OPEN = Deed(
    "open-vote",
    "topic.open_vote",
    lambda: _("Open the vote?"),
    lambda: _("Open the vote"),
    lambda: _("The vote is open."),
    NothingForm,
    _open,
    ready=partial(_stands, VoteState.ROLL.value),
    barred=_no_open,
    after=partial(_to_vote, "The vote is open."),
    more=_before_open,
    mark="check",
    papers=False,
    template=TEMPLATE,
)
CLOSE = Deed(
    "close-vote",
    "topic.close_vote",
    lambda: _("Close the vote and count?"),
    lambda: _("Close it and count"),
    lambda: _("The vote is closed."),
    NothingForm,
    _close,
    ready=lambda shown: _stands(VoteState.OPEN.value, shown) and _no_close(shown) is None,
    barred=_no_close,
    after=told_result,
    more=_before_close,
    mark="done",
    template=TEMPLATE,
)
HAND = Deed(
    "hand-vote",
    "topic.hand_vote",
    lambda: _("Hand the vote to the city's own system?"),
    lambda: _("Hand it over"),
    lambda: _("The vote was handed over."),
    HandForm,
    _hand,
    ready=lambda shown: (
        shown.stage.voting is not None
        and shown.stage.voting.handed
        and state_of(shown) in ("", VoteState.ROLL)
    ),
    barred=_no_hand,
    more=_before_hand,
    mark="out",
    papers=False,
    template=TEMPLATE,
)
VOTING: tuple[Deed, ...] = (OPEN, CLOSE, HAND)

__all__ = ["VOTING", "is_owners", "say_amount", "state_of", "told_result", "vote_of"]
