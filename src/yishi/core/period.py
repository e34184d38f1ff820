"""Days counted together: a day, a week, a month, a quarter, a year, or days of one's own choice.

What a period is compared with: the one before it (环比) and the same one a year earlier (同比).
Local days; the end of a span is exclusive. Source: docs/algorithms/figures.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
YEAR_OF_WEEKS = timedelta(days=364)
FIRST_YEAR, LAST_YEAR = 2000, 2200


class Grain(StrEnum):
    """The kinds of period, the finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """The local days from `first` to, exclusive, `until`.

    `grain`: what it is, or what it is the first part of; None for days of one's own choice.
    """

    first: date
    until: date
    grain: Grain | None = None

    @property
    def days(self) -> int:
        """How many days it has; 0 for none."""
        return (self.until - self.first).days

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - DAY

    @property
    def is_whole(self) -> bool:
        """It is a whole day, week, month, quarter or year."""
        return self.grain is not None and span_at(self.grain, self.first) == self


def span_at(grain: Grain, day: date) -> Span:
    """The whole period of this kind that `day` is in. A week begins on Monday."""
    match grain:
        case Grain.DAY:
            return Span(day, day + DAY, grain)
        case Grain.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Span(monday, monday + 7 * DAY, grain)
        case Grain.YEAR:
            return Span(date(day.year, 1, 1), date(day.year + 1, 1, 1), grain)
    months = 3 if grain is Grain.QUARTER else 1
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, _months_on(first, months), grain)


def until_today(span: Span, today: date) -> Span:
    """As much of it as has come: its end is at the latest the end of `today`."""
    return replace(span, until=max(span.first, min(span.until, today + DAY)))


def before(span: Span) -> Span:
    """环比: the period before it. One that has only begun is compared with as many days of the
    one before; days of one's own choice with as many days just before them."""
    if span.grain is None:
        return Span(span.first - span.days * DAY, span.first)
    whole = span_at(span.grain, span.first - DAY)
    if span.is_whole:
        return whole
    return replace(whole, until=min(whole.first + span.days * DAY, whole.until))


def year_before(span: Span) -> Span:
    """同比: the same days a year earlier; a week is compared with the one 52 weeks before, so that
    Monday meets Monday. 29 February is compared with 28 February."""
    if span.grain is Grain.WEEK:
        return replace(span, first=span.first - YEAR_OF_WEEKS, until=span.until - YEAR_OF_WEEKS)
    first = _year_back(span.first)
    if span.grain is not None and span.is_whole:
        return span_at(span.grain, first)
    return replace(span, first=first, until=_year_back(span.last) + DAY if span.days else first)


def key_of(grain: Grain, first: date) -> str:
    """How a period is written in an address: 2026, 2026-Q1, 2026-03, 2026-W11, 2026-03-11."""
    match grain:
        case Grain.DAY:
            return first.isoformat()
        case Grain.WEEK:
            year, week, _day = first.isocalendar()
            return f"{year}-W{week:02}"
        case Grain.MONTH:
            return f"{first.year}-{first.month:02}"
        case Grain.QUARTER:
            return f"{first.year}-Q{(first.month + 2) // 3}"
    return str(first.year)


def span_of(key: str) -> Span | None:
    """The period written so; None for what is none, or lies outside the years 2000 to 2200."""
    year, _dash, rest = key.partition("-")
    if not (key.isascii() and len(year) == 4 and year.isdigit()):
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    for grain in Grain:
        try:
            span = span_at(grain, _first_day(grain, int(year), rest))
        except ValueError:
            continue
        if key_of(grain, span.first) == key:
            return span
    return None


def _first_day(grain: Grain, year: int, rest: str) -> date:
    match grain:
        case Grain.DAY:
            return date.fromisoformat(f"{year}-{rest}")
        case Grain.WEEK:
            return date.fromisocalendar(year, int(rest.removeprefix("W")), 1)
        case Grain.MONTH:
            return date(year, int(rest), 1)
        case Grain.QUARTER:
            return date(year, int(rest.removeprefix("Q")) * 3 - 2, 1)
    return date(year, 1, 1)


class Period(StrEnum):
    """The periods a page offers, seen from today; OWN by its first and last day."""

    ALL = ""
    TODAY = "day"
    THIS_WEEK = "week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "year"
    LAST_YEAR = "last_year"
    OWN = "own"


def period_span(period: Period, today: date) -> Span | None:
    """The days of a period; of one that runs, those up to today. None for ALL and OWN."""
    if period in (Period.ALL, Period.OWN):
        return None
    if period.value.startswith("last_"):
        grain = Grain(period.value.removeprefix("last_"))
        return span_at(grain, span_at(grain, today).first - DAY)
    return until_today(span_at(Grain(period.value), today), today)


def _months_on(first: date, months: int) -> date:
    number = first.month - 1 + months
    return date(first.year + number // 12, number % 12 + 1, 1)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)
