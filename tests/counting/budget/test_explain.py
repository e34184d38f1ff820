"""Why a project won or lost: worked by hand, and every promise counted again as it is made."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, collection, elections, published
from yishi.counting.budget.again import counted_again
from yishi.counting.budget.beside import beside
from yishi.counting.budget.counted import GREEDY, Counted, Rule, Way, count
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.explain import Reason, Why, explain
from yishi.counting.budget.shares import equal_shares
from yishi.counting.budget.ties import ties

SHARES = tuple(rule for rule in Rule if rule.by_shares)


def why(counted: Counted, project: int) -> Why:
    return explain(counted)[project]


def in_order(election: Election) -> range:
    """The lot that drew the projects as they are listed."""
    return range(len(election.costs))


def ballots(election: Election) -> list[dict[int, int]]:
    return [dict.fromkeys(election.named_by(kind), 1) for kind in election.kind_of.tolist()]


def priced(election: Election, project: int, cost: int) -> Election:
    """The same election with one project at another cost."""
    costs = list(election.costs)
    costs[project] = cost
    return election_of(election.budget, costs, ballots(election))


def joined(election: Election, project: int, more: int, budget: int | None = None) -> Election:
    """The same election with so many voters more who want this project alone."""
    votes = [*ballots(election), *({project: 1} for _ in range(more))]
    return election_of(budget or election.budget, election.costs, votes)


def left_by(election: Election, project: int, fewer: int) -> Election:
    """The same election in which so many of its supporters did not choose the project."""
    votes = ballots(election)
    for ballot in [one for one in votes if project in one][:fewer]:
        del ballot[project]
    return election_of(election.budget, election.costs, votes)


# Five neighbours, 100 to spend: 5, 4, 3 and 1 votes, and one that nobody chose.
VOTERS = ({0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1}, {0, 3})
COSTS = (60, 50, 30, 10, 5)


def test_by_most_votes_the_second_lacks_money_in_its_turn() -> None:
    election = approvals(100, COSTS, *VOTERS)
    lamp = why(count(election, in_order(election), Rule.GREEDY_SKIP), 1)
    # 40 is left when its turn comes; one vote more would make five, and it is cheaper than the
    # road, which has five too.
    assert (lamp.reason, lamp.left, lamp.cost_enough, lamp.votes_enough) == (
        Reason.TOO_DEAR,
        40,
        40,
        1,
    )


def test_by_most_votes_a_winner_knows_how_many_votes_it_could_spare() -> None:
    election = approvals(100, COSTS, *VOTERS)
    road, bench = (why(count(election, in_order(election), Rule.GREEDY_SKIP), p) for p in (0, 2))
    # With four votes the road is behind the cheaper lamp and 50 is left for it.
    assert road.spare == 0
    # Behind the last it is still paid for; it only needs one vote to take part.
    assert bench.spare == 2


def test_what_nobody_chose_needs_a_voter_first() -> None:
    election = approvals(100, COSTS, *VOTERS)
    for rule in (Rule.GREEDY_SKIP, Rule.SHARES_PLAIN, Rule.PHRAGMEN):
        assert why(count(election, in_order(election), rule), 4).reason is Reason.NOBODY
    told = why(count(election, in_order(election), Rule.GREEDY_SKIP), 4)
    # 100 - 60 - 30 - 10 leaves nothing: it has to go before the bench that takes the last 10,
    # which has one vote and costs more.
    assert (told.cost_enough, told.votes_enough) == (None, 1)


def test_below_the_threshold_the_missing_points_are_told() -> None:
    election = approvals(100, COSTS, *VOTERS)
    counted = count(election, in_order(election), Rule.GREEDY_THRESHOLD, threshold=3)
    assert counted.winners == (0, 2)
    assert (why(counted, 3).reason, why(counted, 3).votes_enough) == (Reason.BELOW, 2)


def test_after_the_first_that_is_too_dear_nothing_is_reached() -> None:
    election = approvals(100, COSTS, *VOTERS)
    bench = why(count(election, in_order(election), Rule.GREEDY_NO_SKIP), 2)
    # It would have to go before the lamp, with five votes to its four or four at a lower cost.
    assert (bench.reason, bench.cost_enough, bench.votes_enough) == (Reason.NOT_REACHED, None, 1)


def test_by_shares_it_is_told_what_the_supporters_had_left() -> None:
    # 60 for six: 10 each. Four want the road at 20 and the square at 30, two the lamp at 20. The
    # road takes 5 from each of four; they have 20 left together, and the square costs 30.
    road, lamp = {0, 1}, {2}
    election = approvals(60, (20, 30, 20), road, road, road, road, lamp, lamp)
    counted = count(election, in_order(election), Rule.SHARES_PLAIN)
    square = why(counted, 1)
    assert counted.winners == (0, 2)
    assert (square.reason, square.together, square.left) == (Reason.SHORT, Fraction(20), None)
    # At 20 they could have paid for it; the 10 that lack are one neighbour's whole share.
    assert (square.cost_enough, square.purses) == (20, 1)


def test_what_is_left_over_may_hold_more_than_the_supporters_had() -> None:
    # 90 for three, 30 each, and nobody alone can pay for anything: it is left over whole.
    election = approvals(90, (50, 60), {0}, {1}, {1})
    counted = count(election, in_order(election), Rule.SHARES_UNTIL_EXHAUSTIVE)
    assert [(one.project, one.way) for one in counted.won] == [(1, Way.SHARES)]
    told = why(counted, 0)
    assert (told.together, told.left) == (Fraction(30), 30)
    assert (told.purses, told.cost_enough) == (1, None)


def test_by_phragmen_it_is_told_what_was_gathered() -> None:
    both = {0, 1}
    election = approvals(20, (12, 12, 6), both, both, both, {2})
    counted = count(election, in_order(election), Rule.PHRAGMEN)
    told = why(counted, 1)
    # 0 at 4 each, 2 at 6; at 8 the three have gathered 12 again, and the budget holds 2.
    assert counted.winners == (0, 2)
    assert (told.reason, told.left, told.together) == (Reason.NOT_HELD, 2, Fraction(12))
    assert (told.cost_enough, told.votes_enough) == (2, None)


def wins(election: Election, lot: Sequence[int], counted: Counted, project: int) -> bool:
    """Counted again by the same rule."""
    again = count(election, lot, counted.rule, threshold=counted.threshold)
    return project in again.winners


lots = st.permutations(range(6)).map(tuple)


def of(lot: tuple[int, ...], election: Election) -> tuple[int, ...]:
    return tuple(project for project in lot if project < len(election.costs))


@given(elections(), lots, st.sampled_from(GREEDY), st.integers(0, 4))
@settings(max_examples=400, deadline=None)
def test_by_most_votes_every_answer_is_exact(
    election: Election, drawn: tuple[int, ...], rule: Rule, threshold: int
) -> None:
    lot = of(drawn, election)
    counted = count(election, lot, rule, threshold=threshold)
    for one in explain(counted):
        project, cost = one.project, one.cost
        if one.won:
            assert one.spare is not None
            assert wins(left_by(election, project, one.spare), lot, counted, project)
            if one.spare < one.votes:
                fewer = left_by(election, project, one.spare + 1)
                assert not wins(fewer, lot, counted, project)
            continue
        enough = one.cost_enough or 0
        assert enough < cost
        for other in range(1, cost):
            again = priced(election, project, other)
            assert wins(again, lot, counted, project) == (other <= enough)
        tries = range(1, 14)
        first = next(
            (n for n in tries if wins(joined(election, project, n), lot, counted, project)), None
        )
        assert one.votes_enough == first


@given(elections(), st.lists(st.integers(1, 4), min_size=54, max_size=54), lots, st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_with_points_a_voter_more_is_a_point_more(
    election: Election, points: list[int], drawn: tuple[int, ...], threshold: int
) -> None:
    given_out = iter(points)
    scored = [{project: next(given_out) for project in one} for one in ballots(election)]
    budget, costs, lot = election.budget, election.costs, of(drawn, election)
    counted = count(
        election_of(budget, costs, scored), lot, Rule.GREEDY_THRESHOLD, threshold=threshold
    )
    for one in explain(counted):
        if one.won:
            continue
        more = (
            number
            for number in range(1, 50)
            if wins(
                election_of(budget, costs, [*scored, *({one.project: 1} for _ in range(number))]),
                lot,
                counted,
                one.project,
            )
        )
        assert one.votes_enough == next(more, None)
        if one.cost_enough:
            cheaper = [*costs[: one.project], one.cost_enough, *costs[one.project + 1 :]]
            assert wins(election_of(budget, cheaper, scored), lot, counted, one.project)


@given(elections(), lots, st.sampled_from(SHARES))
@settings(max_examples=200, deadline=None)
def test_by_shares_what_was_missing_is_what_full_purses_would_bring(
    election: Election, drawn: tuple[int, ...], rule: Rule
) -> None:
    lot = of(drawn, election)
    counted = count(election, lot, rule)
    for one in explain(counted):
        if one.won:
            continue
        assert one.together is not None
        assert one.together < one.cost
        if one.purses is None:
            assert counted.each == 0
            continue
        assert one.together + (one.purses - 1) * counted.each < one.cost
        # As many neighbours more who bring full shares along: with them it is bought.
        more = joined(election, one.project, one.purses)
        assert one.project in equal_shares(more, ties(more, lot), counted.each).bought


@given(elections(), lots, st.sampled_from(SHARES))
@settings(max_examples=150, deadline=None)
def test_by_shares_what_is_said_to_be_enough_is_enough(
    election: Election, drawn: tuple[int, ...], rule: Rule
) -> None:
    lot = of(drawn, election)
    counted = count(election, lot, rule)
    for one in counted_again(counted, explain(counted), 60):
        if one.cost_enough:
            assert not one.won
            assert one.cost_enough < one.cost
            again = priced(election, one.project, one.cost_enough)
            assert wins(again, lot, counted, one.project)
        if one.votes_enough:
            more = joined(election, one.project, one.votes_enough)
            assert wins(more, lot, counted, one.project)


@given(elections(), lots)
@settings(max_examples=150, deadline=None)
def test_plainly_shared_every_lower_cost_is_enough_too(
    election: Election, drawn: tuple[int, ...]
) -> None:
    lot = of(drawn, election)
    counted = count(election, lot, Rule.SHARES_PLAIN)
    for one in explain(counted):
        for cost in range(1, (one.cost_enough or 0) + 1):
            again = priced(election, one.project, cost)
            assert wins(again, lot, counted, one.project)


def test_as_many_counts_are_made_as_were_asked_for_and_the_nearest_are_told_first() -> None:
    election = approvals(60, (20, 30, 21, 50), *[{0, 1}] * 4, {2}, {2, 3})
    counted = count(election, in_order(election), Rule.SHARES_PLAIN)
    assert counted.winners == (0,)
    assert [one.purses for one in explain(counted)] == [None, 1, 1, 4]
    told = explain(counted)
    assert counted_again(counted, told, 0) == told
    one = counted_again(counted, told, 2)
    assert [why.votes_enough is not None for why in one] == [False, True, False, False]


@given(elections(), lots)
@settings(max_examples=250, deadline=None)
def test_by_phragmen_what_is_said_to_be_enough_is_enough(
    election: Election, drawn: tuple[int, ...]
) -> None:
    lot = of(drawn, election)
    counted = count(election, lot, Rule.PHRAGMEN)
    for one in explain(counted):
        if one.cost_enough:
            again = priced(election, one.project, one.cost_enough)
            assert wins(again, lot, counted, one.project)
        if one.votes_enough:
            more = joined(election, one.project, one.votes_enough)
            assert wins(more, lot, counted, one.project)


@given(elections(), st.sampled_from(Rule))
@settings(max_examples=150, deadline=None)
def test_a_count_adds_up(election: Election, rule: Rule) -> None:
    counted = count(election, in_order(election), rule)
    assert counted.left == election.budget - election.cost_of(counted.winners)
    assert counted.spent + counted.left == election.budget
    chose = [{p for p in ballot if p in counted.winners} for ballot in ballots(election)]
    assert counted.reached == sum(1 for some in chose if some)
    assert [one.won for one in explain(counted) if one.won] == sorted(
        counted.won, key=lambda one: one.project
    )


def test_gifts_are_told_in_the_same_value() -> None:
    election = approvals(20, (20, 14), {0, 1}, {0, 1})
    counted = count(election, in_order(election), Rule.SHARES_PLAIN, gifts={1: 14, 0: 2})
    assert [(one.project, one.way, one.left) for one in counted.won] == [
        (1, Way.SHARES, 20),
        (0, Way.GIFTS, 20),
    ]
    assert counted.left == 2
    with pytest.raises(ValueError, match="knows no gifts"):
        count(election, in_order(election), Rule.GREEDY_SKIP, gifts={0: 1})


def test_the_vote_of_swiecie_beside_a_count_by_most_votes() -> None:
    file = published(next(path for path in collection() if "Swiecie_2023" in path.name))
    election = file.election
    lot = in_order(election)
    shares = count(election, lot, Rule.SHARES_UNTIL_OVERSPENT, unit=file.unit)
    most = count(election, lot, Rule.GREEDY_SKIP)
    told = beside(shares, most)
    assert (len(told.both), len(told.here), len(told.there)) == (8, 9, 1)
    # The pier alone would have taken 413,000 of 1,070,000.
    assert [file.names[project] for project in told.there] == ["c8"]
    pier = why(shares, told.there[0])
    assert (pier.reason, pier.cost) == (Reason.SHORT, 41_300_000)
    assert (shares.reached, most.reached, election.voters) == (2549, 2321, 2553)


def test_two_counts_of_different_projects_are_not_laid_side_by_side() -> None:
    one, other = approvals(10, (5,), {0}), approvals(10, (6,), {0})
    with pytest.raises(ValueError, match="different projects"):
        beside(count(one, [0], Rule.PHRAGMEN), count(other, [0], Rule.PHRAGMEN))


def test_explaining_a_count_does_not_change_it() -> None:
    election = approvals(60, (20, 30, 20), {0, 1}, {0, 1}, {2})
    counted = count(election, in_order(election), Rule.SHARES_PLAIN)
    before = replace(counted)
    assert explain(counted) == explain(counted)
    assert counted == before
