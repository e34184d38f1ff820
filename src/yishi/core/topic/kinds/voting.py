"""vote 表决 by roll: a roll on view, an open vote, its ballots counted; or the city's own system.

The roll and the ballots lie with the vote; the stage keeps only where the vote stands. Below
quorum nothing passes by anybody's click: the vote counts for nothing, its numbers stay public,
and it may be called again. Source: norms.md §2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from yishi.core.method.language import Choose, Edge, Paper, Stage
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.base import Decider, event, must_attach
from yishi.core.topic.kinds.vote import must_be_for, must_be_theirs, outcome, whose
from yishi.core.topic.now import Leave, OptionState, Stay, TopicNow
from yishi.core.vote.facts import Brought, Polled, RollOpened, VoteClosed, VoteHanded, VoteOpened
from yishi.core.vote.now import VoteState, Way
from yishi.core.vote.result import By, Result, result_of

SOURCE = "norms.md §2"


def open_roll(stage: Stage, topic: TopicNow, facts: RollOpened, now: datetime) -> Stay | Refusal:
    """The roll is made and put on view. Refused: `roll_open` (there is one), what competence
    refuses, `roll_empty`."""
    if topic.tally.get("state"):
        return Refusal("roll_open", "", topic.tally["state"], "vote", stage.id)
    wrong = _must_be_theirs(stage, topic)
    if wrong:
        return wrong
    if facts.voters < 1:
        return Refusal("roll_empty", 1, 0, "voter", stage.id)
    until = facts.until_at.isoformat() if facts.until_at else ""
    tally = {"vote": facts.vote, "state": VoteState.ROLL.value, "roll_until": until}
    said = event("roll_opened", stage, topic, voters=facts.voters, unplaced=facts.unplaced)
    return Stay(said, tally)


def open_vote(stage: Stage, topic: TopicNow, facts: VoteOpened, now: datetime) -> Stay | Refusal:
    """The roll is frozen and the vote begins. Refused: `roll_missing`, `vote_opened`, what
    competence refuses, `options_missing`, `roll_runs` (it is on view until then),
    `roll_objections` (to be ruled on first), `roll_empty`; in a round `projects_missing` (none is
    agreed on), `projects_over_cap` (which ask more of the fund than it may give), `money_missing`
    (there is none to vote about). The lot that decides between projects alike in everything is
    drawn and told now, before anybody votes."""
    assert stage.voting is not None
    wrong = _must_have_roll(stage, topic, facts, now) or _must_be_paid_for(stage, facts)
    if wrong:
        return wrong
    tally = {
        "vote": topic.tally["vote"],
        "state": VoteState.OPEN.value,
        "until": facts.until_at.isoformat(),
    }
    numbers: dict[str, int | str] = {"voters": facts.voters, "until": facts.until_at.isoformat()}
    if facts.area_cm2:
        numbers["area_cm2"] = facts.area_cm2
    if stage.voting.ballot:
        numbers |= {"money_fen": facts.money_fen, "lot": " ".join(map(str, facts.lot))}
    return Stay(event("vote_opened", stage, topic, **numbers), tally)


def close_vote(
    stage: Stage, topic: TopicNow, facts: VoteClosed, now: datetime
) -> Stay | Leave | Refusal:
    """The vote is over and decided by its ballots.

    Refused: `vote_missing`, `vote_runs` (it is open until then, and not every line took part that
    could: who is absent from a show of hands could not),
    `paper_once`, `paper_differs` (which serials), `hands_missing`, `hands_wrong` (the show of
    hands is not as many as were marked), `ballots_wrong` (as many ballots as lines that took
    part), `attach_missing`.
    """
    assert stage.voting is not None
    wrong = _must_stand(stage, topic, VoteState.OPEN)
    if wrong:
        return wrong
    until = str(topic.tally["until"])
    if now < datetime.fromisoformat(until) and facts.heads + facts.absent < facts.voters:
        source = stage.voting.period.source
        return Refusal("vote_runs", until, now.isoformat(), "moment", source)
    wrong = _must_match(facts) or must_attach(stage, facts)
    return wrong or _settle(stage, topic, facts)


def hand_vote(stage: Stage, topic: TopicNow, facts: VoteHanded, now: datetime) -> Stay | Refusal:
    """The vote is held in the city's own system, on a roll everybody could object to. Refused:
    `hand_not_allowed` (the method does not say so), what keeps a vote from being opened,
    `handed_to_missing`."""
    assert stage.voting is not None
    if not stage.voting.handed:
        return Refusal("hand_not_allowed", "", "", "stage", stage.id)
    wrong = _must_have_roll(stage, topic, facts, now)
    if wrong:
        return wrong
    if not facts.to.strip():
        return Refusal("handed_to_missing", 1, 0, "name", SOURCE)
    tally = {"vote": topic.tally["vote"], "state": VoteState.HANDED.value}
    return Stay(event("vote_handed", stage, topic), tally)


def bring_result(
    stage: Stage, topic: TopicNow, facts: Brought, now: datetime
) -> Stay | Leave | Refusal:
    """The result of the city's own system, entered by one and confirmed by another who enters the
    same; where the two differ neither holds. The whole it is counted of is the roll's.

    Refused: `vote_not_handed`, `attach_missing` (the paper of the result, and what the stage
    wants), `result_wrong` (the numbers do not add up), `option_unknown`.
    """
    if topic.tally.get("state") != VoteState.HANDED:
        return Refusal("vote_not_handed", 1, 0, "vote", stage.id)
    if Paper.COUNT not in facts.attached:
        have = tuple(sorted(facts.attached))
        return Refusal("attach_missing", (Paper.COUNT,), have, "paper", stage.id)
    wrong = must_attach(stage, facts) or _must_add_up(stage, topic, facts)
    if wrong:
        return wrong
    mine = _numbers(facts)
    kept = {name: topic.tally[name] for name in ("vote", "state")}
    if "brought" not in topic.tally or topic.tally.get("by") == facts.by:
        # Nothing of it is told: who confirms enters the numbers of the paper, not of a screen.
        return Stay(
            event("result_brought", stage, topic), {**kept, "brought": mine, "by": facts.by}
        )
    if topic.tally["brought"] != mine:
        return Stay(event("results_differ", stage, topic), kept)
    return _settle(stage, topic, facts)


def result_in(stage: Stage, topic: TopicNow, facts: Polled) -> Result:
    """The arithmetic of a vote of this stage, option by option as they stand on the paper."""
    return result_of(stage, facts, on_paper(stage, topic))


def on_paper(stage: Stage, topic: TopicNow) -> tuple[str, ...]:
    """Uids of the options that are voted on: not done already, and theirs to decide."""
    mine = whose(stage)
    return tuple(
        one.uid
        for one in topic.options
        if one.state is not OptionState.DONE and one.competence in (None, mine)
    )


def _settle(stage: Stage, topic: TopicNow, facts: Polled) -> Stay | Leave:
    result = result_in(stage, topic, facts)
    said = _said(stage, topic, facts, result)
    if not result.is_quorate:
        return Stay(Event("topic.ballot_void", said.params, said.facts), {})
    if stage.voting and stage.voting.ballot and isinstance(facts, VoteClosed):
        return _choose_projects(topic, facts, said)
    strength = {uid: result.strength[uid] for uid in result.passing}
    known = (said.params, said.facts)
    passed, failed = Event("topic.ballot_passed", *known), Event("topic.ballot_failed", *known)
    return outcome(stage, topic, strength, passed, failed, Event("topic.ballot_tied", *known))


def _choose_projects(topic: TopicNow, facts: VoteClosed, said: Event) -> Leave:
    """What the count of a round comes to: its winners, in their order; no one of them is the
    topic's. Where none wins, and none was chosen before, it goes where the method says."""
    won = facts.won
    place = {uid: no for no, uid in enumerate(won, 1)}
    options = tuple(
        replace(one, rank=place[one.uid], state=OptionState.CHOSEN) if one.uid in place else one
        for one in topic.options
    )
    edge = Edge.PASS if won or facts.chosen_before else Edge.FAIL
    code = "topic.ballot_passed" if won else "topic.ballot_failed"
    return Leave(edge, Event(code, said.params, said.facts), options, "")


