"""The next day a meeting of the rhythm is held."""

from datetime import date

import pytest

from yishi.core.caserules import Text
from yishi.core.method.language import Every, Rhythm
from yishi.core.method.rhythm import next_on
from yishi.core.place import BodyKind


@pytest.mark.parametrize(
    ("every", "day", "asked", "held"),
    [
        (Every.MONTH, 10, date(2026, 3, 9), date(2026, 3, 10)),
        (Every.MONTH, 10, date(2026, 3, 10), date(2026, 3, 10)),
        (Every.MONTH, 10, date(2026, 3, 11), date(2026, 4, 10)),
        (Every.MONTH, 28, date(2026, 12, 29), date(2027, 1, 28)),
        (Every.QUARTER, 10, date(2026, 1, 11), date(2026, 4, 10)),
        (Every.QUARTER, 10, date(2026, 6, 30), date(2026, 7, 10)),
        (Every.QUARTER, 10, date(2026, 10, 11), date(2027, 1, 10)),
        (Every.HALF_YEAR, 1, date(2026, 1, 1), date(2026, 1, 1)),
        (Every.HALF_YEAR, 1, date(2026, 1, 2), date(2026, 7, 1)),
        (Every.HALF_YEAR, 1, date(2026, 12, 31), date(2027, 1, 1)),
        (Every.YEAR, 15, date(2026, 1, 15), date(2026, 1, 15)),
        (Every.YEAR, 15, date(2026, 1, 16), date(2027, 1, 15)),
    ],
)
def test_the_next_meeting(every: Every, day: int, asked: date, held: date) -> None:
    rhythm = Rhythm("r", Text("例会"), BodyKind.REPRESENTATIVES, every, day, True, "ours")
    assert next_on(rhythm, asked) == held
