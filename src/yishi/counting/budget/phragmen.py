"""Sequential Phragmén: money comes to everybody at one pace; what its supporters can pay is bought.

Source: Los, Christoff, Grossi 2022, who carry it over to projects with costs;
docs/algorithms/budget.md, Sequential Phragmén.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from yishi.counting.budget.election import Election
from yishi.counting.budget.ties import Rank


@dataclass(frozen=True)
class Bought:
    """A project and the moment it could be paid for, in money that each voter had been given."""

    project: int
    at: Fraction


def sequential_phragmen(election: Election, rank: Rank) -> list[Bought]:
    """The projects in the order they are bought. It ends before the first that the budget does
    not hold; what nobody chose is never bought."""
    # A purse was last emptied when a project of its owner was bought: moments[r], r its last one.
    moments = [Fraction(0)]
    emptied = np.zeros(len(election.cast), dtype=np.int64)
    due = {p: Fraction(election.costs[p], votes) for p, votes in enumerate(election.votes) if votes}
    bought: list[Bought] = []
    left = election.budget
    stale: set[int] = set()
    while due:
        project = _first(election, rank, due, stale, moments, emptied)
        if election.costs[project] > left:
            break
        at = due.pop(project)
        bought.append(Bought(project, at))
        left -= election.costs[project]
        moments.append(at)
        emptied[election.supporters[project]] = len(moments) - 1
        stale = set(due)
    return bought


def _first(
    election: Election,
    rank: Rank,
    due: dict[int, Fraction],
    stale: set[int],
    moments: list[Fraction],
    emptied: np.ndarray,
) -> int:
    """Whose turn it is. What is known of a stale project is its earliest; it never comes sooner."""
    while True:
        project = min(due, key=lambda p: (due[p], rank[p]))
        if project not in stale:
            return project
        kinds = election.supporters[project]
        by_moment = np.bincount(
            emptied[kinds], weights=election.cast[kinds], minlength=len(moments)
        )
        owed = election.costs[project] + sum(
            (int(count) * moments[r] for r, count in enumerate(by_moment) if count), Fraction(0)
        )
        due[project] = owed / election.votes[project]
        stale.discard(project)
