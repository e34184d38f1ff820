"""Clocks: when amber, when late, and what waits for a calendar."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from yishi.core.calendar import Calendar, Span, SpanKind
from yishi.core.clock import (
    ClockKind,
    ClockState,
    Colour,
    StartedClock,
    colour,
    left,
    share_used,
    start_clock,
)
from yishi.rulebook.kinds import office_hours, year_of
from yishi.rulebook.shipped import shipped_bundle

YEAR = year_of(shipped_bundle("calendar", "2026"))
CALENDAR = Calendar({2026: YEAR}, ZoneInfo("Asia/Shanghai"), office_hours())
AMBER = Fraction(4, 5)


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_two_hours_to_sign() -> None:
    span = Span(2, SpanKind.HOUR)
    start = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert start_clock(ClockKind.SIGN, start, span, CALENDAR, AMBER) == StartedClock(
        kind=ClockKind.SIGN,
        started_at=utc("2026-03-02 02:00"),
        span=span,
        due_at=utc("2026-03-02 04:00"),
        amber_at=utc("2026-03-02 03:36"),
        state=ClockState.RUNNING,
    )


def test_a_clock_of_working_days_names_its_calendar() -> None:
    span = Span(1, SpanKind.WORKING_DAY)
    clock = start_clock(ClockKind.HANDLE, utc("2026-12-30 02:00"), span, CALENDAR, AMBER)
    assert (clock.due_at, clock.calendar) == (utc("2026-12-31 16:00"), "2026@1")


def test_without_a_calendar_the_clock_waits() -> None:
    span = Span(1, SpanKind.WORKING_DAY)
    start = utc("2026-12-31 02:00")
    assert start_clock(ClockKind.HANDLE, start, span, CALENDAR, AMBER) == StartedClock(
        ClockKind.HANDLE, start, span, None, None, ClockState.WAITS
    )


@pytest.mark.parametrize(
    ("now", "shown", "used"),
    [
        ("2026-03-02 01:59:59", Colour.OK, 0),
        ("2026-03-02 02:00:00", Colour.OK, 0),
        ("2026-03-02 03:35:59", Colour.OK, 79),
        ("2026-03-02 03:36:00", Colour.AMBER, 80),
        ("2026-03-02 03:59:59", Colour.AMBER, 99),
        ("2026-03-02 04:00:00", Colour.LATE, 100),
        ("2026-03-05 04:00:00", Colour.LATE, 100),
    ],
)
def test_colour_and_share_at_the_edges(now: str, shown: Colour, used: int) -> None:
    start, amber, end = (utc(f"2026-03-02 {at}") for at in ("02:00", "03:36", "04:00"))
    assert colour(utc(now), amber, end) is shown
    assert share_used(utc(now), start, end) == used


def test_a_waiting_clock_has_its_own_colour() -> None:
    assert colour(utc("2027-01-05 00:00"), None, None) is Colour.WAITS


def test_time_left_is_signed() -> None:
    end = utc("2026-03-02 04:00")
    assert left(utc("2026-03-02 03:00"), end) == timedelta(hours=1)
    assert left(utc("2026-03-02 04:30"), end) == timedelta(minutes=-30)
