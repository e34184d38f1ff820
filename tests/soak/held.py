"""What must be true of every case after every act."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from tests.soak.model import Case, Fault, Town
from yishi.core.calendar import Calendar, Pause, SpanKind
from yishi.core.case.merging import FOLLOWED
from yishi.core.case.now import CaseNow, ClockNow
from yishi.core.case.request import RequestKind, RequestState
from yishi.core.case.state import CaseState as S
from yishi.core.clock import OPEN, ClockKind, ClockState

K = ClockKind
DAY = timedelta(days=1)
# The clock by which somebody is held to a case in each state.
OWED = {
    S.SUBMITTED: (K.INTAKE,),
    S.FILED: (K.INTAKE,),
    S.TOPIC: (K.TOPIC,),
    S.DISPATCHED: (K.HANDLE,),
    S.SIGNED: (K.HANDLE,),
    S.HANDLING: (K.HANDLE, K.REDO),
    S.REDO: (K.REDO,),
    S.RETURNING: (K.RETURN,),
    S.DISPUTED: (K.RULING,),
    S.SUSPENDED: (K.SUSPEND,),
    S.CHECKING: (K.CHECK,),
    S.SETTLED: (K.ANSWER,),
    S.ANSWERED: (K.CALL_BACK,),
}
GIVEN = (S.DISPATCHED, S.SIGNED, S.HANDLING, S.REDO)
IN_HAND = (*GIVEN, S.RETURNING, S.DISPUTED, S.SUSPENDED)
CAUSES = ("returned", "disputed", "suspended")


def look_at(town: Town, uid: str, calendar: Calendar) -> None:
    """Raises Fault with the first broken promise about the case `uid`."""
    case, now = town.cases[uid], town.look(uid)
    for words in (*broken(now, calendar), *_residents(town, case, now)):
        raise Fault(f"{uid} {now.state}: {words}")


def broken(now: CaseNow, calendar: Calendar) -> Iterator[str]:
    """What a snapshot of a case alone shows to be wrong, in words."""
    yield from _owed(now)
    yield from _clocks(now, calendar)
    yield from _works(now)
    yield from _asked(now)


def _owed(now: CaseNow) -> Iterator[str]:
    """An open case has somebody, and a clock that runs or waits for its calendar."""
    open_ = [clock for clock in now.clocks if clock.state in OPEN]
    if kinds := OWED.get(now.state):
        if not any(clock.kind in kinds for clock in open_):
            yield f"no clock {kinds} runs"
    elif now.state is not S.MERGED and any(c.kind is not K.ORDER for c in now.clocks):
        yield f"closed, with {[(c.kind.value, c.state.value) for c in now.clocks]}"
    if now.state in IN_HAND and now.lead is None:
        yield "nobody has it"
    if now.state in GIVEN and now.lead and now.lead.signed is (now.state is S.DISPATCHED):
        yield f"the lead has {'' if now.lead.signed else 'not '}signed"
    if now.state in GIVEN and now.lead and now.lead.result_at is not None:
        yield "the lead can never submit again"
    if now.state in GIVEN and now.lead:
        own = [c for c in open_ if c.assignment == now.lead.uid and not c.case]
        if not any(c.kind in (K.HANDLE, K.REDO) for c in own):
            yield "the lead's time does not run"
    if now.state in (S.SUBMITTED, S.FILED, S.TOPIC) and now.works:
        yield "a unit has it before it is given"


def _clocks(now: CaseNow, calendar: Calendar) -> Iterator[str]:
    """No clock without a due moment or a reason; every one of somebody who still has the work."""
    held = {work.uid for work in now.works}
    for clock in now.clocks:
        name = f"{clock.kind.value} {clock.uid} {clock.state.value}"
        if clock.state is ClockState.RUNNING and clock.due_at is None:
            yield f"{name} without a due moment"
        if clock.state is ClockState.WAITS and clock.due_at is not None:
            yield f"{name} although it has a due moment"
        if clock.state is ClockState.RUNNING and clock.open_pause:
            yield f"{name} in a pause"
        if clock.state is ClockState.PAUSED and (clock.open_pause or ("", ""))[1] not in CAUSES:
            yield f"{name} without a cause"
        loose = clock.assignment and clock.assignment not in held
        nobodys = now.state is S.MERGED or (clock.kind is K.ORDER and now.lead is None)
        if clock.state in OPEN and loose and not nobodys:
            yield f"{name} of work that was taken away"
        if clock.state is ClockState.PAUSED and now.state in GIVEN and clock.assignment in held:
            yield f"{name} although work goes on"
        if clock.state is ClockState.HELD and now.state in GIVEN and clock.kind is not K.SIGN:
            yield f"{name} although work goes on"
        if clock.state is ClockState.RUNNING:
            yield from _counted(clock, calendar)
        if now.state is S.MERGED and clock.kind not in (*FOLLOWED, K.ORDER):
            yield f"merged, with an open {clock.kind.value}"
    for kind in (K.INTAKE, K.TOPIC, K.CHECK, K.ANSWER, K.CALL_BACK, K.RULING, K.SUSPEND):
        if len([c for c in now.clocks if c.kind is kind and not c.case]) > 1:
            yield f"two clocks {kind.value}"


def _works(now: CaseNow) -> Iterator[str]:
    """One lead at most, a unit once, and each with exactly one handling clock until its result."""
    if sum(work.is_lead for work in now.works) > 1:
        yield "two leads"
    if len({work.unit_id for work in now.works}) < len(now.works):
        yield "a unit has it twice"
    for work in now.works:
        own = [c for c in now.clocks if c.assignment == work.uid and not c.case]
        timed = [c for c in own if c.kind in (K.HANDLE, K.REDO)]
        first_round = not now.dissatisfied and now.state in IN_HAND
        if first_round and work.result_at is None and len(timed) != 1:
            yield f"{work.unit} has {len(timed)} handling clocks"
        if len(timed) > 1:
            yield f"{work.unit} has {len(timed)} handling clocks"
        may_sign = work.signed or any(clock.kind is K.SIGN for clock in own)
        if first_round and not may_sign:
            yield f"{work.unit} need never sign"


def _asked(now: CaseNow) -> Iterator[str]:
    """Who asks has an answer coming: a clock for each open request, and none for others."""
    returns = {r.work for r in now.requests if r.kind is RequestKind.RETURN and r.state.is_open}
    asked = [r for r in now.requests if r.state is RequestState.ASKED]
    timed = {c.assignment for c in now.clocks if c.kind is K.RETURN}
    disputed = [r for r in now.requests if r.state is RequestState.DISPUTED]
    if bool(disputed) is not (now.state is S.DISPUTED) or len(disputed) > 1:
        yield f"{len(disputed)} disputes"
    if timed != returns - {r.work for r in disputed}:
        yield f"returns of {sorted(returns)} timed for {sorted(timed)}"
    others = [r for r in asked if r.kind is not RequestKind.RETURN]
    clocks = [c for c in now.clocks if c.kind is K.REQUEST]
    if len(others) != len(clocks):
        yield f"{len(others)} requests and {len(clocks)} clocks for them"
    held = {work.uid for work in now.works}
    if any(r.work not in held for r in now.requests if r.state.is_open):
        yield "a request of a unit that no longer has it"
    lead_asks = any(now.lead and r.work == now.lead.uid and r in asked for r in now.requests)
    if now.state is S.RETURNING and not lead_asks:
        yield "returning, and nobody asked"


def _residents(town: Town, case: Case, now: CaseNow) -> Iterator[str]:
    """Everybody is answered when the case is, also those whose own case was merged."""
    if now.state is S.MERGED:
        main = town.cases.get(case.main)
        if main is None or main.now.state is S.MERGED:
            yield f"merged into {case.main}"
        return
    if now.state is S.WITHDRAWN:
        if not all(r.withdrawn for r in town.reports.values() if r.case == case.uid):
            yield "withdrawn for somebody else"
        return
    here = [r for r in town.reports.values() if r.case == case.uid and not r.withdrawn]
    if not here:
        yield "nobody's"
    if now.state in (S.ANSWERED, S.CALLED_BACK, S.ARCHIVED, S.REFUSED):
        for report in here:
            if not report.answered:
                yield f"{report.now.uid} has no answer"


_checked: dict[tuple[object, ...], str] = {}


def _counted(clock: ClockNow, calendar: Calendar) -> Iterator[str]:
    """Counts the time from start to due by hand: days on a list of days, hours minute by minute."""
    key = (clock.started_at, clock.due_at, clock.pauses, clock.span, clock.extended_by)
    if key in _checked or clock.kind in (K.SUSPEND, K.OUTSIDE):
        return
    if len(_checked) > 20_000:
        _checked.clear()
    _checked[key] = ""
    assert clock.due_at is not None
    length, kind = clock.span.length + clock.extended_by, clock.span.kind
    found: float
    if kind in (SpanKind.DAY, SpanKind.WORKING_DAY):
        found = _days(clock, length, calendar, working=kind is SpanKind.WORKING_DAY)
    else:
        found = _hours(clock, calendar, working=kind is SpanKind.WORKING_HOUR)
    if found != length:
        yield f"{clock.kind.value} {clock.uid} gives {found} {kind.value}, not {length}"


def _days(clock: ClockNow, length: int, calendar: Calendar, *, working: bool) -> int:
    assert clock.due_at is not None
    zone = calendar.zone
    day = clock.started_at.astimezone(zone).date() + DAY
    last = clock.due_at.astimezone(zone)
    count = 0
    while day < last.date():
        begins = datetime.combine(day, time(), tzinfo=zone)
        still = _still(clock.pauses, begins, begins + DAY) == DAY
        if count + 1 == length and any(p.from_at < begins + DAY < p.to_at for p in clock.pauses):
            still = True  # nobody is late while the clock stands still
        count += not still and (not working or works_on(day, calendar))
        day += DAY
    return count if last.time() == time() else -1


def _hours(clock: ClockNow, calendar: Calendar, *, working: bool) -> float:
    assert clock.due_at is not None
    if not working:
        whole = clock.due_at - clock.started_at
        return (whole - _still(clock.pauses, clock.started_at, clock.due_at)) / timedelta(hours=1)
    zone, used = calendar.zone, timedelta()
    day = clock.started_at.astimezone(zone).date()
    while day <= clock.due_at.astimezone(zone).date():
        for opens, closes in calendar.hours.windows if works_on(day, calendar) else ():
            begins = max(datetime.combine(day, opens, tzinfo=zone), clock.started_at)
            ends = min(datetime.combine(day, closes, tzinfo=zone), clock.due_at)
            if begins < ends:
                used += ends - begins - _still(clock.pauses, begins, ends)
        day += DAY
    return used / timedelta(hours=1)


def works_on(day: date, calendar: Calendar) -> bool:
    """Read off the notices themselves. Raises KeyError for a year without one."""
    year = calendar.years[day.year]
    return day in year.work or (day.weekday() < 5 and day not in year.off)


def _still(pauses: tuple[Pause, ...], begins: datetime, ends: datetime) -> timedelta:
    """Time between two moments inside pauses; the pauses of one clock never overlap."""
    total = timedelta()
    for pause in pauses:
        overlap = min(ends, pause.to_at) - max(begins, pause.from_at)
        total += max(overlap, timedelta())
    return total


def used(clock: ClockNow, now: datetime) -> timedelta:
    """The time a clock has run: from its start, less its pauses, up to the one that is open."""
    until = clock.open_pause[0] if clock.open_pause else now
    return until.astimezone(UTC) - clock.started_at - _still(clock.pauses, clock.started_at, until)
