"""Sequential Phragmén, worked by hand."""

from fractions import Fraction

from tests.counting.budget.elections import approvals, in_order
from yishi.counting.budget.phragmen import Bought, sequential_phragmen


def test_money_comes_to_all_at_one_pace() -> None:
    # Three want 0 and 1 at 12 each, one wants 2 at 6. At 4 each the three buy 0; at 6 the one
    # buys 2; at 8 the three buy 1.
    both = {0, 1}
    election = approvals(30, (12, 12, 6), both, both, both, {2})
    assert sequential_phragmen(election, in_order(election)) == [
        Bought(0, Fraction(4)),
        Bought(2, Fraction(6)),
        Bought(1, Fraction(8)),
    ]


def test_it_ends_before_the_first_that_the_budget_does_not_hold() -> None:
    both = {0, 1}
    election = approvals(20, (12, 12, 6), both, both, both, {2})
    assert [one.project for one in sequential_phragmen(election, in_order(election))] == [0, 2]


def test_a_purse_emptied_before_is_filled_from_that_moment() -> None:
    # At 2 the two buy 0. For 1 at 9: one of them, emptied at 2, and one with all: 2 and 9 are
    # reached when 2t - 2 = 9.
    election = approvals(13, (4, 9), {0}, {0, 1}, {1})
    assert sequential_phragmen(election, in_order(election)) == [
        Bought(0, Fraction(2)),
        Bought(1, Fraction(11, 2)),
    ]
