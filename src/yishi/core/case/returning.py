"""申请退回 and 争议裁定: a unit gives a case back, with the clause; it is decided, or ruled.

An accepted return pauses the clock and never resets it: the next unit has what is left. Source:
norms.md §1, Clocks and Returns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yishi.core.case.asking import decided, lapse
from yishi.core.case.giving import STILL, Given, take_over
from yishi.core.case.intake import iso, notices, unit_notices
from yishi.core.case.now import CaseNow, Terms, WorkNow
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.state import CaseState, Transition, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event, SetClock
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Returns"
FINAL = "潍坊市 12345 热线工单办理办法 第二十二条"
# An order follows the case: whoever leads it next answers.
STAYS = (*STILL, ClockKind.ORDER)


def ask_return(
    case: CaseNow, work: WorkNow, reason: str, clause: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """The unit says it is not its matter, and which clause says so. Its clock goes on meanwhile.

    The lead's request stops the case until it is decided; a co-handler's stops only its own part.
    Refusals: `reason_missing`, `clause_missing`, `already_asked`, `return_ruled` (a ruling is
    final for this case), `return_closed` (the window after signing has closed).
    """
    row = allowed("case.ask_return", case.state)
    if isinstance(row, Refusal):
        return row
    if barred := may_ask_return(case, work, terms, now):
        return barred
    if not reason.strip():
        return Refusal("reason_missing", source=SOURCE)
    if not clause.strip():
        return Refusal("clause_missing", source=SOURCE)
    clock = terms.start(ClockKind.RETURN, now, assignment=work.uid)
    params = {
        "unit": work.unit,
        "reason": reason,
        "clause": clause,
        "due": iso(clock.clock.due_at),
        "lead": work.is_lead,
    }
    return Advanced(
        state=CaseState.RETURNING if work.is_lead else case.state,
        part=row.part,
        event=Event("case.return_asked", params, {"lead": int(work.is_lead)}),
        # Nobody signs by default while the unit says it is not theirs.
        sets=case.end(now, ClockKind.SIGN, of=work.uid, to=ClockState.HELD),
        starts=(clock,),
    )


def may_ask_return(case: CaseNow, work: WorkNow, terms: Terms, now: datetime) -> Refusal | None:
    """Why this unit may not ask at all, whatever its reason; None where it may."""
    if case.ruled:
        return Refusal("return_ruled", source=FINAL)
    if any(r.work == work.uid and r.state.is_open for r in case.requests):
        return Refusal("already_asked", have=work.unit)
    closes = return_closes(work, terms)
    if closes is not None and now >= closes:
        return Refusal("return_closed", iso(closes), iso(now), "moment", SOURCE)
    if work.result_at is not None:
        return Refusal("already_submitted", have=work.unit)
    return None


def return_closes(work: WorkNow, terms: Terms) -> datetime | None:
    """From this moment the unit may no longer return it; None while it has not signed, or the
    moment waits for a calendar."""
    if work.signed_at is None:
        return None
    return terms.due(work.signed_at, terms.course.return_window)


def may_contest(case: CaseNow, work: WorkNow) -> Refusal | None:
    """Why this unit may not contest a refusal; None where it may."""
    if case.ruled:
        return Refusal("return_ruled", source=FINAL)
    own = [r for r in case.requests if r.work == work.uid and r.kind is RequestKind.RETURN]
    if not work.is_lead or not own or own[-1].state is not RequestState.REFUSED:
        return Refusal("not_refused", have=work.unit, source=SOURCE)
    return None


def decide_return(
    case: CaseNow, request: RequestNow, verdict: str, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """The dispatcher's word on a return: `accepted`, `refused` or `disputed` (goes to a ruling).

    Accepted, the work ends, its clock stands still, and the case goes back to be dispatched.
    Refusals: `verdict_unknown`, `why_missing` (for a refusal), `already_decided`, `lead_only`
    (only the lead's return is ruled on).
    """
    row = allowed("case.decide_return", case.state)
    if isinstance(row, Refusal):
        return row
    if request.kind is not RequestKind.RETURN or request.state is not RequestState.ASKED:
        return Refusal("already_decided", have=request.state)
    work = case.work(request.work)
    if work is None:
        return Refusal("already_decided", have=request.state)
    if verdict == "accepted":
        return _accept(case, request, work, words, row, terms, now)
    if verdict not in ("refused", "disputed"):
        return Refusal("verdict_unknown", ("accepted", "refused", "disputed"), verdict)
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    params = {"unit": work.unit, "words": words}
    if verdict == "disputed":
        if not work.is_lead:
            return Refusal("lead_only", have=work.unit, source=SOURCE)
        return _dispute(case, request, "case.return_disputed", params, row, terms, now)
    return Advanced(
        # A co-handler's return never stopped the case.
        state=request.state_before if work.is_lead else case.state,
        part=row.part,
        event=Event("case.return_refused", params),
        changes=(decided(request, RequestState.REFUSED, words, now),),
        sets=(
            *case.end(now, ClockKind.RETURN, of=work.uid),
            *case.end(now, ClockKind.SIGN, of=work.uid, to=ClockState.RUNNING),
        ),
    )


def contest_return(
    case: CaseNow, work: WorkNow, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """The unit does not accept the refusal of its return: the arbitration group rules.

    Refusals: `not_refused` (it has no refused return), `return_ruled`, `why_missing`.
    """
    row = allowed("case.contest_return", case.state)
    if isinstance(row, Refusal):
        return row
    if barred := may_contest(case, work):
        return barred
    own = [r for r in case.requests if r.work == work.uid and r.kind is RequestKind.RETURN]
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    params = {"unit": work.unit, "words": words}
    return _dispute(case, own[-1], "case.return_contested", params, row, terms, now)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the group rules: who leads and helps, in what limit, on what ground."""

    given: Given
    words: str


def rule(
    case: CaseNow, request: RequestNow, decision: Decision, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """争议裁定, final for this case: the unit keeps it, or another takes over its clock.

    Refusals: `ground_missing`, `already_decided`. Source: norms.md §1, arbitration group.
    """
    row = allowed("case.rule", case.state)
    if isinstance(row, Refusal):
        return row
    if request.state is not RequestState.DISPUTED:
        return Refusal("already_decided", have=request.state)
    if not decision.words.strip():
        return Refusal("ground_missing", source=SOURCE)
    given = decision.given
    stays = case.lead is not None and case.lead.unit_id == given.duty.lead_id
    taken = take_over(case, given, terms, now)
    params = {
        "lead": given.duty.lead,
        "co": [name for _, name in given.duty.co],
        "words": decision.words,
        "due": iso(taken.lead_due),
        "stays": stays,
    }
    # A co-handler that becomes the lead has signed already.
    given_on = CaseState.SIGNED if taken.lead_signed else CaseState.DISPATCHED
    return Advanced(
        state=request.state_before if stays else given_on,
        part=row.part,
        event=Event("case.ruled", params, {"stays": int(stays), "bodies": len(taken.bodies)}),
        changes=(decided(request, RequestState.RULED, "", now), *taken.changes),
        sets=(*taken.sets, *case.end(now, ClockKind.RULING)),
        starts=taken.starts,
        notices=notices(case, "case.ruled", params),
        unit_notices=unit_notices(case, taken),
    )


def _accept(
    case: CaseNow,
    request: RequestNow,
    work: WorkNow,
    words: str,
    row: Transition,
    terms: Terms,
    now: datetime,
) -> Advanced:
    """The lead's return takes the whole dispatch back; a co-handler's only its own part."""
    works = case.works if work.is_lead else (work,)
    uids = {each.uid for each in works}
    ended: list[SetClock] = []
    for clock in case.clocks:
        if clock.assignment not in uids:
            continue
        if clock.kind in STILL and clock.state in (ClockState.RUNNING, ClockState.WAITS):
            ended.append(terms.pause(clock, now, "returned"))
        elif clock.kind is ClockKind.RETURN:
            ended.append(SetClock(clock.uid, ClockState.DONE, now))
        elif clock.kind not in STAYS and not clock.case:
            ended.append(SetClock(clock.uid, ClockState.STOPPED, now))
    intake = terms.start(ClockKind.INTAKE, now)
    lapsed = tuple(
        decided(other, RequestState.LAPSED, "", now)
        for other in case.requests
        if other.uid != request.uid and other.state.is_open and other.work in uids
    )
    params = {"unit": work.unit, "words": words, "lead": work.is_lead}
    return Advanced(
        state=CaseState.FILED if work.is_lead else case.state,
        part=row.part,
        event=Event("case.return_accepted", params, {"lead": int(work.is_lead)}),
        changes=(
            decided(request, RequestState.ACCEPTED, words, now),
            *lapsed,
            *(
                Change("assignment", each.uid, {"ended_at": now, "ended_by": "returned"})
                for each in works
            ),
            *((Change("case", case.uid, {"lead_id": None}),) if work.is_lead else ()),
        ),
        sets=tuple(ended),
        starts=(intake,) if work.is_lead else (),
        notices=notices(case, "case.return_accepted", params) if work.is_lead else (),
    )


def _dispute(
    case: CaseNow,
    request: RequestNow,
    code: str,
    params: Mapping[str, object],
    row: Transition,
    terms: Terms,
    now: datetime,
) -> Advanced:
    """Out of every unit's hands: the handling clocks stand still, the group's clock runs.

    What else was asked lapses: the ruling names everybody's part.
    """
    clock = terms.start(ClockKind.RULING, now)
    lapsed, stopped = lapse(case, now, but=request.uid)
    values: dict[str, object] = {"state": RequestState.DISPUTED}
    if case.state is not CaseState.RETURNING:
        # Contested later, when the unit may have gone on: this is where it would go on again.
        values["state_before"] = case.state
    return Advanced(
        state=CaseState.DISPUTED,
        part=row.part,
        event=Event(code, {**params, "due": iso(clock.clock.due_at)}),
        changes=(Change("request", request.uid, values), *lapsed),
        sets=(
            *(
                terms.pause(each, now, "disputed")
                for each in case.running(*STILL)
                if each.state in (ClockState.RUNNING, ClockState.WAITS)
            ),
            *case.end(now, ClockKind.RETURN, of=request.work),
            *stopped,
            *(
                SetClock(each.uid, ClockState.HELD, now)
                for each in case.running(ClockKind.SIGN)
                if each.state is ClockState.RUNNING
            ),
        ),
        starts=(clock,),
        notices=notices(case, "case.disputed", params),
    )
