"""The receipt of one voter of a count, by its public table: with gifts, in both stages.

Source: docs/algorithms/budget.md, Receipts.
"""

from collections.abc import Collection
from fractions import Fraction

from yishi.counting.budget.counted import Counted, Way
from yishi.counting.budget.receipts import Receipt, Round, receipt


def rounds(counted: Counted, way: Way = Way.SHARES) -> tuple[Round, ...]:
    """What was paid for by shares, in its order, with the most that any one voter paid."""
    return tuple(
        (one.project, one.most) for one in counted.won if one.way is way and one.most is not None
    )


def own_receipt(counted: Counted, chose: Collection[int]) -> Receipt:
    """The receipt of whoever chose these projects. Gifts to what they paid for come back to them
    in the proportion they paid, and go on to the second stage. Raises ValueError where the rule
    shares nothing out."""
    if not counted.rule.by_shares:
        raise ValueError(f"{counted.rule} has no shares")
    first = receipt(counted.each, rounds(counted), chose)
    costs, gifts = counted.election.costs, counted.gifts
    given = (gave * Fraction(gifts.get(p, 0), costs[p]) for p, gave in first.paid)
    back = sum(given, Fraction(0))
    further = receipt(first.left + back, rounds(counted, Way.GIFTS), chose)
    return Receipt((*first.paid, *further.paid), further.left, back)
