"""呼叫响应: a call to the bodies of the place, and a claim (认领) on it."""

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.core.case import joining
from yishi.core.case.splitting import TITLE_MAX
from yishi.core.outcome import Advanced
from yishi.core.place import HANDLES
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Assignment, Body, Call
from yishi.records.queries.rule import InForce


def call(ask: Ask, case_uid: str, words: str) -> Done | Refusal:
    """Help is called for. Refuses as `core.case.joining.call`."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        advanced = joining.call(held.locked.now, words)
        if isinstance(advanced, Refusal):
            return advanced
        row = Call(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            words=words,
            called_by_id=ask.actor.person_id,
            called_at=ask.now,
        )
        return Plan(advanced, after=(row,))

    return act_on(ask, "case.call", case_uid, decide)


def claim(ask: Ask, case_uid: str, call_uid: str) -> Done | Refusal:
    """The actor's body takes it on. Refuses as `core.case.joining.claim`, and with `not_found`,
    `no_unit` (the actor speaks for no body that handles)."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = _of(held, call_uid)
        body = Body.objects.filter(pk__in=ask.actor.bodies(), kind__in=HANDLES).first()
        if row is None:
            return Refusal("not_found", have="call")
        if body is None:
            return Refusal("no_unit", source="practice H11")
        advanced = joining.claim(
            held.locked.now,
            row.uid,
            body.pk,
            body.name,
            open=row.closed_at is None,
            terms=rules.terms,
            now=ask.now,
        )
        if isinstance(advanced, Refusal):
            return advanced
        work = Assignment(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            unit=body,
            is_lead=False,
            title=row.words[:TITLE_MAX],
            dispatched_at=ask.now,
            signed_at=ask.now,
        )
        return Plan(advanced, works=(work,), claimed=row)

    return act_on(ask, "case.claim", case_uid, decide)


def end_call(ask: Ask, case_uid: str, call_uid: str) -> Done | Refusal:
    """Nobody is needed any more. Refuses `call_closed`, `not_found`."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        row = _of(held, call_uid)
        if row is None:
            return Refusal("not_found", have="call")
        return joining.end_call(held.locked.now, row.uid, open=row.closed_at is None, now=ask.now)

    return act_on(ask, "case.end_call", case_uid, decide)


def _of(held: HeldCase, uid: str) -> Call | None:
    row = Call.objects.filter(uid=uid, case=held.locked.case).first()
    if row is not None:
        held.locked.others["call", row.uid] = row
    return row
