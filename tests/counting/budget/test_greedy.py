"""Most votes first: the same votes under each variant that a city states."""

from tests.counting.budget.elections import approvals, in_order
from yishi.counting.budget.election import election_of
from yishi.counting.budget.greedy import Fate, most_votes_first, winners

# Four works with 5, 4, 3 and 1 votes, and 100 to spend.
VOTERS = ({0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1}, {0, 3})
COSTS = (60, 50, 30, 10)


def test_what_is_too_dear_is_passed_over() -> None:
    election = approvals(100, COSTS, *VOTERS)
    turns = most_votes_first(election, in_order(election))
    assert [(t.project, t.score, t.left, t.fate) for t in turns] == [
        (0, 5, 100, Fate.WON),
        (1, 4, 40, Fate.TOO_DEAR),
        (2, 3, 40, Fate.WON),
        (3, 1, 10, Fate.WON),
    ]


def test_without_skipping_the_count_ends_there() -> None:
    election = approvals(100, COSTS, *VOTERS)
    turns = most_votes_first(election, in_order(election), skip=False)
    assert [t.fate for t in turns] == [
        Fate.WON,
        Fate.TOO_DEAR,
        Fate.NOT_REACHED,
        Fate.NOT_REACHED,
    ]


def test_below_the_threshold_a_work_takes_no_part() -> None:
    election = approvals(100, COSTS, *VOTERS)
    turns = most_votes_first(election, in_order(election), threshold=2)
    assert winners(turns) == [0, 2]
    assert turns[3].fate is Fate.BELOW


def test_what_nobody_chose_is_never_bought() -> None:
    election = approvals(100, (10, 10), {0})
    assert winners(most_votes_first(election, in_order(election))) == [0]


def test_points_are_added_up() -> None:
    election = election_of(10, [10, 10], [{0: 3, 1: 1}, {1: 1}])
    assert election.scores == (3, 2)
    assert election.votes == (1, 2)
    assert winners(most_votes_first(election, in_order(election))) == [0]


def test_a_tie_goes_to_the_cheaper_then_to_more_votes_then_to_the_lot() -> None:
    election = election_of(9, [5, 4, 4, 4], [{0: 2, 1: 2, 2: 1, 3: 1}, {2: 1, 3: 1}])
    # All have two points; 2 and 3 have two voters and cost 4, and the lot has 2 first.
    assert [t.project for t in most_votes_first(election, in_order(election))] == [2, 3, 1, 0]
