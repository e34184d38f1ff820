"""申请退回, the word on it, and 争议裁定 with what the list should say next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on, own_work, too_long
from yishi.acts.case.burden import Guard
from yishi.acts.case.giving import duty_of, duty_row, find_bodies, new_works
from yishi.acts.door import Ask, Done
from yishi.core.case import returning
from yishi.core.case.giving import Given
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.returning import Decision
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Amendment, Body, DutyRow, Request, Ruling
from yishi.records.models.base import Kept
from yishi.records.queries.rule import InForce, today_of


def ask_return(
    ask: Ask, case_uid: str, reason: str, clause: str, suggested_uid: str = ""
) -> Done | Refusal:
    """The unit asks to give the case back, with the clause that says so.

    Refuses as `core.case.returning.ask_return`, and with `unit_unknown`, `not_your_work`.
    """

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        suggested = Body.objects.filter(uid=suggested_uid).first() if suggested_uid else None
        if suggested_uid and suggested is None:
            return Refusal("unit_unknown", have=suggested_uid)
        work = held.locked.now.work(row.uid)
        assert work is not None
        advanced = returning.ask_return(held.locked.now, work, reason, clause, rules.terms, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        request = new_request(ask, held, RequestKind.RETURN, row.pk, reason)
        request.clause, request.suggested = clause, suggested
        return Plan(advanced, after=(request,))

    return act_on(ask, "case.ask_return", case_uid, decide)


def decide_return(
    ask: Ask, case_uid: str, request_uid: str, verdict: str, words: str = ""
) -> Done | Refusal:
    """Accepted, refused, or disputed (handed to the arbitration group).

    Refuses as `core.case.returning.decide_return`, and with `not_found`.
    """

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        request = of_case(held, request_uid)
        if isinstance(request, Refusal):
            return request
        advanced = returning.decide_return(
            held.locked.now, request, verdict, words, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        return Plan(sign_decision(ask, advanced, request_uid))

    return act_on(ask, "case.decide_return", case_uid, decide)


def contest_return(ask: Ask, case_uid: str, words: str) -> Done | Refusal:
    """The unit does not accept the refusal. Refuses as `core.case.returning.contest_return`."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        work = held.locked.now.work(row.uid)
        assert work is not None
        return returning.contest_return(held.locked.now, work, words, rules.terms, ask.now)

    return act_on(ask, "case.contest_return", case_uid, decide)


@dataclass(frozen=True)
class Amended:
    """What a ruling would have the list say. `area`: a place's name, "" for anywhere."""

    why: str
    area: str = ""
    grade: str = ""


def rule(
    ask: Ask,
    case_uid: str,
    words: str,
    duty_uid: str,
    lead_uid: str,
    co_uids: Sequence[str] = (),
    amended: Amended | None = None,
) -> Done | Refusal:
    """争议裁定: lead, co-handlers, ground, and an amendment to the responsibility list.

    The group may name a lead the row does not name; that is what the amendment is for. Refuses
    as `core.case.returning.rule`, and with `item_missing`, `unit_unknown`, `lead_missing`,
    `amendment_why_missing`, `duty_not_for_community`.
    """
    guard = Guard()

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        case = held.locked.case
        row = duty_row(case, duty_uid, today_of(ask.now))
        if isinstance(row, Refusal):
            return row
        bodies = find_bodies(case, row, lead_uid, co_uids, free=True)
        if isinstance(bodies, Refusal):
            return bodies
        if barred := guard.look(case, row, bodies):
            return barred
        open_ = [r for r in held.locked.now.requests if r.state is RequestState.DISPUTED]
        if not open_:
            return Refusal("already_decided")
        duty = duty_of(row, bodies)
        decision = Decision(Given(duty), words)
        advanced = returning.rule(held.locked.now, open_[0], decision, rules.terms, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        if amended is not None and not amended.why.strip():
            return Refusal("amendment_why_missing")
        if amended is not None and (longer := too_long(advanced, rules, amended.why)):
            return longer
        request = next(r for r in held.locked.requests if r.uid == open_[0].uid)
        ruling = Ruling(
            uid=new_uid(ask.entropy),
            case=case,
            request=request,
            lead_id=duty.lead_id,
            co=[name for _, name in duty.co],
            words=words,
            ruled_by_id=ask.actor.person_id,
            ruled_at=ask.now,
        )
        rows: list[Kept] = [ruling]
        if amended is not None:
            rows.append(_amendment(ask, ruling, row, bodies, amended))
        values = {
            "item": row.code,
            "item_title": row.title,
            "duty_id": row.pk,
            "lead_id": duty.lead_id,
        }
        signed = sign_decision(ask, advanced, request.uid)
        return Plan(signed, values, new_works(ask, held, bodies), tuple(rows))

    return guard.count(ask, act_on(ask, "case.rule", case_uid, decide))


def new_request(ask: Ask, held: HeldCase, kind: RequestKind, work: int, reason: str) -> Request:
    """An unsaved request of `kind` on the work with this key."""
    return Request(
        uid=new_uid(ask.entropy),
        case=held.locked.case,
        assignment_id=work,
        kind=kind,
        state=RequestState.ASKED,
        state_before=held.locked.case.state,
        reason=reason,
        asked_by_id=ask.actor.person_id,
        asked_at=ask.now,
    )


def of_case(held: HeldCase, uid: str) -> RequestNow | Refusal:
    """The request `uid` of this case. Refuses `not_found`."""
    found = next((r for r in held.locked.now.requests if r.uid == uid), None)
    return found or Refusal("not_found", have="request")


def sign_decision(ask: Ask, advanced: Advanced, request_uid: str) -> Advanced:
    """The same decision with the name of who took it on the request."""
    changes = tuple(
        replace(change, values={**change.values, "decided_by_id": ask.actor.person_id})
        if change.row == "request" and change.uid == request_uid
        else change
        for change in advanced.changes
    )
    return replace(advanced, changes=changes)


def _amendment(
    ask: Ask, ruling: Ruling, row: DutyRow, bodies: Sequence[Body], amended: Amended
) -> Amendment:
    return Amendment(
        uid=new_uid(ask.entropy),
        ruling=ruling,
        duty=row,
        code=row.code,
        title=row.title,
        grade=amended.grade or row.grade,
        area=amended.area,
        lead=bodies[0].name,
        co=[body.name for body in bodies[1:]],
        why=amended.why,
        state="proposed",
        proposed_at=ask.now,
    )
