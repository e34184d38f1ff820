"""呼叫响应: who may be called, who may claim, and that a claim is a part like any other."""

import pytest

from tests.core.course import CO, LEAD, OTHER, TERMS, Answer, Course, code, shown
from tests.soak.model import Call
from yishi.core.case import joining
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K


def called(*bodies: tuple[int, str]) -> Course:
    """Given at ten on 28 April, help called for at eleven."""
    course = Course("04-28 09:00")
    course.give("04-28 10:00", *(bodies or (LEAD,)))
    assert code(course.do("04-28 11:00", lambda c, now: joining.call(c, "需要吊车"))) == "yes"
    course.town.calls.append(Call("h1", "c1"))
    return course


def claim(course: Course, when: str, body: tuple[int, str]) -> Answer:
    open_ = course.town.calls[-1].open
    return course.do(
        when,
        lambda c, now: joining.claim(c, "h1", *body, open=open_, terms=TERMS, now=now),
        [body],
        leads=False,
        signed=True,
    )


@pytest.mark.parametrize(
    ("state", "words", "answer"),
    [
        (S.HANDLING, "需要吊车", "yes"),
        (S.HANDLING, " ", "call_words_missing"),
        (S.SUBMITTED, "需要吊车", "not_now"),
        (S.CHECKING, "需要吊车", "not_now"),
    ],
)
def test_help_is_called_for_while_a_unit_has_it(state: S, words: str, answer: str) -> None:
    assert code(joining.call(Course("04-28 09:00", state).now(), words)) == answer


def test_a_claim_is_a_part_with_a_clock_of_its_own_and_signed_from_the_start() -> None:
    course = called()
    assert code(claim(course, "04-28 14:00", CO)) == "yes"
    assert [(work.unit, work.signed) for work in course.now().works] == [
        ("城管局", False),
        ("水务公司", True),
    ]
    # Five working days, as for every complaint: 29, 30 April, 6, 7, 8 May.
    assert shown(course.clock(K.HANDLE, CO)) == "05-09 00:00"
    assert course.town.calls[0].open is False
    assert code(claim(course, "04-28 14:01", OTHER)) == "call_closed"


def test_who_has_a_part_already_does_not_claim_another() -> None:
    assert code(claim(called(LEAD, CO), "04-28 14:00", CO)) == "part_has_it"
    assert code(claim(called(), "04-28 14:00", LEAD)) == "part_has_it"


def test_who_gave_its_part_back_and_claims_it_has_what_is_left() -> None:
    course = called(LEAD, CO)
    course.ask_return("04-28 11:10", CO)
    course.decide_return("04-29 12:00", "accepted")
    assert code(claim(course, "05-07 10:00", CO)) == "yes"
    # 29 April counts, 30 April and 6 May stood still, 7 and 8 May count.
    assert shown(course.clock(K.HANDLE, CO)) == "05-09 00:00"
    assert [c.started_at for c in course.now().clocks if c.unit_id == CO[0]] == [
        course.clock(K.HANDLE, LEAD).started_at
    ]


def test_a_call_ends_once() -> None:
    course = called()
    ended = course.do("04-28 12:00", lambda c, now: joining.end_call(c, "h1", open=True, now=now))
    assert (code(ended), course.town.calls[0].open) == ("yes", False)
    again = joining.end_call(course.now(), "h1", open=False, now=course.town.now)
    assert code(again) == "call_closed"
    early = Course("04-28 09:00").now()
    assert code(joining.end_call(early, "h1", open=True, now=course.town.now)) == "not_now"
    assert code(joining.claim(early, "h1", *CO, open=True, terms=TERMS, now=course.town.now)) == (
        "not_now"
    )
