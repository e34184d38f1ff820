"""The method of equal shares with cost utilities: who wins, exact, ranked by floats.

Every voter gets the same purse. Round by round the project is bought whose supporters pay least
for a yuan of it, paying all alike or with all they have left. Floats rank the projects, each
with how far it can be off; whatever that leaves open is decided by fractions.
Source: Peters, Pierczyński, Skowron 2021; docs/algorithms/budget.md, Equal shares.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from yishi.counting.budget.election import Election
from yishi.counting.budget.floats import FEW, HALF_UNIT, NEARLY, TOO_ROUGH, Floats, dot, even
from yishi.counting.budget.purses import Purses
from yishi.counting.budget.ties import Rank


class Turn(NamedTuple):
    """A purchase: the project, at most what its supporters paid for a yuan of it, and by how many
    it was surely paid alike while the others had nothing; 0 where that is not sure."""

    project: int
    most: float
    payers: int


class Shares:
    """One count of equal shares with `each` in every purse, or going on from `purses`. `run`
    answers the winners in the order they were bought; `exact` the purses as they are."""

    def __init__(
        self,
        election: Election,
        rank: Rank,
        each: Fraction,
        purses: Purses | None = None,
    ) -> None:
        self.election, self.rank, self.first, self.purses = election, rank, each, purses
        self.costs = purses.prices if purses else election.costs
        self.prices = [float(price) for price in self.costs]
        self.bought: list[int] = [project for project, _ in purses.paid] if purses else []
        self.synced = len(self.bought)
        self.turns: list[Turn] = []
        votes = np.array(election.votes, dtype=np.float64)
        # What a supporter pays for a yuan of it: at first all pay alike. It never falls.
        alike = np.array(self.prices) / np.array(election.costs, dtype=np.float64)
        self.rate = np.divide(alike, votes, out=np.full(len(votes), np.inf), where=votes > 0)
        self.rate[self.bought] = np.inf
        self.off = np.where(np.isfinite(self.rate), self.rate * FEW, 0.0)
        self.each = float(each)
        self.left: Floats = np.full(len(election.cast), self.each)
        self.rough: Floats = self.left * HALF_UNIT
        self.roughest = self.each * HALF_UNIT
        if purses:
            self._sync()

    def run(self) -> list[int]:
        """Buys until nothing can be paid for."""
        while (project := self._next()) is not None:
            self._buy(project)
        return self.bought

    def buy_within(self, left: int, shut: Collection[int]) -> list[int]:
        """Buys what is to be had for the money left, `shut` apart; answers what was bought now.
        What comes up and is too dear is passed over for good."""
        self.rate[list(shut)] = np.inf
        now: list[int] = []
        while (project := self._next()) is not None:
            if self.costs[project] > left:
                self.rate[project] = np.inf
                continue
            left -= self.costs[project]
            self._buy(project)
            now.append(project)
        return now

    def follow(self, less: Shares) -> bool:
        """Buys what a count with less in every purse bought; whether that proves that so does each
        count with as much or anything between. Where it answers False this count is of no use.

        After the same purchases whoever had more has no less left, and nothing costs its voters
        more. So it is proved where each purchase cost less by the yuan with the smaller purses
        than anything else would with the larger ones.
        """
        for turn in less.turns:
            if not (self._is_first(turn) and self._look(turn.project)):
                return False
            self._buy(turn.project)
        return not any(self._look(p) for p in np.flatnonzero(np.isfinite(self.rate)).tolist())

    def _is_first(self, turn: Turn) -> bool:
        """Whether all others surely cost more by the yuan, or as much and go after it."""
        least = self.rate - self.off
        least[turn.project] = np.inf
        while least[other := int(least.argmin())] <= turn.most:
            least[other] = np.inf
            if not self._look(other) or self.rate[other] - self.off[other] > turn.most:
                continue
            payers = self._payers(other) if turn.payers else 0
            if not payers:
                return False
            here, there = self._alike(other, payers), self._alike(turn.project, turn.payers)
            if (there, self.rank[turn.project]) > (here, self.rank[other]):
                return False
        return True

    def exact(self) -> Purses:
        """The purses as they are now, in fractions."""
        if self.purses is None:
            self.purses = Purses(self.election, self.first)
        for project in self.bought[self.synced :]:
            self.purses.pay(project)
        self.synced = len(self.bought)
        return self.purses

    def _next(self) -> int | None:
        """The project to buy now, None where none can be. One whose known rate is above the best
        is not looked at, since a rate never falls."""
        least = self.rate - self.off
        looked: list[int] = []
        most = np.inf
        while True:
            project = int(least.argmin()) if len(least) else -1
            if project < 0 or least[project] > most or least[project] == np.inf:
                break
            least[project] = np.inf
            if self._look(project):
                looked.append(project)
                most = min(most, self.rate[project] + self.off[project])
        near = [p for p in looked if self.rate[p] - self.off[p] <= most]
        if len(near) < 2:
            return near[0] if near else None
        return min(near, key=lambda p: (self._exact_rate(p), self.rank[p]))

    def _exact_rate(self, project: int) -> Fraction:
        """What a supporter pays for a yuan of a project that was looked at."""
        payers = self._payers(project)
        if payers:
            return self._alike(project, payers)
        return (self.exact().most(project) or Fraction(0)) / self.election.costs[project]

    def _alike(self, project: int, payers: int) -> Fraction:
        """What each pays for a yuan of a project where so many share it."""
        return Fraction(self.costs[project], self.election.costs[project] * payers)

    def _payers(self, project: int) -> int:
        """By how many it is paid alike while the others surely have nothing; 0 where not sure."""
        kinds = self.election.supporters[project]
        held, rough = self.left[kinds], self.rough[kinds]
        gave = self.prices[project] / self.election.votes[project]
        while True:
            rich = held - rough > gave * (1 + NEARLY)
            payers = int(self.election.cast[kinds[rich]].sum())
            if not payers or held[~rich].any() or rough[~rich].any():
                return 0
            if gave == self.prices[project] / payers:
                return payers
            gave = self.prices[project] / payers

    def _look(self, project: int) -> bool:
        """Works out the rate of a project now; False where its supporters cannot pay for it."""
        held = self.left.take(self.election.supporters[project])
        cast, votes = self.election.weights[project], self.election.votes[project]
        price, cost = self.prices[project], self.election.costs[project]
        together = dot(held, cast)
        doubt = self.roughest * votes + (together * len(held) + price) * FEW
        if together < price - doubt or (
            together <= price + doubt and self.exact().most(project) is None
        ):
            self.rate[project] = np.inf
            return False
        known = float(self.rate[project] - self.off[project]) * cost
        gave = even(held, cast, price, price / votes, known)
        sure = dot(cast, held > gave * (1 + NEARLY))
        self.rate[project] = gave / cost
        self.off[project] = self._off_by(project, gave, sure, self.roughest * (votes - sure)) / cost
        return True

    def _off_by(self, project: int, gave: float, sure: float, doubted: float) -> float:
        """How far what each gives for a project may be off: what the others may have more or less,
        `doubted`, is made up by those who are `sure` to pay alike; by one voter at worst."""
        price, many = self.prices[project], len(self.election.supporters[project])
        lost = doubted + ((price - gave * sure) * many + price) * FEW
        if sure and lost / sure + self.roughest <= gave * NEARLY / 2:
            return lost / sure + gave * FEW
        return 4 * (self.roughest * self.election.votes[project] + price * (many + 1) * FEW)

    def _buy(self, project: int) -> None:
        """Takes from every purse what is due for the project."""
        kinds = self.election.supporters[project]
        cost = self.election.costs[project]
        gave = float(self.rate[project]) * cost
        held, rough = self.left.take(kinds), self.rough.take(kinds)
        near = self.election.weights[project] * (held <= gave * (1 + NEARLY))
        sure = self.election.votes[project] - float(near.sum())
        doubted = dot(rough, near)
        known = not doubted and self.roughest <= gave * NEARLY / 2
        most = float(self.rate[project] + self.off[project])
        self.turns.append(Turn(project, most, int(sure) if known else 0))
        left = held - gave
        rough += self._off_by(project, gave, sure, doubted) + self.each * FEW
        # Whoever may have a trace left keeps the doubt: only what is surely empty is known.
        empty = left < -rough
        self.left[kinds] = np.maximum(left, 0.0)
        rough[empty] = 0.0
        self.rough[kinds] = rough
        self.roughest = max(self.roughest, float(rough.max()))
        self.rate[project] = np.inf
        self.off[project] = 0.0
        self.bought.append(project)
        if self.roughest > self.each * TOO_ROUGH:
            self._sync()

    def _sync(self) -> None:
        """Takes the floats from the fractions again."""
        purses = self.exact()
        last = purses.denominators
        self.left = np.array(
            [have / last[since] for have, since in zip(purses.left, purses.since, strict=True)]
        )
        self.rough = self.left * HALF_UNIT
        self.each = max(self.each, float(self.left.max(initial=0.0)))
        self.roughest = self.each * HALF_UNIT


def equal_shares(election: Election, rank: Rank, each: Fraction | None = None) -> Shares:
    """A count that has ended; `each` is the budget shared out alike where it is not given. Where
    nobody voted nothing is bought."""
    if each is None:
        each = Fraction(election.budget, max(election.voters, 1))
    count = Shares(election, rank, each)
    count.run()
    return count
