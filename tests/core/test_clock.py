"""Clocks: when amber, when late, and what waits for a calendar."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from yishi.core.calendar import Calendar, Pause, Span, SpanKind
from yishi.core.clock import (
    ClockKind,
    ClockState,
    Colour,
    StartedClock,
    amber_moment,
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


def test_a_clock_that_stood_still_is_due_and_amber_later() -> None:
    over = [Pause(utc("2026-03-02 02:30"), utc("2026-03-02 05:00"), "returned")]
    span = Span(2, SpanKind.HOUR)
    assert start_clock(
        ClockKind.SIGN, utc("2026-03-02 02:00"), span, CALENDAR, AMBER, over
    ) == StartedClock(
        kind=ClockKind.SIGN,
        started_at=utc("2026-03-02 02:00"),
        span=span,
        due_at=utc("2026-03-02 06:30"),
        amber_at=utc("2026-03-02 06:06"),
        state=ClockState.RUNNING,
    )


def test_a_pause_into_a_year_without_a_calendar_makes_the_clock_wait() -> None:
    over = [Pause(utc("2026-12-30 16:00"), utc("2027-02-01 00:00"))]
    start, span = utc("2026-12-30 02:00"), Span(1, SpanKind.WORKING_DAY)
    clock = start_clock(ClockKind.HANDLE, start, span, CALENDAR, AMBER, over)
    assert (clock.state, clock.due_at, clock.amber_at) == (ClockState.WAITS, None, None)


@pytest.mark.parametrize(
    ("pauses", "amber"),
    [
        # ten hours from 00:00, of which eight are used
        ([], "08:00"),
        ([("01:00", "03:00")], "08:24"),
        ([("08:00", "09:00")], "07:12"),
        # used up to the moment the clock stops: amber from that moment
        ([("04:00", "09:00")], "04:00"),
        # overlapping pauses are one; what lies after the due moment is none
        ([("02:00", "05:00"), ("03:00", "07:00"), ("11:00", "23:00")], "09:00"),
        ([("00:00", "10:00")], "10:00"),
    ],
)
def test_amber_after_four_fifths_of_the_running_time(
    pauses: list[tuple[str, str]], amber: str
) -> None:
    start, end = utc("2026-03-02 00:00"), utc("2026-03-02 10:00")
    over = [Pause(utc(f"2026-03-02 {a}"), utc(f"2026-03-02 {b}")) for a, b in pauses]
    assert amber_moment(start, end, AMBER, over) == utc(f"2026-03-02 {amber}")


@pytest.mark.parametrize(
    ("now", "used", "hours_left"),
    [("01:00", 20, 4), ("02:00", 40, 3), ("04:00", 40, 3), ("07:00", 40, 3), ("08:00", 60, 2)],
)
def test_share_and_time_left_stand_still_with_the_clock(
    now: str, used: int, hours_left: int
) -> None:
    start, end = utc("2026-03-02 00:00"), utc("2026-03-02 10:00")
    over = [Pause(utc("2026-03-02 02:00"), utc("2026-03-02 07:00"))]
    assert share_used(utc(f"2026-03-02 {now}"), start, end, over) == used
    assert left(utc(f"2026-03-02 {now}"), end, over) == timedelta(hours=hours_left)


def test_a_late_clock_stays_late_through_a_pause() -> None:
    start, end = utc("2026-03-02 00:00"), utc("2026-03-02 10:00")
    over = [Pause(utc("2026-03-02 10:00"), utc("2026-03-02 12:00"))]
    assert share_used(utc("2026-03-02 11:00"), start, end, over) == 100
    assert left(utc("2026-03-02 13:00"), end, over) == timedelta(hours=-3)
