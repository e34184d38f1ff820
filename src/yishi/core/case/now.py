"""A case as a decision sees it: frozen, and only what a decision needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yishi.core.calendar import Calendar, CalendarMissing, Pause, Span, SpanKind, due
from yishi.core.case.request import RequestNow
from yishi.core.case.state import CaseKind, CaseState
from yishi.core.caserules import CaseRules, CourseRules, RuleLacks
from yishi.core.clock import ClockKind, ClockState, StartedClock, amber_moment, start_clock
from yishi.core.outcome import SetClock, StartClock, Timing

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules and the calendar in force where the case is."""

    rules: CaseRules
    calendar: Calendar

    def start(
        self, kind: ClockKind, now: datetime, span: Span | None = None, assignment: str = ""
    ) -> StartClock:
        """A clock of `kind` from `now`, of the adopted length unless `span` is given."""
        length = span or self.rules.clocks.get(kind)
        if length is None:
            raise RuleLacks(self.rules.id, self.rules.version, f"clocks.{kind}")
        clock = start_clock(kind, now, length, self.calendar, self.rules.amber)
        return StartClock(clock, assignment)

    def due(self, start: datetime, span: Span) -> datetime | None:
        """When `span` from `start` is over; None while a year it crosses has no calendar, so
        that nothing is refused, and nobody is kept waiting, for want of one."""
        try:
            return due(start, span, self.calendar)
        except CalendarMissing:
            return None

    def until(
        self, kind: ClockKind, now: datetime, due_at: datetime, assignment: str = ""
    ) -> StartClock:
        """A clock that runs to a moment somebody agreed on."""
        hours = max(1, -(-(due_at - now) // HOUR))
        amber = amber_moment(now, due_at, self.rules.amber)
        span = Span(hours, SpanKind.HOUR)
        clock = StartedClock(kind, now, span, due_at, amber, ClockState.RUNNING)
        return StartClock(clock, assignment)

    @property
    def course(self) -> CourseRules:
        """The numbers for returns, extensions, merging and the like. Raises RuleLacks."""
        if self.rules.course is None:
            raise RuleLacks(self.rules.id, self.rules.version, "return")
        return self.rules.course

    def pause(self, clock: "ClockNow", now: datetime, cause: str) -> SetClock:
        """The clock stands still from `now`; what it has used stays used."""
        timing = Timing(
            clock.span,
            clock.extended_by,
            clock.pauses,
            (now, cause),
            clock.due_at,
            clock.amber_at,
            clock.calendar,
        )
        return SetClock(clock.uid, ClockState.PAUSED, now, timing)

    def go_on(
        self,
        clock: "ClockNow",
        now: datetime,
        *,
        span: Span | None = None,
        extended_by: int | None = None,
        assignment: str | None = None,
    ) -> SetClock:
        """The clock runs from its own start again, less its pauses: the one way a due moment moves.

        `span`: another limit, by another row of the list; `extended_by`: approved on top of it.
        """
        pauses = clock.pauses
        if clock.open_pause is not None:
            since, cause = clock.open_pause
            pauses = (*pauses, Pause(since, now, cause))
        span = span or clock.span
        more = clock.extended_by if extended_by is None else extended_by
        if span.kind is not clock.span.kind:
            more = 0  # an extension counts in the units it was approved in
        again = start_clock(
            clock.kind,
            clock.started_at,
            Span(span.length + more, span.kind),
            self.calendar,
            self.rules.amber,
            pauses,
        )
        timing = Timing(
            span, more, pauses, None, again.due_at, again.amber_at, again.calendar, assignment
        )
        return SetClock(clock.uid, again.state, now, timing)


@dataclass(frozen=True, slots=True)
class ClockNow:
    """A clock of the case that has not ended.

    `case` is the uid of the merged case it was started for, "" for the case's own: the main case
    is held to the clocks of those merged into it.
    """

    uid: str
    kind: ClockKind
    state: ClockState
    started_at: datetime
    span: Span
    due_at: datetime | None = None
    assignment: str = ""
    unit_id: int = 0
    of_lead: bool = False
    amber_at: datetime | None = None
    calendar: str = ""
    extended_by: int = 0
    pauses: tuple[Pause, ...] = ()
    open_pause: tuple[datetime, str] | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class WorkNow:
    """One unit's work on the case (an assignment). `title`: its part, where the case was split."""

    uid: str
    unit_id: int
    unit: str
    is_lead: bool
    signed: bool = False
    contacted: bool = False
    result_at: datetime | None = None
    signed_at: datetime | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReportNow:
    """One resident's report on the case. `person_id` is None for an import without a person.

    `rated`: the resident was content, which is their last word; `unhappy`: how often they were
    not; `rounds`: the last round they had their say in; `attempts`: calls nobody took since the
    answer.
    """

    uid: str
    number: str
    person_id: int | None = None
    has_contact: bool = False
    rated: bool = False
    urged_at: datetime | None = None
    attempts: int = 0
    unhappy: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case at the moment of an act.

    `dissatisfied`: rounds the resident was not satisfied; `works`: those not taken away again;
    `merged`: cases merged into it; `ruled`: the arbitration group has ruled on it.
    """

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
    requests: tuple[RequestNow, ...] = ()
    merged: int = 0
    ruled: bool = False

    @property
    def lead(self) -> WorkNow | None:
        """The unit that answers for the whole."""
        return next((work for work in self.works if work.is_lead), None)

    def to_call(self, most: int) -> tuple[ReportNow, ...]:
        """Whose word on the answer is still awaited, whom to call next first: who was tried less
        often, then who raised it earlier. `most`: calls after which it is given up.
        """
        waiting = (r for r in self.reports if not r.rated and r.attempts < most)
        return tuple(sorted(waiting, key=lambda report: report.attempts))

    def work(self, uid: str) -> WorkNow | None:
        """The work `uid`, where it is still in hand."""
        return next((work for work in self.works if work.uid == uid), None)

    def running(self, *kinds: ClockKind, of: str | None = None) -> tuple[ClockNow, ...]:
        """The clocks of `kinds` that have not ended; those of assignment `of` where given."""
        return tuple(
            clock
            for clock in self.clocks
            if clock.kind in kinds and (of is None or clock.assignment == of)
        )

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
