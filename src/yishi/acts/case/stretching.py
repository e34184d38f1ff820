"""延期 and 中止: asked by the lead, decided by somebody else; and going on again."""

from datetime import datetime

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on, own_work
from yishi.acts.case.returning import new_request, of_case, sign_decision
from yishi.acts.door import Ask, Done
from yishi.core.case import stretching
from yishi.core.case.request import RequestKind
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.queries.rule import InForce


def ask_extension(ask: Ask, case_uid: str, length: int, reason: str) -> Done | Refusal:
    """More time, in the units of the limit. Refuses as `core.case.stretching.ask_extension`."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        work = held.locked.now.work(row.uid)
        assert work is not None
        advanced = stretching.ask_extension(
            held.locked.now, work, length, reason, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        request = new_request(ask, held, RequestKind.EXTENSION, row.pk, reason)
        request.length = length
        return Plan(advanced, after=(request,))

    return act_on(ask, "case.ask_extension", case_uid, decide)


def decide_extension(
    ask: Ask, case_uid: str, request_uid: str, accepted: bool, words: str = ""
) -> Done | Refusal:
    """Yes or no. Refuses as `core.case.stretching.decide_extension`, and with `not_found`."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        request = of_case(held, request_uid)
        if isinstance(request, Refusal):
            return request
        advanced = stretching.decide_extension(
            held.locked.now, request, accepted, words, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        return sign_decision(ask, advanced, request_uid)

    return act_on(ask, "case.decide_extension", case_uid, decide)


def ask_suspension(
    ask: Ask, case_uid: str, ground: str, until_at: datetime, reason: str
) -> Done | Refusal:
    """The clock is to stand still. Refuses as `core.case.stretching.ask_suspension`."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        work = held.locked.now.work(row.uid)
        assert work is not None
        advanced = stretching.ask_suspension(
            held.locked.now, work, ground, until_at, reason, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        request = new_request(ask, held, RequestKind.SUSPENSION, row.pk, reason)
        request.clause, request.until_at = ground, until_at
        return Plan(advanced, after=(request,))

    return act_on(ask, "case.ask_suspension", case_uid, decide)


def decide_suspension(
    ask: Ask, case_uid: str, request_uid: str, accepted: bool, words: str = ""
) -> Done | Refusal:
    """Yes or no. Refuses as `core.case.stretching.decide_suspension`, and with `not_found`."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        request = of_case(held, request_uid)
        if isinstance(request, Refusal):
            return request
        advanced = stretching.decide_suspension(
            held.locked.now, request, accepted, words, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        return sign_decision(ask, advanced, request_uid)

    return act_on(ask, "case.decide_suspension", case_uid, decide)


def resume(ask: Ask, case_uid: str, words: str = "") -> Done | Refusal:
    """Goes on; asked by the unit, the dispatcher, or the tick once the agreed moment has come."""
    return act_on(
        ask,
        "case.resume",
        case_uid,
        lambda held, rules: stretching.resume(held.locked.now, words, rules.terms, ask.now),
    )
