"""An election counted here is written so that whoever reads it counts the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, elections
from yishi.counting.budget.counted import Rule, count
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.pabulib import Vote, read, write
from yishi.counting.budget.pabulib_out import Listed, amount, file_of
from yishi.counting.budget.stated import stated_rule

ABOUT = {"description": "三棵树的街", "currency": "CNY"}


def listed(election: Election) -> list[Listed]:
    return [Listed(f"p{at}", f"项目{at}；第“{at}”号") for at in range(len(election.costs))]


def test_a_count_is_written_with_its_winners() -> None:
    election = approvals(10_000, (6_000, 4_050), {0, 1}, {0}, {1}, set())
    counted = count(election, [0, 1], Rule.GREEDY_SKIP)
    file = file_of(counted, Vote.APPROVAL, listed(election), about=ABOUT)
    assert write(file) == (
        "META\nkey;value\ndescription;三棵树的街\ncurrency;CNY\nnum_projects;2\nnum_votes;4\n"
        "budget;100\nvote_type;approval\nrule;greedy\n"
        "PROJECTS\nproject_id;cost;votes;score;name;selected\n"
        "p0;60;2;2;项目0；第“0”号;0\np1;40.5;2;2;项目1；第“1”号;1\n"
        "VOTES\nvoter_id;vote\n1;p0,p1\n2;p0\n3;p1\n4;\n"
    )


@given(elections(), st.sampled_from(Rule))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_and_counted_the_same(election: Election, rule: Rule) -> None:
    lot = range(len(election.costs))
    counted = count(election, lot, rule, threshold=2, unit=100)
    file = file_of(counted, Vote.APPROVAL, listed(election), about=ABOUT)
    again = read(write(file))
    assert again == file
    assert again.official == frozenset(f"p{project}" for project in counted.winners)
    own = stated_rule(again)
    if rule in (Rule.SHARES_UNTIL_EXHAUSTIVE, Rule.PHRAGMEN):
        assert (own, again.meta["rule"]) == (None, rule.value)
    else:
        assert own is rule
    told = count(again.election, lot, rule, threshold=again.threshold, unit=again.unit)
    assert (told.winners, told.left) == (counted.winners, counted.left)


@pytest.mark.parametrize(
    ("vote", "ballots", "longest"),
    [
        (Vote.CHOOSE_ONE, [{0: 1}, {1: 1}, {}], 0),
        (Vote.CUMULATIVE, [{0: 3, 1: 7}, {2: 10}], 0),
        (Vote.SCORING, [{0: 5, 1: 5, 2: 1}, {2: 4}], 0),
        (Vote.ORDINAL, [{0: 1, 1: 3, 2: 2}, {2: 3}], 3),
    ],
)
def test_every_kind_of_ballot_is_written(
    vote: Vote, ballots: list[dict[int, int]], longest: int
) -> None:
    election = election_of(1_000, [300, 500, 700], ballots)
    counted = count(election, [2, 1, 0], Rule.GREEDY_SKIP)
    file = file_of(counted, vote, listed(election), about=ABOUT, longest=longest)
    again = read(write(file))
    assert again == file
    assert list(again.ballots) == ballots


def test_an_id_the_format_cannot_hold_is_no_id() -> None:
    election = approvals(10, (5, 6), {0})
    counted = count(election, [0, 1], Rule.GREEDY_SKIP)
    for wrong in ("a,b", " a", ""):
        with pytest.raises(ValueError, match="cannot hold"):
            file_of(counted, Vote.APPROVAL, [Listed(wrong, ""), Listed("x", "")], about=ABOUT)
    with pytest.raises(ValueError, match="an id of its own"):
        file_of(counted, Vote.APPROVAL, [Listed("x", ""), Listed("x", "")], about=ABOUT)


@pytest.mark.parametrize(
    ("units", "unit", "said"),
    [(60_000, 100, "600"), (40_050, 100, "400.5"), (7, 100, "0.07"), (0, 100, "0"), (5, 1, "5")],
)
def test_an_amount_has_no_zeros_it_does_not_need(units: int, unit: int, said: str) -> None:
    assert amount(units, unit) == said
