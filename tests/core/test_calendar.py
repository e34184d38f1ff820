"""Due dates against literal dates of the real calendars of 2024, 2025 and 2026."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yishi.core.calendar import (
    Calendar,
    CalendarMissing,
    Line,
    Reason,
    Span,
    SpanKind,
    WorkHours,
    Year,
    due,
    explain,
)
from yishi.rulebook.kinds import office_hours, year_of
from yishi.rulebook.shipped import shipped_bundle

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEARS = {year: year_of(shipped_bundle("calendar", str(year))) for year in (2024, 2025, 2026)}
CALENDAR = Calendar(YEARS, SHANGHAI, office_hours())
NOTHING_LOADED = Calendar({}, SHANGHAI, office_hours())
HOUR, WORKING_HOUR, DAY, WORKING_DAY = SpanKind


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)


def due_local(start: str, length: int, kind: SpanKind) -> str:
    found = due(local(start), Span(length, kind), CALENDAR)
    assert found.tzinfo is UTC
    return found.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "length", "kind", "overdue_from"),
    [
        # hours run day and night, over weekends and years
        ("2026-03-02 10:30", 2, HOUR, "2026-03-02 12:30"),
        ("2026-02-28 23:00", 24, HOUR, "2026-03-01 23:00"),
        ("2027-12-31 23:30", 1, HOUR, "2028-01-01 00:30"),
        # natural days end at midnight after the n-th day; day zero is the day of start
        ("2026-03-02 00:00", 1, DAY, "2026-03-04 00:00"),
        ("2026-03-02 23:59", 1, DAY, "2026-03-04 00:00"),
        ("2026-03-02 10:00", 7, DAY, "2026-03-10 00:00"),
        ("2026-12-31 10:00", 1, DAY, "2027-01-02 00:00"),
        # working days: an ordinary week, a Friday, a Saturday
        ("2026-03-02 10:00", 1, WORKING_DAY, "2026-03-04 00:00"),
        ("2026-03-06 17:59", 1, WORKING_DAY, "2026-03-10 00:00"),
        ("2026-03-07 10:00", 1, WORKING_DAY, "2026-03-10 00:00"),
        ("2026-03-02 10:00", 5, WORKING_DAY, "2026-03-10 00:00"),
        # the Sunday before the Spring Festival of 2025 is worked, and so is the Saturday after
        ("2025-01-24 09:00", 1, WORKING_DAY, "2025-01-27 00:00"),
        ("2025-01-27 09:00", 1, WORKING_DAY, "2025-02-06 00:00"),
        ("2025-02-07 09:00", 1, WORKING_DAY, "2025-02-09 00:00"),
        # Saturday 14 February 2026 is worked, then nine days off
        ("2026-02-13 09:00", 1, WORKING_DAY, "2026-02-15 00:00"),
        ("2026-02-14 09:00", 1, WORKING_DAY, "2026-02-25 00:00"),
        # the year's end: Thursday and Friday are New Year, Sunday 4 January is worked
        ("2025-12-31 09:00", 1, WORKING_DAY, "2026-01-05 00:00"),
        ("2025-12-30 09:00", 2, WORKING_DAY, "2026-01-05 00:00"),
        ("2026-12-30 09:00", 1, WORKING_DAY, "2027-01-01 00:00"),
        # working hours: inside a window, over lunch, over night, over a weekend
        ("2026-03-02 09:00", 2, WORKING_HOUR, "2026-03-02 11:00"),
        ("2026-03-02 11:00", 2, WORKING_HOUR, "2026-03-02 15:00"),
        ("2026-03-02 12:30", 4, WORKING_HOUR, "2026-03-02 18:00"),
        ("2026-03-02 17:00", 2, WORKING_HOUR, "2026-03-03 10:00"),
        ("2026-03-06 18:00", 2, WORKING_HOUR, "2026-03-09 11:00"),
        ("2026-03-06 17:30", 7, WORKING_HOUR, "2026-03-09 17:30"),
        ("2026-02-14 17:00", 2, WORKING_HOUR, "2026-02-24 10:00"),
        # exactly one window long ends when the window does, not when the next one opens
        ("2026-03-02 09:00", 3, WORKING_HOUR, "2026-03-02 12:00"),
    ],
)
def test_due(start: str, length: int, kind: SpanKind, overdue_from: str) -> None:
    assert due_local(start, length, kind) == overdue_from


MAKEUP_DAYS = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


@pytest.mark.parametrize(
    "day",
    [date.fromisoformat(f"{year}-{day}") for year in MAKEUP_DAYS for day in MAKEUP_DAYS[year]],
)
def test_every_makeup_day_is_a_weekend_that_counts(day: date) -> None:
    assert day.weekday() >= 5
    assert CALENDAR.is_working(day)
    assert CALENDAR.classify(day)[0] is Reason.MAKEUP
    start = datetime.combine(day - timedelta(days=1), time(9), tzinfo=SHANGHAI)
    end = due(start, Span(1, WORKING_DAY), CALENDAR).astimezone(SHANGHAI)
    assert end == datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI)


def test_there_are_no_other_makeup_days() -> None:
    shipped = {
        year: [f"{day:%m-%d}" for day in sorted(calendar.work)] for year, calendar in YEARS.items()
    }
    assert shipped == MAKEUP_DAYS


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_in_a_year(year: int, working_days: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    assert sum(CALENDAR.is_working(day) for day in days) == working_days


@pytest.mark.parametrize(
    ("start", "length", "kind", "year"),
    [
        ("2026-12-31 09:00", 1, WORKING_DAY, 2027),
        ("2026-12-30 09:00", 2, WORKING_DAY, 2027),
        ("2026-12-31 17:00", 2, WORKING_HOUR, 2027),
        ("2023-05-04 09:00", 1, WORKING_DAY, 2023),
    ],
)
def test_a_year_that_is_not_loaded_is_named(
    start: str, length: int, kind: SpanKind, year: int
) -> None:
    with pytest.raises(CalendarMissing) as missing:
        due(local(start), Span(length, kind), CALENDAR)
    assert missing.value.year == year


def test_a_year_without_a_day_counts_as_not_loaded() -> None:
    empty = Calendar({**YEARS, 2027: Year(2027, "1", "ours", {}, {})}, SHANGHAI, office_hours())
    with pytest.raises(CalendarMissing) as missing:
        due(local("2026-12-31 09:00"), Span(1, WORKING_DAY), empty)
    assert missing.value.year == 2027


@pytest.mark.parametrize("kind", [HOUR, DAY])
def test_natural_time_never_needs_a_calendar(kind: SpanKind) -> None:
    assert due(local("2031-12-31 12:00"), Span(3, kind), NOTHING_LOADED) > local("2031-12-31 12:00")


def test_a_new_year_notice_reaches_back_into_december() -> None:
    first = Year(2018, "1", "ours", {date(2018, 1, 1): "元旦"}, {})
    second = Year(2019, "1", "ours", {date(2018, 12, 31): "元旦"}, {date(2018, 12, 29): "元旦"})
    alone = Calendar({2018: first}, SHANGHAI, office_hours())
    both = Calendar({2018: first, 2019: second}, SHANGHAI, office_hours())
    assert [alone.is_working(date(2018, 12, day)) for day in (29, 30, 31)] == [False, False, True]
    assert [both.is_working(date(2018, 12, day)) for day in (29, 30, 31)] == [True, False, False]


def test_a_span_is_at_least_one_and_a_start_is_aware() -> None:
    with pytest.raises(ValueError, match="1 to"):
        Span(0, DAY)
    with pytest.raises(ValueError, match="aware"):
        due(datetime(2026, 3, 2, 9), Span(1, DAY), CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize(
    "windows", [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(13)))]
)
def test_working_windows_are_ordered(windows: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="window"):
        WorkHours(windows)


def test_working_days_line_by_line() -> None:
    assert explain(local("2026-02-13 09:00"), Span(2, WORKING_DAY), CALENDAR) == (
        Line(date(2026, 2, 13), None, Reason.START),
        Line(date(2026, 2, 14), 1, Reason.MAKEUP, "春节"),
        *(Line(date(2026, 2, day), None, Reason.HOLIDAY, "春节") for day in range(15, 24)),
        Line(date(2026, 2, 24), 1, Reason.WORKING),
    )


def test_working_hours_line_by_line_are_minutes() -> None:
    assert explain(local("2026-03-06 17:30"), Span(2, WORKING_HOUR), CALENDAR) == (
        Line(date(2026, 3, 6), 30, Reason.WORKING),
        Line(date(2026, 3, 7), None, Reason.WEEKEND),
        Line(date(2026, 3, 8), None, Reason.WEEKEND),
        Line(date(2026, 3, 9), 90, Reason.WORKING),
    )


def test_after_hours_the_first_day_is_closed() -> None:
    first, second = explain(local("2026-03-02 19:00"), Span(1, WORKING_HOUR), CALENDAR)
    assert first == Line(date(2026, 3, 2), None, Reason.CLOSED)
    assert second == Line(date(2026, 3, 3), 60, Reason.WORKING)


def test_hours_to_midnight_leave_no_line_for_the_next_day() -> None:
    assert explain(local("2026-03-02 22:00"), Span(2, HOUR), CALENDAR) == (
        Line(date(2026, 3, 2), 120, Reason.NATURAL),
    )


def test_the_calendars_that_made_a_date_are_named() -> None:
    assert CALENDAR.versions(date(2025, 12, 31), date(2026, 1, 4)) == "2025@1 2026@1"
    assert NOTHING_LOADED.versions(date(2025, 12, 31), date(2026, 1, 4)) == ""


STARTS = st.integers(0, 973 * 24 * 3600).map(
    lambda seconds: local("2024-01-01 00:00") + timedelta(seconds=seconds)
)
KINDS = st.sampled_from(SpanKind)
LENGTHS = st.integers(1, 40)


@given(STARTS, LENGTHS, KINDS)
def test_counted_lines_sum_to_the_span(start: datetime, length: int, kind: SpanKind) -> None:
    span = Span(length, kind)
    assert sum(line.counted or 0 for line in explain(start, span, CALENDAR)) == span.total


@given(STARTS, STARTS, LENGTHS, KINDS)
def test_a_later_start_is_never_due_earlier(
    one: datetime, other: datetime, length: int, kind: SpanKind
) -> None:
    earlier, later = sorted((one, other))
    span = Span(length, kind)
    assert due(earlier, span, CALENDAR) <= due(later, span, CALENDAR)


@given(STARTS, LENGTHS, KINDS)
def test_a_longer_span_is_due_later(start: datetime, length: int, kind: SpanKind) -> None:
    shorter = due(start, Span(length, kind), CALENDAR)
    assert start < shorter < due(start, Span(length + 1, kind), CALENDAR)