def _said(stage: Stage, topic: TopicNow, facts: Polled, result: Result) -> Event:
    """The numbers that were missed, or that were reached, per denominator."""
    numbers: dict[str, int | str] = {
        "present": facts.heads,
        "seats": facts.voters,
        "passing": len(result.passing),
    }
    if stage.voting and stage.voting.ballot and isinstance(facts, VoteClosed):
        numbers["projects"] = len(facts.won) if result.is_quorate else 0
    for one in result.quorums:
        if one.by is By.AREA:
            numbers |= {"area_cm2": one.have, "area_whole": one.whole}
        numbers[f"quorum_{one.by}"] = one.need
    for need in result.supports[:2]:
        numbers[f"need_{need.by}"] = need.need
    return event("ballot", stage, topic, **numbers)


def _must_be_theirs(stage: Stage, topic: TopicNow) -> Refusal | None:
    """An option that is not theirs is left off the paper; where none is left it is said why. In a
    round projects are agreed on before, and the opening tells how many."""
    if stage.voting and stage.voting.ballot:
        return must_be_for(stage, topic)
    paper = on_paper(stage, topic) or tuple(one.uid for one in topic.options)
    return must_be_theirs(stage, topic, paper)


def _must_stand(stage: Stage, topic: TopicNow, state: VoteState) -> Refusal | None:
    have = topic.tally.get("state", "")
    if have == state:
        return None
    if not have:
        code = "roll_missing" if state is VoteState.ROLL else "vote_missing"
        return Refusal(code, 1, 0, "vote", stage.id)
    if state is VoteState.OPEN and have == VoteState.ROLL:
        return Refusal("vote_missing", 1, 0, "vote", stage.id)
    return Refusal("vote_opened", "", have, "vote", stage.id)


