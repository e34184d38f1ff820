"""What every voter has left to spend, exact: whole numbers over one denominator that grows.

All ballots of one kind hold the same purse. A purse is brought to the present denominator only
when it is looked at, so that what nobody touches costs nothing.
"""

from collections.abc import Iterable
from copy import copy
from fractions import Fraction
from math import gcd

from yishi.counting.budget.election import Election


class Purses:
    """Equal purses at the beginning; a project is paid for by those who chose it, all alike, or
    with all they have left. `prices` replaces what projects cost (a gift lowers it)."""

    def __init__(self, election: Election, each: Fraction, prices: tuple[int, ...] = ()) -> None:
        self.election = election
        self.prices = prices or election.costs
        kinds = len(election.cast)
        self.denominators = [each.denominator]
        self.left = [each.numerator] * kinds
        self.since = [0] * kinds
        self.cast = election.cast.tolist()
        self.paid: list[tuple[int, Fraction]] = []

    def priced(self, prices: tuple[int, ...]) -> "Purses":
        """The same purses, to go on from where what projects cost is lowered by gifts."""
        other = copy(self)
        other.prices = prices
        other.denominators, other.paid = self.denominators.copy(), self.paid.copy()
        other.left, other.since = self.left.copy(), self.since.copy()
        return other

    def in_purse(self, kind: int) -> Fraction:
        """What a voter of this kind has left."""
        return Fraction(self.left[kind], self.denominators[self.since[kind]])

    def together(self, project: int) -> Fraction:
        """What all who chose a project have left."""
        kinds = self._look_at(project)
        return Fraction(sum(self.left[k] * self.cast[k] for k in kinds), self.denominators[-1])

    def most(self, project: int) -> Fraction | None:
        """The least m such that the project is paid for if everyone who chose it gives m or, having
        less, all they have. None where all they have is too little."""
        rest = self._rest(project, self._look_at(project))
        return None if rest is None else Fraction(rest[0], rest[1] * self.denominators[-1])

    def pay(self, project: int) -> Fraction:
        """Buys a project; answers the most that one voter gave. Raises ValueError where all who
        chose it have too little."""
        kinds = self._look_at(project)
        rest = self._rest(project, kinds)
        if rest is None:
            raise ValueError(f"project {project} cannot be paid for")
        money, payers = rest
        shared = gcd(money, payers)
        money, payers = money // shared, payers // shared
        self.denominators.append(self.denominators[-1] * payers)
        now = len(self.denominators) - 1
        for kind in kinds:
            self.left[kind] = max(self.left[kind] * payers - money, 0)
            self.since[kind] = now
        gave = Fraction(money, self.denominators[-1])
        self.paid.append((project, gave))
        return gave

    def give_back(self, kind: int, money: Fraction) -> None:
        """Puts money into the purse of every voter of this kind."""
        have = self.in_purse(kind) + money
        last = self.denominators[-1]
        if last % have.denominator:
            self.denominators.append(last * have.denominator // gcd(last, have.denominator))
        self.left[kind] = have.numerator * (self.denominators[-1] // have.denominator)
        self.since[kind] = len(self.denominators) - 1

    def _look_at(self, project: int) -> list[int]:
        """The kinds that chose the project, their purses in the present denominator."""
        kinds: list[int] = self.election.supporters[project].tolist()
        now = len(self.denominators) - 1
        times: dict[int, int] = {}
        for kind in kinds:
            since = self.since[kind]
            if since != now:
                if since not in times:
                    times[since] = self.denominators[now] // self.denominators[since]
                self.left[kind] *= times[since]
                self.since[kind] = now
        return kinds

    def _rest(self, project: int, kinds: Iterable[int]) -> tuple[int, int] | None:
        """What is left to pay once the poorer gave all, in the present unit, and by how many."""
        rest = self.prices[project] * self.denominators[-1]
        held = sorted((self.left[kind], self.cast[kind]) for kind in kinds)
        payers = sum(cast for _, cast in held)
        for left, cast in held:
            if left * payers >= rest:
                return rest, payers
            rest -= left * cast
            payers -= cast
        return None
