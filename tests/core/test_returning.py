"""申请退回 and 争议裁定: the clock stands still, goes on, and is never set back."""

import pytest

from tests.core.course import CO, DAYS3, LEAD, OTHER, TERMS, Answer, Course, code, duty, shown
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import order, returning, splitting
from yishi.core.case.giving import Given
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K
from yishi.core.clock import ClockState
from yishi.core.outcome import Advanced

HOURS24, WORKING12 = Span(24, SpanKind.HOUR), Span(12, SpanKind.WORKING_HOUR)


def given(*bodies: tuple[int, str], limit: Span = DAYS3) -> Course:
    """Dispatched on Monday 27 April 2026 at ten."""
    course = Course("04-27 09:30")
    assert code(course.give("04-27 10:00", *bodies, limit=limit)) == "yes"
    return course


def ruled(course: Course, when: str, *bodies: tuple[int, str], words: str = "按三定") -> Answer:
    """What the arbitration group says of the last request."""
    decision = returning.Decision(Given(duty(*bodies)), words)
    request = course.request()
    return course.do(when, lambda c, now: returning.rule(c, request, decision, TERMS, now), bodies)


def contest(course: Course, when: str, words: str = "不服") -> Answer:
    work = course.work(LEAD)
    return course.do(when, lambda c, now: returning.contest_return(c, work, words, TERMS, now))


@pytest.mark.parametrize(
    ("limit", "accepted", "again", "due"),
    [
        # Six of 24 hours are used; the other eighteen run from the new dispatch.
        (HOURS24, "04-27 16:00", "04-29 10:00", "04-30 04:00"),
        # One working hour used; eleven left: seven on 6 May, four on the 7th.
        (WORKING12, "04-27 11:00", "05-06 09:00", "05-07 15:00"),
        # 28 April counts, 29 and 30 stood still, 1 to 5 May is the holiday, 6 and 7 count.
        (DAYS3, "04-28 10:00", "05-06 09:00", "05-08 00:00"),
        # Given to another within the day: not a day won.
        (DAYS3, "04-28 10:00", "04-28 11:00", "05-01 00:00"),
        # It had run out before: late it stays.
        (HOURS24, "04-28 10:00", "05-06 09:00", "04-28 10:00"),
    ],
)
def test_an_accepted_return_pauses_and_the_next_unit_has_what_is_left(
    limit: Span, accepted: str, again: str, due: str
) -> None:
    course = given(LEAD, limit=limit)
    assert code(course.ask_return("04-27 10:30")) == "yes"
    assert course.now().state is S.RETURNING
    assert code(course.decide_return(accepted, "accepted")) == "yes"
    assert (course.now().state, course.now().works) == (S.FILED, ())
    still = course.clock(K.HANDLE)
    assert (still.state, still.open_pause and still.open_pause[1]) == (
        ClockState.PAUSED,
        "returned",
    )
    course.give(again, OTHER, limit=limit)
    assert (course.clock(K.HANDLE).unit_id, shown(course.clock(K.HANDLE))) == (OTHER[0], due)


def test_the_next_row_may_give_another_limit_but_no_new_start() -> None:
    course = given(LEAD, limit=HOURS24)
    course.ask_return("04-27 10:30")
    course.decide_return("04-27 16:00", "accepted")
    course.give("04-29 10:00", OTHER, limit=Span(8, SpanKind.HOUR))
    assert shown(course.clock(K.HANDLE)) == "04-29 12:00"


@pytest.mark.parametrize(
    ("signed", "asked", "answer"),
    [
        ("", "04-28 09:00", "yes"),
        ("04-27 11:00", "04-27 13:59", "yes"),
        ("04-27 11:00", "04-27 14:00", "return_closed"),
        ("04-27 11:00", "04-27 14:01", "return_closed"),
    ],
)
def test_the_window_closes_three_hours_after_signing(signed: str, asked: str, answer: str) -> None:
    course = given(LEAD)
    if signed:
        course.sign(signed)
    assert code(course.ask_return(asked)) == answer


