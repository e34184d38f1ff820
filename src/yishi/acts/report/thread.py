"""What a resident does while their matter is open: urge, add to it, withdraw it, and say that a
text did not solve it."""

from collections.abc import Callable, Sequence

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.core.case import thread, unsolved
from yishi.core.case.now import ReportNow
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Attachment, Report
from yishi.records.queries.rule import InForce


def urge(ask: Ask, report_uid: str, case_uid: str, words: str = "") -> Done | Refusal:
    """催办. Refuses as `core.case.thread.urge`, and with `not_found`."""
    return _own(
        ask,
        "report.urge",
        report_uid,
        case_uid,
        lambda held, rules, now, row: thread.urge(
            held.locked.now, now, words, rules.terms, ask.now
        ),
    )


def supplement(
    ask: Ask, report_uid: str, case_uid: str, words: str, photos: Sequence[NewFile] = ()
) -> Done | Refusal:
    """补充. Refuses as `core.case.thread.supplement`, and with `not_found`."""

    def decide(held: HeldCase, rules: InForce, now: ReportNow, row: Report) -> Plan | Refusal:
        advanced = thread.supplement(held.locked.now, now, words, len(photos), rules.terms)
        if isinstance(advanced, Refusal):
            return advanced
        kept = [
            Attachment(
                uid=new_uid(ask.entropy),
                file=keep_file(photo, ask.now),
                case=held.locked.case,
                report=row,
                part="photo",
                added_at=ask.now,
            )
            for photo in photos
        ]
        return Plan(advanced, after=kept)

    return _own(ask, "report.supplement", report_uid, case_uid, decide)


def withdraw(ask: Ask, report_uid: str, case_uid: str, why: str = "") -> Done | Refusal:
    """撤回, before dispatch. Refuses as `core.case.thread.withdraw`, and with `not_found`."""
    return _own(
        ask,
        "report.withdraw",
        report_uid,
        case_uid,
        lambda held, rules, now, row: thread.withdraw(held.locked.now, now, why, ask.now),
    )


def still_unsolved(ask: Ask, report_uid: str, case_uid: str) -> Done | Refusal:
    """还没解决, after an instant answer. Refuses as `core.case.unsolved.still_unsolved`, and with
    `not_found`."""
    return _own(
        ask,
        "report.still_unsolved",
        report_uid,
        case_uid,
        lambda held, rules, now, row: unsolved.still_unsolved(
            held.locked.now, "", rules.terms, ask.now, by_resident=True
        ),
    )


Decide = Callable[[HeldCase, InForce, ReportNow, Report], "Plan | Advanced | Refusal"]


def _own(ask: Ask, act: str, report_uid: str, case_uid: str, decide: Decide) -> Done | Refusal:
    """The actor's own report on the case. Refuses `not_found` for anybody else's."""

    def mine(held: HeldCase, rules: InForce) -> Plan | Advanced | Refusal:
        row = next((r for r in held.locked.reports if r.uid == report_uid), None)
        if row is None or row.person_id is None or row.person_id != ask.actor.person_id:
            return Refusal("not_found", have="report")
        now = next(r for r in held.locked.now.reports if r.uid == report_uid)
        return decide(held, rules, now, row)

    return act_on(ask, act, case_uid, mine)
