"""Days counted together, and what they are compared with."""

from datetime import date

import pytest

from yishi.core.period import (
    Grain,
    Period,
    Span,
    before,
    key_of,
    period_span,
    span_at,
    span_of,
    until_today,
    year_before,
)

G = Grain


def days(first: str, last: str, grain: Grain | None = None) -> Span:
    """From the first to the last day, both counted."""
    end = date.fromisoformat(last)
    return Span(date.fromisoformat(first), date.fromordinal(end.toordinal() + 1), grain)


@pytest.mark.parametrize(
    ("grain", "day", "span"),
    [
        (G.DAY, "2024-02-29", days("2024-02-29", "2024-02-29", G.DAY)),
        (G.WEEK, "2026-01-01", days("2025-12-29", "2026-01-04", G.WEEK)),
        (G.WEEK, "2026-01-05", days("2026-01-05", "2026-01-11", G.WEEK)),
        (G.MONTH, "2026-12-31", days("2026-12-01", "2026-12-31", G.MONTH)),
        (G.MONTH, "2024-02-01", days("2024-02-01", "2024-02-29", G.MONTH)),
        (G.QUARTER, "2026-11-30", days("2026-10-01", "2026-12-31", G.QUARTER)),
        (G.QUARTER, "2026-03-31", days("2026-01-01", "2026-03-31", G.QUARTER)),
        (G.YEAR, "2026-12-31", days("2026-01-01", "2026-12-31", G.YEAR)),
    ],
)
def test_the_period_a_day_is_in(grain: Grain, day: str, span: Span) -> None:
    assert span_at(grain, date.fromisoformat(day)) == span
    assert span.is_whole
    assert span_of(key_of(grain, span.first)) == span


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("2026", "2026-01-01"),
        ("2026-Q4", "2026-10-01"),
        ("2026-03", "2026-03-01"),
        ("2026-W01", "2025-12-29"),
        ("2020-W53", "2020-12-28"),
        ("2026-03-11", "2026-03-11"),
    ],
)
def test_a_period_by_its_key(key: str, first: str) -> None:
    span = span_of(key)
    assert span is not None
    assert span.first == date.fromisoformat(first)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026-13",
        "2026-0",
        "2026-1",
        "2026-Q5",
        "2026-W54",
        "2025-W53",
        "x",
        "1999",
        "2026-2-30",
    ],
)
def test_what_is_no_period(key: str) -> None:
    assert span_of(key) is None


@pytest.mark.parametrize(
    ("span", "earlier", "last_year"),
    [
        # Whole periods: the one before, and the same one.
        (
            days("2026-03-01", "2026-03-31", G.MONTH),
            days("2026-02-01", "2026-02-28", G.MONTH),
            days("2025-03-01", "2025-03-31", G.MONTH),
        ),
        # The February after a leap year is compared with the whole of the longer one.
        (
            days("2025-02-01", "2025-02-28", G.MONTH),
            days("2025-01-01", "2025-01-31", G.MONTH),
            days("2024-02-01", "2024-02-29", G.MONTH),
        ),
        (
            days("2026-01-01", "2026-03-31", G.QUARTER),
            days("2025-10-01", "2025-12-31", G.QUARTER),
            days("2025-01-01", "2025-03-31", G.QUARTER),
        ),
        (
            days("2026-01-01", "2026-12-31", G.YEAR),
            days("2025-01-01", "2025-12-31", G.YEAR),
            days("2025-01-01", "2025-12-31", G.YEAR),
        ),
        # The leap day has none: the day before it stands in.
        (
            days("2024-02-29", "2024-02-29", G.DAY),
            days("2024-02-28", "2024-02-28", G.DAY),
            days("2023-02-28", "2023-02-28", G.DAY),
        ),
        # Monday meets Monday.
        (
            days("2026-03-09", "2026-03-15", G.WEEK),
            days("2026-03-02", "2026-03-08", G.WEEK),
            days("2025-03-10", "2025-03-16", G.WEEK),
        ),
        # What has only begun is compared with as many days.
        (
            days("2026-03-01", "2026-03-11", G.MONTH),
            days("2026-02-01", "2026-02-11", G.MONTH),
            days("2025-03-01", "2025-03-11", G.MONTH),
        ),
        # … and never with more than the period before has.
        (
            days("2026-03-01", "2026-03-30", G.MONTH),
            days("2026-02-01", "2026-02-28", G.MONTH),
            days("2025-03-01", "2025-03-30", G.MONTH),
        ),
        (
            days("2026-03-09", "2026-03-11", G.WEEK),
            days("2026-03-02", "2026-03-04", G.WEEK),
            days("2025-03-10", "2025-03-12", G.WEEK),
        ),
        # Days of one's own choice.
        (
            days("2024-02-20", "2024-02-29"),
            days("2024-02-10", "2024-02-19"),
            days("2023-02-20", "2023-02-28"),
        ),
    ],
)
def test_what_a_period_is_compared_with(span: Span, earlier: Span, last_year: Span) -> None:
    assert before(span) == earlier
    assert year_before(span) == last_year


@pytest.mark.parametrize(
    ("period", "span"),
    [
        (Period.ALL, None),
        (Period.OWN, None),
        (Period.TODAY, days("2026-01-31", "2026-01-31", G.DAY)),
        (Period.THIS_WEEK, days("2026-01-26", "2026-01-31", G.WEEK)),
        (Period.LAST_WEEK, days("2026-01-19", "2026-01-25", G.WEEK)),
        (Period.THIS_MONTH, days("2026-01-01", "2026-01-31", G.MONTH)),
        (Period.LAST_MONTH, days("2025-12-01", "2025-12-31", G.MONTH)),
        (Period.THIS_QUARTER, days("2026-01-01", "2026-01-31", G.QUARTER)),
        (Period.LAST_QUARTER, days("2025-10-01", "2025-12-31", G.QUARTER)),
        (Period.THIS_YEAR, days("2026-01-01", "2026-01-31", G.YEAR)),
        (Period.LAST_YEAR, days("2025-01-01", "2025-12-31", G.YEAR)),
    ],
)
def test_periods_seen_from_the_last_of_january(period: Period, span: Span | None) -> None:
    assert period_span(period, date(2026, 1, 31)) == span


def test_what_has_not_come_yet_has_no_days() -> None:
    ahead = until_today(span_at(G.MONTH, date(2026, 5, 1)), date(2026, 3, 11))
    assert ahead.days == 0
    assert year_before(ahead).days == 0
