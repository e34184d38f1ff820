"""When a meeting that comes round is held next. Source: practice G7, C1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yishi.core.method.language import Every, Rhythm

MONTHS: Mapping[Every, int] = {
    Every.MONTH: 1,
    Every.QUARTER: 3,
    Every.HALF_YEAR: 6,
    Every.YEAR: 12,
}
YEAR = 12


def next_on(rhythm: Rhythm, day: date) -> date:
    """The next day it is held, `day` itself if it is one. A day of rest is not moved: whoever
    calls the meeting says so."""
    step = MONTHS[rhythm.every]
    month = day.year * YEAR + (day.month - 1) // step * step
    found = date(month // YEAR, month % YEAR + 1, rhythm.day)
    if found >= day:
        return found
    month += step
    return date(month // YEAR, month % YEAR + 1, rhythm.day)
