"""All cases at once are counted as each is by itself."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from yishi.core.case.state import CaseState
from yishi.core.figures import Which
from yishi.core.figures_case import CaseFacts, Word, belongs
from yishi.counting.cases import NO, ROW, SATISFACTIONS, STATES, UNKNOWN, YES, Book, joined
from yishi.counting.figures import Counted, Cut

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
FLAGS = (
    "imported",
    "community",
    "clock",
    "stands",
    "contacted",
    "return_asked",
    "return_accepted",
    "pushed",
    "instant",
    "unsolved",
)
WORDS = ("valid", "solved", "valid_satisfaction", "excluded", "excluded_satisfaction")


def micros(moment: datetime | None) -> int:
    return 0 if moment is None else (moment - EPOCH) // MICRO


def random_rows(count: int, seed: int) -> np.ndarray:
    """Rows with every column at random; merged ones one deep."""
    chance = random.Random(seed)
    near = [None, *(NOW + d for d in (-HOUR, -MICRO, 0 * HOUR, MICRO, HOUR))]
    rows = np.zeros(count, dtype=ROW)
    for index, row in enumerate(rows):
        row["id"] = index * 3 + 1
        row["filed"] = micros(NOW - HOUR * chance.randrange(300))
        row["place"], row["item"] = chance.randrange(1, 4), chance.randrange(3)
        row["lead"], row["channel"] = chance.randrange(4), chance.randrange(3)
        row["state"] = chance.randrange(len(STATES))
        row["asserted"] = chance.choice([UNKNOWN, NO, YES])
        for name in FLAGS:
            row[name] = chance.random() < 0.5
        row["community"] &= row["lead"] > 0
        row["started"] = micros(NOW - 50 * HOUR)
        row["due"], row["ended"] = micros(chance.choice(near)), micros(chance.choice(near))
        row["rated"] = chance.random() < 0.7
        if row["rated"]:
            row["satisfaction"] = chance.randrange(1, len(SATISFACTIONS))
            for name in WORDS:
                row[name] = chance.random() < 0.6
    mains = np.flatnonzero(rows["state"] != STATES.index(CaseState.MERGED))
    for row in rows:
        if row["state"] == STATES.index(CaseState.MERGED) and len(mains):
            row["main"] = rows["id"][chance.choice(mains.tolist())]
    return rows


def facts_of(rows: np.ndarray, index: int, hours: int) -> CaseFacts:
    """One row as the value the rule is written for."""
    row = rows[index]
    main = next((one for one in rows if one["id"] == row["main"]), None)
    lead = main if main is not None and main["lead"] else row
    like = [
        one
        for at, one in enumerate(rows)
        if row["item"]
        and (one["place"], one["item"]) == (row["place"], row["item"])
        and (one["filed"], at) < (row["filed"], index)
        and row["filed"] - one["filed"] <= hours * HOUR / MICRO
    ]

    def moment(name: str) -> datetime | None:
        return EPOCH + int(row[name]) * MICRO if row[name] else None

    word = Word(
        **{name: bool(row[name]) for name in WORDS},
        satisfaction=SATISFACTIONS[row["satisfaction"]],
    )
    return CaseFacts(
        state=STATES[row["state"]],
        is_imported=bool(row["imported"]),
        asserted={UNKNOWN: None, NO: False, YES: True}[int(row["asserted"])],
        has_clock=bool(row["clock"]),
        due_at=moment("due"),
        ended_at=moment("ended"),
        stands=bool(row["stands"]),
        main=STATES[main["state"]] if main is not None else None,
        instant=bool(row["instant"]),
        unsolved=bool(row["unsolved"]),
        repeats=bool(like),
        led=bool(lead["lead"]),
        by_community=bool(lead["community"]),
        contacted=bool(row["contacted"] or (main is not None and main["contacted"])),
        return_asked=bool(row["return_asked"]),
        return_accepted=bool(row["return_accepted"]),
        pushed=bool(row["pushed"]),
        word=word if row["rated"] else None,
    )


@pytest.mark.parametrize("seed", range(6))
def test_all_at_once_as_one_by_one(seed: int) -> None:
    rows, hours = random_rows(90, seed), 24
    masks = Book(rows).masks(micros(NOW), hours)
    for index in range(len(rows)):
        facts = facts_of(rows, index, hours)
        for which in Which:
            assert masks[which][index] == belongs(which, facts, NOW), (index, which, facts)


def everything(rows: np.ndarray, **cut: int) -> Counted:
    return Counted(Book(rows), Cut(frozenset({1, 2, 3}), **cut), micros(NOW), 24)


@pytest.mark.parametrize("seed", range(3))
def test_groups_sum_to_the_whole_and_each_is_as_long_as_its_list(seed: int) -> None:
    rows = random_rows(200, seed)
    whole = everything(rows)
    for name, narrowed in (("lead", "lead"), ("item", "item"), ("channel", "channel")):
        split = whole.split_by(name)
        assert sum(split.counts(Which.RECEIVED).tolist()) == 200
        for group in split.most_first:
            part = everything(rows, **{narrowed: group})
            for which in Which:
                listed = len(part.ids(which))
                assert split.tally(group).count(which) == listed == part.tally.count(which)
            assert split.tally(group).handling == part.tally.handling


def test_time_is_cut_at_the_microsecond() -> None:
    rows = random_rows(3, 1)
    midnight = micros(datetime(2026, 3, 10, 16, tzinfo=UTC))
    rows["filed"] = [midnight - 1, midnight, midnight + 1]
    assert everything(rows, since=midnight).ids(Which.RECEIVED).tolist() == [7, 4]
    assert everything(rows, until=midnight).ids(Which.RECEIVED).tolist() == [1]
    starts = np.array([midnight - 10, midnight], dtype=np.int64)
    assert everything(rows).split_at(starts).counts(Which.RECEIVED).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("hours", "mean", "median", "ninety"),
    [
        ([5], 5, 5, 5),
        ([1, 3], 2, 2, 3),
        ([3, 1, 2], 2, 2, 3),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5.5, 5.5, 9),
        ([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 6, 6, 10),
    ],
)
def test_mean_median_and_nine_in_ten(
    hours: list[int], mean: float, median: float, ninety: float
) -> None:
    rows = random_rows(len(hours), 2)
    rows["clock"], rows["started"] = True, micros(NOW)
    rows["ended"] = [micros(NOW + HOUR * n) for n in hours]
    took = everything(rows).tally.handling
    assert took is not None
    assert (took.mean / 3600, took.median / 3600, took.ninety / 3600) == (mean, median, ninety)


def test_no_case_at_all() -> None:
    nothing = everything(np.zeros(0, dtype=ROW))
    assert [nothing.tally.count(which) for which in Which] == [0] * len(Which)
    assert nothing.tally.handling is None
    assert nothing.ids(Which.OPEN).tolist() == []
    assert nothing.span() is None
    assert nothing.split_by("place").most_first == []


def test_new_rows_take_the_place_of_the_old() -> None:
    rows = random_rows(5, 3)
    fresh = rows[[3, 1]].copy()
    fresh["item"] = 9
    fresh["id"][0] = 100
    both = joined(rows, fresh)
    assert both["id"].tolist() == [1, 4, 7, 10, 13, 100]
    assert both["item"].tolist()[1] == both["item"].tolist()[5] == 9
    assert both[[0, 2, 3, 4]].tolist() == rows[[0, 2, 3, 4]].tolist()


@pytest.mark.parametrize("moved", [{}, {"item": 2}, {"filed": 1}, {"place": 3}, {"id": 2}])
def test_a_book_that_was_continued_is_one_made_anew(moved: dict[str, int]) -> None:
    rows = random_rows(60, 4)
    book, now = Book(rows), micros(NOW)
    book.masks(now, 24)
    assert len(book.latest_first) == 60
    fresh = rows[[7, 40]].copy()
    fresh["state"], fresh["due"] = 3, now - 1
    for name, value in moved.items():
        fresh[name][1] = value
    fresh = np.sort(fresh, order="id")
    continued, anew = book.with_fresh(fresh), Book(joined(rows, fresh))
    assert continued.latest_first.tolist() == anew.latest_first.tolist()
    masks = anew.masks(now, 24)
    assert all((continued.masks(now, 24)[which] == masks[which]).all() for which in Which)
