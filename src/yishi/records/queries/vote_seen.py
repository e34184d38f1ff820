"""A vote as its pages read it: the row with its topic, taking part in numbers, its ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from yishi.core.grant import Subject
from yishi.core.method.language import Stage, Unit, Voting
from yishi.core.person import Actor
from yishi.core.topic.kinds.vote import whose
from yishi.core.topic.now import OptionState, TopicState
from yishi.core.vote.now import VoteState
from yishi.records.models import Ballot, Entry, Option, Vote
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.vote import (
    area_in,
    parts_by_way,
    size_of_roll,
    stage_of_vote,
    units_for,
    voting_of,
)
from yishi.records.queries.vote_round import agreed_projects

BALLOTS = 100
COUNTED = (VoteState.DECIDED, VoteState.VOID)


@dataclass(frozen=True)
class SeenVote:
    """A vote with its topic and the stage it is held in; `has_seat`: whoever looks has a post."""

    vote: Vote
    stage: Stage
    voting: Voting
    has_seat: bool

    def subject(self, act: str) -> Subject:
        """What permission asks of it for that act. One statement for who has a post, kept."""
        units = units_for(self.vote, self.stage, act) if self.has_seat else frozenset()
        state = TopicState(self.vote.topic.state)
        return Subject(state=state, path=self.vote.place.ids, units=units, public=True)

    @property
    def state(self) -> VoteState:
        """Where it stands."""
        return VoteState(self.vote.state)


@dataclass(frozen=True)
class Turnout:
    """Of `voters` lines so many took part, by way; of owners with their area."""

    voters: int
    area_cm2: int
    ways: Mapping[str, int] = field(default_factory=dict)
    area_in_cm2: int = 0

    @property
    def heads(self) -> int:
        """How many lines took part."""
        return sum(self.ways.values())


def seen_vote(actor: Actor, uid: str) -> SeenVote | None:
    """The vote of that uid; None where there is none. One statement."""
    rows = Vote.objects.filter(uid=uid).select_related("place", "topic", "passage__method")
    vote = rows.defer("passage__method__files").first()
    if vote is None:
        return None
    stage = stage_of_vote(vote)
    return SeenVote(vote, stage, voting_of(vote), bool(actor.seats))


def options_of(seen: SeenVote) -> list[dict[str, Any]]:
    """The options as they stand on the paper: {uid, no, title, words}; before it opens those that
    will. Of a round also {cost_fen, given_fen}: what a project costs, and what others than its fund
    give. One statement, of a round that has not opened two."""
    rows = {one.uid: one for one in Option.objects.filter(topic_id=seen.vote.topic_id)}
    if seen.vote.options:
        told = [
            {"uid": uid, "no": no, "title": title, "words": rows[uid].words if uid in rows else ""}
            for uid, no, title in seen.vote.options
        ]
        kept = seen.vote.rule.get("projects", {})
        for one, cost, given in zip(told, kept.get("costs", ()), kept.get("gifts", ())):  # noqa: B905
            one |= {"cost_fen": cost, "given_fen": given}
        return told
    if seen.voting.ballot:
        return [
            {
                "uid": one.option,
                "no": rows[one.option].no,
                "title": rows[one.option].title,
                "words": rows[one.option].words,
                "cost_fen": one.cost_fen,
                "given_fen": one.given_fen,
            }
            for one in agreed_projects(seen.vote.topic)
        ]
    theirs = ("", whose(seen.stage))
    return [
        {"uid": one.uid, "no": one.no, "title": one.title, "words": one.words}
        for one in sorted(rows.values(), key=lambda one: one.no)
        if one.state != OptionState.DONE and one.competence in theirs
    ]


def turnout_of(seen: SeenVote) -> Turnout:
    """Who took part so far, in numbers only. At most three statements."""
    vote = seen.vote
    kept = vote.result
    is_owner = vote.unit == Unit.OWNER
    if seen.state in COUNTED and kept:
        # What it came to stands with it, also where it was held elsewhere.
        ways = dict(kept.get("ways", {})) or {"": int(kept.get("heads", 0))}
        return Turnout(vote.voters, vote.area_cm2, ways, int(kept.get("heads_cm2", 0)))
    voters, area = vote.voters, vote.area_cm2
    if seen.state is VoteState.ROLL:
        voters, area = size_of_roll(vote)
        return Turnout(voters, area)
    if seen.state is VoteState.HANDED:
        return Turnout(voters, area)
    return Turnout(voters, area, parts_by_way(vote), area_in(vote) if is_owner else 0)


def ballots_page(vote: Vote, page: int) -> Listed:
    """A page of the ballots of a vote that was counted: letters only, in the order of keys that
    nobody drew for anybody. Two statements."""
    rows = Ballot.objects.filter(vote=vote).order_by("id").values("id", "chosen")
    return listed(rows, page, BALLOTS)


def ballot_letters(vote: Vote) -> Sequence[tuple[int, str]]:
    """Every ballot as (its random number, letters). One statement."""
    rows = Ballot.objects.filter(vote=vote).order_by("id")
    found = rows.values_list("id", "chosen").iterator(2_000)
    return [(number, letters or "") for number, letters in found]


def letters_counted(vote: Vote) -> list[tuple[str, int, int]]:
    """(letters, ballots, area of their lines) for each way a ballot was filled in. One statement;
    the area is 0 where no ballot has its line."""
    rows = Ballot.objects.filter(vote=vote).order_by("chosen").values_list("chosen")
    found = rows.annotate(n=Count("pk"), area=Sum("voter__area_cm2"))
    return [(letters, number, area or 0) for letters, number, area in found]


def last_entry(vote: Vote) -> Entry | None:
    """The newest entry of its topic, for the foot of a sheet. One statement."""
    return Entry.objects.filter(subject_uid=vote.topic.uid).order_by("-subject_no").first()
