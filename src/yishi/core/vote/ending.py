"""A vote called off, for a reason everybody reads and never once it is counted; one that too few
took part in, and is called again."""

from __future__ import annotations

from datetime import datetime

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState

SOURCE = "norms.md §2"
OVER = (VoteState.DECIDED, VoteState.VOID)


def void(
    state: VoteState, until_at: datetime | None, why: str, now: datetime, *, key_lost: bool = False
) -> Event | Refusal:
    """It counts for nothing and may be held again. Once its end has passed it is counted, whatever
    it comes to; but not where its key is lost and nobody can count it. Refused: `vote_ended`,
    `vote_to_count`, `why_missing`."""
    if state in OVER:
        return Refusal("vote_ended", VoteState.OPEN, state, "vote", SOURCE)
    if until_at is not None and now >= until_at and not key_lost:
        return Refusal("vote_to_count", until_at.isoformat(), now.isoformat(), "moment", SOURCE)
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", SOURCE)
    return Event("vote.voided", {"why": why}, {})


def whole_time_again(voids: int) -> bool:
    """Whether a vote that has just missed its quorum is called again with the whole time of its
    step; `voids`: how many of this visit missed it before.

    The time of a step is that of one vote, and one that nobody's delay made void is called again
    (norms.md §2). Once: who misses it a second time goes on with what is left, in sight of all.
    """
    return voids == 0
