"""送达登记: what was found at the door of a line of the roll, before its vote is in.

What was collected there is no finding: it is taken by two, and marks the line.
Source: norms.md §2, written votes door to door with a delivery register.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.doors import FOUND
from yishi.core.vote.casting import must_be_open
from yishi.core.vote.now import VoteState

SOURCE = "norms.md §2"


def record_door(
    state: VoteState, until_at: datetime | None, found: str, now: datetime, *, on_roll: bool
) -> Event | Refusal:
    """The register says it. Refused: `vote_not_open`, `vote_over`, `not_on_roll`,
    `found_unknown`."""
    wrong = must_be_open(state, until_at, now)
    if wrong:
        return wrong
    if not on_roll:
        return Refusal("not_on_roll", 1, 0, "voter", SOURCE)
    if found not in FOUND:
        return Refusal("found_unknown", FOUND, found, "found", SOURCE)
    return Event("vote.door_recorded", {"found": found}, {"found": found})
