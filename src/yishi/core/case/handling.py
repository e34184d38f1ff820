"""What a unit does with its work on a case: sign, contact, act at once, submit."""

from datetime import datetime

from yishi.core.case.asking import lapse
from yishi.core.case.intake import notices
from yishi.core.case.now import CaseNow, Terms, WorkNow
from yishi.core.case.state import CaseState, allowed
from yishi.core.clock import WORK, ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event
from yishi.core.refusal import Refusal

# A question or a thank-you leaves nothing to photograph.
NEEDS_PROOF = frozenset({"help", "complaint"})


def sign(
    case: CaseNow, work: WorkNow, now: datetime, *, by_itself: bool = False
) -> Advanced | Refusal:
    """The unit takes the work. `by_itself`: the limit ran out and signing happened without it.

    Refuses with `already_signed`. Source: norms.md §1, overdue signing signs by itself.
    """
    row = allowed("case.sign", case.state)
    if isinstance(row, Refusal):
        return row
    if work.signed:
        return Refusal("already_signed", have=work.unit)
    code = "case.signed_by_itself" if by_itself else "case.signed"
    moves = work.is_lead and case.state is CaseState.DISPATCHED
    return Advanced(
        state=CaseState.SIGNED if moves else case.state,
        part="" if by_itself else row.part,
        event=Event(code, {"unit": work.unit, "lead": work.is_lead}),
        changes=(Change("assignment", work.uid, {"signed_at": now}),),
        sets=case.end(now, ClockKind.SIGN, of=work.uid),
        notices=notices(case, code, {"unit": work.unit}) if work.is_lead else (),
    )


def contact(
    case: CaseNow, work: WorkNow, reached: bool, note: str, now: datetime
) -> Advanced | Refusal:
    """The handler speaks with the resident, or tried to; both are on the record.

    Refuses with `sign_first`, `lead_only`, `note_missing`. Source: Shenzhen, within 24 h.
    """
    row = allowed("case.contact", case.state)
    if isinstance(row, Refusal):
        return row
    if not work.is_lead:
        return Refusal("lead_only", have=work.unit, source="norms.md §1 Lead is responsible")
    if not work.signed:
        return Refusal("sign_first", have=work.unit)
    if not note.strip():
        return Refusal("note_missing")
    code = "case.contacted" if reached else "case.not_reached"
    return Advanced(
        state=CaseState.REDO if case.state is CaseState.REDO else CaseState.HANDLING,
        part=row.part,
        event=Event(code, {"unit": work.unit, "note": note}, {"reached": int(reached)}),
        changes=(Change("assignment", work.uid, {"contacted_at": now}),),
        sets=case.end(now, ClockKind.CONTACT, of=work.uid),
    )


def interim(case: CaseNow, work: WorkNow, words: str) -> Advanced | Refusal:
    """临时处置: what was done first, before the matter is settled. Refuses `note_missing`."""
    row = allowed("case.interim", case.state)
    if isinstance(row, Refusal):
        return row
    if not words.strip():
        return Refusal("note_missing")
    params = {"unit": work.unit, "words": words}
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("case.interim", params),
        notices=notices(case, "case.interim", params),
    )


def submit_result(
    case: CaseNow,
    work: WorkNow,
    words: str,
    proofs: int,
    why_open: str,
    terms: Terms,
    now: datetime,
) -> Advanced | Refusal:
    """The unit says what it did, with proof. The lead's result goes to an independent check.

    The handling clock is held at this moment, not ended: if the check passes, this is when the
    matter was handled; if it does not, the clock goes on as if it had never stopped.
    Refusals: `sign_first`, `contact_first`, `result_missing`, `proof_missing`, `co_open` (the
    lead may settle with a co-handler open only if it says why). Source: norms.md §1.
    """
    row = allowed("case.submit_result", case.state)
    if isinstance(row, Refusal):
        return row
    if not work.signed:
        return Refusal("sign_first", have=work.unit)
    if work.result_at is not None:
        return Refusal("already_submitted", have=work.unit)
    if not words.strip():
        return Refusal("result_missing")
    if case.nature in NEEDS_PROOF and proofs < 1:
        return Refusal("proof_missing", 1, proofs, "photos", "norms.md §1 Independence")
    done = Change("assignment", work.uid, {"result": words, "result_at": now})
    if not work.is_lead:
        lapsed, stopped = lapse(case, now, of=work.uid)
        return Advanced(
            state=case.state,
            part=row.part,
            event=Event("case.part_done", {"unit": work.unit, "result": words}),
            changes=(done, *lapsed),
            sets=(*case.end(now, *WORK, of=work.uid), *stopped),
        )
    if any(report.has_contact for report in case.reports) and not work.contacted:
        return Refusal("contact_first", source="norms.md §1, contact within 24 h")
    open_co = [other.unit for other in case.works if not other.is_lead and other.result_at is None]
    if open_co and not why_open.strip():
        return Refusal("co_open", 0, tuple(open_co), "units", "norms.md §1 Lead is responsible")
    params = {"unit": work.unit, "result": words}
    lapsed, stopped = lapse(case, now)
    if open_co:
        params |= {"open": "、".join(open_co), "why_open": why_open}
    return Advanced(
        state=CaseState.CHECKING,
        part=row.part,
        event=Event("case.result_submitted", params, {"proofs": proofs, "open": len(open_co)}),
        changes=(done, *lapsed),
        # Nobody can sign while it is checked; a failed check lets these clocks run on.
        sets=(
            *case.end(now, *WORK, of=work.uid, to=ClockState.HELD),
            *case.end(now, ClockKind.SIGN, to=ClockState.HELD),
            *stopped,
        ),
        starts=(terms.start(ClockKind.CHECK, now),),
    )