def _must_have_roll(
    stage: Stage, topic: TopicNow, facts: VoteOpened | VoteHanded, now: datetime
) -> Refusal | None:
    """There is a roll, it was on view to its end, and every objection to it is ruled on."""
    assert stage.voting is not None
    wrong = _must_stand(stage, topic, VoteState.ROLL) or _must_be_theirs(stage, topic)
    if wrong:
        return wrong
    until = str(topic.tally.get("roll_until", ""))
    if until and now < datetime.fromisoformat(until):
        source = stage.voting.roll.source if stage.voting.roll else SOURCE
        return Refusal("roll_runs", until, now.isoformat(), "moment", source)
    if facts.objections:
        return Refusal("roll_objections", 0, facts.objections, "objection", SOURCE)
    if facts.voters < 1:
        return Refusal("roll_empty", 1, 0, "voter", stage.id)
    return None


def _must_be_paid_for(stage: Stage, facts: VoteOpened) -> Refusal | None:
    """In a round there are projects to choose from, each within its cap, and money for them."""
    if stage.voting is None or stage.voting.ballot is None:
        return None
    if facts.projects < 1:
        return Refusal("projects_missing", 1, 0, "project", stage.id)
    if facts.over_cap:
        return Refusal("projects_over_cap", "", facts.over_cap, "title", "norms.md §3")
    if facts.money_fen < 1:
        return Refusal("money_missing", 1, 0, "fen", stage.id)
    return None


def _must_match(facts: VoteClosed) -> Refusal | None:
    """Paper agreed by two, hands as many as were marked, a ballot for each that took part."""
    if facts.once:
        return Refusal("paper_once", 2, facts.once, "serial", SOURCE)
    if facts.differ:
        return Refusal("paper_differs", (), facts.differ, "serial", SOURCE)
    marked = facts.ways.get(Way.HANDS, 0)
    if marked and facts.hands is None:
        return Refusal("hands_missing", 2, 0, "count", SOURCE)
    if (facts.hands or 0) != marked:
        return Refusal("hands_wrong", marked, facts.hands, "hand", SOURCE)
    if facts.ballots + marked != facts.heads:
        return Refusal("ballots_wrong", facts.heads, facts.ballots + marked, "ballot", SOURCE)
    return None


def _must_add_up(stage: Stage, topic: TopicNow, facts: Brought) -> Refusal | None:
    """No more take part than are on the roll, no more vote than take part, of no other option;
    where one is chosen, no more choose one than take part."""
    assert stage.voting is not None
    known = on_paper(stage, topic)
    unknown = [uid for uid in facts.votes if uid not in known]
    if unknown or not facts.votes:
        numbers = tuple(one.no for one in topic.options if one.uid in known)
        return Refusal("option_unknown", numbers, unknown[0] if unknown else 0, "option", stage.id)
    for whole, part, votes in (
        (facts.voters, facts.heads, facts.votes),
        (facts.area_cm2, facts.heads_cm2, facts.areas),
    ):
        if part < 0 or part > whole:
            return Refusal("result_wrong", whole, part, "votes", stage.id)
        for three in votes.values():
            if min(three) < 0 or sum(three) > part:
                return Refusal("result_wrong", part, sum(three), "votes", stage.id)
        chose = sum(three[0] for three in votes.values())
        if stage.voting.choose is Choose.ONE and chose > part:
            return Refusal("result_wrong", part, chose, "votes", stage.id)
    return None


def _numbers(facts: Polled) -> dict[str, object]:
    """What two people enter, to be compared; plain, as a stage keeps it."""

    def plain(votes: Mapping[str, tuple[int, int, int]]) -> dict[str, list[int]]:
        return {uid: list(three) for uid, three in sorted(votes.items())}

    return {
        "voters": facts.voters,
        "area_cm2": facts.area_cm2,
        "heads": facts.heads,
        "heads_cm2": facts.heads_cm2,
        "votes": plain(facts.votes),
        "areas": plain(facts.areas),
    }


ACTS: dict[str, Decider] = {
    "topic.open_roll": open_roll,
    "topic.open_vote": open_vote,
    "topic.close_vote": close_vote,
    "topic.hand_vote": hand_vote,
    "topic.bring_result": bring_result,
}
