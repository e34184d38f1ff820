"""Equal shares where neighbours and firms give to projects, in two stages that harm nobody.

First everything is counted at its whole cost, as if nobody gave. What wins there has won. Then
each gift to a winner goes back to those who paid for it, in the proportion they paid, and with
what is in the purses now the other projects are counted at what is left of their cost.
Whatever a voter had without gifts, they have with them.
Source: Chen, Lackner, Maly 2022 on gifts that harm nobody; docs/algorithms/budget.md, Gifts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from yishi.counting.budget.completion import Completed
from yishi.counting.budget.election import BadElection, Election
from yishi.counting.budget.greedy import Turn, most_votes_first, winners
from yishi.counting.budget.purses import Purses
from yishi.counting.budget.receipts import receipt
from yishi.counting.budget.shares import Shares
from yishi.counting.budget.ties import Rank

Gifts = Mapping[int, int]
"""Project → what is given to it, in the smallest unit, at most its cost."""


@dataclass(frozen=True)
class WithGifts:
    """Who won without gifts, who besides with them, what of the budget is left over, and `shares`,
    which holds what each paid in both stages."""

    without: list[int]
    besides: list[int]
    after: list[Turn]
    left: int
    shares: Shares


def with_gifts(election: Election, rank: Rank, first: Completed, gifts: Gifts) -> WithGifts:
    """The second stage after `first`, which counted the whole costs. Raises BadElection for a gift
    below 0 or above the cost of its project."""
    for project, gift in gifts.items():
        if not 0 <= gift <= election.costs[project]:
            raise BadElection(f"the gift to project {project} is not between 0 and its cost")
    won = (*first.shares.bought, *winners(first.after))
    prices = tuple(cost - gifts.get(p, 0) for p, cost in enumerate(election.costs))
    left = election.budget - sum(prices[project] for project in won)
    purses = first.shares.exact().priced(prices)
    _give_back(first, gifts, purses)
    shares = Shares(election, rank, first.each, purses)
    besides = shares.buy_within(left, shut=won)
    left -= sum(prices[project] for project in besides)
    after = most_votes_first(election, rank, already=(*won, *besides), prices=prices, left=left)
    left -= sum(prices[project] for project in winners(after))
    return WithGifts(list(won), besides, after, left, shares)


def _give_back(first: Completed, gifts: Gifts, purses: Purses) -> None:
    """Each gift to what was bought goes to its payers, in the proportion they paid."""
    election, rounds = purses.election, first.shares.exact().paid
    given = {p: Fraction(gifts[p], election.costs[p]) for p, _ in rounds if gifts.get(p)}
    kinds = sorted({kind for p in given for kind in election.supporters[p].tolist()})
    for kind in kinds:
        chose = set(election.named_by(kind))
        paid = receipt(first.each, rounds, chose).paid
        purses.give_back(kind, sum((gave * given.get(p, 0) for p, gave in paid), Fraction(0)))
