"""Sequential Phragmén, worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.counting.budget.elections import approvals, elections, in_order, with_points
from yishi.counting.budget.election import Election
from yishi.counting.budget.phragmen import Bought, sequential_phragmen
from yishi.counting.budget.ties import Rank, ties


def voter_by_voter(election: Election, rank: Rank) -> list[Bought]:
    """The rule as it is written down: everybody's last empty purse, everything anew each time."""
    chose = [set(election.named_by(kind)) for kind in election.kind_of.tolist()]
    emptied = [Fraction(0)] * election.voters
    bought: list[Bought] = []
    left = election.budget
    while True:
        due = []
        for project, cost in enumerate(election.costs):
            since = [moment for moment, c in zip(emptied, chose, strict=True) if project in c]
            if since and project not in {one.project for one in bought}:
                due.append(((cost + sum(since, Fraction(0))) / len(since), rank[project], project))
        if not due or election.costs[min(due)[2]] > left:
            return bought
        at, _, project = min(due)
        bought.append(Bought(project, at))
        left -= election.costs[project]
        emptied = [at if project in c else e for e, c in zip(emptied, chose, strict=True)]


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


@pytest.mark.parametrize(("lot", "order"), [((0, 1, 2), [1, 0, 2]), ((2, 1, 0), [1, 2, 0])])
def test_at_one_moment_the_cheapest_goes_first_then_the_lot(
    lot: tuple[int, ...], order: list[int]
) -> None:
    election = approvals(10, (4, 2, 4), {0}, {0}, {1}, {2}, {2})
    bought = sequential_phragmen(election, ties(election, lot))
    assert bought == [Bought(project, Fraction(2)) for project in order]


def test_at_one_moment_and_one_cost_more_votes_go_first() -> None:
    # At 2 the first voter buys 0, and the second 1. For 2 they have together what 3's one voter
    # has alone, 4, when each was given 4.
    election = approvals(12, (2, 2, 4, 4), {0, 2}, {1, 2}, {3})
    bought = sequential_phragmen(election, ties(election, (3, 2, 1, 0)))
    assert bought == [Bought(p, Fraction(at)) for p, at in ((1, 2), (0, 2), (2, 4), (3, 4))]


@given(elections())
@settings(max_examples=150, deadline=None)
def test_it_is_what_voter_by_voter_gives(election: Election) -> None:
    rank = in_order(election)
    assert sequential_phragmen(election, rank) == voter_by_voter(election, rank)


@given(elections())
@settings(max_examples=40, deadline=None)
def test_points_make_no_difference(election: Election) -> None:
    rank = in_order(election)
    assert sequential_phragmen(with_points(election), rank) == sequential_phragmen(election, rank)
