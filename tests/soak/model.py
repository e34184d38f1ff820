"""Cases as plain rows, and what a decision does to them: the soak's stand-in for a database.

It mirrors `records.queries.case.gather` and `acts.apply`, and nothing of what core decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from yishi.core.case.merging import FOLLOWED
from yishi.core.case.now import CaseNow, ClockNow, ReportNow, WorkNow
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.state import CaseState
from yishi.core.clock import WORK, ClockState
from yishi.core.outcome import Advanced, Change, SetClock, StartClock

ENDED = (ClockState.DONE, ClockState.STOPPED)
NEW = "new:"
T = TypeVar("T")


class Fault(Exception):
    """A promise was broken; the words say which."""


@dataclass
class Work:
    """One unit's work. `ended`: taken away again."""

    now: WorkNow
    ended: bool = False


@dataclass
class Clock:
    """A clock as it is kept: `work` is the uid of the work it times."""

    now: ClockNow
    work: str = ""


@dataclass
class Report:
    """One resident's report and the case it is handled in."""

    now: ReportNow
    case: str
    answered: bool = False
    withdrawn: bool = False


@dataclass
class Merge:
    """What undoing restores."""

    case: str
    main: str
    before: CaseState
    clocks: dict[str, ClockState]
    reports: list[str]
    kept: dict[str, ClockNow]


@dataclass
class Order:
    """A supervisory order."""

    uid: str
    case: str
    unit_id: int
    issued_at: datetime
    answered: bool = False


@dataclass
class Call:
    """A call for help."""

    uid: str
    case: str
    open: bool = True


@dataclass
class Case:
    """A case and what hangs on it."""

    uid: str
    now: CaseNow
    works: list[Work] = field(default_factory=list)
    clocks: dict[str, Clock] = field(default_factory=dict)
    requests: list[RequestNow] = field(default_factory=list)
    main: str = ""


