"""`.pb` files: all that are published are read, and what is wrong in one is told where it is."""

import pytest

from tests.counting.budget.elections import collection, published
from yishi.counting.budget.pabulib import write
from yishi.counting.budget.pabulib_in import BadFile, read

GOOD = """META
key;value
budget;1000.50
num_projects;2
num_votes;3
vote_type;approval
PROJECTS
project_id;cost;name
a;600;Bench
b;400.5;"Lamp; bright"
VOTES
voter_id;vote
1;a,b
2;b
3;
"""


def test_an_election_is_read_to_the_hundredth() -> None:
    file = read(GOOD)
    assert file.election.budget == 100_050
    assert file.election.costs == (60_000, 40_050)
    assert file.election.votes == (1, 2)
    assert file.election.voters == 3
    assert file.projects[1]["name"] == "Lamp; bright"
    assert file.official is None


def test_what_is_written_is_read_the_same() -> None:
    file = read(GOOD)
    assert read(write(file)) == file


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("META\n", "", "line 1, section: expected META, found 'key;value'"),
        ("VOTES\n", "", "line 11, row: expected 3 columns"),
        ("a;600", "a;free", "line 9, cost: expected an amount above 0"),
        ("a;600", "a;0", "line 9, cost: expected an amount above 0"),
        ("a;600", "a;-5", "line 9, cost: expected an amount above 0"),
        ("a;600", "a;NaN", "line 9, cost: expected an amount above 0"),
        ("a;600", "a;1e300", "line 9, cost: expected an amount above 0"),
        ("a;600", "b;600", "line 10, project_id: expected an id that no other project has"),
        ("a;600;Bench", "a;600", "line 9, row: expected 3 columns as in the head of PROJECTS"),
        ("1;a,b", "1;a,c", "line 13, vote: expected ids of projects, found 'c'"),
        ("1;a,b", "1;a,a", "line 13, vote: expected each project once, found 'a,a'"),
        ("2;b", "1;b", "line 14, voter_id: expected an id that no other voter has, found '1'"),
        ("1000.50", "much", "line 3, budget: expected an amount above 0"),
        ("budget;1000.50\n", "", "line 1, budget: expected an amount above 0"),
        ("num_votes;3", "num_votes;4", "line 5, num_votes: expected 3, the rows of VOTES"),
        ("approval", "applause", "line 6, vote_type: expected approval or choose-1"),
        ("approval", "choose-1", "line 13, vote: expected one project, found 'a,b'"),
        ("approval", "cumulative", "line 13, points: expected 2 whole numbers"),
        ("project_id;cost", "project_id;price", "line 8, head: expected one column cost"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(old: str, new: str, told: str) -> None:
    with pytest.raises(BadFile) as bad:
        read(GOOD.replace(old, new, 1))
    assert str(bad.value).startswith(told)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadFile) as bad:
        read(GOOD.replace("a;600", "a;x").replace("b;400.5", "b;y"))
    assert [(one.line, one.column, one.found) for one in bad.value.wrong] == [
        (9, "cost", "x"),
        (10, "cost", "y"),
    ]


def test_the_first_of_three_gets_three_points() -> None:
    ordinal = GOOD.replace("approval", "ordinal\nmax_length;3")
    assert read(ordinal).election.scores == (3, 5)


@pytest.mark.parametrize("key", ["max_length", "min_project_score_threshold"])
def test_a_number_no_count_holds_is_a_fault_of_its_line(key: str) -> None:
    with pytest.raises(BadFile) as bad:
        read(GOOD.replace("approval", f"ordinal\n{key};{'9' * 5_000}"))
    assert [one.column for one in bad.value.wrong] == [key]


def test_every_published_file_is_read_and_written_the_same() -> None:
    files = collection()
    assert len(files) >= 80
    for path in files:
        file = published(path)
        assert file.election.voters == int(file.meta["num_votes"]), path.name
        assert read(write(file)) == file, path.name
