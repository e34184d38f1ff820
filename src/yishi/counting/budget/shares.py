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

from yishi.counting.budget.compiled import engine_for
from yishi.counting.budget.election import Election
from yishi.counting.budget.floats import (
    HALF_UNIT,
    NEARLY,
    TOO_ROUGH,
    Engine,
    State,
    Turns,
)
from yishi.counting.budget.purses import Purses
from yishi.counting.budget.ties import Rank


class Shares:
    """One count of equal shares with `each` in every purse, or going on from `purses`. `run`
    answers the winners in the order they were bought; `exact` the purses as they are."""

    def __init__(
        self,
        election: Election,
        rank: Rank,
        each: Fraction,
        purses: Purses | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.election, self.rank, self.first, self.purses = election, rank, each, purses
        self.engine = engine or engine_for(election)
        self.costs = purses.prices if purses else election.costs
        self.bought: list[int] = [project for project, _ in purses.paid] if purses else []
        self.synced = self.before = len(self.bought)
        self.back = election.backing.priced(purses.prices) if purses else election.backing
        rate, off, left = self.back.rate.copy(), self.back.off.copy(), float(each)
        rate[self.bought] = np.inf
        purse = np.full(len(election.cast), left)
        scale = np.array([left, left * HALF_UNIT])
        self.state = State(purse, purse * HALF_UNIT, rate, off, scale)
        many = len(self.costs)
        self.turns = Turns(np.empty(many, np.int64), np.empty(many), np.empty(many, np.int64))
        if purses:
            self._sync()

    @property
    def turned(self) -> int:
        """How many were bought in this count."""
        return len(self.bought) - self.before

    def run(self) -> list[int]:
        """Buys until nothing can be paid for."""
        while True:
            self._bought(self.engine.buy_sure(self.back, self.state, self.turns, self.turned))
            project = self._next()
            if project is None:
                return self.bought
            self._buy(project)

    def buy_within(self, left: int, shut: Collection[int]) -> list[int]:
        """Buys what is to be had for the money left, `shut` apart; answers what was bought now.
        What comes up and is too dear is passed over for good."""
        self.state.rate[list(shut)] = np.inf
        now: list[int] = []
        while (project := self._next()) is not None:
            if self.costs[project] > left:
                self.state.rate[project] = np.inf
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
        ask, back, state = self.engine, self.back, self.state
        while self.turned < less.turned:
            turn = self.turned
            self._bought(ask.follow_sure(back, state, self.turns, turn, less.turns, less.turned))
            if self.turned > turn:
                continue
            project = int(less.turns.project[turn])
            if not (self._is_first(less.turns, turn) and self._look(project)):
                return False
            self._buy(project)
        while (project := ask.open_one(back, state)) >= 0:
            if self._look(project):
                return False
        return True

    def _is_first(self, ahead: Turns, turn: int) -> bool:
        """Whether all others surely cost more by the yuan, or as much and go after it."""
        state, first, paid = self.state, int(ahead.project[turn]), int(ahead.payers[turn])
        most = float(ahead.most[turn])
        least = state.rate - state.off
        least[first] = np.inf
        while least[other := int(least.argmin())] <= most:
            least[other] = np.inf
            if not self._look(other) or state.rate[other] - state.off[other] > most:
                continue
            payers = self._payers(other) if paid else 0
            if not payers:
                return False
            here, there = self._alike(other, payers), self._alike(first, paid)
            if (there, self.rank[first]) > (here, self.rank[other]):
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
        state = self.state
        least = state.rate - state.off
        most = np.inf
        while least[project := int(least.argmin())] <= most and least[project] < np.inf:
            least[project] = np.inf
            if self._look(project):
                most = min(most, state.rate[project] + state.off[project])
        if most == np.inf:
            return None
        near: list[int] = np.flatnonzero(state.rate - state.off <= most).tolist()
        if len(near) == 1:
            return near[0]
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
        held, rough = self.state.left[kinds], self.state.rough[kinds]
        price = float(self.costs[project])
        gave = price / self.election.votes[project]
        while True:
            rich = held - rough > gave * (1 + NEARLY)
            payers = int(self.election.cast[kinds[rich]].sum())
            if not payers or held[~rich].any() or rough[~rich].any():
                return 0
            if gave == price / payers:
                return payers
            gave = price / payers

    def _look(self, project: int) -> bool:
        """Works out the rate of a project now; False where its supporters cannot pay for it."""
        rate = self.engine.look(self.back, self.state, project, False)
        if np.isnan(rate):
            if self.exact().most(project) is None:
                self.state.rate[project], self.state.off[project] = np.inf, 0.0
                return False
            rate = self.engine.look(self.back, self.state, project, True)
        return bool(rate < np.inf)

    def _buy(self, project: int) -> None:
        """Takes from every purse what is due for a project that was looked at."""
        self.engine.take(self.back, self.state, self.turns, self.turned, project)
        self._bought(self.turned + 1)

    def _bought(self, turned: int) -> None:
        """So many turns are taken now."""
        self.bought += self.turns.project[self.turned : turned].tolist()
        if self.state.scale[1] > self.state.scale[0] * TOO_ROUGH:
            self._sync()

    def _sync(self) -> None:
        """Takes the floats from the fractions again."""
        purses, state = self.exact(), self.state
        last = purses.denominators
        state.left[:] = [
            have / last[since] for have, since in zip(purses.left, purses.since, strict=True)
        ]
        state.rough[:] = state.left * HALF_UNIT
        state.scale[0] = max(state.scale[0], float(state.left.max(initial=0.0)))
        state.scale[1] = state.scale[0] * HALF_UNIT


def equal_shares(
    election: Election, rank: Rank, each: Fraction | None = None, engine: Engine | None = None
) -> Shares:
    """A count that has ended; `each` is the budget shared out alike where it is not given. Where
    nobody voted nothing is bought."""
    if each is None:
        each = Fraction(election.budget, max(election.voters, 1))
    count = Shares(election, rank, each, engine=engine)
    count.run()
    return count