@dataclass
class Town:
    """Every case of one sequence, and the time."""

    now: datetime
    cases: dict[str, Case] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    merges: dict[str, Merge] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    drawn: int = 0

    def uid(self, kind: str) -> str:
        """A name nobody else has."""
        self.drawn += 1
        return f"{kind}{self.drawn}"

    def look(self, uid: str, ended: Sequence[str] = ()) -> CaseNow:
        """The case as a decision sees it; `ended`: clocks wanted although they have ended."""
        case = self.cases[uid]
        rows = {work.now.uid: work for work in case.works}
        works = tuple(work.now for work in case.works if not work.ended)
        lead = next((work.uid for work in works if work.is_lead), "")
        clocks = []
        for clock in case.clocks.values():
            if ended and clock.now.uid not in ended:
                continue
            if clock.now.state not in ENDED or ended:
                work = rows.get(clock.work)
                clocks.append(_seen(clock, work, clock.work, ""))
        merged = [other for other in self.cases.values() if other.main == uid]
        for other in merged:
            theirs = {work.now.uid: work for work in other.works}
            for clock in other.clocks.values():
                if clock.now.state not in ENDED and clock.now.kind in FOLLOWED:
                    held_by = lead if clock.now.kind in WORK else ""
                    clocks.append(_seen(clock, theirs.get(clock.work), held_by, other.uid))
        left = case.now.state is CaseState.WITHDRAWN
        return replace(
            case.now,
            works=works,
            clocks=tuple(clocks),
            reports=tuple(
                row.now
                for row in self.reports.values()
                if row.case == uid and (left or not row.withdrawn)
            ),
            requests=tuple(case.requests),
            merged=len(merged),
            ruled=any(r.state is RequestState.RULED for r in case.requests),
        )

    def apply(self, uid: str, said: Advanced, made: Sequence[WorkNow] = ()) -> None:
        """What `acts.apply.write_plan` does. Raises Fault where core names what is not there."""
        case = self.cases[uid]
        for change in said.changes:
            self._change(case, change)
        case.works += [Work(work) for work in made]
        for each in said.sets:
            self._set(self._clock(case, each.uid), each, made)
        for start in said.starts:
            self._start(case, start, made)
        state = CaseState(said.state) if said.state else case.now.state
        closed = self.now if state is not case.now.state and not state.is_open else None
        keep = case.now.closed_at if not state.is_open else None
        case.now = replace(case.now, state=state, closed_at=closed or keep)

    def ask(self, uid: str, kind: RequestKind, work: WorkNow, **more: object) -> None:
        """The row of a request that was let through."""
        case = self.cases[uid]
        request = RequestNow(
            self.uid("q"),
            kind,
            RequestState.ASKED,
            work.uid,
            work.unit_id,
            work.unit,
            more.pop("before"),  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )
        case.requests.append(request)

    def _clock(self, case: Case, uid: str) -> Clock:
        for held in (case, *(c for c in self.cases.values() if c.main == case.uid)):
            if uid in held.clocks:
                return held.clocks[uid]
        raise Fault(f"core set a clock that is not held: {uid}")

    def _change(self, case: Case, change: Change) -> None:
        values = dict(change.values)
        match change.row:
            case "case":
                for name in ("lead_id", "answered_at", "settled_at"):
                    values.pop(name, None)
                case.now = replace(case.now, **values)  # type: ignore[arg-type]
            case "assignment":
                work = _one([w for w in case.works if w.now.uid == change.uid], change)
                work.ended = work.ended or "ended_at" in values
                if "contacted_at" in values:
                    work.now = replace(work.now, contacted=values["contacted_at"] is not None)
                if "signed_at" in values:
                    work.now = replace(work.now, signed=True, signed_at=values["signed_at"])  # type: ignore[arg-type]
                kept = {k: v for k, v in values.items() if k in ("is_lead", "result_at")}
                work.now = replace(work.now, **kept)  # type: ignore[arg-type]
            case "report":
                row = _one([r for r in self.reports.values() if r.now.uid == change.uid], change)
                row.answered = bool(values.get("answered_at", row.answered))
                row.withdrawn = row.withdrawn or "withdrawn_at" in values
                kept = {k: v for k, v in values.items() if k in ("urged_at", "attempts")}
                row.now = replace(row.now, **kept)  # type: ignore[arg-type]
            case "request":
                at = [n for n, r in enumerate(case.requests) if r.uid == change.uid]
                kept = {k: v for k, v in values.items() if k in ("state", "state_before")}
                case.requests[_one(at, change)] = replace(
                    case.requests[_one(at, change)],
                    **kept,  # type: ignore[arg-type]
                )
            case "call":
                _one([c for c in self.calls if c.uid == change.uid], change).open = False
            case "order":
                _one([o for o in self.orders if o.uid == change.uid], change).answered = True
            case other:
                raise Fault(f"core changed a row nobody knows: {other}")

    def _set(self, clock: Clock, each: SetClock, made: Sequence[WorkNow]) -> None:
        timing = each.timing
        if timing is None:
            clock.now = replace(clock.now, state=each.state)
            return
        clock.now = replace(
            clock.now,
            state=each.state,
            span=timing.span,
            extended_by=timing.extended_by,
            pauses=timing.pauses,
            open_pause=timing.open_pause,
            due_at=timing.due_at,
            amber_at=timing.amber_at,
            calendar=timing.calendar,
        )
        if timing.assignment is not None:
            clock.work = _named(timing.assignment, made)

    def _start(self, case: Case, start: StartClock, made: Sequence[WorkNow]) -> None:
        new = start.clock
        uid = self.uid("k")
        now = ClockNow(
            uid,
            new.kind,
            new.state,
            new.started_at,
            new.span,
            new.due_at,
            amber_at=new.amber_at,
            calendar=new.calendar,
        )
        work = _named(start.assignment, made)
        if work and work not in {w.now.uid for w in case.works}:
            raise Fault(f"core timed work that is not there: {start.assignment}")
        case.clocks[uid] = Clock(now, work)


def _seen(clock: Clock, work: Work | None, held_by: str, case: str) -> ClockNow:
    return replace(
        clock.now,
        assignment=held_by,
        unit_id=work.now.unit_id if work else 0,
        of_lead=work is not None and work.now.is_lead,
        case=case,
    )


def _named(uid: str, made: Sequence[WorkNow]) -> str:
    if not uid.startswith(NEW):
        return uid
    number = int(uid.removeprefix(NEW))
    if number >= len(made):
        raise Fault(f"core named {uid} of {len(made)}")
    return made[number].uid


def _one(found: Sequence[T], change: Change) -> T:
    if len(found) != 1:
        raise Fault(f"core changed {change.row} {change.uid}, of which there are {len(found)}")
    return found[0]
