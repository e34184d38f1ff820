"""Ballots of projects and the rules they are counted by, as a method states them.

Which project wins within the money is no share of votes: a rule with its version says it, and both
stand in the notice of the round before anybody proposes anything.
Source: docs/algorithms/budget.md; practice G12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.method.measure import Count


class BallotKind(StrEnum):
    """How a ballot of projects is filled in: so many are chosen, as many as the money pays for, the
    best come first, or points are given out."""

    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    RANKING = "ranking"
    POINTS = "points"


class CountRule(StrEnum):
    """How it is decided which projects win within the money."""

    GREEDY = "greedy"
    EQUAL_SHARES = "equal_shares"
    PHRAGMEN = "phragmen"


THRESHOLD = "threshold"
VERSIONS: Mapping[CountRule, tuple[str, ...]] = {
    CountRule.GREEDY: ("skip", "no_skip", THRESHOLD),
    CountRule.EQUAL_SHARES: ("plain", "until_overspent", "until_exhaustive"),
    CountRule.PHRAGMEN: ("sequential",),
}
# Who says more of one project than of another is heard by most votes first alone: shares and pace
# ask only whether a project was chosen.
COUNTS: Mapping[BallotKind, tuple[CountRule, ...]] = {
    BallotKind.APPROVAL: tuple(CountRule),
    BallotKind.KNAPSACK: tuple(CountRule),
    BallotKind.RANKING: (CountRule.GREEDY,),
    BallotKind.POINTS: (CountRule.GREEDY,),
}
# A ranking is so long, and so many points are given: without the number there is no such ballot.
WITH_MOST = (BallotKind.RANKING, BallotKind.POINTS)


@dataclass(frozen=True, slots=True)
class Counting:
    """A counting rule with its version. `least`: the fewest points to take part, of `threshold`
    alone."""

    rule: CountRule
    version: str
    source: str
    least: Count | None = None