@pytest.mark.parametrize(
    ("reason", "clause", "answer"),
    [("", "三", "reason_missing"), ("不是", " ", "clause_missing"), ("不是", "三", "yes")],
)
def test_a_return_needs_a_reason_and_a_clause(reason: str, clause: str, answer: str) -> None:
    assert code(given(LEAD).ask_return("04-27 10:30", LEAD, reason, clause)) == answer


def test_one_return_at_a_time_and_none_after_the_result() -> None:
    course = given(LEAD, CO)
    assert code(course.ask_return("04-27 10:30", CO)) == "yes"
    assert code(course.ask_return("04-27 10:31", CO)) == "already_asked"
    for body in (LEAD, CO):
        course.sign("04-27 10:40", body)
    course.contact("04-27 10:50")
    assert code(course.submit("04-27 11:00", CO)) == "yes"
    # Its own result overtakes what it asked.
    assert course.request().state == "lapsed"
    assert course.clocks()["return 水务公司"][0] == "stopped"
    assert code(course.ask_return("04-27 11:10", CO)) == "already_submitted"


def test_nobody_signs_by_default_while_a_unit_says_it_is_not_theirs() -> None:
    course = given(LEAD)
    course.ask_return("04-27 10:30")
    assert course.clock(K.SIGN).state is ClockState.HELD
    course.decide_return("04-27 11:00", "refused")
    assert (course.now().state, course.clock(K.SIGN).state) == (S.DISPATCHED, ClockState.RUNNING)
    assert shown(course.clock(K.SIGN)) == "04-27 12:00"


@pytest.mark.parametrize(
    ("verdict", "words", "answer"),
    [
        ("accepted", "", "yes"),
        ("refused", "", "why_missing"),
        ("disputed", "", "why_missing"),
        ("disputed", "都说不是", "yes"),
        ("perhaps", "说不清", "verdict_unknown"),
    ],
)
def test_the_word_on_a_return(verdict: str, words: str, answer: str) -> None:
    course = given(LEAD)
    course.ask_return("04-27 10:30")
    assert code(course.decide_return("04-27 11:00", verdict, words)) == answer


def test_a_return_is_decided_once() -> None:
    course = given(LEAD)
    course.ask_return("04-27 10:30")
    course.decide_return("04-27 11:00", "refused")
    assert code(course.decide_return("04-27 11:01", "accepted")) == "already_decided"


def test_a_co_handlers_return_stops_its_own_part_only() -> None:
    course = given(LEAD, CO, limit=HOURS24)
    course.ask_return("04-27 10:30", CO)
    assert course.now().state is S.DISPATCHED
    assert code(course.decide_return("04-27 11:00", "disputed")) == "lead_only"
    course.decide_return("04-27 16:00", "accepted")
    assert [work.unit for work in course.now().works] == ["城管局"]
    assert course.clock(K.HANDLE, LEAD).state is ClockState.RUNNING
    assert course.clock(K.HANDLE, CO).state is ClockState.PAUSED
    # Named again two days later, it has the eighteen hours it had left.
    part = splitting.Part("水管", "row", "井盖", *CO, HOURS24)
    course.do(
        "04-29 10:00",
        lambda c, now: splitting.split(c, (part,), TERMS, now),
        [CO],
        leads=False,
    )
    assert shown(course.clock(K.HANDLE, CO)) == "04-30 04:00"
    assert shown(course.clock(K.HANDLE, LEAD)) == "04-28 10:00"


def test_the_leads_return_is_still_open_when_a_co_handlers_is_refused() -> None:
    course = given(LEAD, CO)
    course.ask_return("04-27 10:20", CO)
    course.ask_return("04-27 10:30", LEAD)
    assert code(course.decide_return("04-27 11:00", "refused", number=0)) == "yes"
    assert course.now().state is S.RETURNING
    assert code(course.decide_return("04-27 11:01", "accepted")) == "yes"


def test_what_a_co_handler_asked_lapses_with_the_leads_accepted_return() -> None:
    course = given(LEAD, CO)
    course.ask_return("04-27 10:20", CO)
    course.ask_return("04-27 10:30", LEAD)
    course.decide_return("04-27 11:00", "accepted")
    assert [request.state for request in course.now().requests] == ["lapsed", "accepted"]
    assert course.clocks()["return 水务公司"][0] == "done"


