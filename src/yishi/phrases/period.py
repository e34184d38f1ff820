"""Periods in words: as they are offered, as they were chosen, as a column is headed."""

from datetime import date

from django.utils.translation import gettext as _

from yishi.core.period import Grain, Period, Span, span_of


def say_period(period: Period) -> str:
    """A period seen from today."""
    return {
        Period.ALL: _("All time"),
        Period.TODAY: _("Today"),
        Period.THIS_WEEK: _("This week"),
        Period.LAST_WEEK: _("Last week"),
        Period.THIS_MONTH: _("This month"),
        Period.LAST_MONTH: _("Last month"),
        Period.THIS_QUARTER: _("This quarter"),
        Period.LAST_QUARTER: _("Last quarter"),
        Period.THIS_YEAR: _("This year"),
        Period.LAST_YEAR: _("Last year"),
        Period.OWN: _("From … to …"),
    }[period]


def say_days(span: Span) -> str:
    """The days of a span: 2026年3月 where it is whole, else its first and its last day."""
    if not span.days:
        return _("no day")
    if span.is_whole and span.grain is not Grain.WEEK:
        return say_whole(span)
    first, last = span.first, span.last
    if first == last:
        return say_whole(Span(first, span.until, Grain.DAY))
    words = {"year": first.year, "month": first.month, "day": first.day}
    words |= {"year2": last.year, "month2": last.month, "day2": last.day}
    if first.year == last.year:
        return _("%(year)s-%(month)s-%(day)s to %(month2)s-%(day2)s") % words
    return _("%(year)s-%(month)s-%(day)s to %(year2)s-%(month2)s-%(day2)s") % words


def say_whole(span: Span) -> str:
    """A whole day, week, month, quarter or year: 2026年3月, 2026年第11周."""
    first = span.first
    words: dict[str, int] = {"year": first.year, "month": first.month}
    match span.grain:
        case Grain.YEAR:
            return _("%(year)s") % words
        case Grain.QUARTER:
            return _("%(year)s, quarter %(quarter)s") % {**words, "quarter": (first.month + 2) // 3}
        case Grain.MONTH:
            return _("%(year)s-%(month)s") % words
        case Grain.WEEK:
            year, week, _day = first.isocalendar()
            return _("%(year)s, week %(week)s") % {"year": year, "week": week}
    return say_day(first)


def say_day(day: date) -> str:
    """A day in full: 2026年3月12日."""
    return _("%(year)s-%(month)s-%(day)s") % {"year": day.year, "month": day.month, "day": day.day}


def say_time(key: str) -> str:
    """The same by its key in an address; the key itself where it is none."""
    span = span_of(key)
    return say_whole(span) if span else key


def say_mark(span: Span) -> str:
    """A period below a chart: 3/11, 3月, and 2026年 for a January."""
    first = span.first
    words = {"month": first.month, "day": first.day}
    match span.grain:
        case Grain.DAY:
            return f"{first.month}/{first.day}"
        case Grain.MONTH if first.month > 1:
            return _("month %(month)s") % words
        case Grain.MONTH:
            return _("%(year)s") % {"year": first.year}
    return say_whole(span)
