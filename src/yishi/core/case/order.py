"""Supervisory orders (督办单): issued by an officer or by the second dissatisfaction, answered."""

from datetime import datetime

from yishi.core.case.now import CaseNow, Terms
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced, Change, Event
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
    case: CaseNow, order: str, answered: bool, words: str, now: datetime
) -> Advanced | Refusal:
    """The unit answers the order. Refuses: `answer_missing`, `already_answered`."""
    if answered:
        return Refusal("already_answered")
    if not words.strip():
        return Refusal("answer_missing")
    return Advanced(
        event=Event("order.answered", {"answer": words}),
        state=case.state,
        changes=(Change("order", order, {"answer": words, "answered_at": now}),),
        sets=case.end(now, ClockKind.ORDER),
        part="handled",
    )
