"""呼叫响应: the community calls, a local unit or department claims a part. Source: practice H11."""

from datetime import datetime

from yishi.core.case.giving import limit_of
from yishi.core.case.now import CaseNow, Terms
from yishi.core.case.state import allowed
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced, Change, Event
from yishi.core.refusal import Refusal


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

    Refusals: `call_closed`, `part_has_it` (it has a part of the case already).
    """
    row = allowed("case.claim", case.state)
    if isinstance(row, Refusal):
        return row
    if not open:
        return Refusal("call_closed")
    if any(work.unit_id == unit_id for work in case.works):
        return Refusal("part_has_it", have=unit)
    clock = terms.start(ClockKind.HANDLE, now, limit_of(case, None, terms, now), "new:0")
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("case.claimed", {"unit": unit}),
        changes=(Change("call", call, {"closed_at": now}),),
        starts=(clock,),
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
