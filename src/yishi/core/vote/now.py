"""A vote as a decision sees it: frozen, and only what a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yishi.core.method.language import Voting


class VoteState(StrEnum):
    """Its roll is on view, it is open, its paper is being counted, it is over with a result, it
    was handed to the city's own system, or it counts for nothing (below quorum, or called off)."""

    ROLL = "roll"
    OPEN = "open"
    COUNTING = "counting"
    DECIDED = "decided"
    HANDED = "handed"
    VOID = "void"


class Choice(StrEnum):
    """What a voter says of one option."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Way(StrEnum):
    """How a vote came in. Source: norms.md §2, ways of reaching agreement."""

    ONLINE = "online"
    PAPER = "paper"  # into the box
    DOOR = "door"  # written, collected at the door by two
    HANDS = "hands"  # a show of hands at a meeting


@dataclass(frozen=True, slots=True)
class VoteNow:
    """A vote at the moment of an act. `options`: uids in the order they stand on the paper.
    `voters`, `area_cm2`: what its frozen roll comes to. `until_at`: exclusive."""

    uid: str
    state: VoteState
    voting: Voting
    options: tuple[str, ...]
    voters: int = 0
    area_cm2: int = 0
    roll_until_at: datetime | None = None
    opened_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the ballots come to: option uid → (for, against, abstained), by heads, and by area in
    square centimetres where area counts. `heads`, `area_cm2`: who took part."""

    heads: int
    votes: Mapping[str, tuple[int, int, int]]
    area_cm2: int = 0
    areas: Mapping[str, tuple[int, int, int]] | None = None
