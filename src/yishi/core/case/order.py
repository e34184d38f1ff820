"""Supervisory orders (督办单): issued by an officer or by the second dissatisfaction, answered."""

from datetime import datetime

from yishi.core.case.now import CaseNow, Terms
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event, SetClock
from yishi.core.refusal import Refusal


def issue(case: CaseNow, words: str, terms: Terms, now: datetime) -> Advanced | Refusal:
    """The supervisory officer asks the lead unit to answer in time; no status changes.

    Refuses: `words_missing`, `no_unit` (nobody has been given the case yet), `not_now`.
    Source: norms.md §1, supervisory officer.
    """
    if not case.state.is_open:
        return Refusal("not_now", have=case.state, unit="state", source="norms.md §1")
    if case.lead is None:
        return Refusal("no_unit", source="norms.md §1")
    if not words.strip():
        return Refusal("order_words_missing")
    clock = terms.start(ClockKind.ORDER, now, assignment=case.lead.uid)
    return Advanced(
        event=Event("order.issued", {"words": words, "unit": case.lead.unit}),
        state=case.state,
        starts=(clock,),
        part="supervised",
    )


def answer(
    case: CaseNow, order: str, answered: bool, words: str, now: datetime, issued_at: datetime
) -> Advanced | Refusal:
    """The unit answers the order issued at `issued_at`, whose own clock ends; another's goes on.

    Refuses: `answer_missing`, `already_answered`.
    """
    if answered:
        return Refusal("already_answered")
    if not words.strip():
        return Refusal("answer_missing")
    own = [c for c in case.running(ClockKind.ORDER) if c.started_at == issued_at]
    late = any(clock.due_at is not None and now >= clock.due_at for clock in own)
    return Advanced(
        event=Event("order.answered", {"answer": words, "late": late}, {"late": int(late)}),
        state=case.state,
        changes=(Change("order", order, {"answer": words, "answered_at": now}),),
        sets=tuple(SetClock(clock.uid, ClockState.DONE, now) for clock in own),
        part="handled",
    )
