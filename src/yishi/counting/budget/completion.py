"""Spending what equal shares leave over: one unit of money more in every purse, again and again.

Two conventions are in use and choose different projects; each is a version of its own. What is
left after either is spent by most votes first, and listed apart.
Source: docs/algorithms/budget.md, Completion.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yishi.counting.budget.election import Election
from yishi.counting.budget.floats import Engine
from yishi.counting.budget.greedy import Turn, most_votes_first
from yishi.counting.budget.shares import Shares, equal_shares
from yishi.counting.budget.ties import Rank


class Convention(StrEnum):
    """When one unit more ends."""

    PLAIN = "plain"
    """At once: the budget is shared out and nothing is added."""
    UNTIL_OVERSPENT = "until_overspent"
    """Before the first step that would cost more than the budget, as Wieliczka counts."""
    UNTIL_EXHAUSTIVE = "until_exhaustive"
    """At the first outcome to which no project can be added, or before overspending."""


@dataclass(frozen=True)
class Completed:
    """`shares` holds who won by equal shares and what each paid; `each` was in every purse after
    `steps` units; `after` are the turns of what was left, most votes first."""

    shares: Shares
    each: Fraction
    steps: int
    after: list[Turn]


def completed(
    election: Election,
    rank: Rank,
    convention: Convention,
    unit: int = 1,
    engine: Engine | None = None,
) -> Completed:
    """Equal shares, completed. `unit`: how much is added to each purse in a step, in the smallest
    unit of money. A project nobody chose is never bought, nor is it missed. `engine`: what
    counts; without it what is quickest for an election of that size."""
    each = Fraction(election.budget, max(election.voters, 1))
    steps, shares = 0, equal_shares(election, rank, each, engine)
    proved, engine = 0, shares.engine
    ended = convention is Convention.PLAIN or _ends(election, shares, convention)
    while not ended:
        # The more often nothing changed, the more steps are tried at once: as one, where it is
        # proved that every one of them buys the same.
        stride = 1 << max(proved - 1, 0)
        further = Shares(election, rank, each + stride * unit, engine=engine)
        if stride > 1 and not further.follow(shares):
            proved = max(proved - 2, 0)
            continue
        if stride == 1 and election.cost_of(further.run()) > election.budget:
            break
        if further.bought == shares.bought:
            proved += 1
        else:
            proved, ended = 0, _ends(election, further, convention)
        each, steps, shares = each + stride * unit, steps + stride, further
    already = tuple(shares.bought)
    after = (
        [] if convention is Convention.PLAIN else most_votes_first(election, rank, already=already)
    )
    return Completed(shares, each, steps, after)


def _ends(election: Election, shares: Shares, convention: Convention) -> bool:
    """Whether nothing is to be had by one unit more."""
    bought = set(shares.bought)
    missed = [p for p, votes in enumerate(election.votes) if votes and p not in bought]
    if convention is Convention.UNTIL_OVERSPENT:
        return not missed
    left = election.budget - election.cost_of(bought)
    return all(election.costs[project] > left for project in missed)
