"""Numbers of a brief as officials write them: shares, changes, periods, durations."""

from fractions import Fraction

from django.utils.translation import gettext as _

from yishi.core.figures import growth, share
from yishi.core.period import Grain, Span
from yishi.phrases.period import say_day

DAY_SECONDS = 86_400


def say_share(part: int, whole: int) -> str:
    """89.7%; a dash out of nothing."""
    return _tenths(share(part, whole)) if whole else "—"


def say_rate(rate: Fraction | None) -> str:
    """A rate as a percentage with one place, rounded half up; a dash where there is none."""
    return "—" if rate is None else _tenths(int(rate * 1000 + Fraction(1, 2)))


def say_change(now: int, earlier: int) -> str:
    """Up or down by how much, against an earlier period; or that there is nothing to compare."""
    change = growth(now, earlier)
    if change is None:
        return _("nothing to compare with") if not now else _("from 0 to %(now)s") % {"now": now}
    if change == 0:
        return _("unchanged")
    words = {"share": _tenths(abs(change))}
    return _("up %(share)s") % words if change > 0 else _("down %(share)s") % words


def say_took(seconds: float | None) -> str:
    """How long handling took, in days with one place; a dash where nothing was handled."""
    if seconds is None:
        return "—"
    return _("%(days)s days") % {"days": f"{seconds / DAY_SECONDS:.1f}"}


def say_span(span: Span) -> str:
    """A month by its name, anything else from the first to the last day, one year said once."""
    if span.grain is Grain.MONTH and span.is_whole:
        return _("%(year)s-%(month)s") % {"year": span.first.year, "month": span.first.month}
    first, last = span.first, span.last
    if first.year == last.year:
        words = {"year": first.year, "month": first.month, "day": first.day}
        words |= {"month2": last.month, "day2": last.day}
        return _("%(year)s-%(month)s-%(day)s to %(month2)s-%(day2)s") % words
    return _("%(first)s to %(last)s") % {"first": say_day(first), "last": say_day(last)}


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"
