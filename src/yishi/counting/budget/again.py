"""What would have been enough by equal shares, found by counting the changed election again.

Completion finds by counting how much is in each purse, and a changed cost may end it a step sooner
or later: there is no formula. So nothing is promised here that was not counted from the beginning.
Source: docs/algorithms/budget.md, Why.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from yishi.counting.budget.counted import Counted, count
from yishi.counting.budget.effort import counts_within
from yishi.counting.budget.election import Election
from yishi.counting.budget.explain import Why, explain

TRIES_MOST = 6
"""Counts for one answer. Each brings it nearer to the least change; the first may be enough."""


def explained(counted: Counted, work: int) -> tuple[Why, ...]:
    """Why for each project; by shares counted again as often as so much work allows."""
    counts = counts_within(counted, work) if counted.rule.by_shares else 0
    return counted_again(counted, explain(counted), counts)


def counted_again(counted: Counted, told: Sequence[Why], counts: int) -> tuple[Why, ...]:
    """The same explanations, those of losers with a cost and a number of voters more at which
    each wins in a count from the beginning, everything else as it was, the budget too. `counts`:
    how often may be counted at the most; where that is used up the answers stay None, nearest
    losers first. Only for rules that share."""
    if not counted.rule.by_shares or counted.gifts:
        return tuple(told)
    lost = [one for one in told if not one.won and one.votes and one.purses is not None]
    lost.sort(key=lambda one: (one.purses or 0, one.project))
    tries = min(TRIES_MOST, max(1, counts // max(2 * len(lost), 1)))
    left, better = counts, {}
    for one in lost:
        if left < 2 * tries:
            break
        cost, votes = _cost(counted, one, tries), _votes(counted, one, tries)
        left -= 2 * tries
        better[one.project] = replace(one, cost_enough=cost, votes_enough=votes)
    return tuple(better.get(one.project, one) for one in told)


def at_cost(election: Election, project: int, cost: int) -> Election:
    """The same election with one project at another cost."""
    costs = list(election.costs)
    costs[project] = cost
    return replace(election, costs=tuple(costs))


def with_voters(election: Election, project: int, more: int) -> Election:
    """The same election with so many voters more who choose this project alone."""
    return replace(
        election,
        cast=np.append(election.cast, more),
        starts=np.append(election.starts, len(election.chosen) + 1),
        chosen=np.append(election.chosen, project),
        points=np.append(election.points, 1),
        kind_of=np.append(election.kind_of, [len(election.cast)] * more),
    )


def _cost(counted: Counted, one: Why, tries: int) -> int | None:
    """The greatest cost found, in whole units of money, at which it wins."""
    unit, near = counted.unit, max(int(one.together or 0), one.left or 0) // counted.unit
    fair = {near, near * 7 // 8, near * 3 // 4, near // 2, (one.left or 0) // unit} - {0}

    def wins(units: int) -> bool:
        return _wins(counted, at_cost(counted.election, one.project, units * unit), one.project)

    found = _nearest(wins, sorted(fair, reverse=True), tries)
    return found * unit if found else None


def _votes(counted: Counted, one: Why, tries: int) -> int | None:
    """The least number found of voters more with whom it wins."""
    near = one.purses or 1

    def wins(more: int) -> bool:
        return _wins(counted, with_voters(counted.election, one.project, more), one.project)

    return _nearest(wins, (near, 2 * near, 4 * near, 8 * near), tries)


def _nearest(wins: Callable[[int], bool], values: Sequence[int], tries: int) -> int | None:
    """The first of these values to win; where one before it lost, one between them that is nearer
    to it. At most so many tries, None where none of them won."""
    won = lost = None
    for value in values[:tries]:
        tries -= 1
        if wins(value):
            won = value
            break
        lost = value
    while tries and won is not None and lost is not None and abs(won - lost) > 1:
        tries -= 1
        middle = (won + lost) // 2
        if wins(middle):
            won = middle
        else:
            lost = middle
    return won


def _wins(counted: Counted, election: Election, project: int) -> bool:
    again = count(
        election, counted.lot, counted.rule, threshold=counted.threshold, unit=counted.unit
    )
    return project in again.winners
