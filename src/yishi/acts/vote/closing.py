"""A vote is closed and decided, comes back from the city's own system, or is called off; the key of
a secret one is destroyed when it is over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from yishi.acts.at_place import Written as Said
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on, too_long
from yishi.acts.topic.stage_clock import begin_again
from yishi.acts.vote.act import HeldVote, act_in, no_roll, save, vote_standing
from yishi.acts.vote.casting import key_of
from yishi.acts.vote.ending import CALLED_OFF, call_off, destroy_after
from yishi.acts.vote.projects import (
    count_projects,
    result_kept,
    settle,
    tell_authors,
)
from yishi.core.method.language import Paper, Stage, Unit
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Closing, Facts
from yishi.core.topic.kinds.voting import result_in
from yishi.core.topic.now import Advanced
from yishi.core.vote import ending, telling
from yishi.core.vote.ballot import add_votes
from yishi.core.vote.facts import Brought, Polled, VoteClosed
from yishi.core.vote.now import VoteState, Way
from yishi.core.vote.result import plain
from yishi.records.models import Vote
from yishi.records.queries import vote_ballots as ballots
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote import (
    area_in,
    parts_by_way,
)
from yishi.records.queries.vote_hands import absent_of
from yishi.records.queries.vote_paper import Papers, papers_of
from yishi.records.queries.vote_round import chosen_before
from yishi.records.vote_key import VoteKey, VoteKeyLost, read_key

DECISION = "architecture: decision 12"


@dataclass
class _Count:
    """What a vote that is being closed holds: the facts, the letters to be made nobody's, and of a
    round what the count of its projects came to."""

    vote: Vote
    facts: VoteClosed
    letters: Counter[str] = field(default_factory=Counter)
    papers: Papers | None = None
    projects: dict[str, Any] = field(default_factory=dict)


def close_vote(ask: Ask, topic_uid: str) -> Done | Refusal:
    """The ballots are counted and decide. Refuses also with `vote_missing`, `vote_runs`,
    `paper_once`, `paper_differs`, `hands_missing`, `hands_wrong`, `ballots_wrong`,
    `attach_missing`, `vote_key_lost`."""
    counted: list[_Count] = []

    def make(held: LockedTopic, stage: Stage) -> Facts | Refusal:
        vote = vote_standing(held)
        if stage.voting is None or vote is None:
            return Closing() if stage.voting is None else no_roll(stage)
        if vote.state != VoteState.OPEN:
            return Refusal("vote_missing", 1, 0, "vote", stage.id)
        try:
            key = read_key(vote.uid) if vote.is_secret else None
            count = _count(held, vote, key)
            if isinstance(count, Refusal):
                return count
        except VoteKeyLost:
            return Refusal("vote_key_lost", 1, 0, "key", DECISION)
        counted.append(count)
        return count.facts

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        count = counted[-1]
        assert count.papers is not None
        if count.vote.is_secret:
            ballots.make_nobodys(count.vote, count.letters, ask.entropy)
            destroy_after(count.vote)
        else:
            ballots.add_named(count.vote, count.papers.ballots(), ask.entropy)
        ways = dict(count.facts.ways)
        written = _decide(ask, held, advanced, count.vote, count.facts, ways, count.projects)
        if not count.projects or count.vote.state == VoteState.VOID:
            return written
        paper = [one[0] for one in count.vote.options]
        projects = settle(held.topic, paper, count.facts.won, ask)
        notices = [*written.notices, *tell_authors(projects)]
        return replace(written, rows=[*written.rows, *projects], notices=notices)

    return step_on(ask, "topic.close_vote", topic_uid, make, also)


def bring_result(ask: Ask, topic_uid: str, polled: Polled) -> Done | Refusal:
    """The result of the city's own system: entered by one person, confirmed by another who enters
    the same. Heads and area of the whole are the roll's, whatever `polled` says, and only papers
    laid since it was handed over are papers of it. Refuses also with `vote_not_handed`,
    `attach_missing`, `result_wrong`, `option_unknown`."""
    brought: list[Brought] = []

    def make(held: LockedTopic, stage: Stage) -> Facts | Refusal:
        if stage.voting is None:
            return Closing()
        vote = vote_standing(held)
        handed_at = vote.handed_at if vote else None
        facts = Brought(
            voters=vote.voters if vote else 0,
            heads=polled.heads,
            votes=polled.votes,
            area_cm2=vote.area_cm2 if vote else 0,
            heads_cm2=polled.heads_cm2,
            areas=polled.areas,
            by=str(ask.actor.person_id),
            attached=held.attached_since(handed_at) if handed_at else frozenset(),
        )
        brought.append(facts)
        return facts

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        if advanced.event.code in ("topic.result_brought", "topic.results_differ"):
            return Written()
        vote, facts = vote_standing(held), brought[-1]
        assert vote is not None
        return _decide(ask, held, advanced, vote, facts, {})

    return step_on(ask, "topic.bring_result", topic_uid, make, also)


def void(ask: Ask, vote_uid: str, why: str) -> Done | Refusal:
    """Called off by the body that leads, for a reason everybody reads: its ballots are taken away
    and its key destroyed; it may be held again. Once its end has passed it is counted, unless
    its key is lost. Refuses with `not_found`, `vote_ended`, `vote_to_count`, `why_missing`,
    `words_too_long`.
    """

    def do(held: HeldVote) -> Said | Refusal:
        vote = held.vote
        key_lost = isinstance(key_of(vote), Refusal)
        event = ending.void(held.state, vote.until_at, why, ask.now, key_lost=key_lost)
        if isinstance(event, Refusal):
            return event
        long = too_long(vote.place, ask.now, why)
        if long:
            return long
        told = telling.called_off(vote.uid) if vote.opened_at or vote.handed_at else None
        call_off(vote, ask.now, CALLED_OFF)
        topic = vote.topic
        # The stage has no vote any more: the topic says so, and a page about it is out of date.
        topic.tally, topic.version = {}, topic.version + 1
        topic.save(update_fields=["tally", "version"])
        return Said(event, (vote, topic), VoteState.VOID, roll=told)

    return act_in(ask, "vote.void", vote_uid, do, topic=True)


def _count(held: LockedTopic, vote: Vote, key: VoteKey | None) -> _Count | Refusal:
    options = tuple(one[0] for one in vote.options)
    heads, areas = ballots.letters_of(vote, key)
    ways = parts_by_way(vote)
    papers = papers_of(vote, key)
    on_line = sum(heads.values())
    if on_line != ways.get(Way.ONLINE, 0):
        return Refusal("ballots_wrong", ways.get(Way.ONLINE, 0), on_line, "ballot", DECISION)
    heads = heads + papers.letters
    areas = areas + papers.areas
    on_projects = bool(vote.rule.get("ballot"))
    votes, by_area = ({}, {}) if on_projects else ballots.tally(options, heads, areas)
    is_owner = vote.unit == Unit.OWNER
    counted = result_kept(vote, *count_projects(vote, heads)) if on_projects else {}
    facts = VoteClosed(
        voters=vote.voters,
        heads=sum(ways.values()),
        votes=add_votes(votes, papers.hands or {}),
        area_cm2=vote.area_cm2,
        heads_cm2=area_in(vote) if is_owner else 0,
        areas=by_area if is_owner else {},
        ways=ways,
        ballots=on_line + sum(papers.letters.values()),
        once=papers.once,
        differ=papers.differ,
        hands=papers.hands_number,
        absent=absent_of(vote),
        won=tuple(counted.get("winners", ())),
        chosen_before=chosen_before(held.topic) if on_projects else 0,
        # The ballots, counted from both sides, are a paper of their own.
        attached=held.attached | {Paper.COUNT},
    )
    return _Count(vote, facts, heads, papers, counted)


def _decide(
    ask: Ask,
    held: LockedTopic,
    advanced: Advanced,
    vote: Vote,
    facts: Polled,
    ways: Mapping[str, int],
    projects: Mapping[str, Any] | None = None,
) -> Written:
    """The numbers a vote came to, kept with it; of a round also its count. Void for want of a
    quorum, it is called again: the first time with the whole time of its step."""
    assert held.stage is not None and held.passage is not None
    before = Vote.objects.filter(passage=held.passage, result__outcome="void")
    # One that was called off says in `void` why; it did not miss its quorum.
    voids = before.exclude(result__has_key="void").count()
    result = result_in(held.stage, held.now, facts)
    code = advanced.event.code.removeprefix("topic.ballot_")
    chosen = advanced.topic.chosen if code == "passed" else ""
    vote.result = {
        **plain(result),
        "outcome": code,
        "chosen": chosen,
        "heads": facts.heads,
        "heads_cm2": facts.heads_cm2,
        "ways": dict(ways),
    }
    if ways:
        vote.result["ballots_digest"] = ballots.digest_of(vote)
    if projects and code != "void":
        vote.result |= {"passing": projects["winners"], "projects": dict(projects)}
    vote.state = VoteState.VOID if code == "void" else VoteState.DECIDED
    vote.closed_at = ask.now
    save(vote)
    told = telling.counted(vote.uid, code)
    if code != "void" or not ending.whole_time_again(voids):
        return Written([vote], roll=told)
    times = begin_again(held.topic, held.passage, held.stage, ask.now)
    return Written([vote, held.passage], values=times, roll=told)
