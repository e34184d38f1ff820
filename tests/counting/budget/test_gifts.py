"""Gifts: what wins without them wins with them, and what they free buys more."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, elections, in_order
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.election import BadElection, Election
from yishi.counting.budget.gifts import with_gifts
from yishi.counting.budget.greedy import winners

PLAIN = Convention.PLAIN


def test_a_gift_to_what_wins_goes_back_to_those_who_paid() -> None:
    # Two want the gate at 20 and the bench at 14, 10 each; the bench is cheaper and goes first. A
    # firm gives 14 for it: 7 goes back to each, and with a gift of 2 the gate is bought besides.
    election = approvals(20, (20, 14), {0, 1}, {0, 1})
    rank = in_order(election)
    first = completed(election, rank, PLAIN)
    assert first.shares.bought == [1]
    told = with_gifts(election, rank, first, {1: 14, 0: 2})
    assert (told.without, told.besides, told.left) == ([1], [0], 2)


def test_a_gift_makes_what_was_too_dear_cheap_enough() -> None:
    election = approvals(20, (16, 10), {0}, {1})
    rank = in_order(election)
    first = completed(election, rank, PLAIN)
    assert first.shares.bought == [1]
    told = with_gifts(election, rank, first, {0: 6})
    assert (told.without, told.besides, told.left) == ([1], [0], 0)


def test_nobody_gives_more_than_a_project_costs() -> None:
    election = approvals(20, (16, 10), {0}, {1})
    first = completed(election, in_order(election), PLAIN)
    with pytest.raises(BadElection, match="project 0"):
        with_gifts(election, in_order(election), first, {0: 17})


@given(elections(), st.lists(st.fractions(0, 1), min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_gifts_harm_nobody(election: Election, parts: list[Fraction]) -> None:
    rank = in_order(election)
    gifts = {p: int(cost * parts[p]) for p, cost in enumerate(election.costs)}
    for convention in Convention:
        first = completed(election, rank, convention)
        alone = {*first.shares.bought, *winners(first.after)}
        told = with_gifts(election, rank, first, gifts)
        won = [*told.without, *told.besides, *winners(told.after)]
        assert len(won) == len(set(won))
        assert alone <= set(won)
        spent = sum(election.costs[p] - gifts[p] for p in won)
        assert election.budget - spent == told.left
        assert told.left >= 0
