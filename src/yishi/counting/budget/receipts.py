"""What each voter's share paid for, to the last fraction: the receipts of a count.

A receipt is worked out from the public table of rounds and one's own ballot alone.
Source: docs/algorithms/budget.md, Receipts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

Round = tuple[int, Fraction]
"""A project bought and the most that any one voter gave for it: a row of the public table."""


@dataclass(frozen=True)
class Receipt:
    """What one voter paid for which project, what came back to them of gifts to what they had
    paid for, and what was left over."""

    paid: tuple[tuple[int, Fraction], ...]
    left: Fraction
    back: Fraction = Fraction(0)


def receipt(each: Fraction, rounds: Sequence[Round], chose: Collection[int]) -> Receipt:
    """The receipt of whoever chose these projects and began with `each`."""
    left, paid = each, []
    for project, most in rounds:
        if project in chose:
            gave = min(left, most)
            left -= gave
            paid.append((project, gave))
    return Receipt(tuple(paid), left)
