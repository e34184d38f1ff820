"""责任追究: a finding against a body, on what the record of the case shows."""

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.core import finding
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, Finding
from yishi.records.queries.finding import on_record
from yishi.records.queries.rule import InForce


def record(ask: Ask, case_uid: str, body_uid: str, breach: str, words: str) -> Done | Refusal:
    """Kept with the case, the body and the row of the list the body had it by.

    Refuses as `core.finding.record`, and with `not_found`.
    """

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        body = Body.objects.filter(uid=body_uid).first()
        if body is None:
            return Refusal("not_found", have="body")
        found = on_record(held.locked, body, ask.now)
        advanced = finding.record(held.locked.now, body.name, breach, words, found, rules.terms)
        if isinstance(advanced, Refusal):
            return advanced
        own = [w for w in (*held.locked.assignments, *held.locked.ended) if w.unit_id == body.pk]
        duty = next((work.duty_id for work in own if work.duty_id), held.locked.case.duty_id)
        row = Finding(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            body=body,
            duty_id=duty,
            breach=breach,
            words=words,
            found_by_id=ask.actor.person_id,
            found_at=ask.now,
        )
        return Plan(advanced, after=(row,))

    return act_on(ask, "finding.record", case_uid, decide)
