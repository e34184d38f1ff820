"""Due dates of clocks that stood still, against literal dates of 2025 and 2026."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yishi.core.calendar import (
    Calendar,
    CalendarMissing,
    Line,
    Pause,
    Reason,
    Span,
    SpanKind,
    due,
    explain,
)
from yishi.rulebook.kinds import office_hours, year_of
from yishi.rulebook.shipped import shipped_bundle

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEARS = {year: year_of(shipped_bundle("calendar", str(year))) for year in (2025, 2026)}
CALENDAR = Calendar(YEARS, SHANGHAI, office_hours())
HOUR, WORKING_HOUR, DAY, WORKING_DAY = SpanKind
MINUTE = timedelta(minutes=1)


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)


def pause(words: str, cause: str = "") -> Pause:
    """`2026-03-03 10:00 / 2026-03-05 16:00`"""
    begins, ends = words.split(" / ")
    return Pause(local(begins), local(ends), cause)


def due_local(start: str, length: int, kind: SpanKind, *pauses: str) -> str:
    found = due(local(start), Span(length, kind), CALENDAR, [pause(words) for words in pauses])
    assert found.tzinfo is UTC
    return found.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "length", "kind", "pauses", "overdue_from"),
    [
        # hours: what is paused is added, day and night
        ("2026-03-02 10:00", 24, HOUR, ["2026-03-02 12:00 / 2026-03-02 15:30"], "2026-03-03 13:30"),
        ("2026-03-02 10:00", 24, HOUR, ["2026-03-02 12:00 / 2026-03-05 12:00"], "2026-03-06 10:00"),
        # overlapping pauses are one, and those that touch too
        (
            "2026-03-02 10:00", 2, HOUR,
            ["2026-03-02 11:00 / 2026-03-02 13:00", "2026-03-02 12:00 / 2026-03-02 14:00"],
            "2026-03-02 15:00",
        ),
        (
            "2026-03-02 10:00", 2, HOUR,
            ["2026-03-02 12:00 / 2026-03-02 14:00", "2026-03-02 11:00 / 2026-03-02 12:00"],
            "2026-03-02 15:00",
        ),
        # the second pause begins only after the due moment that the first has moved: it counts
        (
            "2026-03-02 10:00", 2, HOUR,
            ["2026-03-02 11:00 / 2026-03-02 12:00", "2026-03-02 12:30 / 2026-03-02 13:00"],
            "2026-03-02 13:30",
        ),
        # a pause from before the start takes out only what lies after it
        ("2026-03-02 10:00", 2, HOUR, ["2026-03-02 08:00 / 2026-03-02 11:00"], "2026-03-02 13:00"),
        # a pause that begins when it is due, or later, changes nothing
        ("2026-03-02 10:00", 2, HOUR, ["2026-03-02 12:00 / 2026-03-02 20:00"], "2026-03-02 12:00"),
        ("2026-03-02 10:00", 2, HOUR, ["2026-03-02 11:59 / 2026-03-02 12:59"], "2026-03-02 13:00"),
        # working hours: only the working part of a pause is given
        (
            "2026-03-02 09:00", 2, WORKING_HOUR,
            ["2026-03-02 10:00 / 2026-03-02 15:00"], "2026-03-02 16:00",
        ),
        (
            "2026-03-02 09:00", 2, WORKING_HOUR,
            ["2026-03-02 12:00 / 2026-03-02 14:00"], "2026-03-02 11:00",
        ),
        (
            "2026-03-06 17:00", 2, WORKING_HOUR,
            ["2026-03-06 18:00 / 2026-03-09 09:00"], "2026-03-09 10:00",
        ),
        (
            "2026-03-06 17:00", 2, WORKING_HOUR,
            ["2026-03-06 17:30 / 2026-03-09 09:30"], "2026-03-09 11:00",
        ),
        # natural days: only days that stood still from 00:00 to 24:00
        ("2026-03-02 10:00", 3, DAY, ["2026-03-03 10:00 / 2026-03-05 16:00"], "2026-03-07 00:00"),
        ("2026-03-02 10:00", 3, DAY, ["2026-03-03 00:00 / 2026-03-05 00:00"], "2026-03-08 00:00"),
        ("2026-03-02 10:00", 3, DAY, ["2026-03-03 00:01 / 2026-03-03 23:59"], "2026-03-06 00:00"),
        ("2026-03-02 10:00", 3, DAY, ["2026-03-03 00:00 / 2026-03-03 23:59"], "2026-03-06 00:00"),
        # two pauses that together fill a day fill it
        (
            "2026-03-02 10:00", 3, DAY,
            ["2026-03-03 12:00 / 2026-03-04 00:00", "2026-03-03 00:00 / 2026-03-03 12:00"],
            "2026-03-07 00:00",
        ),
        # the day of the start does not count, so a pause of it gives nothing
        ("2026-03-02 10:00", 1, DAY, ["2026-03-02 10:00 / 2026-03-03 09:00"], "2026-03-04 00:00"),
        # stopped on the last day and resumed days later: due at the end of the day it goes on
        ("2026-03-02 10:00", 1, DAY, ["2026-03-03 16:00 / 2026-03-06 09:00"], "2026-03-07 00:00"),
        ("2026-03-02 10:00", 1, DAY, ["2026-03-03 16:00 / 2026-03-04 00:00"], "2026-03-04 00:00"),
        (
            "2026-03-05 10:00", 1, WORKING_DAY,
            ["2026-03-06 16:00 / 2026-03-07 09:00"], "2026-03-10 00:00",
        ),
        ("2026-03-02 10:00", 1, DAY, ["2026-03-04 00:00 / 2026-03-06 00:00"], "2026-03-04 00:00"),
        # working days: a paused weekend gives nothing, Friday to Monday gives two
        (
            "2026-03-05 10:00", 2, WORKING_DAY,
            ["2026-03-07 00:00 / 2026-03-09 00:00"], "2026-03-10 00:00",
        ),
        (
            "2026-03-05 10:00", 2, WORKING_DAY,
            ["2026-03-06 00:00 / 2026-03-10 00:00"], "2026-03-12 00:00",
        ),
        # over the Spring Festival of 2026, from the make-up Saturday to the day after it
        (
            "2026-02-13 09:00", 2, WORKING_DAY,
            ["2026-02-14 00:00 / 2026-02-25 00:00"], "2026-02-27 00:00",
        ),
        # over New Year: Sunday 4 January 2026 is worked
        (
            "2025-12-30 09:00", 2, WORKING_DAY,
            ["2025-12-30 15:00 / 2026-01-04 10:00"], "2026-01-06 00:00",
        ),
    ],
)  # fmt: skip
def test_due(start: str, length: int, kind: SpanKind, pauses: list[str], overdue_from: str) -> None:
    assert due_local(start, length, kind, *pauses) == overdue_from


MAKEUP_DAYS = [
    # the make-up workday, and the day it is due when that day is paused
    ("2025-01-26", "2025-01-28 00:00"),
    ("2025-02-08", "2025-02-11 00:00"),
    ("2025-04-27", "2025-04-29 00:00"),
    ("2025-09-28", "2025-09-30 00:00"),
    ("2025-10-11", "2025-10-14 00:00"),
    ("2026-01-04", "2026-01-06 00:00"),
    ("2026-02-14", "2026-02-25 00:00"),
    ("2026-02-28", "2026-03-03 00:00"),
    ("2026-05-09", "2026-05-12 00:00"),
    ("2026-09-20", "2026-09-22 00:00"),
    ("2026-10-10", "2026-10-13 00:00"),
]


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def test_these_are_all_makeup_days() -> None:
    shipped = [day.isoformat() for year in (2025, 2026) for day in sorted(YEARS[year].work)]
    assert [day for day, _ in MAKEUP_DAYS] == shipped


@pytest.mark.parametrize(("day", "overdue_from"), MAKEUP_DAYS)
def test_a_makeup_day_that_stood_still_does_not_count(day: str, overdue_from: str) -> None:
    over = f"{day} 00:00 / {day_after(day)} 00:00"
    assert due_local(f"{day_before(day)} 09:00", 1, WORKING_DAY, over) == overdue_from


@pytest.mark.parametrize("day", [day for day, _ in MAKEUP_DAYS])
def test_a_makeup_day_paused_for_its_office_hours_counts(day: str) -> None:
    over = f"{day} 09:00 / {day} 18:00"
    assert due_local(f"{day_before(day)} 09:00", 1, WORKING_DAY, over) == f"{day_after(day)} 00:00"


@pytest.mark.parametrize("day", [day for day, _ in MAKEUP_DAYS])
def test_the_hours_of_a_makeup_day_run_round_the_pause(day: str) -> None:
    over = f"{day} 10:00 / {day} 15:00"
    assert due_local(f"{day} 09:00", 4, WORKING_HOUR, over) == f"{day} 18:00"


@pytest.mark.parametrize("kind", [WORKING_DAY, WORKING_HOUR])
def test_a_pause_into_a_year_that_is_not_loaded_names_it(kind: SpanKind) -> None:
    over = pause("2026-12-31 00:00 / 2027-03-01 00:00")
    with pytest.raises(CalendarMissing) as missing:
        due(local("2026-12-30 17:00"), Span(2, kind), CALENDAR, [over])
    assert missing.value.year == 2027


def test_a_pause_is_aware_and_runs_forward() -> None:
    at = local("2026-03-02 10:00")
    assert Pause(at, at).cause == ""
    with pytest.raises(ValueError, match="before it begins"):
        Pause(at, at - timedelta(seconds=1))
    with pytest.raises(ValueError, match="aware"):
        Pause(at, datetime(2026, 3, 2, 11))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        Pause(datetime(2026, 3, 2, 9), at)  # noqa: DTZ001


def test_paused_days_line_by_line() -> None:
    over = [pause("2026-02-13 15:00 / 2026-02-25 10:00", "returned")]
    assert explain(local("2026-02-13 09:00"), Span(2, WORKING_DAY), CALENDAR, over) == (
        Line(date(2026, 2, 13), None, Reason.START),
        Line(date(2026, 2, 14), None, Reason.PAUSED, "returned"),
        *(Line(date(2026, 2, day), None, Reason.HOLIDAY, "春节") for day in range(15, 24)),
        Line(date(2026, 2, 24), None, Reason.PAUSED, "returned"),
        Line(date(2026, 2, 25), 1, Reason.WORKING),
        Line(date(2026, 2, 26), 1, Reason.WORKING),
    )


def test_natural_days_line_by_line() -> None:
    over = [pause("2026-03-03 00:00 / 2026-03-04 00:00", "suspended")]
    assert explain(local("2026-03-02 09:00"), Span(1, DAY), CALENDAR, over) == (
        Line(date(2026, 3, 2), None, Reason.START),
        Line(date(2026, 3, 3), None, Reason.PAUSED, "suspended"),
        Line(date(2026, 3, 4), 1, Reason.NATURAL),
    )


def test_paused_hours_line_by_line_are_the_minutes_outside_the_pause() -> None:
    over = [pause("2026-03-05 17:00 / 2026-03-09 09:30", "disputed")]
    assert explain(local("2026-03-05 16:00"), Span(2, WORKING_HOUR), CALENDAR, over) == (
        Line(date(2026, 3, 5), 60, Reason.PAUSED, "disputed"),
        Line(date(2026, 3, 6), None, Reason.PAUSED, "disputed"),
        Line(date(2026, 3, 7), None, Reason.WEEKEND),
        Line(date(2026, 3, 8), None, Reason.WEEKEND),
        Line(date(2026, 3, 9), 60, Reason.PAUSED, "disputed"),
    )


def test_a_pause_outside_office_hours_leaves_no_line() -> None:
    over = [pause("2026-03-02 18:00 / 2026-03-03 09:00", "returned")]
    start, span = local("2026-03-02 17:00"), Span(2, WORKING_HOUR)
    assert explain(start, span, CALENDAR, over) == explain(start, span, CALENDAR)


SECONDS = 600 * 24 * 3600
STARTS = st.integers(0, SECONDS).map(
    lambda seconds: local("2025-01-01 00:00") + timedelta(seconds=seconds)
)
KINDS = st.sampled_from(SpanKind)
DAY_KINDS = st.sampled_from((DAY, WORKING_DAY))
LENGTHS = st.integers(1, 12)


@st.composite
def pauses_near(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Up to four pauses, from two days before a start to three weeks after it."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begins = start + MINUTE * draw(st.integers(-2 * 1440, 20 * 1440))
        found.append(Pause(begins, begins + MINUTE * draw(st.integers(0, 5 * 1440)), "returned"))
    return found


@st.composite
def paused_starts(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    start = draw(STARTS)
    return start, draw(pauses_near(start))


PAUSED_STARTS = paused_starts()


@given(PAUSED_STARTS, LENGTHS, KINDS)
def test_a_pause_never_makes_it_due_earlier(
    paused: tuple[datetime, list[Pause]], length: int, kind: SpanKind
) -> None:
    (start, pauses), span = paused, Span(length, kind)
    moments = [due(start, span, CALENDAR, pauses[:n]) for n in range(len(pauses) + 1)]
    assert moments == sorted(moments)


@given(PAUSED_STARTS, LENGTHS, KINDS, st.integers(0, 3000))
def test_a_longer_pause_is_never_due_earlier(
    paused: tuple[datetime, list[Pause]], length: int, kind: SpanKind, more: int
) -> None:
    (start, pauses), span = paused, Span(length, kind)
    longer = [Pause(each.from_at - MINUTE * more, each.to_at + MINUTE * more) for each in pauses]
    assert due(start, span, CALENDAR, pauses) <= due(start, span, CALENDAR, longer)


@given(PAUSED_STARTS, LENGTHS, KINDS)
def test_counted_lines_sum_to_the_span(
    paused: tuple[datetime, list[Pause]], length: int, kind: SpanKind
) -> None:
    (start, pauses), span = paused, Span(length, kind)
    lines = explain(start, span, CALENDAR, pauses)
    assert sum(line.counted or 0 for line in lines) == span.total


@given(PAUSED_STARTS, LENGTHS, KINDS, st.integers(0, 9000), st.integers(0, 9000))
def test_a_pause_after_the_due_moment_changes_nothing(
    paused: tuple[datetime, list[Pause]], length: int, kind: SpanKind, after: int, lasts: int
) -> None:
    (start, pauses), span = paused, Span(length, kind)
    end = due(start, span, CALENDAR, pauses)
    late = Pause(end + MINUTE * after, end + MINUTE * (after + lasts))
    assert due(start, span, CALENDAR, [late, *pauses]) == end
    assert explain(start, span, CALENDAR, [*pauses, late]) == explain(start, span, CALENDAR, pauses)


@given(STARTS, LENGTHS, KINDS, st.integers(-3000, 30000))
def test_a_pause_of_no_length_changes_nothing(
    start: datetime, length: int, kind: SpanKind, offset: int
) -> None:
    at, span = start + MINUTE * offset, Span(length, kind)
    assert explain(start, span, CALENDAR, [Pause(at, at)]) == explain(start, span, CALENDAR)
    assert due(start, span, CALENDAR, [Pause(at, at)]) == due(start, span, CALENDAR)


@given(STARTS, LENGTHS, DAY_KINDS, st.integers(0, 12), st.integers(0, 1439), st.integers(0, 1439))
def test_a_pause_within_one_day_moves_no_limit_in_days(
    start: datetime, length: int, kind: SpanKind, day: int, one: int, other: int
) -> None:
    midnight = datetime.combine(start.date() + timedelta(days=day), time(0), tzinfo=SHANGHAI)
    within = Pause(midnight + MINUTE * min(one, other), midnight + MINUTE * max(one, other))
    span = Span(length, kind)
    assert due(start, span, CALENDAR, [within]) == due(start, span, CALENDAR)


def count_minutes(start: datetime, hours: int, pauses: list[Pause]) -> datetime:
    """The end of the last minute of so many working hours, counted one by one."""
    at, left = start, hours * 60
    while left:
        open_now = time(9) <= at.time() < time(12) or time(14) <= at.time() < time(18)
        if open_now and CALENDAR.is_working(at.date()):
            left -= not any(each.from_at <= at < each.to_at for each in pauses)
        at += MINUTE
    return at


@settings(max_examples=40)
@given(PAUSED_STARTS, st.integers(1, 9))
def test_working_hours_are_the_minutes_counted_one_by_one(
    paused: tuple[datetime, list[Pause]], hours: int
) -> None:
    start, pauses = paused
    odd = timedelta(seconds=start.second)
    pauses = [Pause(each.from_at - odd, each.to_at - odd) for each in pauses]
    found = due(start - odd, Span(hours, WORKING_HOUR), CALENDAR, pauses)
    assert found == count_minutes(start - odd, hours, pauses)
