"""Whether a count would take too long, told before it is begun.

Completion counts again and again, one unit of money more in every purse; how often depends on the
costs, and a file may ask for millions of steps. Once the purses hold enough to overspend, or to buy
everything, every convention has ended. So one count with the purses after the most steps allowed
tells whether it ends by then. Source: docs/algorithms/budget.md, Completion.
"""

from collections.abc import Sequence
from fractions import Fraction

from yishi.counting.budget.counted import Counted, Rule
from yishi.counting.budget.election import Election
from yishi.counting.budget.shares import equal_shares
from yishi.counting.budget.ties import ties

PROJECT_WORK = 400
"""A step looks at every project, which takes as long as so many names on ballots (measured)."""


def steps_most(election: Election, work: int) -> int:
    """How many steps of completion so much work allows: names on different ballots looked at."""
    return work // max(len(election.chosen) + PROJECT_WORK * len(election.costs), 1)


def ends_within(
    election: Election, lot: Sequence[int], rule: Rule, steps: int, unit: int = 1
) -> bool:
    """Whether the count surely ends within so many steps. A rare count that would end sooner is
    answered False all the same; none that would go on is answered True."""
    if not rule.by_shares or rule is Rule.SHARES_PLAIN:
        return True
    each = Fraction(election.budget, max(election.voters, 1)) + steps * unit
    bought = equal_shares(election, ties(election, lot), each).bought
    wanted = sum(1 for votes in election.votes if votes)
    return len(bought) == wanted or election.cost_of(bought) > election.budget


def counts_within(counted: Counted, work: int) -> int:
    """How often a count may be made again with so much work."""
    return steps_most(counted.election, work) // (counted.steps + 1)
