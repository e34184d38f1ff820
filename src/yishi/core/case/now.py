"""A case as a decision sees it: frozen, and only what a decision needs."""

from dataclasses import dataclass
from datetime import datetime

from yishi.core.calendar import Calendar, Span
from yishi.core.case.state import CaseKind, CaseState
from yishi.core.caserules import CaseRules
from yishi.core.clock import ClockKind, ClockState, start_clock
from yishi.core.outcome import SetClock, StartClock


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules and the calendar in force where the case is."""

    rules: CaseRules
    calendar: Calendar

    def start(
        self, kind: ClockKind, now: datetime, span: Span | None = None, assignment: str = ""
    ) -> StartClock:
        """A clock of `kind` from `now`, of the adopted length unless `span` is given."""
        length = span or self.rules.clocks[kind]
        clock = start_clock(kind, now, length, self.calendar, self.rules.amber)
        return StartClock(clock, assignment)


@dataclass(frozen=True, slots=True)
class ClockNow:
    """A clock of the case that has not ended."""

    uid: str
    kind: ClockKind
    state: ClockState
    started_at: datetime
    span: Span
    due_at: datetime | None = None
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class WorkNow:
    """One unit's work on the case (an assignment)."""

    uid: str
    unit_id: int
    unit: str
    is_lead: bool
    signed: bool = False
    contacted: bool = False
    result_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportNow:
    """One resident's report on the case. `person_id` is None for an import without a person."""

    uid: str
    number: str
    person_id: int | None = None
    has_contact: bool = False
    rated: bool = False


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case at the moment of an act. `dissatisfied`: rounds the resident was not satisfied."""

    uid: str
    state: CaseState
    kind: CaseKind = CaseKind.UNSORTED
    nature: str = "complaint"
    urgent: bool = False
    dissatisfied: int = 0
    attempts: int = 0
    closed_at: datetime | None = None
    works: tuple[WorkNow, ...] = ()
    clocks: tuple[ClockNow, ...] = ()
    reports: tuple[ReportNow, ...] = ()

    @property
    def lead(self) -> WorkNow | None:
        """The unit that answers for the whole."""
        return next((work for work in self.works if work.is_lead), None)

    def end(
        self,
        now: datetime,
        *kinds: ClockKind,
        of: str | None = None,
        to: ClockState = ClockState.DONE,
    ) -> tuple[SetClock, ...]:
        """End every open clock of `kinds`; only those of assignment `of` where it is given."""
        return tuple(
            SetClock(clock.uid, to, now)
            for clock in self.clocks
            if clock.kind in kinds and (of is None or clock.assignment == of)
        )
