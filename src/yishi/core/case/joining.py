"""呼叫响应: the community calls, a local unit or department claims a part. Source: practice H11."""

from datetime import datetime

from yishi.core.case.giving import limit_of
from yishi.core.case.now import CaseNow, Terms
from yishi.core.case.state import allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event
from yishi.core.refusal import Refusal

NEW = "new:0"


def call(case: CaseNow, words: str) -> Advanced | Refusal:
    """Help is called for. `words` are read by every body of the place. Refuses `words_missing`."""
    row = allowed("case.call", case.state)
    if isinstance(row, Refusal):
        return row
    if not words.strip():
        return Refusal("call_words_missing")
    return Advanced(
        state=case.state, part=row.part, event=Event("case.called_for_help", {"words": words})
    )


def claim(
    case: CaseNow, call: str, unit_id: int, unit: str, *, open: bool, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """A body takes it on as a co-handler (认领), signed from the start.

    One that had a part of it before and gave it back goes on with the time it has used.
    Refusals: `call_closed`, `part_has_it` (it has a part of the case already).
    """
    row = allowed("case.claim", case.state)
    if isinstance(row, Refusal):
        return row
    if not open:
        return Refusal("call_closed")
    if any(work.unit_id == unit_id for work in case.works):
        return Refusal("part_has_it", have=unit)
    left = [
        clock
        for clock in case.running(ClockKind.HANDLE)
        if clock.state is ClockState.PAUSED and clock.unit_id == unit_id and not clock.case
    ]
    again = tuple(terms.go_on(clock, now, assignment=NEW) for clock in left if not clock.of_lead)
    span = limit_of(case, None, terms, now)
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("case.claimed", {"unit": unit}),
        changes=(Change("call", call, {"closed_at": now}),),
        sets=again,
        starts=() if again else (terms.start(ClockKind.HANDLE, now, span, NEW),),
    )


def end_call(case: CaseNow, call: str, *, open: bool, now: datetime) -> Advanced | Refusal:
    """Nobody is needed any more. Refuses `call_closed`."""
    row = allowed("case.end_call", case.state)
    if isinstance(row, Refusal):
        return row
    if not open:
        return Refusal("call_closed")
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("case.call_ended"),
        changes=(Change("call", call, {"closed_at": now}),),
    )
