"""Which days a brief is about: the whole week or month before, or the last ninety days."""

from datetime import date

import pytest

from yishi.core.brief import BriefKind, brief_span

WEEKLY, MONTHLY, SPECIAL = BriefKind


@pytest.mark.parametrize(
    ("kind", "made_on", "first", "last"),
    [
        # A Monday, and the Sunday that ends the same week.
        (WEEKLY, date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 8)),
        (WEEKLY, date(2026, 3, 15), date(2026, 3, 2), date(2026, 3, 8)),
        (WEEKLY, date(2026, 1, 1), date(2025, 12, 22), date(2025, 12, 28)),
        (MONTHLY, date(2026, 3, 1), date(2026, 2, 1), date(2026, 2, 28)),
        (MONTHLY, date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (MONTHLY, date(2024, 3, 31), date(2024, 2, 1), date(2024, 2, 29)),
        (SPECIAL, date(2026, 3, 11), date(2025, 12, 11), date(2026, 3, 10)),
    ],
)
def test_the_days_of_a_brief(kind: BriefKind, made_on: date, first: date, last: date) -> None:
    span = brief_span(kind, made_on)
    assert (span.first, span.last) == (first, last)
