"""The shape of an act on a vote itself: held, decided, written and journaled under the vote."""

from collections.abc import Callable
from dataclasses import dataclass

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.grant import Subject
from yishi.core.method.language import Stage, Voting
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.core.vote.now import VoteState
from yishi.records.models import Vote
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote import lock_vote, open_vote_of, stage_of_vote, units_for, voting_of


@dataclass(frozen=True)
class HeldVote:
    """A vote as an act has it: its row, locked, and how it is held."""

    vote: Vote
    voting: Voting

    @property
    def state(self) -> VoteState:
        return VoteState(self.vote.state)


def act_in(
    ask: Ask,
    act: str,
    vote_uid: str,
    do: Callable[[HeldVote], Written | Refusal],
    part: str = "acted",
    *,
    topic: bool = False,
) -> Done | Refusal:
    """Does `do` with the vote held, and before it its `topic` where that changes too. Refuses
    with `not_found`, and what `do` refuses."""
    columns = ("place", "topic", "passage__method")
    found = Vote.objects.filter(uid=vote_uid).select_related(*columns).first()
    if found is None:
        return Refusal("not_found", have="vote")

    def held() -> Written | Refusal:
        vote = lock_vote(vote_uid, topic=topic)
        assert vote is not None
        return do(HeldVote(vote, voting_of(vote)))

    about = Subject(state=None, units=units_for(found, stage_of_vote(found), act))
    return act_at(ask, act, found.place, "vote", vote_uid, held, part=part, about=about)


def vote_standing(held: LockedTopic) -> Vote | None:
    """The vote of the visit the topic is in, locked after the topic."""
    if held.passage is None or held.topic.state != TopicState.RUNNING:
        return None
    return open_vote_of(held.passage.pk)


def no_roll(stage: Stage) -> Refusal:
    """Refused for want of a roll."""
    return Refusal("roll_missing", 1, 0, "vote", stage.id)


def save(vote: Vote) -> None:
    """Keeps a vote as it is now, as its next version."""
    vote.version += 1
    vote.save()
