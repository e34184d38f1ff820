"""Paper entered by two people, neither of whom sees what the other entered.

Where they agree it is a ballot; where they differ both enter that one again. Source: norms.md §2;
practice: 唱票计票.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from yishi.core.method.language import Choose
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


def hands_in(choose: Choose, votes: Collection[tuple[int, int, int]]) -> int:
    """How many hands were counted. `votes`: for, against, abstained of each option. Where one is
    chosen a hand is raised for one option alone, and whoever chose none stands with every one."""
    if choose is Choose.ONE:
        return sum(three[0] for three in votes) + max((three[2] for three in votes), default=0)
    return max((sum(three) for three in votes), default=0)


def hands_wrong(
    choose: Choose, votes: Collection[tuple[int, int, int]], marked: int
) -> Refusal | None:
    """Every hand that was marked is counted, and no other. Refused: `hands_wrong`, `choose_one`
    (where one is chosen, a hand against one, or none chosen differs from option to option)."""
    if choose is Choose.ONE:
        if any(three[1] for three in votes) or len({three[2] for three in votes}) > 1:
            return Refusal("choose_one", 1, len(votes), "option", SOURCE)
        sums = [hands_in(choose, votes)]
    else:
        sums = [sum(three) for three in votes]
    wrong = next((have for have in sums if have != marked), None)
    if wrong is not None or any(min(three) < 0 for three in votes):
        return Refusal("hands_wrong", marked, wrong, "hand", SOURCE)
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
