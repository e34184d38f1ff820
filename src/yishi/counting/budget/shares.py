"""The method of equal shares with cost utilities: who wins, exact, ranked by floats.

Every voter gets the same purse. Round by round the project is bought whose supporters pay least
for a yuan of it, paying all alike or with all they have left. Floats rank the projects, each
with how far it can be off; whatever that leaves open is decided by fractions.
Source: Peters, Pierczyński, Skowron 2021; docs/algorithms/budget.md, Equal shares.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from yishi.counting.budget.election import Election
from yishi.counting.budget.purses import Purses
from yishi.counting.budget.ties import Rank

Floats = NDArray[np.float64]
HALF_UNIT = 2.0**-53
"""How far a rounded float is off, for one that is 1."""
ROUNDED = 2.0**-46
"""How far a sum of some thousand rounded floats can be off, for one that is 1."""
NEARLY = 1 + 1e-6
TOO_ROUGH = 1e-9
"""A purse that may be off by more than this of the first is taken from the fractions again."""


class Shares:
    """One count of equal shares with `each` in every purse. `run` answers the winners in the order
    they were bought; `exact` the purses as they are."""

    def __init__(
        self,
        election: Election,
        rank: Rank,
        each: Fraction,
        purses: Purses | None = None,
    ) -> None:
        self.election, self.rank = election, rank
        self.purses = purses or Purses(election, each)
        self.prices = np.array(self.purses.prices, dtype=np.float64)
        self.bought: list[int] = [project for project, _ in self.purses.paid]
        self.synced = len(self.bought)
        self.cast = election.cast.astype(np.float64)
        votes = np.array(election.votes, dtype=np.float64)
        # What a supporter pays for a yuan of it: at first all pay alike. It never falls.
        alike = self.prices / np.array(election.costs, dtype=np.float64)
        self.rate = np.divide(alike, votes, out=np.full(len(votes), np.inf), where=votes > 0)
        self.rate[self.bought] = np.inf
        self.off = np.zeros(len(votes))
        # Until something is bought all pay alike for what they chose, and votes tell the rate.
        self.fresh = not self.bought and self.purses.prices == election.costs
        self.each = float(each)
        self.left: Floats = np.full(len(self.cast), self.each)
        self.rough: Floats = self.left * HALF_UNIT
        if self.bought:
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
            if self.purses.prices[project] > left:
                self.rate[project] = np.inf
                continue
            left -= self.purses.prices[project]
            self._buy(project)
            now.append(project)
        return now

    def exact(self) -> Purses:
        """The purses as they are now, in fractions."""
        for project in self.bought[self.synced :]:
            self.purses.pay(project)
        self.synced = len(self.bought)
        return self.purses

    def _next(self) -> int | None:
        """The project to buy now, None where none can be."""
        looked: list[int] = []
        most = np.inf
        for project in self._by_rate():
            if self.rate[project] - self.off[project] > most:
                break
            if self._look(project):
                looked.append(project)
                most = min(most, self.rate[project] + self.off[project])
        near = [p for p in looked if self.rate[p] - self.off[p] <= most]
        return self._decide(near) if near else None

    def _by_rate(self) -> list[int]:
        """What may still be bought, the lowest rate known first."""
        alive = np.flatnonzero(np.isfinite(self.rate))
        order: list[int] = alive[np.argsort(self.rate[alive] - self.off[alive])].tolist()
        return order

    def _look(self, project: int) -> bool:
        """Works out the rate of a project now; False where its supporters cannot pay for it."""
        kinds = self.election.supporters[project]
        held, cast, rough = self.left[kinds], self.cast[kinds], self.rough[kinds]
        price, cost = self.prices[project], self.election.costs[project]
        together = float(held @ cast)
        sure = float(rough @ cast) + (together + price) * ROUNDED
        if together < price - sure or (
            together <= price + sure and self.exact().most(project) is None
        ):
            self.rate[project] = np.inf
            return False
        rest, payers = _even(held, cast, price)
        gave = rest / payers
        # Only what the poorer lack or have over is made up by the others.
        poor = held <= gave * NEARLY
        off = 2 * (float(rough[poor] @ cast[poor]) + (together + price) * ROUNDED) / payers
        self.rate[project], self.off[project] = gave / cost, off / cost
        return True

    def _decide(self, near: list[int]) -> int:
        """Who goes first of those whom floats cannot tell apart."""
        if len(near) == 1:
            return near[0]
        if self.fresh:
            return min(near, key=lambda p: (-self.election.votes[p], self.rank[p]))
        purses, costs = self.exact(), self.election.costs
        return min(near, key=lambda p: ((purses.most(p) or 0) / costs[p], self.rank[p]))

    def _buy(self, project: int) -> None:
        """Takes from every purse what is due for the project."""
        kinds = self.election.supporters[project]
        cost = self.election.costs[project]
        gave, off = self.rate[project] * cost, self.off[project] * cost
        left = self.left[kinds] - gave
        rough = self.rough[kinds] + off + self.each * ROUNDED
        # Whoever may have a trace left keeps the doubt: only what is surely empty is known.
        empty = left < -rough
        self.left[kinds] = np.maximum(left, 0.0)
        self.rough[kinds] = np.where(empty, 0.0, rough)
        self.rate[project] = np.inf
        self.fresh = False
        self.bought.append(project)
        if off > self.each * TOO_ROUGH:
            self._sync()

    def _sync(self) -> None:
        """Takes the floats from the fractions again."""
        purses = self.exact()
        last = purses.denominators
        self.left = np.array(
            [have / last[since] for have, since in zip(purses.left, purses.since, strict=True)]
        )
        self.rough = self.left * HALF_UNIT


def _even(held: Floats, cast: Floats, price: float) -> tuple[float, float]:
    """What is left to pay once those with less gave all, and by how many it is paid alike."""
    rest, payers = price, float(cast.sum())
    while True:
        poor = held * payers < rest
        if not poor.any():
            return rest, payers
        given = float(held[poor] @ cast[poor])
        rich = ~poor
        held, cast = held[rich], cast[rich]
        if not len(held):
            return rest, payers
        rest -= given
        payers = float(cast.sum())


def equal_shares(election: Election, rank: Rank, each: Fraction | None = None) -> Shares:
    """A count that has ended; `each` is the budget shared out alike where it is not given. Where
    nobody voted nothing is bought."""
    if each is None:
        each = Fraction(election.budget, max(election.voters, 1))
    count = Shares(election, rank, each)
    count.run()
    return count
