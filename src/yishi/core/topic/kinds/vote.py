"""vote 表决: a show of hands, counted by one person and confirmed by another.

Competence comes first: what is the owners' or a duty is never voted on here, neither the topic nor
an option. Below quorum nothing passes by anybody's click. Source: norms.md §2; architecture, a
refusal is a value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from yishi.core.method.language import Competence, Edge, Stage, Tie
from yishi.core.method.measure import Bar
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Counted
from yishi.core.topic.kinds.base import (
    Decider,
    event,
    must_attach,
    must_be_open,
    must_be_quorate,
    whole_of,
)
from yishi.core.topic.now import Leave, OptionNow, OptionState, Stay, TopicNow


def count(stage: Stage, topic: TopicNow, facts: Counted, now: datetime) -> Stay | Refusal:
    """The teller's count, to be confirmed by a second person; a new one replaces it.

    Refused: `competence_missing`, `competence_duty`, `competence_owners` (topic or option, with
    whose it is and by which rule), `options_missing`, `present_wrong`, `quorum_missed`,
    `votes_wrong`, `option_unknown`.
    """
    wrong = must_be_theirs(stage, topic, facts.votes) or _must_add_up(stage, topic, facts)
    if wrong:
        return wrong
    tally = {"by": facts.by, "present": _plain(facts.present), "votes": _votes(facts)}
    # Not a number of it is told: who counts again does so without knowing the first count.
    return Stay(event("counted", stage, topic), tally)


def confirm(stage: Stage, topic: TopicNow, facts: Counted, now: datetime) -> Stay | Leave | Refusal:
    """A second person's own count. Where the two agree the vote is decided; where they differ
    neither holds and both begin again.

    Refused: `count_missing`, `same_teller`, what `count` refuses, `attach_missing`.
    """
    if "votes" not in topic.tally:
        return Refusal("count_missing", 1, 0, "count", stage.id)
    if topic.tally["by"] == facts.by:
        return Refusal("same_teller", 2, 1, "teller", stage.id)
    wrong = must_be_theirs(stage, topic, facts.votes) or _must_add_up(stage, topic, facts)
    if wrong:
        return wrong
    mine = {"present": _plain(facts.present), "votes": _votes(facts)}
    if any(topic.tally[key] != mine[key] for key in mine):
        return Stay(event("counts_differ", stage, topic), {})
    missing = must_attach(stage, facts)
    return missing or decide(stage, topic, facts)


def decide(stage: Stage, topic: TopicNow, facts: Counted) -> Leave:
    """What two equal counts decide: the options that pass, by their votes; the first is chosen."""
    assert stage.threshold is not None
    present = sum(facts.present.get(body, 0) for body in stage.decides)
    seats = sum(topic.seats.get(body, 0) for body in stage.decides)
    whole = whole_of(stage.threshold, seats, present)
    passing = [
        option
        for option in topic.options
        if option.uid in facts.votes and stage.threshold.is_met(facts.votes[option.uid][0], whole)
    ]
    strength = {option.uid: (facts.votes[option.uid][0],) for option in passing}
    said = _said(stage, topic, present, seats, len(passing), stage.threshold)
    known = (said.params, said.facts)
    passed, failed = Event("topic.vote_passed", *known), Event("topic.vote_failed", *known)
    return outcome(stage, topic, strength, passed, failed, Event("topic.vote_tied", *known))


def outcome(
    stage: Stage,
    topic: TopicNow,
    strength: Mapping[str, tuple[int, ...]],
    passed: Event,
    failed: Event,
    tie: Event,
) -> Leave:
    """What is decided where these options pass, by what they are ranked by: the strongest is
    chosen; of two as strong, what the stage says of a tie. Which of the events is told of it."""
    passing = [option for option in topic.options if option.uid in strength]
    ranked = sorted(passing, key=lambda o: ([-n for n in strength[o.uid]], o.no))
    tied = len(ranked) > 1 and strength[ranked[0].uid] == strength[ranked[1].uid]
    if tied and stage.tie is Tie.AGAIN:
        return Leave(Edge.FAIL, tie, _ranked(topic, []), "")
    if not ranked or (tied and stage.tie is Tie.FAILS):
        return Leave(Edge.FAIL, failed, _ranked(topic, []), "")
    first = ranked[0]
    params, facts = {**passed.params, "option": first.no}, {**passed.facts, "option": first.no}
    told = Event(passed.code, params, facts)
    return Leave(Edge.PASS, told, _ranked(topic, ranked), first.uid)


def _said(stage: Stage, topic: TopicNow, present: int, seats: int, passing: int, bar: Bar) -> Event:
    whole = whole_of(bar, seats, present)
    numbers = {"present": present, "seats": seats, "need": bar.need(whole), "passing": passing}
    return event("vote", stage, topic, **numbers)


def _ranked(topic: TopicNow, ranked: list[OptionNow]) -> tuple[OptionNow, ...]:
    """The options after the vote: ranked, the first chosen, the others open unless they failed."""
    place = {option.uid: no for no, option in enumerate(ranked, 1)}
    return tuple(
        replace(
            option,
            rank=place.get(option.uid, 0),
            state=_standing(option, place.get(option.uid, 0)),
        )
        for option in topic.options
    )


def _standing(option: OptionNow, rank: int) -> OptionState:
    """What passed may be tried again, also where it failed before (C4)."""
    if rank:
        return OptionState.CHOSEN if rank == 1 else OptionState.OPEN
    return OptionState.OPEN if option.state is OptionState.CHOSEN else option.state


def whose(stage: Stage) -> Competence:
    """Whose matters a vote of the stage decides."""
    return Competence.OWNERS if _owners(stage) else Competence.RESIDENTS


def must_be_theirs(stage: Stage, topic: TopicNow, uids: Collection[str]) -> Refusal | None:
    """The topic, and each option that is voted on, is for them to decide. Refused:
    `options_missing`, `option_unknown`, and what `must_be_for` refuses."""
    wrong = must_be_for(stage, topic)
    if wrong:
        return wrong
    if not topic.options:
        return Refusal("options_missing", 1, 0, "option", stage.id)
    if not uids:
        return Refusal("option_unknown", tuple(o.no for o in topic.options), 0, "option", stage.id)
    mine = whose(stage)
    return next(filter(None, (must_be_open(topic, uid, mine) for uid in uids)), None)


def must_be_for(stage: Stage, topic: TopicNow) -> Refusal | None:
    """The topic itself is for them to decide. Refused: `competence_missing`, `competence_duty`,
    `competence_owners`, `competence_residents`."""
    if topic.competence is None:
        return Refusal(
            "competence_missing", tuple(Competence), "", "topic", "norms.md §2 Competence first"
        )
    if topic.competence is Competence.DUTY:
        return Refusal(
            "competence_duty",
            Competence.RESIDENTS,
            Competence.DUTY,
            "topic",
            "norms.md §2 Competence first",
        )
    mine = whose(stage)
    if topic.competence is not mine:
        return Refusal(
            f"competence_{topic.competence}",
            topic.competence,
            mine,
            "topic",
            "norms.md §2 Competence first",
        )
    return None


def _owners(stage: Stage) -> bool:
    return BodyKind.OWNERS_ASSEMBLY in stage.decides


def _must_add_up(stage: Stage, topic: TopicNow, facts: Counted) -> Refusal | None:
    short = must_be_quorate(stage, topic, facts.present)
    if short:
        return short
    present = sum(facts.present.get(body, 0) for body in stage.decides)
    for votes in facts.votes.values():
        if min(votes) < 0 or sum(votes) != present:
            return Refusal("votes_wrong", present, sum(votes), "votes", stage.id)
    return None


def _plain(present: Mapping[BodyKind, int]) -> dict[str, int]:
    return {str(body): number for body, number in sorted(present.items())}


def _votes(facts: Counted) -> dict[str, list[int]]:
    return {uid: list(votes) for uid, votes in sorted(facts.votes.items())}


ACTS: dict[str, Decider] = {"topic.count": count, "topic.confirm": confirm}
