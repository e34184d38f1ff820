"""Who goes first where a rule finds two projects alike: one order, known before the count.

The lowest cost, then the most votes, then a lot drawn and published before counting.
Source: docs/algorithms/budget.md, Ties.
"""

from collections.abc import Sequence

from yishi.counting.budget.election import BadElection, Election

Rank = tuple[int, ...]
"""Rank[p]: the place of project p in the order of ties, 0 goes first."""


def ties(election: Election, lot: Sequence[int]) -> Rank:
    """The order of ties. `lot`: every project once, in the order drawn. Raises BadElection where a
    project is missing from the lot or drawn twice."""
    if sorted(lot) != list(range(len(election.costs))):
        raise BadElection("the lot does not hold every project once")
    drawn = {project: place for place, project in enumerate(lot)}
    first = sorted(drawn, key=lambda p: (election.costs[p], -election.votes[p], drawn[p]))
    rank = [0] * len(first)
    for place, project in enumerate(first):
        rank[project] = place
    return tuple(rank)
