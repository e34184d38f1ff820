"""Paper entered by two people, neither of whom sees what the other entered.

Where they agree it is a ballot; where they differ both enter that one again. Source: norms.md §2;
practice: 唱票计票.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState

SOURCE = "norms.md §2"
HANDS_SERIAL = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """A paper as it was entered: by whom (ids), what; `agreed` None while one is missing."""

    serial: int
    first: object = None
    first_by: int | None = None
    agreed: bool | None = None


def may_enter(
    state: VoteState, until_at: datetime | None, now: datetime, *, all_in: bool
) -> Refusal | None:
    """The box is opened when the vote is over, or when every line has taken part that could:
    numbers that were known before could move those who have not voted. Refused: `vote_not_open`,
    `box_closed`."""
    if state is not VoteState.OPEN or until_at is None:
        return Refusal("vote_not_open", VoteState.OPEN, state, "vote", SOURCE)
    if now < until_at and not all_in:
        return Refusal("box_closed", until_at.isoformat(), now.isoformat(), "moment", SOURCE)
    return None


def enter(
    before: Entered, what: object, by: int | None, most: int, known: int
) -> tuple[Event, bool | None] | Refusal:
    """One person's entry: the event, and whether the two agree (None: it is the first).

    `most`: papers that were taken; `known`: serials that are entered. Refused: `serial_wrong`,
    `papers_too_many`, `paper_agreed`, `same_counter`.
    """
    if before.serial < HANDS_SERIAL:
        return Refusal("serial_wrong", 1, before.serial, "serial", SOURCE)
    if before.first is None and before.serial != HANDS_SERIAL and known >= most:
        return Refusal("papers_too_many", most, known + 1, "paper_ballot", SOURCE)
    if before.agreed:
        return Refusal("paper_agreed", 2, 2, "count", SOURCE)
    facts = {"serial": before.serial}
    if before.first is None or before.agreed is False:
        return Event("vote.paper_entered", facts, facts), None
    if before.first_by == by:
        return Refusal("same_counter", 2, 1, "teller", SOURCE)
    agreed = before.first == what
    code = "vote.paper_agreed" if agreed else "vote.paper_differs"
    return Event(code, facts, facts), agreed
