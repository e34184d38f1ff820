"""Equal shares: worked by hand, against a slow count in fractions, and its receipts."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.counting.budget.elections import approvals, elections, in_order, with_points
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.greedy import winners
from yishi.counting.budget.receipts import receipt
from yishi.counting.budget.shares import equal_shares
from yishi.counting.budget.ties import Rank, ties

OVERSPENT, EXHAUSTIVE = Convention.UNTIL_OVERSPENT, Convention.UNTIL_EXHAUSTIVE


def by_fractions(election: Election, rank: Rank, each: Fraction) -> list[int]:
    """The rule as it is written down, voter by voter, with nothing but fractions."""
    purses = [each] * election.voters
    chose = [set(election.named_by(kind)) for kind in election.kind_of.tolist()]
    bought: list[int] = []
    while True:
        best: tuple[Fraction, int, int, Fraction] | None = None
        for project, cost in enumerate(election.costs):
            held = sorted(p for p, c in zip(purses, chose, strict=True) if project in c)
            if project in bought or sum(held) < cost or not held:
                continue
            rest, payers = Fraction(cost), len(held)
            for purse in held:
                if purse * payers >= rest:
                    break
                rest, payers = rest - purse, payers - 1
            most = rest / payers
            if best is None or (most / cost, rank[project]) < best[:2]:
                best = (most / cost, rank[project], project, most)
        if best is None:
            return bought
        _, _, project, most = best
        bought.append(project)
        purses = [
            max(purse - most, Fraction(0)) if project in c else purse
            for purse, c in zip(purses, chose, strict=True)
        ]


def test_a_third_of_the_voters_decides_on_a_third_of_the_money() -> None:
    # Six voters, 60 to spend, 10 each. Four want the two roads at 20, two want the lamp at 20.
    roads, lamp = {0, 1}, {2}
    election = approvals(60, (20, 20, 20), roads, roads, roads, roads, lamp, lamp)
    count = equal_shares(election, in_order(election))
    assert count.bought == [0, 1, 2]
    assert count.exact().paid == [(0, Fraction(5)), (1, Fraction(5)), (2, Fraction(10))]


def test_those_with_less_give_what_they_have_and_the_others_pay_alike() -> None:
    # 12 each, three voters for either. The cheaper goes first, for 5.67 each; then two have 6.33
    # left, give it all for the other, and the one who still has 12 pays the 11.33 that lack.
    election = approvals(48, (24, 17), {0}, {0, 1}, {0, 1}, {1})
    count = equal_shares(election, in_order(election))
    assert count.exact().paid == [(1, Fraction(17, 3)), (0, Fraction(34, 3))]
    left = [count.exact().in_purse(kind) for kind in range(3)]
    assert left == [Fraction(2, 3), Fraction(0), Fraction(19, 3)]


def test_the_two_conventions_choose_differently() -> None:
    # 24 for three voters. At 10 each the third alone buys 1, and nothing else fits into what is
    # left: one convention ends. At 11 each the first and the third can buy 2 together, which is
    # cheaper for them by the yuan; it stays so until 21 each would buy 1 besides, for 32.
    election = approvals(24, (23, 10, 22), {2}, {0}, {1, 2})
    rank = in_order(election)
    assert completed(election, rank, Convention.PLAIN).shares.bought == []
    first = completed(election, rank, EXHAUSTIVE)
    assert (first.shares.bought, first.steps) == ([1], 2)
    longer = completed(election, rank, OVERSPENT)
    assert (longer.shares.bought, longer.steps) == ([2], 12)


def test_where_nobody_votes_nothing_is_bought() -> None:
    election = approvals(10, (5,))
    assert completed(election, in_order(election), OVERSPENT).shares.bought == []


@given(elections())
@settings(max_examples=150, deadline=None)
def test_it_is_what_fractions_say(election: Election) -> None:
    rank = in_order(election)
    each = Fraction(election.budget, election.voters)
    assert equal_shares(election, rank, each).bought == by_fractions(election, rank, each)


@given(elections())
@settings(max_examples=40, deadline=None)
def test_points_make_no_difference_who_names_a_project_supports_it(election: Election) -> None:
    pointed = with_points(election)
    one, other = (
        equal_shares(election, in_order(election)),
        equal_shares(pointed, in_order(pointed)),
    )
    assert one.bought == other.bought
    assert one.exact().paid == other.exact().paid


@given(elections())
@settings(max_examples=80, deadline=None)
def test_all_receipts_add_up_to_each_cost(election: Election) -> None:
    count = equal_shares(election, in_order(election))
    each = Fraction(election.budget, election.voters)
    rounds = count.exact().paid
    given_for = dict.fromkeys(count.bought, Fraction(0))
    for kind in election.kind_of.tolist():
        one = receipt(each, rounds, election.named_by(kind))
        assert one.left == count.exact().in_purse(kind)
        for project, gave in one.paid:
            given_for[project] += gave
    assert given_for == {p: Fraction(election.costs[p]) for p in count.bought}


@given(elections())
@settings(max_examples=80, deadline=None)
def test_completed_it_is_exhaustive_and_within_the_budget(election: Election) -> None:
    rank = in_order(election)
    for convention in (OVERSPENT, EXHAUSTIVE):
        count = completed(election, rank, convention)
        won = {*count.shares.bought, *winners(count.after)}
        left = election.budget - election.cost_of(won)
        assert left >= 0
        missed = [p for p, votes in enumerate(election.votes) if votes and p not in won]
        assert [p for p in missed if election.costs[p] <= left] == []


def test_what_floats_hold_is_never_further_off_than_they_say() -> None:
    dice = random.Random(7)
    for projects, voters in ((12, 60), (40, 300), (90, 200)):
        costs = [dice.randrange(1_000, 100_000) for _ in range(projects)]
        ballots = [
            dict.fromkeys(dice.sample(range(projects), dice.randint(1, 8)), 1)
            for _ in range(voters)
        ]
        election = election_of(sum(costs) // 3, costs, ballots)
        count = equal_shares(election, in_order(election))
        floats, doubts = count.state.left.tolist(), count.state.rough.tolist()
        assert count.synced == 0, "no fractions were needed, so floats alone are looked at"
        exact = count.exact()
        for kind, (have, doubt) in enumerate(zip(floats, doubts, strict=True)):
            assert abs(Fraction(have) - exact.in_purse(kind)) <= Fraction(doubt)
        assert max(doubts) < count.state.scale[0] * 1e-9
        each = Fraction(election.budget, voters)
        assert count.bought == by_fractions(election, in_order(election), each)


@pytest.mark.parametrize(
    ("lot", "bought"), [((0, 1, 2, 3), [0, 1, 2, 3]), ((3, 2, 1, 0), [0, 1, 3, 2])]
)
def test_a_tie_of_those_who_pay_beside_others_with_nothing_left(
    lot: tuple[int, ...], bought: list[int]
) -> None:
    # 30 each. Four buy 0, for 10 each; for 1 two of them give their last 20 and a third 26. Now
    # 2 and 3, at 6 each, are each paid for by one alone: only the lot tells them apart.
    chose = ({0, 1, 2}, {0, 1, 3}, {0}, {0}, {1}, {2}, {3})
    election = approvals(210, (40, 66, 6, 6), *chose)
    count = equal_shares(election, ties(election, lot))
    assert count.bought == bought
    assert [most for _, most in count.exact().paid] == [10, 26, 6, 6]


def test_a_tie_goes_to_the_cheaper_then_to_more_votes() -> None:
    # 15 each. Either costs its two voters a half by the yuan.
    election = approvals(60, (20, 14), {0}, {0}, {1}, {1})
    assert equal_shares(election, in_order(election)).bought == [1, 0]
    # 12 each, and three give all of it for 0. One of them wants 1 as well, which another then
    # pays for alone, just as one voter pays for 2; but 1 has two votes.
    chose = ({0}, {0, 1}, {0}, {1}, {2})
    election = approvals(60, (36, 6, 6), *chose)
    assert equal_shares(election, ties(election, (2, 1, 0))).bought == [0, 1, 2]
