"""By most votes: at which cost, and with how many more votes, a project would have won.

What stands before a project in the order of turns takes no notice of it. So only its own place
and what is left there change, and the answers are exact: the greatest cost, the least number.
Source: docs/algorithms/budget.md, Why.
"""

from yishi.counting.budget.counted import Counted, Rule
from yishi.counting.budget.greedy import Fate

Key = tuple[int, int, int, int]


class Turns:
    """The turns of a count by most votes, asked what would have changed them."""

    def __init__(self, counted: Counted) -> None:
        self.counted = counted
        self.costs, self.scores = counted.election.costs, counted.election.scores
        self.votes = counted.election.votes
        self.drawn = {project: place for place, project in enumerate(counted.lot)}
        self.turns = counted.turns
        self.place = {turn.project: at for at, turn in enumerate(counted.turns)}
        self.least = max(counted.threshold, 1)
        self.skips = counted.rule is not Rule.GREEDY_NO_SKIP
        dear = (at for at, turn in enumerate(self.turns) if turn.fate is Fate.TOO_DEAR)
        self.broke = len(self.turns) if self.skips else next(dear, len(self.turns))

    def fate(self, project: int) -> Fate:
        """What became of it in its turn."""
        return self.turns[self.place[project]].fate

    def left_before(self, project: int) -> int:
        """What was left when its turn came."""
        return self.turns[self.place[project]].left

    def cost_enough(self, project: int) -> int | None:
        """The greatest cost at which a loser that took part would have won; None where none is."""
        at = self.place[project]
        found = [self._open(at)]
        while at and self.scores[self.turns[at - 1].project] == self.scores[project]:
            at -= 1
            found.append(min(self._open(at), self._ahead_at(project, self.turns[at].project)))
        best = max(found)
        return best if best > 0 else None

    def votes_enough(self, project: int) -> int | None:
        """The least number of points more, one from each of as many voters who choose nothing
        else, with which a loser would have won; None where no number would do."""
        at, cost = self.place[project], self.costs[project]
        needed = max(self.least - self.scores[project], 1)
        while self._open(at) < cost:
            if not at:
                return None
            at -= 1
        if at == self.place[project]:
            return needed
        passed = self.turns[at].project
        more = self.scores[passed] - self.scores[project]
        if more < 0 or not self._key(project, more) < self._key(passed):
            more += 1
        return max(more, needed)

    def spare(self, project: int) -> int | None:
        """How many votes fewer a winner could have had and still won, by approvals alone."""
        if self.scores[project] != self.votes[project]:
            return None
        at, cost = self.place[project], self.costs[project]
        most = self.scores[project] - self.least
        left = self.turns[at].left
        # What comes later finds its money still there: it is counted on without it.
        for turn in self.turns[at + 1 :]:
            other = turn.project
            if turn.fate is Fate.BELOW:
                break
            if self.costs[other] <= left:
                left -= self.costs[other]
            elif not self.skips:
                left = 0
            if left < cost:
                fewer = self.scores[project] - self.scores[other]
                if fewer and not self._key(project, -fewer) < self._key(other):
                    fewer -= 1
                return min(fewer, most)
        return most

    def _open(self, at: int) -> int:
        """What a turn at this place would find left; nothing where the count had ended."""
        return 0 if at > self.broke else self.turns[at].left

    def _ahead_at(self, project: int, other: int) -> int:
        """The greatest cost at which a project goes before another of as many points."""
        own = (-self.votes[project], self.drawn[project])
        before = own < (-self.votes[other], self.drawn[other])
        return self.costs[other] if before else self.costs[other] - 1

    def _key(self, project: int, more: int = 0) -> Key:
        """By what turns are ordered, with so many votes more."""
        return (
            -self.scores[project] - more,
            self.costs[project],
            -self.votes[project] - more,
            self.drawn[project],
        )
