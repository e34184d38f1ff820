"""Clocks of a case: when one is due, when it turns amber, and what colour it shows.

A due moment is computed once and stored; nothing here reads the time of day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from yishi.core.calendar import NEEDS_CALENDAR, Calendar, CalendarMissing, Span, due


class ClockKind(StrEnum):
    """What somebody has to do before the clock runs out."""

    INTAKE = "intake"
    SIGN = "sign"
    CONTACT = "contact"
    HANDLE = "handle"
    CHECK = "check"
    ANSWER = "answer"
    CALL_BACK = "call_back"
    REDO = "redo"
    ORDER = "order"
    TOPIC = "topic"


class ClockState(StrEnum):
    """RUNNING, HELD (paused, time used kept), DONE (met), WAITS (for a calendar), STOPPED."""

    RUNNING = "running"
    HELD = "held"
    DONE = "done"
    WAITS = "waits"
    STOPPED = "stopped"


OPEN = (ClockState.RUNNING, ClockState.WAITS)


class Colour(StrEnum):
    """How a clock shows: in time, amber, late, or waiting for a calendar."""

    OK = "ok"
    AMBER = "amber"
    LATE = "late"
    WAITS = "waits"


@dataclass(frozen=True)
class StartedClock:
    """A clock as it is stored.

    ``due_at`` and ``amber_at`` are UTC and None while the clock waits for a calendar.
    ``calendar`` names the year files that made the due moment ("" where none was needed).
    """

    kind: ClockKind
    started_at: datetime
    span: Span
    due_at: datetime | None
    amber_at: datetime | None
    state: ClockState
    calendar: str = ""


def start_clock(
    kind: ClockKind, start: datetime, span: Span, calendar: Calendar, amber_share: Fraction
) -> StartedClock:
    """Start a clock at ``start`` (aware).

    Where a year it crosses has no calendar the clock is started all the same, in state WAITS
    and without a due moment, so that no matter is refused for want of a calendar.
    """
    started_at = start.astimezone(UTC)
    try:
        due_at = due(start, span, calendar)
    except CalendarMissing:
        return StartedClock(kind, started_at, span, None, None, ClockState.WAITS)
    made_by = ""
    if span.kind in NEEDS_CALENDAR:
        # The last moment inside the span, so that a due moment of 1 January needs no new year.
        last = (due_at - timedelta(microseconds=1)).astimezone(calendar.zone).date()
        made_by = calendar.versions(start.astimezone(calendar.zone).date(), last)
    amber_at = amber_moment(started_at, due_at, amber_share)
    return StartedClock(kind, started_at, span, due_at, amber_at, ClockState.RUNNING, made_by)


def amber_moment(start: datetime, due_at: datetime, share: Fraction) -> datetime:
    """The moment ``share`` of the time from ``start`` to ``due_at`` is used up."""
    return start + (due_at - start) * share.numerator / share.denominator


def colour(now: datetime, amber_at: datetime | None, due_at: datetime | None) -> Colour:
    """LATE from the due moment on, AMBER from the amber moment on, WAITS without a due moment."""
    if due_at is None:
        return Colour.WAITS
    if now >= due_at:
        return Colour.LATE
    if amber_at is not None and now >= amber_at:
        return Colour.AMBER
    return Colour.OK


def share_used(now: datetime, start: datetime, due_at: datetime) -> int:
    """Percent of the time used, rounded down, 0 to 100."""
    if now >= due_at:
        return 100
    if now <= start:
        return 0
    return (now - start) * 100 // (due_at - start)


def left(now: datetime, due_at: datetime) -> timedelta:
    """The time left; negative when overdue."""
    return due_at - now
