"""Figures, defined as data: which cases each counts, out of which.

A figure knows its lists: whatever is counted can be opened, and the list is as long as the
figure says. What a source asserts of an imported case is counted beside our own clocks, never
among them. Source: architecture, decisions 19 and 20; norms.md §1; practice P4.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.case.state import CaseState
from yishi.core.period import Grain, Span
from yishi.core.rates import RateCounts

SETTLED_STATES = frozenset(
    {CaseState.SETTLED, CaseState.ANSWERED, CaseState.CALLED_BACK, CaseState.ARCHIVED}
)
NONE = "none"
"""In a slice: cases without a unit, an item or a channel."""


class Which(StrEnum):
    """A set of cases, each told by `core.figures_case.belongs`."""

    RECEIVED = "received"
    SETTLED = "settled"
    OPEN = "open"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    REPEATS = "repeats"
    INSTANT = "instant"
    INSTANT_UNSOLVED = "instant_unsolved"
    TIMED = "timed"  # our clock of the lead unit has been met or has run out
    ON_TIME = "on_time"
    OVERDUE = "overdue"
    HANDLED = "handled"  # our clock of the lead unit has ended
    RETURN_ASKED = "return_asked"
    RETURN_ACCEPTED = "return_accepted"
    LED = "led"  # some unit leads it
    COMMUNITY_LED = "community_led"
    COMMUNITY_TIMED = "community_timed"
    COMMUNITY_OVERDUE = "community_overdue"
    COMMUNITY_ASSERTED = "community_asserted"  # its source says whether it was in time
    COMMUNITY_ASSERTED_OVERDUE = "community_asserted_overdue"
    PUSHED = "pushed"
    RATED = "rated"
    VALID = "valid"
    CONTACTED = "contacted"
    SOLVED = "solved"
    VALID_SATISFACTION = "valid_satisfaction"
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    EXCLUDED = "excluded"
    EXCLUDED_SATISFACTION = "excluded_satisfaction"
    IMPORTED = "imported"
    ASSERTED_ON_TIME = "asserted_on_time"
    ASSERTED_OVERDUE = "asserted_overdue"
    ASSERTED_UNKNOWN = "asserted_unknown"


class Dimension(StrEnum):
    """By what figures are compared. Units, never persons."""

    PLACE = "place"
    UNIT = "unit"
    ITEM = "item"
    CHANNEL = "channel"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def grain(self) -> Grain | None:
        """The kind of period, where it is one."""
        return Grain(self.value) if self.value in list(Grain) else None


@dataclass(frozen=True, slots=True)
class Figure:
    """`counts` out of `of` (None: it stands alone). `is_time`: hours from start to end of the
    lead's clock, over `counts`."""

    id: str
    counts: Which
    of: Which | None = None
    is_time: bool = False


FIGURES: tuple[Figure, ...] = (
    Figure("received", Which.RECEIVED),
    Figure("settled", Which.SETTLED, Which.RECEIVED),
    Figure("open", Which.OPEN, Which.RECEIVED),
    Figure("merged", Which.MERGED, Which.RECEIVED),
    Figure("withdrawn", Which.WITHDRAWN, Which.RECEIVED),
    Figure("repeats", Which.REPEATS, Which.RECEIVED),
    Figure("instant", Which.INSTANT, Which.RECEIVED),
    Figure("instant_unsolved", Which.INSTANT_UNSOLVED, Which.INSTANT),
    Figure("on_time", Which.ON_TIME, Which.TIMED),
    Figure("overdue", Which.OVERDUE, Which.TIMED),
    Figure("handling_time", Which.HANDLED, Which.RECEIVED, is_time=True),
    Figure("return_asked", Which.RETURN_ASKED, Which.RECEIVED),
    Figure("return_accepted", Which.RETURN_ACCEPTED, Which.RETURN_ASKED),
    Figure("community_led", Which.COMMUNITY_LED, Which.LED),
    Figure("community_overdue", Which.COMMUNITY_OVERDUE, Which.COMMUNITY_TIMED),
    Figure(
        "community_asserted_overdue", Which.COMMUNITY_ASSERTED_OVERDUE, Which.COMMUNITY_ASSERTED
    ),
    Figure("pushed", Which.PUSHED, Which.RECEIVED),
    Figure("response", Which.CONTACTED, Which.VALID),
    Figure("solved", Which.SOLVED, Which.VALID),
    Figure("satisfied", Which.SATISFIED, Which.VALID_SATISFACTION),
    Figure("basically", Which.BASICALLY, Which.VALID_SATISFACTION),
    Figure("excluded", Which.EXCLUDED, Which.RATED),
    Figure("excluded_satisfaction", Which.EXCLUDED_SATISFACTION, Which.RATED),
    Figure("asserted_on_time", Which.ASSERTED_ON_TIME, Which.IMPORTED),
    Figure("asserted_overdue", Which.ASSERTED_OVERDUE, Which.IMPORTED),
    Figure("asserted_unknown", Which.ASSERTED_UNKNOWN, Which.IMPORTED),
)
BY_ID = {figure.id: figure for figure in FIGURES}


@dataclass(frozen=True, slots=True)
class HandlingTime:
    """Seconds from start to end of the lead's clock: mean, median and ninetieth percentile.

    The median is the mean of the two in the middle; the ninetieth percentile the shortest time
    within which nine in ten were handled.
    """

    mean: float
    median: float
    ninety: float


class Tally(ABC):
    """How many cases of each kind, and how long those that were handled took."""

    @abstractmethod
    def count(self, which: Which) -> int:
        """How many of `which`."""

    @property
    @abstractmethod
    def handling(self) -> HandlingTime | None:
        """How long the handled took; None where none was."""

    @property
    def received(self) -> int:
        """How many there are at all."""
        return self.count(Which.RECEIVED)

    @property
    def call_backs(self) -> RateCounts:
        """What the three rates are worked out from."""
        return RateCounts(
            valid=self.count(Which.VALID),
            contacted=self.count(Which.CONTACTED),
            solved=self.count(Which.SOLVED),
            valid_satisfaction=self.count(Which.VALID_SATISFACTION),
            satisfied=self.count(Which.SATISFIED),
            basically=self.count(Which.BASICALLY),
            excluded=self.count(Which.EXCLUDED),
            excluded_satisfaction=self.count(Which.EXCLUDED_SATISFACTION),
        )


def share(part: int, whole: int) -> int:
    """Tenths of a percent, rounded half up; 0 out of 0 is 0."""
    return (part * 2000 + whole) // (whole * 2) if whole else 0


def growth(now: int, earlier: int) -> int | None:
    """Tenths of a percent by which `now` is more than `earlier`, rounded half away from zero;
    None where nothing can be said because there was nothing earlier."""
    if not earlier:
        return None
    more = now - earlier
    return share(more, earlier) if more >= 0 else -share(-more, earlier)


@dataclass(frozen=True, slots=True)
class Slice:
    """The cases a page looks at. Empty is everything the reader may see.

    `period`: when they were received. `place`, `unit` are uids, `item` and `channel` codes
    (`none`: without); `time` a day, week, month, quarter or year as `core.period.key_of`
    writes it, within the period.
    """

    period: Span | None = None
    place: str = ""
    unit: str = ""
    item: str = ""
    channel: str = ""
    time: str = ""
