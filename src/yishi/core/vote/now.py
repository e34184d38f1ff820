"""The words of a vote: where it stands, what a voter says, how it came in."""

from __future__ import annotations

from enum import StrEnum


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
