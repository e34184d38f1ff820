"""Figures, defined as data: which cases each counts, out of which.

A figure knows its lists: whatever is counted can be opened, and the list is as long as the
figure says. What a source asserts of an imported case is counted beside our own clocks, never
among them. Source: architecture, decisions 19 and 20.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from yishi.core.case.state import CaseState

SETTLED_STATES = frozenset(
    {CaseState.SETTLED, CaseState.ANSWERED, CaseState.CALLED_BACK, CaseState.ARCHIVED}
)
NONE = "none"
"""In a slice: cases without a unit, an item or a channel."""


class Which(StrEnum):
    """A set of cases, each told by :func:`belongs`."""

    RECEIVED = "received"
    SETTLED = "settled"
    OPEN = "open"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    TIMED = "timed"  # our clock of the lead unit has been met or has run out
    ON_TIME = "on_time"
    OVERDUE = "overdue"
    HANDLED = "handled"  # our clock of the lead unit has ended
    IMPORTED = "imported"
    ASSERTED_ON_TIME = "asserted_on_time"
    ASSERTED_OVERDUE = "asserted_overdue"
    ASSERTED_UNKNOWN = "asserted_unknown"


class Dimension(StrEnum):
    """By what figures are compared. Units, never persons."""

    PLACE = "place"
    UNIT = "unit"
    ITEM = "item"
    MONTH = "month"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case decides which figures count it.

    `has_clock`: the lead unit's handling clock exists and was not stopped; `due_at` is
    exclusive and None while it waits for a calendar; `ended_at` None while it runs; `stands`
    while it stands still. `main`: where the main case stands, of a case that is merged.
    `asserted`: what the source of an imported case says of its being in time.
    """

    state: CaseState
    is_imported: bool = False
    asserted: bool | None = None
    has_clock: bool = False
    due_at: datetime | None = None
    ended_at: datetime | None = None
    stands: bool = False
    main: CaseState | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """`counts` out of `of` (None: it stands alone). `is_mean`: hours from start to end of the
    lead's clock, averaged over `counts`."""

    id: str
    counts: Which
    of: Which | None = None
    is_mean: bool = False


FIGURES: tuple[Figure, ...] = (
    Figure("received", Which.RECEIVED),
    Figure("settled", Which.SETTLED, Which.RECEIVED),
    Figure("open", Which.OPEN, Which.RECEIVED),
    Figure("merged", Which.MERGED, Which.RECEIVED),
    Figure("withdrawn", Which.WITHDRAWN, Which.RECEIVED),
    Figure("on_time", Which.ON_TIME, Which.TIMED),
    Figure("overdue", Which.OVERDUE, Which.TIMED),
    Figure("handling_time", Which.HANDLED, Which.RECEIVED, is_mean=True),
    Figure("asserted_on_time", Which.ASSERTED_ON_TIME, Which.IMPORTED),
    Figure("asserted_overdue", Which.ASSERTED_OVERDUE, Which.IMPORTED),
    Figure("asserted_unknown", Which.ASSERTED_UNKNOWN, Which.IMPORTED),
)
BY_ID = {figure.id: figure for figure in FIGURES}


def belongs(which: Which, case: CaseFacts, now: datetime) -> bool:
    """Whether a case is one of `which` at `now`.

    On time is a clock that ended before its due moment; overdue one that ended later, or that
    has run out without ending. A clock that still has time is neither, and not in TIMED; nor is
    one that stands still. A merged case is settled and open as its main case is, and is judged by
    a clock of its own or not at all: merging makes nobody punctual.
    Source: docs/algorithms/figures.md.
    """
    state = case.main or case.state
    timed = case.has_clock and case.due_at is not None and not case.stands
    on_time = timed and case.ended_at is not None and case.ended_at < _moment(case.due_at)
    overdue = timed and not on_time and _moment(case.due_at) <= (case.ended_at or now)
    match which:
        case Which.RECEIVED:
            return True
        case Which.SETTLED:
            return state in SETTLED_STATES
        case Which.OPEN:
            return state.is_open
        case Which.MERGED:
            return case.main is not None
        case Which.WITHDRAWN:
            return case.state is CaseState.WITHDRAWN
        case Which.TIMED:
            return on_time or overdue
        case Which.ON_TIME:
            return on_time
        case Which.OVERDUE:
            return overdue
        case Which.HANDLED:
            return case.has_clock and case.ended_at is not None
        case Which.IMPORTED:
            return case.is_imported
        case Which.ASSERTED_ON_TIME:
            return case.is_imported and case.asserted is True
        case Which.ASSERTED_OVERDUE:
            return case.is_imported and case.asserted is False
        case Which.ASSERTED_UNKNOWN:
            return case.is_imported and case.asserted is None


@dataclass(slots=True)
class Tally:
    """How many cases of each kind; sums of these are sums of cases."""

    received: int = 0
    settled: int = 0
    open: int = 0
    merged: int = 0
    withdrawn: int = 0
    on_time: int = 0
    overdue: int = 0
    handled: int = 0
    handled_seconds: int = 0
    imported: int = 0
    asserted_on_time: int = 0
    asserted_overdue: int = 0

    def add(self, other: Tally) -> None:
        """Adds another tally to this one."""
        for field in fields(self):
            name = field.name
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def count(self, which: Which) -> int:
        """How many of `which`."""
        if which is Which.TIMED:
            return self.on_time + self.overdue
        if which is Which.ASSERTED_UNKNOWN:
            return self.imported - self.asserted_on_time - self.asserted_overdue
        count = getattr(self, which.value)
        assert isinstance(count, int)
        return count

    def mean_hours(self) -> float | None:
        """The average handling time in hours; None where nothing has been handled."""
        return self.handled_seconds / self.handled / 3600 if self.handled else None


def share(part: int, whole: int) -> int:
    """Tenths of a percent, rounded half up; 0 out of 0 is 0."""
    return (part * 2000 + whole) // (whole * 2) if whole else 0


@dataclass(frozen=True, slots=True)
class Slice:
    """The cases a page looks at. Empty is everything the reader may see.

    `since`, `until`: local days, `until` exclusive. `place`, `unit` are uids, `item` and
    `channel` codes (`none`: without), `month` as `2026-03`.
    """

    since: date | None = None
    until: date | None = None
    place: str = ""
    unit: str = ""
    item: str = ""
    month: str = ""
    channel: str = ""


def month_days(month: str) -> tuple[date, date] | None:
    """The first day of `2026-03` and of the month after it; None for what is no month."""
    year, _, number = month.partition("-")
    if not (len(month) == 7 and month.isascii() and year.isdigit() and number.isdigit()):
        return None
    if not (2000 <= int(year) <= 2200 and 1 <= int(number) <= 12):
        return None
    first = date(int(year), int(number), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after


class Period(StrEnum):
    """The periods a page offers, seen from today."""

    ALL = ""
    THIS_MONTH = "month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "year"
    LAST_YEAR = "last_year"


def period_days(period: Period, today: date) -> tuple[date | None, date | None]:
    """First day and, exclusive, last day of a period; None where it is open."""
    first = today.replace(day=1)
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    match period:
        case Period.THIS_MONTH:
            return first, None
        case Period.LAST_MONTH:
            return before, first
        case Period.THIS_YEAR:
            return date(today.year, 1, 1), None
        case Period.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year, 1, 1)
    return None, None


def _moment(due_at: datetime | None) -> datetime:
    assert due_at is not None
    return due_at
