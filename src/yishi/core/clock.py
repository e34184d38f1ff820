"""Clocks of a case: when one is due, when it turns amber, and what colour it shows.

A due moment is computed once and stored; nothing here reads the time of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from yishi.core.calendar import NEEDS_CALENDAR, Calendar, CalendarMissing, Pause, Span, due
from yishi.core.stretch import Stretch, length, merged, outside


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
    RETURN = "return"
    RULING = "ruling"
    REQUEST = "request"
    SUSPEND = "suspend"
    OUTSIDE = "outside"


# The work itself, the first time and again.
WORK = (ClockKind.HANDLE, ClockKind.REDO)


class ClockState(StrEnum):
    """RUNNING, PAUSED, HELD, DONE (met), WAITS (for a calendar), STOPPED.

    PAUSED stands still and keeps the time used: its pause is taken out when it runs again. HELD
    is held at the moment of the result and, sent back, goes on as if it had never stopped.
    """

    RUNNING = "running"
    PAUSED = "paused"
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
    kind: ClockKind,
    start: datetime,
    span: Span,
    calendar: Calendar,
    amber_share: Fraction,
    pauses: Sequence[Pause] = (),
) -> StartedClock:
    """Start a clock at ``start`` (aware), or work one out again that stood still in ``pauses``.

    Where a year it crosses has no calendar the clock is started all the same, in state WAITS
    and without a due moment, so that no matter is refused for want of a calendar.
    """
    started_at = start.astimezone(UTC)
    try:
        due_at = due(start, span, calendar, pauses)
    except CalendarMissing:
        return StartedClock(kind, started_at, span, None, None, ClockState.WAITS)
    made_by = ""
    if span.kind in NEEDS_CALENDAR:
        # The last moment inside the span, so that a due moment of 1 January needs no new year.
        last = (due_at - timedelta(microseconds=1)).astimezone(calendar.zone).date()
        made_by = calendar.versions(start.astimezone(calendar.zone).date(), last)
    amber_at = amber_moment(started_at, due_at, amber_share, pauses)
    return StartedClock(kind, started_at, span, due_at, amber_at, ClockState.RUNNING, made_by)


def amber_moment(
    start: datetime, due_at: datetime, share: Fraction, pauses: Sequence[Pause] = ()
) -> datetime:
    """The moment ``share`` of the time from ``start`` to ``due_at``, pauses taken out, is used."""
    running = _running(start, due_at, pauses)
    ahead = length(running) * share.numerator / share.denominator
    for begins, ends in running:
        if ends - begins >= ahead:
            return begins + ahead
        ahead -= ends - begins
    return due_at


def colour(now: datetime, amber_at: datetime | None, due_at: datetime | None) -> Colour:
    """LATE from the due moment on, AMBER from the amber moment on, WAITS without a due moment."""
    if due_at is None:
        return Colour.WAITS
    if now >= due_at:
        return Colour.LATE
    if amber_at is not None and now >= amber_at:
        return Colour.AMBER
    return Colour.OK


def share_used(
    now: datetime, start: datetime, due_at: datetime, pauses: Sequence[Pause] = ()
) -> int:
    """Percent of the time used, pauses taken out, rounded down, 0 to 100.

    For a clock that stands still ``now`` is the moment it stopped.
    """
    if now >= due_at:
        return 100
    if now <= start:
        return 0
    whole = length(_running(start, due_at, pauses))
    return length(_running(start, now, pauses)) * 100 // whole if whole else 0


def left(now: datetime, due_at: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """The time left, pauses still to come taken out; negative when overdue."""
    if now >= due_at:
        return due_at - now
    return length(_running(now, due_at, pauses))


def _running(begins: datetime, ends: datetime, pauses: Sequence[Pause]) -> list[Stretch]:
    """The stretches between two moments in which the clock ran."""
    still = merged((pause.from_at, pause.to_at) for pause in pauses)
    return list(outside(begins, ends, still))
