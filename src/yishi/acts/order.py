"""Supervisory orders: issued by the officer, answered by the unit."""

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on, own_work
from yishi.acts.door import Ask, Done
from yishi.core.case import order
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Order
from yishi.records.queries.rule import InForce


def issue(ask: Ask, case_uid: str, words: str) -> Done | Refusal:
    """A supervisory order to the lead unit of a case."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        advanced = order.issue(held.locked.now, words, rules.terms, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        lead = next(row for row in held.locked.assignments if row.is_lead)
        row = Order(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            unit_id=lead.unit_id,
            cause="officer",
            words=words,
            issued_by_id=ask.actor.person_id,
            issued_at=ask.now,
        )
        return Plan(advanced, after=(row,))

    return act_on(ask, "order.issue", case_uid, decide)


def answer(ask: Ask, case_uid: str, order_uid: str, words: str) -> Done | Refusal:
    """The answer of the unit it went to, or of the lead the case has by now: an order follows
    the case. Refuses with `not_found`, `answer_missing`."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        row = Order.objects.filter(uid=order_uid, case=held.locked.case).first()
        work = own_work(ask, held)
        if row is None or isinstance(work, Refusal):
            return Refusal("not_found", have="order")
        if work.unit_id != row.unit_id and not work.is_lead:
            return Refusal("not_found", have="order")
        held.locked.others["order", row.uid] = row
        answered = row.answered_at is not None
        return order.answer(held.locked.now, row.uid, answered, words, ask.now, row.issued_at)

    return act_on(ask, "order.answer", case_uid, decide)
