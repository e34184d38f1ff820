"""A vote that counts for nothing: called off, or left behind by its topic."""

from datetime import datetime

from django.db import transaction

from yishi.core.vote.now import VoteState
from yishi.records.models import Vote
from yishi.records.queries import vote_ballots as ballots
from yishi.records.queries.vote import open_vote_of, parts_by_way
from yishi.records.vote_key import destroy_key

CALLED_OFF, LEFT = "called_off", "left"


def call_off(vote: Vote, now: datetime, code: str) -> None:
    """The vote counts for nothing, and `code` says why: of who took part the numbers stay, of
    what they chose no ballot. Papers of a vote by name that were entered already stay where the
    record is sealed over them, and on no page; of a secret vote nobody reads them without the
    key. It is held by the caller."""
    ways = parts_by_way(vote)
    vote.result = {"outcome": "void", "void": code, "ways": ways, "heads": sum(ways.values())}
    vote.state, vote.closed_at = VoteState.VOID, now
    vote.version += 1
    vote.save()
    ballots.clear(vote)
    destroy_after(vote)


def destroy_after(vote: Vote) -> None:
    """Once this transaction is kept, the key of a secret vote is gone; the tick destroys what a
    crash in between has left."""
    if vote.is_secret:
        uid = vote.uid
        transaction.on_commit(lambda: destroy_key(uid))


def stop_votes(passage_id: int, now: datetime) -> list[Vote]:
    """The vote of a visit that ends without its result: by the clock, or against the procedure."""
    vote = open_vote_of(passage_id)
    if vote is None:
        return []
    call_off(vote, now, LEFT)
    return [vote]
