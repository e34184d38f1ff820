"""Due dates: natural and working hours and days, and a line-by-line account of each.

A year's holidays (放假) and make-up workdays (调休) come from the yearly notice of the State
Council and are loaded, never guessed: a span that needs a day of a year nobody has loaded is
refused by :class:`CalendarMissing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from yishi.core.stretch import Stretch, length, merged, outside

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0, 0)
LONGEST_SPAN = 10_000


class SpanKind(StrEnum):
    """What a span counts: 小时, 工作小时, 自然日, 工作日."""

    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    DAY = "day"
    WORKING_DAY = "working_day"


NEEDS_CALENDAR = frozenset({SpanKind.WORKING_HOUR, SpanKind.WORKING_DAY})
COUNTS_DAYS = frozenset({SpanKind.DAY, SpanKind.WORKING_DAY})


class Reason(StrEnum):
    """Why a line of an account counts, or does not."""

    START = "start"
    NATURAL = "natural"
    WORKING = "working"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    PAUSED = "paused"


class CalendarMissing(Exception):
    """A due date needs a year whose calendar is not loaded. ``year`` names it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no work-day calendar is loaded for {year}")
        self.year = year


@dataclass(frozen=True)
class Span:
    """A length of time to be given to someone. ``length`` is 1 to 10,000 of ``kind``."""

    length: int
    kind: SpanKind

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST_SPAN:
            raise ValueError(f"a span is 1 to {LONGEST_SPAN} long, not {self.length}")

    @property
    def total(self) -> int:
        """What the counted lines of :func:`explain` sum to: days, or minutes for hour kinds."""
        return self.length if self.kind in COUNTS_DAYS else self.length * 60


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a clock stands still, and the code of its cause. Both moments are aware."""

    from_at: datetime
    to_at: datetime
    cause: str = ""

    def __post_init__(self) -> None:
        if self.from_at.tzinfo is None or self.to_at.tzinfo is None:
            raise ValueError("a pause lasts from an aware moment to an aware moment")
        if self.from_at.astimezone(UTC) > self.to_at.astimezone(UTC):
            raise ValueError("a pause does not end before it begins")


@dataclass(frozen=True)
class Year:
    """One year's notice: days off and make-up workdays, each with the holiday's name.

    Days lie in the year, or in the December before it where New Year's Day borrows from there.
    """

    year: int
    version: str
    source: str
    off: Mapping[date, str]
    work: Mapping[date, str]

    @property
    def is_loaded(self) -> bool:
        """A file without a single day is a notice not yet published, so not a calendar."""
        return bool(self.off or self.work)


@dataclass(frozen=True)
class WorkHours:
    """The office's working windows of a day: ordered, not overlapping, none over midnight."""

    windows: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        last = None
        for opens, closes in self.windows:
            if opens >= closes or (last is not None and opens < last):
                raise ValueError("working windows must be ordered and must not overlap")
            last = closes
        if last is None:
            raise ValueError("working hours need at least one window")


