"""Gifts: what wins without them wins with them, and what they free buys more."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, elections, in_order
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.counted import Rule, Way, count
from yishi.counting.budget.election import BadElection, Election
from yishi.counting.budget.gifts import with_gifts
from yishi.counting.budget.greedy import winners
from yishi.counting.budget.own_receipt import own_receipt

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


@given(elections(), st.lists(st.fractions(0, 1), min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_with_gifts_too_all_receipts_add_up(election: Election, parts: list[Fraction]) -> None:
    gifts = {p: int(cost * parts[p]) for p, cost in enumerate(election.costs)}
    lot = range(len(election.costs))
    counted = count(election, lot, Rule.SHARES_UNTIL_EXHAUSTIVE, gifts=gifts)
    by_way = {one.project: one.way for one in counted.won}
    paid, back, left = dict.fromkeys(lot, Fraction(0)), Fraction(0), Fraction(0)
    for kind in election.kind_of.tolist():
        own = own_receipt(counted, election.named_by(kind))
        back, left = back + own.back, left + own.left
        for project, gave in own.paid:
            paid[project] += gave
    for project, whole in enumerate(election.costs):
        way = by_way.get(project)
        price = {Way.SHARES: whole, Way.GIFTS: whole - gifts[project]}.get(way, 0) if way else 0
        assert paid[project] == price
    given_back = sum(gifts[p] for p, way in by_way.items() if way is Way.SHARES)
    assert back == given_back
    assert left == counted.each * election.voters + given_back - sum(paid.values())


def test_where_nothing_is_shared_out_there_is_no_receipt() -> None:
    election = approvals(20, (16, 10), {0}, {1})
    with pytest.raises(ValueError, match="greedy/skip has no shares"):
        own_receipt(count(election, [0, 1], Rule.GREEDY_SKIP), {0})
