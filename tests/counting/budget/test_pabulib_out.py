"""An election counted here is written so that whoever reads it counts the same."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.budget.elections import approvals, elections
from yishi.counting.budget.counted import Rule, count
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.pabulib import Vote, write
from yishi.counting.budget.pabulib_in import TOLD_COST, TOLD_GIFT, BadFile, Wrong, read
from yishi.counting.budget.pabulib_out import Listed, amount, file_of
from yishi.counting.budget.stated import count_file, stated_rule

ABOUT = {"description": "三棵树的街", "currency": "CNY"}


def listed(election: Election) -> list[Listed]:
    return [Listed(f"p{at}", f"项目{at}；第“{at}”号") for at in range(len(election.costs))]


def test_a_count_is_written_with_its_winners() -> None:
    election = approvals(10_000, (6_000, 4_050), {0, 1}, {0}, {1}, set())
    counted = count(election, [1, 0], Rule.GREEDY_SKIP)
    file = file_of(counted, Vote.APPROVAL, listed(election), about=ABOUT)
    assert write(file) == (
        "META\nkey;value\ndescription;三棵树的街\ncurrency;CNY\nnum_projects;2\nnum_votes;4\n"
        "budget;100\nvote_type;approval\nrule;greedy\nlot;p1,p0\n"
        "PROJECTS\nproject_id;cost;votes;score;name;selected\n"
        "p0;60;2;2;项目0；第“0”号;0\np1;40.5;2;2;项目1；第“1”号;1\n"
        "VOTES\nvoter_id;vote\n1;p0,p1\n2;p0\n3;p1\n4;\n"
    )


@given(elections(), st.sampled_from(Rule), st.sampled_from((1, 100, 1_000)), st.randoms())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_and_counted_the_same(
    election: Election, rule: Rule, unit: int, random: Random
) -> None:
    """With the lot that was drawn, the step it was counted by, and what was given."""
    lot = list(range(len(election.costs)))
    random.shuffle(lot)
    gifts = {at: random.randint(0, cost) for at, cost in enumerate(election.costs) if at % 2}
    counted = count(
        election, lot, rule, threshold=2, unit=unit, gifts=gifts if rule.by_shares else None
    )
    file = file_of(counted, Vote.APPROVAL, listed(election), about=ABOUT)
    again = read(write(file))
    assert again == file
    assert again.official == frozenset(f"p{project}" for project in counted.winners)
    own = stated_rule(again)
    if rule in (Rule.SHARES_UNTIL_EXHAUSTIVE, Rule.PHRAGMEN):
        assert (own, again.meta["rule"]) == (None, rule.value)
    else:
        assert own is rule
    told = count_file(again, rule)
    assert (told.winners, told.left) == (counted.winners, counted.left)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("lot;p1,p0", "lot;p1", (10, "lot", "each project once", "p1")),
        ("rule;greedy", "step;0", (9, "step", TOLD_COST, "0")),
        ("name;selected", "gift;selected", (13, "gift", TOLD_GIFT, "项目0；第“0”号")),
    ],
)
def test_what_a_file_says_besides_the_format_is_looked_at_too(
    before: str, after: str, wrong: tuple[int, str, str, str]
) -> None:
    election = approvals(10_000, (6_000, 4_050), {0, 1}, {0})
    counted = count(election, [1, 0], Rule.GREEDY_SKIP)
    text = write(file_of(counted, Vote.APPROVAL, listed(election), about=ABOUT))
    assert text.count(before) == 1
    with pytest.raises(BadFile) as bad:
        read(text.replace(before, after))
    assert Wrong(*wrong) in bad.value.wrong


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


@pytest.mark.parametrize("name", ['修"路";=1+1', " 修路\r\nVOTES\r ", "修\r路", "修\u2028路"])
def test_a_name_of_any_signs_is_one_cell(name: str) -> None:
    election = approvals(10_000, (6_000,), {0})
    counted = count(election, [0], Rule.GREEDY_SKIP)
    about = {"description": name}
    file = file_of(counted, Vote.APPROVAL, [Listed("1", name)], about=about)
    again = read(write(file))
    assert again == file
    assert again.projects[0]["name"] == again.meta["description"] == " ".join(name.split())


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
