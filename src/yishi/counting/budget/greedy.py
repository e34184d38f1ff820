"""The most votes first, in the variants that real cities state.

Source: docs/algorithms/budget.md, Most votes first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yishi.counting.budget.election import Election
from yishi.counting.budget.ties import Rank


class Fate(StrEnum):
    """What became of a project when its turn came."""

    WON = "won"
    BELOW = "below"
    """Fewer points than the threshold: it takes no part."""
    TOO_DEAR = "too_dear"
    """What is left does not pay for it."""
    NOT_REACHED = "not_reached"
    """The count ended before its turn."""


@dataclass(frozen=True)
class Turn:
    """A project in its turn: what was left before it, and its fate."""

    project: int
    score: int
    left: int
    fate: Fate


def most_votes_first(
    election: Election,
    rank: Rank,
    *,
    skip: bool = True,
    threshold: int = 0,
    already: Collection[int] = (),
    prices: Sequence[int] = (),
    left: int | None = None,
) -> list[Turn]:
    """Every project in the order of its points, each with its fate.

    `skip`: what is too dear is passed over and the count goes on; otherwise it ends there.
    `threshold`: the least points to take part. `already`: projects bought before, which take no
    turn. `prices`: what projects cost where gifts lower it; `left`: the money there is, what the
    budget leaves after those bought unless it is given. What nobody chose is never bought.
    """
    prices = prices or election.costs
    if left is None:
        left = election.budget - sum(prices[project] for project in already)
    over = False
    turns = []
    order = sorted(range(len(election.costs)), key=lambda p: (-election.scores[p], rank[p]))
    for project in order:
        if project in already:
            continue
        score, cost = election.scores[project], prices[project]
        if score < max(threshold, 1):
            fate = Fate.BELOW
        elif over:
            fate = Fate.NOT_REACHED
        elif cost > left:
            fate, over = Fate.TOO_DEAR, not skip
        else:
            fate = Fate.WON
        turns.append(Turn(project, score, left, fate))
        left -= cost if fate is Fate.WON else 0
    return turns


def winners(turns: list[Turn]) -> list[int]:
    """The projects that won, in the order they did."""
    return [turn.project for turn in turns if turn.fate is Fate.WON]