@dataclass(frozen=True)
class Calendar:
    """The loaded years, the installation's time zone and its working hours."""

    years: Mapping[int, Year]
    zone: tzinfo
    hours: WorkHours

    def classify(self, day: date) -> tuple[Reason, str]:
        """Why ``day`` is or is not a working day, and the holiday's name where it has one.

        Answers WORKING, MAKEUP, WEEKEND or HOLIDAY. Raises CalendarMissing.
        """
        year = self.years.get(day.year)
        if year is None or not year.is_loaded:
            raise CalendarMissing(day.year)
        # New Year's notice may reach back into December (2018-12-31), and then it is the later.
        for notice in (self.years.get(day.year + 1), year):
            if notice is not None and day in notice.work:
                return Reason.MAKEUP, notice.work[day]
            if notice is not None and day in notice.off:
                return Reason.HOLIDAY, notice.off[day]
        return (Reason.WEEKEND if day.weekday() >= 5 else Reason.WORKING), ""

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``. Raises CalendarMissing."""
        return self.classify(day)[0] in (Reason.WORKING, Reason.MAKEUP)

    def versions(self, first: date, last: date) -> str:
        """The year files that cover ``first`` to ``last``, as ``2026@1 2027@1``."""
        loaded = [self.years.get(year) for year in range(first.year, last.year + 1)]
        after = self.years.get(last.year + 1)
        if after is not None and any(first <= day <= last for day in (*after.off, *after.work)):
            loaded.append(after)
        return " ".join(f"{year.year}@{year.version}" for year in loaded if year is not None)


@dataclass(frozen=True)
class Line:
    """One day of an account.

    ``counted``: days (day kinds) or minutes (hour kinds) this day uses up; None where the day
    does not count. ``name``: the holiday, where there is one; the cause, where a pause took time
    from the day.
    """

    day: date
    counted: int | None
    reason: Reason
    name: str = ""


def due(start: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    """The moment from which a span that began at ``start`` is overdue, in UTC (exclusive).

    Day kinds: 00:00, in the installation's zone, after the n-th day; day zero is the day of
    ``start``. Working days skip weekends and holidays and count 调休 workdays. Hour kinds: the
    moment the n-th hour is used up; working hours run only inside the working windows of
    working days. Time inside ``pauses`` uses up no hours; a day is left out only where the clock
    stood still for the whole of it, or would be due while it stands still. A pause that begins
    at or after the due moment changes nothing. ``start`` must be aware. Raises CalendarMissing
    when a year it needs is not loaded; never guesses. Source: rules/calendar/<year>.toml; for
    pauses, ours.
    """
    local, still = _local(start, calendar), _still(pauses)
    if span.kind is SpanKind.HOUR:
        return _after(start.astimezone(UTC), timedelta(hours=span.length), still)
    if span.kind is SpanKind.WORKING_HOUR:
        left = timedelta(hours=span.length)
        for opens, closes in _open_times(local, calendar, still):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
    *_, last = _day_lines(local.date(), span, calendar, pauses)
    return _midnight(last.day + ONE_DAY, calendar)


def explain(
    start: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> tuple[Line, ...]:
    """The account of :func:`due`, a line per day from the day of ``start``.

    The ``counted`` of all lines sum to ``span.total``. A day from which a pause took time is
    PAUSED, with the minutes outside it where there are any; a day that would not have counted
    anyway keeps its own reason. Raises CalendarMissing.
    """
    local = _local(start, calendar)
    if span.kind in COUNTS_DAYS:
        return tuple(_day_lines(local.date(), span, calendar, pauses))
    end = due(start, span, calendar, pauses)
    return tuple(_hour_lines(start.astimezone(UTC), end, span, calendar, pauses))


def _day_lines(
    first: date, span: Span, calendar: Calendar, pauses: Sequence[Pause]
) -> Iterator[Line]:
    """Day zero, then every day up to the one that uses up the span: one rule for due and account.

    A day counts unless the clock stood still for the whole of it; and the last one unless it
    stands still as that day ends, for then there is no moment at which it could be due.
    """
    yield Line(first, None, Reason.START)
    still, day, left = _still(pauses), first, span.length
    while left:
        day += ONE_DAY
        # The calendar is asked on paused days too: a year nobody has loaded is never passed over.
        reason, name = Reason.NATURAL, ""
        if span.kind is SpanKind.WORKING_DAY:
            reason, name = calendar.classify(day)
        if reason in (Reason.WEEKEND, Reason.HOLIDAY):
            yield Line(day, None, reason, name)
        elif _stands_still(day, calendar, still) or (
            left == 1 and _ends_still(day, calendar, still)
        ):
            yield Line(day, None, Reason.PAUSED, _cause(pauses, *_whole(day, calendar)))
        else:
            left -= 1
            yield Line(day, 1, reason, name)


def _hour_lines(
    start: datetime, end: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause]
) -> Iterator[Line]:
    """Every day the hours touch, with its minutes.

    Minutes are differences of a running sum rounded down, so seconds are never lost and the
    lines sum to the span exactly.
    """
    first = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    if last > first and end == _midnight(last, calendar):
        last -= ONE_DAY
    still, used = _still(pauses), timedelta()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        reason, name, windows = Reason.NATURAL, "", [_whole(day, calendar)]
        if span.kind is SpanKind.WORKING_HOUR:
            reason, name = calendar.classify(day)
            windows = list(_windows(day, calendar)) if calendar.is_working(day) else []
        inside = [(max(opens, start), min(closes, end)) for opens, closes in windows]
        inside = [(opens, closes) for opens, closes in inside if opens < closes]
        spent = sum((length(outside(*window, still)) for window in inside), timedelta())
        minutes = (used + spent) // timedelta(minutes=1) - used // timedelta(minutes=1)
        used += spent
        if spent < length(inside):
            cause = _cause(pauses, inside[0][0], inside[-1][1])
            yield Line(day, minutes if spent else None, Reason.PAUSED, cause)
        elif windows and not inside:
            yield Line(day, None, Reason.CLOSED, name)
        else:
            yield Line(day, minutes if windows else None, reason, name)


def _still(pauses: Sequence[Pause]) -> tuple[Stretch, ...]:
    return merged((pause.from_at, pause.to_at) for pause in pauses)


def _stands_still(day: date, calendar: Calendar, still: Sequence[Stretch]) -> bool:
    """Whether the clock stood still from 00:00 to 24:00 of ``day``."""
    return bool(still) and not any(outside(*_whole(day, calendar), still))


def _ends_still(day: date, calendar: Calendar, still: Sequence[Stretch]) -> bool:
    """Whether the clock stands still at 24:00 of ``day`` and goes on later."""
    end = _midnight(day + ONE_DAY, calendar)
    return any(stops < end < resumes for stops, resumes in still)


def _cause(pauses: Sequence[Pause], begins: datetime, ends: datetime) -> str:
    """Of the pauses that touch this time, the first that names its cause."""
    touching = (pause for pause in pauses if pause.from_at < ends and pause.to_at > begins)
    return next((pause.cause for pause in touching if pause.cause), "")


def _after(start: datetime, left: timedelta, still: Sequence[Stretch]) -> datetime:
    """The moment ``left`` has run from ``start``, day and night."""
    end = start + left
    for stops, resumes in still:
        if stops < end and resumes > start:
            end += resumes - max(stops, start)
    return end


def _local(start: datetime, calendar: Calendar) -> datetime:
    if start.tzinfo is None:
        raise ValueError("a clock starts at an aware moment")
    return start.astimezone(calendar.zone)


def _midnight(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, MIDNIGHT, tzinfo=calendar.zone).astimezone(UTC)


def _whole(day: date, calendar: Calendar) -> Stretch:
    return _midnight(day, calendar), _midnight(day + ONE_DAY, calendar)


def _windows(day: date, calendar: Calendar) -> Iterator[Stretch]:
    for opens, closes in calendar.hours.windows:
        yield (
            datetime.combine(day, opens, tzinfo=calendar.zone).astimezone(UTC),
            datetime.combine(day, closes, tzinfo=calendar.zone).astimezone(UTC),
        )


def _open_times(local: datetime, calendar: Calendar, still: Sequence[Stretch]) -> Iterator[Stretch]:
    """The working windows from ``local`` on less ``still``, without end: a missing year raises."""
    start, day = local.astimezone(UTC), local.date()
    while True:
        if calendar.is_working(day):
            for opens, closes in _windows(day, calendar):
                yield from outside(max(opens, start), closes, still)
        day += ONE_DAY
