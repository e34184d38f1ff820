"""A vote called off: for a reason everybody reads, and never once it is counted."""

from __future__ import annotations

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState

SOURCE = "norms.md §2"
OVER = (VoteState.DECIDED, VoteState.VOID)


def void(state: VoteState, why: str) -> Event | Refusal:
    """It counts for nothing and may be held again. Refused: `vote_ended`, `why_missing`."""
    if state in OVER:
        return Refusal("vote_ended", VoteState.OPEN, state, "vote", SOURCE)
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", SOURCE)
    return Event("vote.voided", {"why": why}, {})
