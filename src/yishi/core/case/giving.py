"""Who gets a case, and with which clocks: new ones, or those of the units that had it before.

Time used survives reassignment: the lead's clock goes to the next lead, a co-handler's to the
same unit where it is named again. Source: norms.md §1, Clocks.
"""

from dataclasses import dataclass
from datetime import datetime

from yishi.core.calendar import CalendarMissing, Span, due
from yishi.core.case.now import CaseNow, ClockNow, Terms
from yishi.core.clock import WORK, ClockKind, ClockState
from yishi.core.outcome import Change, SetClock, StartClock

CONTACT = ClockKind.CONTACT
# What stands still while nobody can go on; a redo only of a case merged into it.
STILL = (*WORK, CONTACT)
OF_WORK = (*STILL, ClockKind.SIGN, ClockKind.RETURN)


@dataclass(frozen=True, slots=True)
class Duty:
    """The row of the responsibility list a case is dispatched by, with its bodies found."""

    row: str
    item: str
    lead: str
    lead_id: int
    co: tuple[tuple[int, str], ...] = ()
    limit: Span | None = None
    lead_is_community: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A duty and, where its bodies have limits of their own, each one's, lead first."""

    duty: Duty
    limits: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What handing over changes. `bodies` get new assignments in this order: `new:0`, `new:1`."""

    bodies: tuple[tuple[int, str], ...]
    changes: tuple[Change, ...]
    sets: tuple[SetClock, ...]
    starts: tuple[StartClock, ...]
    lead_due: datetime | None
    lead_signed: bool = False


def limit_of(case: CaseNow, limit: Span | None, terms: Terms, start: datetime) -> Span:
    """The row's limit, else the adopted one for the nature; never more than the urgent one."""
    span = limit or terms.rules.handle_span(case.nature)
    return _sooner(terms.rules.urgent, span, terms, start) if case.urgent else span


def take_over(case: CaseNow, given: Given, terms: Terms, now: datetime) -> Taken:
    """Gives the case to the bodies of `given` and takes it from those not among them.

    A body that has the case already keeps its work and its clocks. A clock that stands still
    goes on with what it has used, and goes on standing still for a co-handler that is not named
    this time but may be the next; only where there is none is a new one started.
    """
    duty = given.duty
    wanted = ((duty.lead_id, duty.lead), *duty.co)
    had = {work.unit_id: work for work in case.works}
    bodies = tuple(body for body in wanted if body[0] not in had)
    changes: list[Change] = []
    sets: list[SetClock] = []
    starts: list[StartClock] = []
    used: set[str] = set()
    lead_due: datetime | None = None
    contact_by = ""
    limits = given.limits or (duty.limit,) * len(wanted)
    for index, (unit_id, _) in enumerate(wanted):
        is_lead = index == 0
        work = had.get(unit_id)
        uid = work.uid if work else f"new:{bodies.index(wanted[index])}"
        becomes = work is None or work.is_lead is not is_lead
        done = work is not None and work.result_at is not None
        if work is not None and becomes:
            # The result of a part is not the result of the whole: a new lead submits again.
            values: dict[str, object] = {"is_lead": is_lead}
            values |= {"result_at": None} if is_lead and done else {}
            changes.append(Change("assignment", work.uid, values))
            done = done and not is_lead
        old = _clocks_for(case, unit_id, is_lead=is_lead, used=used)
        for clock in old:
            used.add(clock.uid)
            span = clock.span
            if clock.kind is ClockKind.HANDLE and not clock.case:
                span = limit_of(case, limits[index] or span, terms, clock.started_at)
            due_at = clock.due_at
            if clock.state is ClockState.PAUSED or span != clock.span or becomes:
                to = None if clock.case else uid
                going = terms.go_on(clock, now, span=span, assignment=to)
                sets.append(going)
                due_at = going.timing.due_at if going.timing else None
            if is_lead and clock.kind in WORK:
                lead_due = _earlier(lead_due, due_at)
        if work is None:
            starts.append(terms.start(ClockKind.SIGN, now, assignment=uid))
        elif not work.signed:
            sets += case.end(now, ClockKind.SIGN, of=uid, to=ClockState.RUNNING)
        timed = any(c.kind in WORK and not c.case for c in old)
        if becomes and not done and not timed:
            new = terms.start(ClockKind.HANDLE, now, limit_of(case, limits[index], terms, now), uid)
            starts.append(new)
            lead_due = _earlier(lead_due, new.clock.due_at) if is_lead else lead_due
        if becomes and is_lead:
            # A supervisory order follows the case: whoever leads it answers.
            orders = case.running(ClockKind.ORDER)
            sets += [terms.go_on(clock, now, assignment=uid) for clock in orders]
        reached = work is not None and work.contacted
        if becomes and is_lead and not reached and all(c.kind is not CONTACT for c in old):
            contact_by = uid
    if contact_by and any(report.has_contact for report in case.reports):
        starts.append(terms.start(ClockKind.CONTACT, now, assignment=contact_by))
    units = {unit_id for unit_id, _ in wanted}
    gone = {work.uid for work in case.works if work.unit_id not in units}
    kept = {work.uid for work in case.works} - gone
    for uid in sorted(gone):
        changes.append(Change("assignment", uid, {"ended_at": now, "ended_by": "ruled"}))
    for clock in case.clocks:
        still = clock.state is ClockState.PAUSED
        waits = still and clock.kind is ClockKind.HANDLE and clock.assignment not in kept
        left = (still or clock.assignment in gone) and clock.kind in OF_WORK and not waits
        if left and clock.uid not in used and not clock.case:
            sets.append(SetClock(clock.uid, ClockState.STOPPED, now))
    lead = had.get(duty.lead_id)
    signed = lead is not None and lead.signed
    return Taken(bodies, tuple(changes), tuple(sets), tuple(starts), lead_due, signed)


def _clocks_for(
    case: CaseNow, unit_id: int, *, is_lead: bool, used: set[str]
) -> tuple[ClockNow, ...]:
    """The clocks a body goes on with: the last lead's for the lead, its own for a co-handler."""
    standing = [
        clock
        for clock in case.clocks
        if clock.kind in STILL and clock.uid not in used and clock.state is not ClockState.HELD
    ]
    if is_lead:
        return tuple(clock for clock in standing if clock.of_lead or clock.case)
    return tuple(clock for clock in standing if clock.unit_id == unit_id and not clock.of_lead)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((m for m in (one, other) if m is not None), default=None)


def _sooner(urgent: Span, limit: Span, terms: Terms, now: datetime) -> Span:
    """The one that ends first; the urgent one where the other waits for a calendar."""
    try:
        limit_due = due(now, limit, terms.calendar)
    except CalendarMissing:
        return urgent
    return urgent if due(now, urgent, terms.calendar) <= limit_due else limit
