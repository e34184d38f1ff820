"""Floats that rank, and how far each can be off. They never decide.

Plain functions over arrays, so that a compiler can take them as they stand (`compiled.py`).
Source: docs/algorithms/budget.md, Equal shares.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
HALF_UNIT = 2.0**-53
"""How far a rounded float is off, for one that is 1."""
FEW = 8 * HALF_UNIT
"""How far what comes of a few rounded steps is off, for one that is 1."""
NEARLY = 1e-6
"""Who has so much more than is due, as a part of it, surely pays it whole."""
PIECE = 8192
TOO_ROUGH = 1e-9
"""Where a purse may be off by more than this of the first, all are taken from the fractions."""


class Backing(NamedTuple):
    """Who stands behind each project, and what it costs. Those of project p are the `kinds` from
    `starts[p]` to `starts[p + 1]`, each `cast` so often. At first all of them pay alike: `rate` for
    a yuan of it, infinite where nobody does, `off` by so much."""

    starts: Numbers
    kinds: Numbers
    cast: Floats
    votes: Floats
    prices: Floats
    costs: Floats
    rate: Floats
    off: Floats

    def priced(self, prices: Sequence[int]) -> "Backing":
        """The same where what is to be paid for a project is not what it costs."""
        to_pay = np.array(prices, dtype=np.float64)
        nobody = np.full(len(self.votes), np.inf)
        rate = np.divide(to_pay / self.costs, self.votes, out=nobody, where=self.votes > 0)
        return self._replace(
            prices=to_pay, rate=rate, off=np.where(self.votes > 0, rate * FEW, 0.0)
        )


class State(NamedTuple):
    """What each kind has left and how far that may be off; what a supporter of each project pays
    for a yuan of it, as last looked at (it never falls), and how far that may be off. `scale`: the
    most in any purse at first, and the most by which any is off."""

    left: Floats
    rough: Floats
    rate: Floats
    off: Floats
    scale: Floats


class Turns(NamedTuple):
    """The purchases in their order: the project, at most what its supporters paid for a yuan of it,
    and by how many it was surely paid alike while the others had nothing; 0 where not sure."""

    project: Numbers
    most: Floats
    payers: Numbers


def dot(a: Floats, b: Floats) -> float:
    """The sum of the products; in pieces, for which no library wakes a second thread."""
    if len(a) <= PIECE:
        return float(np.dot(a, b))
    total = 0.0
    for at in range(0, len(a), PIECE):
        total += float(np.dot(a[at : at + PIECE], b[at : at + PIECE]))
    return total


def even(held: Floats, cast: Floats, price: float, votes: float, known: float) -> float:
    """What each gives where those with less give all: at least a like part, and what is `known`."""
    alike = price / votes
    gives, payers = max(alike, known), 0.0
    while True:
        rich = (held > gives).astype(np.float64)
        now = dot(cast, rich)
        if now == payers or now == 0.0 or (now == votes and gives == alike):
            return gives
        then = (price - dot(held * (1.0 - rich), cast)) / now
        if then < gives:
            if payers or gives == alike:
                return gives
            # What was known is above by a rounding: begin anew.
            gives = alike
            continue
        gives, payers = then, now


def off_by(
    back: Backing, state: State, project: int, gave: float, sure: float, doubted: float
) -> float:
    """How far what each gives for a project may be off: what the others may have more or less,
    `doubted`, is made up by those who are `sure` to pay alike; by one voter at worst."""
    price, roughest = float(back.prices[project]), float(state.scale[1])
    many = float(back.starts[project + 1] - back.starts[project])
    lost = doubted + ((price - gave * sure) * many + price) * FEW
    if sure and lost / sure + roughest <= gave * NEARLY / 2:
        return lost / sure + gave * FEW
    return 4 * (roughest * float(back.votes[project]) + price * (many + 1) * FEW)


def look(back: Backing, state: State, project: int, payable: bool) -> float:
    """Works out the rate of a project now and keeps it: infinite where its supporters surely
    cannot pay, not a number (and not kept) where only fractions can tell; `payable`: they told."""
    at, to = back.starts[project], back.starts[project + 1]
    held, cast = state.left[back.kinds[at:to]], back.cast[at:to]
    votes, roughest = float(back.votes[project]), float(state.scale[1])
    price, cost = float(back.prices[project]), float(back.costs[project])
    together = dot(held, cast)
    doubt = roughest * votes + (together * len(held) + price) * FEW
    if together < price - doubt:
        state.rate[project], state.off[project] = np.inf, 0.0
        return np.inf
    if together <= price + doubt and not payable:
        return np.nan
    known = float(state.rate[project] - state.off[project]) * cost
    gave = even(held, cast, price, votes, known)
    sure = dot(cast, (held > gave * (1 + NEARLY)).astype(np.float64))
    state.rate[project] = gave / cost
    state.off[project] = off_by(back, state, project, gave, sure, roughest * (votes - sure)) / cost
    return gave / cost


def take(back: Backing, state: State, turns: Turns, many: int, project: int) -> None:
    """Takes from every purse what is due for a project that was looked at: turn number `many`."""
    at, to = back.starts[project], back.starts[project + 1]
    kinds, cast = back.kinds[at:to], back.cast[at:to]
    each, roughest = float(state.scale[0]), float(state.scale[1])
    gave = float(state.rate[project]) * float(back.costs[project])
    held, rough = state.left[kinds], state.rough[kinds]
    near = cast * (held <= gave * (1 + NEARLY))
    sure = float(back.votes[project]) - float(near.sum())
    doubted = dot(rough, near)
    known = doubted == 0.0 and roughest <= gave * NEARLY / 2
    turns.project[many] = project
    turns.most[many] = state.rate[project] + state.off[project]
    turns.payers[many] = int(sure) if known else 0
    left = held - gave
    rough = rough + (off_by(back, state, project, gave, sure, doubted) + each * FEW)
    # Whoever may have a trace left keeps the doubt: only what is surely empty is known.
    rough = np.where(left < -rough, 0.0, rough)
    state.left[kinds] = np.maximum(left, 0.0)
    state.rough[kinds] = rough
    state.scale[1] = max(roughest, float(rough.max()))
    state.rate[project], state.off[project] = np.inf, 0.0


def buy_sure(back: Backing, state: State, turns: Turns, many: int) -> int:
    """Buys as long as floats are sure which is first; answers how many are bought then. One whose
    known rate is above the best is not looked at, since a rate never falls."""
    while many < len(turns.project) and state.scale[1] <= state.scale[0] * TOO_ROUGH:
        least = state.rate - state.off
        most = np.inf
        while True:
            project = int(least.argmin())
            if least[project] > most or least[project] == np.inf:
                break
            least[project] = np.inf
            rate = look(back, state, project, False)
            if np.isnan(rate):
                return many
            most = min(most, rate + float(state.off[project]))
        near = np.flatnonzero(state.rate - state.off <= most)
        if most == np.inf or len(near) > 1:
            return many
        take(back, state, turns, many, int(near[0]))
        many += 1
    return many


def follow_sure(
    back: Backing, state: State, turns: Turns, many: int, ahead: Turns, end: int
) -> int:
    """Buys as `ahead` did up to its turn `end`, as long as floats are sure that no other is first;
    answers how many are bought then."""
    while many < end and state.scale[1] <= state.scale[0] * TOO_ROUGH:
        first, most = int(ahead.project[many]), float(ahead.most[many])
        least = state.rate - state.off
        least[first] = np.inf
        while True:
            other = int(least.argmin())
            if least[other] > most or least[other] == np.inf:
                break
            least[other] = np.inf
            if not look(back, state, other, False) - state.off[other] > most:
                return many
        if not look(back, state, first, False) < np.inf:
            return many
        take(back, state, turns, many, first)
        many += 1
    return many


def open_one(back: Backing, state: State) -> int:
    """The first project that may still be paid for; -1 where surely none can."""
    for project in np.flatnonzero(state.rate < np.inf):
        if look(back, state, int(project), False) != np.inf:
            return int(project)
    return -1


class Engine(NamedTuple):
    """The functions a count asks for: these here, or the same ones compiled."""

    look: Callable[[Backing, State, int, bool], float]
    take: Callable[[Backing, State, Turns, int, int], None]
    buy_sure: Callable[[Backing, State, Turns, int], int]
    follow_sure: Callable[[Backing, State, Turns, int, Turns, int], int]
    open_one: Callable[[Backing, State], int]


PLAIN = Engine(look, take, buy_sure, follow_sure, open_one)
