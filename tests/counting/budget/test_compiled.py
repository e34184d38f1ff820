"""Compiled, a count comes to the same: compiled floats only rank, as the plain ones do."""

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings

from tests.counting.budget.elections import collection, elections, in_order, published
from yishi.counting.budget.compiled import MARKS, compiled, engine_for
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.election import Election, election_of
from yishi.counting.budget.floats import PLAIN, Engine
from yishi.counting.budget.purses import Purses

ASKED = """
import sys
{first}
from yishi.counting.budget.compiled import compiled
print(compiled())
"""


def comes_to(election: Election, convention: Convention, unit: int, engine: Engine) -> list[object]:
    """What was bought and paid, in how many steps, and what was bought after."""
    count = completed(election, in_order(election), convention, unit, engine)
    purses: Purses = count.shares.exact()
    return [count.steps, count.each, purses.paid, count.after]


def same(election: Election, unit: int = 1) -> None:
    quick = compiled()
    assert quick is not None
    for convention in Convention:
        plain = comes_to(election, convention, unit, PLAIN)
        assert comes_to(election, convention, unit, quick) == plain


@given(elections())
@settings(max_examples=80, deadline=None)
def test_with_ties_galore(election: Election) -> None:
    same(election)


def test_with_many_voters_and_costs_that_nearly_tie() -> None:
    dice = random.Random(11)
    for projects, voters in ((12, 60), (40, 300), (60, 200)):
        costs = [dice.choice((5_000, 5_001, 7_919, 12_000, 45_000)) for _ in range(projects)]
        ballots = [
            dict.fromkeys(dice.sample(range(projects), dice.randint(1, 8)), 1)
            for _ in range(voters)
        ]
        same(election_of(sum(costs) // 3, costs, ballots))


def test_in_every_published_election() -> None:
    for path in collection():
        file = published(path)
        same(file.election, file.unit)


def test_a_small_election_does_not_wait_for_a_compiler() -> None:
    named = dict.fromkeys(range(9), 1)
    small = election_of(10, [1] * 9, [named] * 100)
    assert engine_for(small) is PLAIN
    # All different, or they would be one kind of ballot.
    drawn = [{p: 1 for p in range(16) if number >> p & 1} for number in range(8_192)]
    large = election_of(10, [1] * 16, drawn)
    assert len(large.chosen) == 8_192 * 13 // 2 >= MARKS
    assert engine_for(large) is compiled()


@pytest.mark.parametrize(
    ("first", "kept_by"),
    [
        ("sys.modules['numba'] = None", ""),
        ("", "numba.core.caching._ZipCacheLocator"),
    ],
    ids=["without numba", "where nothing can be kept"],
)
def test_it_is_done_without(first: str, kept_by: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED.format(first=first)],
        env={**os.environ, "NUMBA_CACHE_LOCATOR_CLASSES": kept_by},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "None\n"
