"""A count that would take too long is known before it is begun."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, collection, elections, in_order, published
from yishi.counting.budget.counted import Rule, count
from yishi.counting.budget.effort import counts_within, ends_within, steps_most
from yishi.counting.budget.election import Election
from yishi.web.count import WORK_MOST

COMPLETED = (Rule.SHARES_UNTIL_OVERSPENT, Rule.SHARES_UNTIL_EXHAUSTIVE)


@given(elections(), st.sampled_from(COMPLETED), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_what_is_said_to_end_within_so_many_steps_does(
    election: Election, rule: Rule, steps: int
) -> None:
    lot = range(len(election.costs))
    if ends_within(election, lot, rule, steps):
        assert count(election, lot, rule).steps <= steps


def test_a_cost_out_of_reach_is_known_to_go_on() -> None:
    election = approvals(10, (10**12,), {0}, {0})
    for rule in COMPLETED:
        assert not ends_within(election, [0], rule, 1_000_000)
        assert ends_within(election, [0], rule, 10**12)
    assert ends_within(election, [0], Rule.SHARES_PLAIN, 0)
    assert ends_within(election, [0], Rule.GREEDY_SKIP, 0)


def test_work_is_counted_by_names_and_projects() -> None:
    election = approvals(10, (5, 5), {0}, {0, 1}, {0, 1})
    # Two kinds of ballots with three names, two projects at 400 each.
    assert steps_most(election, 8_030) == 10
    counted = count(election, in_order(election), Rule.SHARES_PLAIN)
    assert counts_within(counted, 8_030) == 10


def test_every_published_vote_can_be_counted_on_the_page() -> None:
    refused = []
    for path in collection():
        file = published(path)
        lot, steps = range(len(file.names)), steps_most(file.election, WORK_MOST)
        refused += [
            (path.name, rule)
            for rule in COMPLETED
            if not ends_within(file.election, lot, rule, steps, file.unit)
        ]
    assert refused == []
