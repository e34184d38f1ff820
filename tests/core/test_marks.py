"""A ballot of projects: what each kind takes and refuses, how it is kept, read and counted."""

from collections import Counter

import pytest

from yishi.core.method.ballot import BallotKind
from yishi.core.refusal import Refusal
from yishi.core.vote.marks import (
    Paper,
    cost_of,
    is_blank,
    order_for,
    points_of,
    read_marks,
    write_marks,
)

OPTIONS = ("road", "wall", "lamps", "gate")
PRICES = (600, 400, 300, 200)


def paper(kind: str, most: int = 0) -> Paper:
    return Paper(BallotKind(kind), most, "ours", OPTIONS, PRICES, 1_000)


@pytest.mark.parametrize(
    ("kind", "most", "said", "kept"),
    [
        ("approval", 2, [("wall", 1), ("gate", 1)], "0101"),
        ("approval", 0, [(uid, 1) for uid in OPTIONS], "1111"),  # no bound
        ("approval", 2, [], "0000"),  # blank: took part and wants none
        ("knapsack", 0, [("road", 1), ("wall", 1)], "1100"),  # exactly all the money
        ("knapsack", 1, [("road", 1)], "1000"),
        ("ranking", 3, [("gate", 1), ("road", 2), ("wall", 3)], "2301"),
        ("ranking", 3, [("gate", 1)], "0001"),  # fewer are ranked
        ("ranking", 12, [("gate", 1), ("road", 2)], "02000001"),  # two digits each
        ("points", 10, [("road", 7), ("lamps", 3)], "07000300"),
        ("points", 10, [("road", 7), ("wall", 0)], "07000000"),  # not all are given out
        ("points", 9, [], "0000"),
    ],
)
def test_a_ballot_is_written_and_read(
    kind: str, most: int, said: list[tuple[str, int]], kept: str
) -> None:
    written = write_marks(paper(kind, most), said)
    assert written == kept
    assert read_marks(paper(kind, most), kept) == {uid: mark for uid, mark in said if mark}
    assert is_blank(kept) == (not any(mark for _, mark in said))


@pytest.mark.parametrize(
    ("kind", "most", "said", "refused"),
    [
        ("approval", 2, [("road", 1), ("wall", 1), ("gate", 1)], ("chosen_many", 2, 3)),
        ("approval", 2, [("road", 1), ("road", 1)], ("project_twice", 1, 2)),
        ("approval", 2, [("bridge", 1)], ("option_unknown", (1, 2, 3, 4), "bridge")),
        ("approval", 2, [("road", 2)], ("mark_wrong", 1, 2)),
        ("approval", 2, [("road", -1)], ("mark_wrong", 1, -1)),
        ("knapsack", 0, [("road", 1), ("wall", 1), ("gate", 1)], ("over_money", 1_000, 1_200)),
        ("knapsack", 1, [("wall", 1), ("gate", 1)], ("chosen_many", 1, 2)),
        ("ranking", 2, [("road", 1), ("wall", 2), ("gate", 3)], ("ranked_many", 2, 3)),
        ("ranking", 3, [("road", 4)], ("ranked_many", 3, 4)),
        ("ranking", 3, [("road", 1), ("wall", 1)], ("rank_twice", 1, 1)),
        ("ranking", 3, [("road", 1), ("wall", 3)], ("rank_missing", 2, 3)),
        ("ranking", 3, [("road", 2)], ("rank_missing", 1, 2)),
        ("points", 10, [("road", 7), ("wall", 4)], ("points_many", 10, 11)),
        ("points", 10, [("road", -1), ("wall", 4)], ("mark_wrong", 1, -1)),
    ],
)
def test_a_ballot_that_cannot_be_is_refused(
    kind: str, most: int, said: list[tuple[str, int]], refused: tuple[str, object, object]
) -> None:
    answer = write_marks(paper(kind, most), said)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.need, answer.have) == refused
    assert answer.source


@pytest.mark.parametrize(("kind", "most"), [("approval", 2), ("ranking", 12), ("points", 100)])
def test_all_ballots_of_a_vote_are_equally_long(kind: str, most: int) -> None:
    """A secret ballot that is sealed tells nothing by its length."""
    blank, full = write_marks(paper(kind, most), []), write_marks(paper(kind, most), [("wall", 1)])
    assert isinstance(blank, str) and isinstance(full, str)
    assert len(blank) == len(full)


@pytest.mark.parametrize(
    ("kind", "most", "kept", "points"),
    [
        ("approval", 2, "0101", {1: 1, 3: 1}),
        ("knapsack", 0, "1000", {0: 1}),
        ("ranking", 3, "2301", {0: 2, 1: 1, 3: 3}),  # the first of three gets three
        ("ranking", 3, "0001", {3: 3}),
        ("points", 10, "07000300", {0: 7, 2: 3}),
    ],
)
def test_what_a_ballot_counts(kind: str, most: int, kept: str, points: dict[int, int]) -> None:
    assert points_of(paper(kind, most), kept) == points


def test_what_is_chosen_takes_of_the_money() -> None:
    assert cost_of(paper("knapsack"), {"road": 1, "gate": 1}) == 800


def test_a_voter_is_shown_one_order_and_no_project_stands_first_more_often() -> None:
    assert order_for("v", "line", OPTIONS) == order_for("v", "line", tuple(reversed(OPTIONS)))
    assert sorted(order_for("v", "line", OPTIONS)) == sorted(OPTIONS)
    assert order_for("v", "line 1", OPTIONS) != order_for("another", "line 1", OPTIONS)
    places = [Counter[str]() for _ in OPTIONS]
    for line in range(4_000):
        for at, uid in enumerate(order_for("v", f"line {line}", OPTIONS)):
            places[at][uid] += 1
    # A thousand each are to be expected; four standard deviations are 110.
    assert all(890 < number < 1_110 for place in places for number in place.values())
