"""Check, answer, call-back, archive, and the clocks that waited for a calendar."""

from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.acts.report.rating import call_back as rated_call_back
from yishi.core.case import closing, handing_back, unsolved
from yishi.core.case.closing import Rating
from yishi.core.refusal import Refusal


def check(ask: Ask, case_uid: str, passed: bool, words: str = "") -> Done | Refusal:
    """Somebody who did not handle it looks at the result."""
    return act_on(
        ask,
        "case.check",
        case_uid,
        lambda held, rules: closing.check(held.locked.now, passed, words, rules.terms, ask.now),
    )


def answer(ask: Ask, case_uid: str, words: str) -> Done | Refusal:
    """Every resident on the case is answered."""
    return act_on(
        ask,
        "case.answer",
        case_uid,
        lambda held, rules: closing.answer(held.locked.now, words, rules.terms, ask.now),
    )


def hand_back(ask: Ask, case_uid: str, words: str) -> Done | Refusal:
    """Its topic ended as somebody's duty: it goes to be dispatched; asked by the tick."""
    return act_on(
        ask,
        "case.hand_back",
        case_uid,
        lambda held, rules: handing_back.hand_back(held.locked.now, words, rules.terms, ask.now),
    )


def call_back(
    ask: Ask, case_uid: str, rating: Rating | None, report_uid: str = ""
) -> Done | Refusal:
    """What the resident said on the phone; None where nobody answered it: the resident of
    `report_uid`, or whoever was next to be called."""
    if rating is not None:
        return rated_call_back(ask, case_uid, rating, act="case.call_back")
    return act_on(
        ask,
        "case.call_back",
        case_uid,
        lambda held, rules: closing.not_reached(held.locked.now, rules.terms, ask.now, report_uid),
    )


def archive(ask: Ask, case_uid: str) -> Done | Refusal:
    """Put away; asked by the tick."""
    return act_on(
        ask,
        "case.archive",
        case_uid,
        lambda held, rules: closing.archive(held.locked.now, rules.terms, ask.now),
    )


def set_clocks(ask: Ask, case_uid: str) -> Done | Refusal:
    """Computes the clocks that waited for a calendar; asked by the tick after one is loaded."""
    return act_on(
        ask,
        "case.set_clock",
        case_uid,
        lambda held, rules: closing.set_clocks(held.locked.now, rules.terms),
    )


def still_unsolved(ask: Ask, case_uid: str, words: str = "") -> Done | Refusal:
    """The resident said on the phone that a text answered it at once and did not solve it."""
    return act_on(
        ask,
        "case.still_unsolved",
        case_uid,
        lambda held, rules: unsolved.still_unsolved(
            held.locked.now, words, rules.terms, ask.now, by_resident=False
        ),
    )


def close_silent(ask: Ask, case_uid: str) -> Done | Refusal:
    """A text answered it at once and no word came; asked by the tick."""
    return act_on(
        ask,
        "case.close_silent",
        case_uid,
        lambda held, rules: unsolved.close_silent(held.locked.now, ask.now),
    )
