"""Completion: what is proved of many steps at once is what each step by itself gives."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.counting.budget.elections import elections, in_order
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.shares import Shares, equal_shares

BOTH = (Convention.UNTIL_OVERSPENT, Convention.UNTIL_EXHAUSTIVE)


def one_by_one(election: Election, convention: Convention) -> tuple[list[int], int]:
    """The winners and the steps as the convention is written down, counting at every step."""
    rank, each, steps = in_order(election), Fraction(election.budget, election.voters), 0
    bought = equal_shares(election, rank, each).bought
    chosen = {p for p, votes in enumerate(election.votes) if votes}
    while missed := chosen - set(bought):
        left = election.budget - election.cost_of(bought)
        if convention is Convention.UNTIL_EXHAUSTIVE and all(
            election.costs[project] > left for project in missed
        ):
            break
        further = equal_shares(election, rank, each + steps + 1).bought
        if election.cost_of(further) > election.budget:
            break
        bought, steps = further, steps + 1
    return bought, steps


def drawn(seed: int) -> Election:
    """Eight works, thirty voters, and money for a third of the works."""
    dice = random.Random(seed)
    costs = [dice.randrange(400, 9_000) for _ in range(8)]
    ballots = [dict.fromkeys(dice.sample(range(8), dice.randint(1, 4)), 1) for _ in range(30)]
    return election_of(sum(costs) // 3, costs, ballots)


@pytest.mark.parametrize("convention", BOTH)
def test_many_steps_at_once_give_what_each_gives(convention: Convention) -> None:
    steps = []
    for seed in range(25):
        election = drawn(seed)
        count = completed(election, in_order(election), convention)
        assert (count.shares.bought, count.steps) == one_by_one(election, convention), seed
        steps.append(count.steps)
    assert max(steps) > 200


@given(elections())
@settings(max_examples=80, deadline=None)
def test_with_ties_galore_too(election: Election) -> None:
    for convention in BOTH:
        count = completed(election, in_order(election), convention)
        assert (count.shares.bought, count.steps) == one_by_one(election, convention)


def test_a_step_is_followed_only_where_all_between_buy_the_same() -> None:
    # The further the purses are apart, the seldomer it is proved; what is proved is so.
    proved = 0
    for seed in range(40):
        election = drawn(seed)
        rank, each = in_order(election), Fraction(election.budget, election.voters)
        less = equal_shares(election, rank, each)
        for more in (1, 4, 16, 64):
            if Shares(election, rank, each + more).follow(less):
                proved += 1
                for between in range(more + 1):
                    assert equal_shares(election, rank, each + between).bought == less.bought
    assert proved > 20
