"""What each act of a vote by roll brings to the interpreter: numbers, never who chose what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yishi.core.topic.facts import Facts

Votes = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOpened(Facts):
    """The roll was made: how many lines, their area, and until when it is on view (exclusive).

    `unplaced`: accounts that should stand on it and cannot, for want of a room or an area.
    """

    vote: str
    voters: int
    area_cm2: int = 0
    unplaced: int = 0
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteOpened(Facts):
    """The roll is frozen: lines and area on it, objections that are not ruled on, the end.

    Of a round: `projects` on the paper, `money_fen` there is for them, and `lot`, their numbers in
    the order that was drawn, which decides where nothing else does; `over_cap`: titles of those
    that ask more of the fund than their kind may have.
    """

    voters: int
    area_cm2: int
    objections: int
    until_at: datetime
    projects: int = 0
    money_fen: int = 0
    lot: tuple[int, ...] = ()
    over_cap: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteHanded(Facts):
    """The vote is held in the city's own system, by that name, on the roll that was on view: its
    lines, and objections that are not ruled on."""

    to: str
    voters: int
    objections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled(Facts):
    """What a vote came to: of `voters` lines with `area_cm2` in all, `heads` with `heads_cm2` took
    part; option uid → for, against, abstained, by heads and, of owners, by area."""

    voters: int
    heads: int
    votes: Votes
    area_cm2: int = 0
    heads_cm2: int = 0
    areas: Votes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteClosed(Polled):
    """The vote is to be closed. `ways`: way → lines that took part so. `ballots`: how many ballots
    there are. `once`, `differ`: serials of paper ballots that one person alone has entered, and
    whose two entries differ. `hands`: lines the show of hands comes to, None where nobody
    counted. `absent`: lines of a show of hands whose delegate is not at the meeting that votes:
    nobody waits for them, and they stay in the whole that the quorum is counted of. `won`: of a
    round, uids of the projects that win within the money, in the order they did; `chosen_before`:
    how many projects of it were chosen before this vote."""

    ways: Mapping[str, int]
    ballots: int
    won: tuple[str, ...] = ()
    chosen_before: int = 0
    once: tuple[int, ...] = ()
    differ: tuple[int, ...] = ()
    hands: int | None = None
    absent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought(Polled):
    """The result the city's own system gave, entered by one person."""
