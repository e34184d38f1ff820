"""Sequential Phragmén: money comes to everybody at one pace; what its supporters can pay is bought.

Source: Los, Christoff, Grossi 2022, who carry it over to projects with costs;
docs/algorithms/budget.md, Sequential Phragmén.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd

import numpy as np
from numpy.typing import NDArray

from yishi.counting.budget.election import Election
from yishi.counting.budget.ties import Rank

Due = tuple[Fraction, int, int, int]
"""When a project can be paid for, its rank, the project, and how many were bought before."""


@dataclass(frozen=True)
class Bought:
    """A project and the moment it could be paid for, in money that each voter had been given."""

    project: int
    at: Fraction


class _Moments:
    """The moments at which something was bought, as whole numbers over one denominator."""

    def __init__(self) -> None:
        self.whole = 1
        self.since = [0]

    def add(self, at: Fraction) -> None:
        """One moment more."""
        times = at.denominator // gcd(self.whole, at.denominator)
        if times > 1:
            self.whole *= times
            self.since = [moment * times for moment in self.since]
        self.since.append(at.numerator * (self.whole // at.denominator))


def sequential_phragmen(election: Election, rank: Rank) -> list[Bought]:
    """The projects in the order they are bought. It ends before the first that the budget does
    not hold; what nobody chose is never bought."""
    # A purse was last emptied when a project of its owner was bought: at the moment of that place.
    moments = _Moments()
    emptied = np.zeros(len(election.cast), dtype=np.int64)
    due: list[Due] = [
        (Fraction(election.costs[p], votes), rank[p], p, 0)
        for p, votes in enumerate(election.votes)
        if votes
    ]
    heapify(due)
    bought: list[Bought] = []
    left = election.budget
    while due:
        at, _, project, known = heappop(due)
        if known < len(bought):
            # What was known before others were bought is its earliest; it never comes sooner.
            now = _due(election, project, moments, emptied)
            heappush(due, (now, rank[project], project, len(bought)))
            continue
        if election.costs[project] > left:
            break
        bought.append(Bought(project, at))
        left -= election.costs[project]
        moments.add(at)
        emptied[election.supporters[project]] = len(bought)
    return bought


def _due(
    election: Election, project: int, moments: _Moments, emptied: NDArray[np.int64]
) -> Fraction:
    """The moment at which those who chose the project can pay for it."""
    kinds = election.supporters[project]
    by_moment = np.bincount(emptied[kinds], weights=election.cast[kinds])
    owed = election.costs[project] * moments.whole
    for place in np.flatnonzero(by_moment).tolist():
        owed += int(by_moment[place]) * moments.since[place]
    return Fraction(owed, moments.whole * election.votes[project])
