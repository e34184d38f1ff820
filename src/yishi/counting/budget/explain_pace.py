"""By sequential Phragmén: what supporters had gathered when the count ended, and what would have
been enough. Source: docs/algorithms/budget.md, Why.
"""

from fractions import Fraction

import numpy as np

from yishi.counting.budget.counted import Counted


class Pace:
    """The last moment of a count: whose turn it was, and what everybody had gathered."""

    def __init__(self, counted: Counted) -> None:
        self.counted, self.election = counted, counted.election
        # A purse was last emptied when a project of its owner was bought: moments[r], r its last.
        self.moments = [Fraction(0), *(one.at or Fraction(0) for one in counted.won)]
        self.emptied = np.zeros(len(self.election.cast), dtype=np.int64)
        for at, one in enumerate(counted.won, 1):
            self.emptied[self.election.supporters[one.project]] = at
        won = set(counted.winners)
        due = {
            p: self._due(p) for p, votes in enumerate(self.election.votes) if votes and p not in won
        }
        self.stopped_by = min(due, key=lambda p: (due[p], counted.rank[p])) if due else None
        self.ended = due[self.stopped_by] if self.stopped_by is not None else Fraction(0)

    def gathered(self, project: int) -> Fraction:
        """What those who chose it had together when the count ended."""
        return self.election.votes[project] * self.ended - self._before(project)

    def cost_enough(self, project: int) -> int | None:
        """A cost at which a loser would have been bought: what the budget held and, unless its
        turn had come, less than was gathered, so that it comes before whatever ended the count."""
        gathered = self.gathered(project)
        if project == self.stopped_by:
            return self.counted.left or None
        sooner = -(-gathered // 1) - 1
        return max(min(int(sooner), self.counted.left), 0) or None

    def votes_enough(self, project: int) -> int | None:
        """A number of voters more, who choose it alone, with whom a loser would have been bought;
        None where the budget did not hold it."""
        cost = self.election.costs[project]
        if cost > self.counted.left or not self.ended:
            return None
        missing = cost - self.gathered(project)
        return int(missing // self.ended) + 1

    def _due(self, project: int) -> Fraction:
        """When its supporters can pay for it."""
        owed = self.election.costs[project] + self._before(project)
        return owed / self.election.votes[project]

    def _before(self, project: int) -> Fraction:
        """What was given to its supporters before their purses were last emptied."""
        kinds = self.election.supporters[project]
        by_moment = np.bincount(self.emptied[kinds], weights=self.election.cast[kinds])
        spent = ((int(count) * self.moments[r]) for r, count in enumerate(by_moment) if count)
        return sum(spent, Fraction(0))
