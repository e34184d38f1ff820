"""Moments and clocks as people say them: 今天17:00, 周四24:00前, 还剩1天3小时."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.calendar import Pause
from yishi.core.clock import ClockKind, Colour, colour, left, share_used

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
# Seen from here every day is said with its year.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# Below this the minutes matter; above it a time of day is easier to keep in mind.
CLOSE = 4 * HOUR
STATES = {Colour.OK: "ok", Colour.AMBER: "soon", Colour.LATE: "late", Colour.WAITS: "waiting"}


def say_when(moment: datetime, now: datetime) -> str:
    """A moment seen from `now`: 今天09:12, 昨天…, 周四…, 下周二…, 3月12日…, 2025年3月12日…."""
    local = _local(moment)
    return _said(_day(local, _local(now)), f"{local:%H:%M}")


def say_by(due_at: datetime, now: datetime) -> str:
    """The last moment before an exclusive `due_at`: 今天18:00; midnight is 24:00 of the day before.

    Without 前: the sentence around it says that.
    """
    day, time = _last(due_at)
    return _said(_day(day, _local(now)), time)


def say_exact(moment: datetime) -> str:
    """The exact moment for hover and print: 2026-03-12 17:00:05, in the installation's zone."""
    return f"{_local(moment):%Y-%m-%d %H:%M:%S}"


def say_exact_by(due_at: datetime) -> str:
    """An exclusive due moment for hover and print: `before 2026-03-12 24:00`."""
    day, time = _last(due_at)
    return _("before %(moment)s") % {"moment": f"{day:%Y-%m-%d} {time}"}


def say_day_by(due_at: datetime) -> str:
    """An exclusive due moment in a message, which is read on another day: 11月25日24:00."""
    day, time = _last(due_at)
    return _said(_date(day), time)


def say_date(moment: datetime) -> str:
    """A day in full, as paper says it: 2026年3月12日."""
    return _day(_local(moment), _local(LONG_AGO))


def say_full(moment: datetime) -> str:
    """A moment in full, for paper, which is read on another day: 2026年3月12日 17:00."""
    return say_when(moment, LONG_AGO)


def say_full_by(due_at: datetime) -> str:
    """An exclusive due moment in full, for paper: 2026年3月12日 24:00."""
    return say_by(due_at, LONG_AGO)


def say_span(length: timedelta) -> str:
    """A length of time, rounded down, at least a minute: 1天3小时, 2小时20分, 40分钟."""
    whole = max(abs(length), MINUTE)
    days, hours, minutes = whole // DAY, whole % DAY // HOUR, whole % HOUR // MINUTE
    if days and (not hours or days >= 10):
        return _("%(days)s d") % {"days": days}
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours and (not minutes or whole >= CLOSE):
        return _("%(hours)s h") % {"hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min") % {"minutes": minutes}


_KINDS: dict[str, str] = {
    ClockKind.INTAKE: gettext_noop("Intake"),
    ClockKind.SIGN: gettext_noop("Signing"),
    ClockKind.CONTACT: gettext_noop("Contact"),
    ClockKind.HANDLE: gettext_noop("Handling"),
    ClockKind.CHECK: gettext_noop("Checking"),
    ClockKind.ANSWER: gettext_noop("Answer"),
    ClockKind.CALL_BACK: gettext_noop("Call-back"),
    ClockKind.REDO: gettext_noop("Doing again"),
    ClockKind.ORDER: gettext_noop("Supervisory order"),
    ClockKind.TOPIC: gettext_noop("Topic answer"),
    ClockKind.RETURN: gettext_noop("Return to decide"),
    ClockKind.RULING: gettext_noop("Ruling"),
    ClockKind.REQUEST: gettext_noop("Request to decide"),
    ClockKind.SUSPEND: gettext_noop("Suspended"),
    ClockKind.OUTSIDE: gettext_noop("Higher system's deadline"),
}


def say_clock_kind(kind: str) -> str:
    """What a clock asks for, in one short word; empty for none."""
    return _(_KINDS[kind]) if kind in _KINDS else ""


def say_clock(
    due_at: datetime | None,
    amber_at: datetime | None,
    now: datetime,
    kind: str = "",
    started_at: datetime | None = None,
    href: str = "",
    pauses: Sequence[Pause] = (),
) -> dict[str, Any] | None:
    """The context of `pieces/clock.html`, or None where no clock runs (no due moment, no kind).

    `kind` (a ClockKind) is put before the words. Without `started_at` no bar is drawn. A clock
    of a kind without a due moment waits for a calendar. `pauses` are taken out of the bar.
    """
    if due_at is None and not kind:
        return None
    shown = colour(now, amber_at, due_at)
    words, exact, share = _("waits for the work-day calendar"), "", None
    if due_at is not None:
        words, exact = _words(due_at, now), say_exact_by(due_at)
        share = share_used(now, started_at, due_at, pauses) if started_at else None
    name = say_clock_kind(kind)
    return {
        "words": _("%(kind)s · %(words)s") % {"kind": name, "words": words} if name else words,
        "state": STATES[shown],
        "share": share,
        "exact": exact,
        "href": href,
    }


def say_still(since: datetime, now: datetime, share: int | None = None) -> dict[str, Any]:
    """The context of `pieces/clock.html` for a clock that stands still, with the time it kept."""
    return {
        "words": _("Stands still since %(moment)s") % {"moment": say_when(since, now)},
        "state": STATES[Colour.WAITS],
        "share": share,
        "exact": say_exact(since),
        "href": "",
    }


def say_pause(cause: str) -> str:
    """Why a clock stands or stood still; empty where no cause is told."""
    words: dict[str, str] = {
        "returned": _("Returned, waiting to be dispatched again"),
        "disputed": _("A dispute is being ruled on"),
        "suspended": _("Suspended"),
        "merged": _("Merged into another matter"),
    }
    return words.get(cause, "")


def _words(due_at: datetime, now: datetime) -> str:
    rest = left(now, due_at)
    if rest <= timedelta(0):
        return _("%(span)s late") % {"span": say_span(rest)}
    if CLOSE < rest < DAY:
        return _("by %(moment)s") % {"moment": say_by(due_at, now)}
    return _("%(span)s left") % {"span": say_span(rest)}


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _last(due_at: datetime) -> tuple[datetime, str]:
    """The day a due moment belongs to and its time of day; midnight ends the day before."""
    local = _local(due_at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return local - DAY, "24:00"
    return local, f"{local:%H:%M}"


def _said(day: str, time: str) -> str:
    return _("%(day)s %(time)s") % {"day": day, "time": time}


def _day(local: datetime, now: datetime) -> str:
    days = (local.date() - now.date()).days
    if days in (-1, 0, 1):
        return (_("today"), _("tomorrow"), _("yesterday"))[days]
    if 1 < days < 7:
        word = _weekdays()[local.weekday()]
        if local.weekday() > now.weekday():
            return word
        return _("next %(weekday)s") % {"weekday": word}
    if local.year == now.year:
        return _date(local)
    parts = {"day": local.day, "month": _months()[local.month - 1]}
    return _("%(day)s %(month)s %(year)s") % {**parts, "year": local.year}


def _date(local: datetime) -> str:
    return _("%(day)s %(month)s") % {"day": local.day, "month": _months()[local.month - 1]}


def _weekdays() -> tuple[str, ...]:
    return _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")


def _months() -> tuple[str, ...]:
    return (
        *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
        *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
    )
