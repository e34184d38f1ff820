"""The unit's acts: sign, contact the resident, submit the result."""

from collections.abc import Sequence

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on, own_work
from yishi.acts.door import Ask, Done
from yishi.core.case import handling
from yishi.core.case.now import WorkNow
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Assignment, Attachment
from yishi.records.queries.rule import InForce


def sign(ask: Ask, case_uid: str, unit_uid: str = "") -> Done | Refusal:
    """The unit takes the work; asked by the tick, the limit signs by itself and says so."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        work = _work(ask, held, unit_uid)
        if isinstance(work, Refusal):
            return work
        return handling.sign(held.locked.now, work, ask.now, by_itself=ask.actor.system)

    return act_on(ask, "case.sign", case_uid, decide)


def contact(ask: Ask, case_uid: str, reached: bool, note: str) -> Done | Refusal:
    """The handler spoke with the resident, or tried to."""

    def decide(held: HeldCase, rules: InForce) -> Advanced | Refusal:
        work = _work(ask, held)
        if isinstance(work, Refusal):
            return work
        return handling.contact(held.locked.now, work, reached, note, ask.now)

    return act_on(ask, "case.contact", case_uid, decide)


def interim(ask: Ask, case_uid: str, words: str, proofs: Sequence[NewFile]) -> Done | Refusal:
    """临时处置: what was done first; the resident is told."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        advanced = handling.interim(held.locked.now, _of(held, row.uid), words)
        if isinstance(advanced, Refusal):
            return advanced
        return Plan(advanced, after=_proofs(ask, held, row, proofs))

    return act_on(ask, "case.interim", case_uid, decide)


def submit_result(
    ask: Ask, case_uid: str, words: str, proofs: Sequence[NewFile], why_open: str = ""
) -> Done | Refusal:
    """What was done, with proof; the lead's result goes to an independent check."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = own_work(ask, held)
        if isinstance(row, Refusal):
            return row
        work = _of(held, row.uid)
        advanced = handling.submit_result(
            held.locked.now, work, words, len(proofs), why_open, rules.terms, ask.now
        )
        if isinstance(advanced, Refusal):
            return advanced
        return Plan(advanced, after=_proofs(ask, held, row, proofs))

    return act_on(ask, "case.submit_result", case_uid, decide)


def _proofs(
    ask: Ask, held: HeldCase, row: Assignment, proofs: Sequence[NewFile]
) -> list[Attachment]:
    return [
        Attachment(
            uid=new_uid(ask.entropy),
            file=keep_file(proof, ask.now),
            case=held.locked.case,
            assignment=row,
            part="proof",
            added_at=ask.now,
        )
        for proof in proofs
    ]


def _work(ask: Ask, held: HeldCase, unit_uid: str = "") -> WorkNow | Refusal:
    row = own_work(ask, held, unit_uid)
    return row if isinstance(row, Refusal) else _of(held, row.uid)


def _of(held: HeldCase, uid: str) -> WorkNow:
    return next(work for work in held.locked.now.works if work.uid == uid)
