"""An election counted by a rule named with its version, as one value that everything shows.

A round that is kept and a `.pb` file are told from the same value: who won, in which order, how,
and what is left. Source: docs/algorithms/budget.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import numpy as np

from yishi.counting.budget.completion import Completed, Convention, completed
from yishi.counting.budget.election import Election
from yishi.counting.budget.gifts import Gifts, with_gifts
from yishi.counting.budget.greedy import Turn, most_votes_first, winners
from yishi.counting.budget.phragmen import sequential_phragmen
from yishi.counting.budget.purses import Purses
from yishi.counting.budget.ties import Rank, ties


class Rule(StrEnum):
    """A rule and its version, as the notice of a round states it."""

    GREEDY_SKIP = "greedy/skip"
    GREEDY_NO_SKIP = "greedy/no_skip"
    GREEDY_THRESHOLD = "greedy/threshold"
    SHARES_PLAIN = "equal_shares/plain"
    SHARES_UNTIL_OVERSPENT = "equal_shares/until_overspent"
    SHARES_UNTIL_EXHAUSTIVE = "equal_shares/until_exhaustive"
    PHRAGMEN = "phragmen/sequential"

    @property
    def by_shares(self) -> bool:
        """Whether every voter has a share, and so a receipt."""
        return self.value.startswith("equal_shares/")


GREEDY = (Rule.GREEDY_SKIP, Rule.GREEDY_NO_SKIP, Rule.GREEDY_THRESHOLD)


class Way(StrEnum):
    """How a project won."""

    VOTES = "votes"
    """In its turn by most votes."""
    SHARES = "shares"
    """Paid for by the shares of those who chose it."""
    LEFT_OVER = "left_over"
    """By most votes, from what the shares left over."""
    GIFTS = "gifts"
    """Paid for by shares once gifts had been taken off its cost and given back."""
    PACE = "pace"
    """Its supporters had gathered the money at the pace it comes to all (Phragmén)."""


@dataclass(frozen=True)
class Won:
    """A winner. `most`: what any one supporter paid at most, by shares; `at`: the moment it could
    be paid for, as money each had been given (Phragmén); `left`: what the budget held before."""

    project: int
    way: Way
    left: int
    most: Fraction | None = None
    at: Fraction | None = None


@dataclass(frozen=True)
class Counted:
    """One count. `won` in the order they did; `left` of the budget; `each` in every purse after
    `steps` units; `turns` those by most votes, of all or of what was left over; `together` what
    the supporters of each project had left when sharing ended, empty without shares."""

    election: Election = field(repr=False)
    lot: tuple[int, ...] = field(repr=False)
    rule: Rule
    won: tuple[Won, ...]
    left: int
    threshold: int = 0
    unit: int = 1
    gifts: Mapping[int, int] = field(default_factory=dict)
    each: Fraction = Fraction(0)
    steps: int = 0
    turns: tuple[Turn, ...] = ()
    together: tuple[Fraction, ...] = field(default=(), repr=False)

    @property
    def winners(self) -> tuple[int, ...]:
        """The projects that won, in the order they did."""
        return tuple(one.project for one in self.won)

    @cached_property
    def rank(self) -> Rank:
        """The order of ties it was counted by."""
        return ties(self.election, self.lot)

    @property
    def spent(self) -> int:
        """What the winners take of the budget; gifts to them are not in it."""
        return self.election.budget - self.left

    @cached_property
    def reached(self) -> int:
        """How many voters have at least one project they chose among the winners."""
        kinds = [self.election.supporters[project] for project in self.winners]
        if not kinds:
            return 0
        return int(self.election.cast[np.unique(np.concatenate(kinds))].sum())


def count(
    election: Election,
    lot: Sequence[int],
    rule: Rule,
    *,
    threshold: int = 0,
    unit: int = 1,
    gifts: Gifts | None = None,
) -> Counted:
    """Counts by the rule. `lot`: every project once, as drawn before the count. `threshold`: the
    least points to take part, of `greedy/threshold` alone. `unit`: one step of completion, in the
    smallest unit of money. `gifts`: counted in two stages, by equal shares alone.

    Raises BadElection for a lot that misses a project and a gift that is not between 0 and the
    cost; ValueError for gifts where the rule knows none."""
    rank = ties(election, lot)
    drawn = tuple(lot)
    if gifts and not rule.by_shares:
        raise ValueError(f"{rule} knows no gifts")
    if rule in GREEDY:
        least = threshold if rule is Rule.GREEDY_THRESHOLD else 0
        skip = rule is not Rule.GREEDY_NO_SKIP
        turns = most_votes_first(election, rank, skip=skip, threshold=least)
        won, left = _spend(election, ((p, Way.VOTES, None, None) for p in winners(turns)))
        return Counted(election, drawn, rule, won, left, threshold=least, turns=tuple(turns))
    if rule is Rule.PHRAGMEN:
        bought = sequential_phragmen(election, rank)
        won, left = _spend(election, ((one.project, Way.PACE, None, one.at) for one in bought))
        return Counted(election, drawn, rule, won, left)
    first = completed(election, rank, Convention(rule.value.partition("/")[2]), unit)
    return replace(_shared(election, drawn, rule, rank, first, gifts or {}), unit=unit)


def _shared(
    election: Election,
    lot: tuple[int, ...],
    rule: Rule,
    rank: Rank,
    first: Completed,
    gifts: Gifts,
) -> Counted:
    """What equal shares came to, with gifts in their second stage where there are any."""
    purses = first.shares.exact()
    rows: list[Row] = [(p, Way.SHARES, most, None) for p, most in purses.paid]
    rows += [(p, Way.LEFT_OVER, None, None) for p in winners(first.after)]
    turns = first.after
    if gifts:
        told = with_gifts(election, rank, first, gifts)
        after_gifts = told.shares.exact()
        rows += [(p, Way.GIFTS, most, None) for p, most in after_gifts.paid[len(purses.paid) :]]
        rows += [(p, Way.LEFT_OVER, None, None) for p in winners(told.after)]
        purses, turns = after_gifts, told.after
    won, left = _spend(election, rows, gifts)
    return Counted(
        election,
        lot,
        rule,
        won,
        left,
        gifts=dict(gifts),
        each=first.each,
        steps=first.steps,
        turns=tuple(turns),
        together=_together(purses),
    )


def _together(purses: Purses) -> tuple[Fraction, ...]:
    return tuple(purses.together(project) for project in range(len(purses.prices)))


Row = tuple[int, Way, Fraction | None, Fraction | None]


def _spend(
    election: Election, rows: Iterable[Row], gifts: Gifts | None = None
) -> tuple[tuple[Won, ...], int]:
    """The winners with what the budget held before each, and what is left."""
    left, won = election.budget, []
    for project, way, most, at in rows:
        won.append(Won(project, way, left, most, at))
        left -= election.costs[project] - (gifts or {}).get(project, 0)
    return tuple(won), left