@pytest.mark.parametrize(("words", "answer"), [("", "why_missing"), ("清单写明不是", "yes")])
def test_a_refusal_is_contested_with_words(words: str, answer: str) -> None:
    course = given(LEAD)
    assert code(contest(course, "04-27 10:10")) == "not_refused"
    course.ask_return("04-27 10:30")
    course.decide_return("04-27 11:00", "refused")
    assert code(contest(course, "04-27 11:10", words)) == answer


def test_contested_late_it_goes_on_where_the_unit_was() -> None:
    course = given(LEAD, limit=HOURS24)
    course.ask_return("04-27 10:30")
    course.decide_return("04-27 11:00", "refused")
    course.sign("04-27 11:30")
    course.contact("04-27 12:00")
    contest(course, "04-27 13:00")
    assert code(ruled(course, "04-28 13:00", LEAD)) == "yes"
    assert course.now().state is S.HANDLING
    # The day of the dispute is not the unit's: three hours were used, twenty-one are left.
    assert course.clock(K.HANDLE).pauses[0].cause == "disputed"


def test_a_ruling_needs_a_ground_and_a_dispute() -> None:
    course = given(LEAD)
    course.ask_return("04-27 10:30")
    course.decide_return("04-27 11:00", "disputed")
    assert code(ruled(course, "04-27 15:00", OTHER, words=" ")) == "ground_missing"
    request = course.request(0)
    decision = returning.Decision(Given(duty(OTHER)), "按三定")
    done = ruled(course, "04-27 15:00", OTHER)
    assert code(done) == "yes"
    again = returning.rule(course.now(), request, decision, TERMS, course.town.now)
    assert code(again) == "not_now"


def test_another_takes_over_the_clock_by_a_ruling_and_none_may_return_it_again() -> None:
    course = given(LEAD, CO, limit=DAYS3)
    course.do("04-27 10:05", lambda c, now: order.issue(c, "请抓紧", TERMS, now))
    course.ask_return("04-27 10:30")
    course.decide_return("04-28 10:00", "disputed")
    assert course.clocks()["handle 城管局"][0] == "paused"
    ruled(course, "04-29 10:00", OTHER, CO)
    assert (course.now().state, course.now().lead) == (S.DISPATCHED, course.work(OTHER))
    # 28 and 29 April were not whole days of dispute: due when the third, the 30th, is over.
    assert shown(course.clock(K.HANDLE, OTHER)) == "05-01 00:00"
    # An order follows the case, with the time it had: five working days from the 27th.
    assert course.clocks()["order 街道办"] == ("running", "05-08 00:00")
    assert code(course.ask_return("04-29 10:30", OTHER)) == "return_ruled"
    assert code(course.ask_return("04-29 10:30", CO)) == "return_ruled"


def test_a_co_handler_that_is_done_becomes_the_lead_and_submits_again() -> None:
    course = given(LEAD, CO)
    course.sign("04-27 10:10", CO)
    course.sign("04-27 10:20", LEAD)
    course.submit("04-27 10:40", CO)
    course.ask_return("04-27 11:00")
    course.decide_return("04-27 12:00", "disputed")
    ruled(course, "04-27 15:00", CO)
    lead = course.now().lead
    assert lead is not None
    assert (course.now().state, lead.unit, lead.result_at) == (S.SIGNED, CO[1], None)
    course.contact("04-27 15:30", CO)
    assert code(course.submit("04-27 16:00", CO)) == "yes"


def test_a_dispute_overtakes_what_else_was_asked() -> None:
    course = given(LEAD, CO)
    course.ask_return("04-27 10:20", CO)
    course.ask_return("04-27 10:30", LEAD)
    said = course.decide_return("04-27 11:00", "disputed")
    assert isinstance(said, Advanced)
    assert [request.state for request in course.now().requests] == ["lapsed", "disputed"]
    assert course.clocks()["return 水务公司"][0] == "stopped"
    assert course.clocks()["ruling"][0] == "running"
