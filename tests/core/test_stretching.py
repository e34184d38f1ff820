"""延期 and 中止: once, in time, no longer than the original; and time that stands still."""

import pytest

from tests.core.course import CO, DAYS3, LEAD, OTHER, TERMS, Answer, Course, at, code, shown
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import closing, stretching
from yishi.core.case.request import RequestKind
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K
from yishi.core.clock import ClockState

WORKING4 = Span(4, SpanKind.WORKING_HOUR)


def handled(*bodies: tuple[int, str], begins: str = "04-28", limit: Span = DAYS3) -> Course:
    """Dispatched at ten on Tuesday 28 April 2026, signed at half past."""
    course = Course(f"{begins} 09:30")
    course.give(f"{begins} 10:00", *(bodies or (LEAD,)), limit=limit)
    course.sign(f"{begins} 10:30")
    return course


def ask_more(
    course: Course, when: str, length: int, reason: str = "等配件", body: tuple[int, str] = LEAD
) -> Answer:
    work = course.work(body)
    return course.ask(
        when,
        RequestKind.EXTENSION,
        lambda c, now: stretching.ask_extension(c, work, length, reason, TERMS, now),
        body,
        length=length,
    )


def decide_more(course: Course, when: str, yes: bool, words: str = "") -> Answer:
    request = course.request()
    return course.do(
        when, lambda c, now: stretching.decide_extension(c, request, yes, words, TERMS, now)
    )


def ask_still(
    course: Course,
    when: str,
    until: str,
    ground: str = "expert",
    reason: str = "等检测",
    body: tuple[int, str] = LEAD,
) -> Answer:
    work = course.work(body)
    return course.ask(
        when,
        RequestKind.SUSPENSION,
        lambda c, now: stretching.ask_suspension(c, work, ground, at(until), reason, TERMS, now),
        body,
        until_at=at(until),
    )


def decide_still(course: Course, when: str, yes: bool, words: str = "") -> Answer:
    request = course.request()
    return course.do(
        when, lambda c, now: stretching.decide_suspension(c, request, yes, words, TERMS, now)
    )


def resume(course: Course, when: str) -> Answer:
    return course.do(when, lambda c, now: stretching.resume(c, "", TERMS, now))


@pytest.mark.parametrize(
    ("length", "reason", "when", "answer"),
    [
        (1, "等配件", "04-29 10:00", "yes"),
        (3, "等配件", "04-29 10:00", "yes"),
        (4, "等配件", "04-29 10:00", "extension_long"),
        (0, "等配件", "04-29 10:00", "extension_long"),
        (1, " ", "04-29 10:00", "reason_missing"),
        # 29 and 30 April and 6 May: the last moment is just before midnight.
        (1, "等配件", "05-06 23:59", "yes"),
        (1, "等配件", "05-07 00:00", "extension_late"),
    ],
)
def test_more_time_is_asked_in_time_and_no_longer_than_the_original(
    length: int, reason: str, when: str, answer: str
) -> None:
    assert code(ask_more(handled(), when, length, reason)) == answer


@pytest.mark.parametrize(
    ("limit", "length", "due"),
    [
        # 29, 30 April, 6 May and then 7, 8 and Saturday 9 May, a make-up workday.
        (DAYS3, 3, "05-10 00:00"),
        (DAYS3, 1, "05-08 00:00"),
        # 10:00 to 12:00 and 14:00 to 16:00; then 16:00 to 18:00 and two hours of the 29th.
        (WORKING4, 4, "04-29 11:00"),
    ],
)
def test_an_extension_is_counted_from_the_clocks_own_start(
    limit: Span, length: int, due: str
) -> None:
    course = handled(limit=limit)
    assert code(ask_more(course, "04-28 11:00", length)) == "yes"
    assert code(decide_more(course, "04-28 11:30", True)) == "yes"
    assert (course.clock(K.HANDLE).extended_by, shown(course.clock(K.HANDLE))) == (length, due)
    assert course.clocks()["request"][0] == "done"


def test_it_is_extended_once() -> None:
    course = handled()
    ask_more(course, "04-29 09:00", 1)
    decide_more(course, "04-29 10:00", True)
    assert code(ask_more(course, "04-29 11:00", 1)) == "extension_used"


def test_a_refused_extension_may_be_asked_again() -> None:
    course = handled()
    ask_more(course, "04-29 09:00", 1)
    assert code(decide_more(course, "04-29 10:00", False)) == "why_missing"
    assert code(decide_more(course, "04-29 10:00", False, "人手够")) == "yes"
    assert code(decide_more(course, "04-29 10:01", True)) == "already_decided"
    assert code(ask_more(course, "04-29 11:00", 1)) == "yes"


@pytest.mark.parametrize(
    ("when", "answer"), [("05-06 23:59", "yes"), ("05-07 00:00", "extension_late")]
)
def test_what_has_run_out_is_extended_no_more(when: str, answer: str) -> None:
    course = handled()
    ask_more(course, "05-06 18:00", 1)
    assert code(decide_more(course, when, True)) == answer


def test_only_the_lead_asks_and_one_thing_at_a_time() -> None:
    course = handled(LEAD, CO)
    assert code(ask_more(course, "04-28 11:00", 1, body=CO)) == "lead_only"
    assert code(ask_still(course, "04-28 11:00", "05-08 09:00", body=CO)) == "lead_only"
    ask_more(course, "04-28 11:00", 1)
    assert code(ask_still(course, "04-28 11:01", "05-08 09:00")) == "already_asked"
    assert code(ask_more(course, "04-28 11:01", 1)) == "already_asked"
    assert code(course.ask_return("04-28 11:02")) == "already_asked"
    # What a co-handler asks for its own part does not stop the lead.
    other = handled(LEAD, CO)
    other.ask_return("04-28 10:40", CO)
    assert code(ask_more(other, "04-28 11:00", 1)) == "yes"


def test_nothing_is_asked_or_decided_after_the_result() -> None:
    course = handled()
    course.contact("04-28 11:00")
    ask_more(course, "04-28 11:10", 1)
    course.submit("04-28 11:20")
    assert course.request().state == "lapsed"
    assert course.clocks()["request"][0] == "stopped"
    assert code(decide_more(course, "04-28 11:30", True)) == "not_now"


@pytest.mark.parametrize(
    ("until", "ground", "reason", "answer"),
    [
        ("05-08 09:00", "expert", "等检测", "yes"),
        ("05-08 09:00", "tired", "等检测", "ground_unknown"),
        ("05-08 09:00", "expert", "", "reason_missing"),
        ("04-29 15:00", "expert", "等检测", "until_past"),
        ("04-29 15:01", "expert", "等检测", "yes"),
        # Thirty days after the day of asking, and no minute more.
        ("05-30 00:00", "expert", "等检测", "yes"),
        ("05-30 00:01", "expert", "等检测", "until_far"),
    ],
)
def test_a_suspension_has_a_ground_and_an_end(
    until: str, ground: str, reason: str, answer: str
) -> None:
    assert code(ask_still(handled(), "04-29 15:00", until, ground, reason)) == answer


@pytest.mark.parametrize(
    ("resumed", "due"),
    [
        # 29 April counts; 30 April, 6 and 7 May stood still; 8 May and Saturday 9 May count.
        ("05-08 09:00", "05-10 00:00"),
        # Sooner than agreed, within the holiday: 6 and 7 May are left.
        ("05-03 12:00", "05-08 00:00"),
        # Within the day: nothing is won.
        ("04-29 17:00", "05-07 00:00"),
    ],
)
def test_suspended_over_the_may_holiday_and_resumed(resumed: str, due: str) -> None:
    course = handled()
    ask_still(course, "04-29 14:00", "05-08 09:00")
    assert code(decide_still(course, "04-29 15:00", True)) == "yes"
    assert course.now().state is S.SUSPENDED
    assert course.clock(K.HANDLE).state is ClockState.PAUSED
    assert shown(course.clock(K.SUSPEND)) == "05-08 09:00"
    assert code(resume(course, resumed)) == "yes"
    assert (course.now().state, shown(course.clock(K.HANDLE))) == (S.SIGNED, due)
    assert course.clocks()["suspend 城管局"][0] == "done"


def test_what_a_co_handler_owes_and_is_owed_stands_still_as_well() -> None:
    course = handled(LEAD, CO, OTHER)
    course.ask_return("04-28 10:40", OTHER)
    ask_still(course, "04-28 10:45", "05-08 09:00")
    decide_still(course, "04-28 11:00", True)
    still = {clock.kind for clock in course.now().clocks if clock.state is ClockState.PAUSED}
    assert still == {K.HANDLE, K.SIGN, K.RETURN, K.CONTACT}
    resume(course, "05-08 09:00")
    # One of its two hours was used before.
    assert shown(course.clock(K.SIGN, CO)) == "05-08 10:00"
    assert course.clock(K.SIGN, OTHER).state is ClockState.HELD
    assert code(course.decide_return("05-08 09:10", "accepted", number=0)) == "yes"


def test_a_part_that_was_given_back_does_not_resume() -> None:
    course = handled(LEAD, CO)
    course.ask_return("04-28 10:40", CO)
    course.decide_return("04-28 10:50", "accepted")
    ask_still(course, "04-28 11:00", "05-08 09:00")
    decide_still(course, "04-28 11:30", True)
    resume(course, "05-08 09:00")
    assert course.clock(K.HANDLE, CO).state is ClockState.PAUSED
    assert course.clock(K.HANDLE, LEAD).state is ClockState.RUNNING


def test_twice_suspended_is_enough() -> None:
    course = handled()
    for day in ("04-29", "04-30"):
        ask_still(course, f"{day} 09:00", f"{day} 16:00")
        decide_still(course, f"{day} 10:00", True)
        resume(course, f"{day} 16:00")
    assert code(ask_still(course, "05-06 09:00", "05-08 09:00")) == "suspension_used"


@pytest.mark.parametrize(
    ("when", "yes", "words", "answer"),
    [
        ("04-29 15:59", True, "", "yes"),
        ("04-29 16:00", True, "", "until_past"),
        ("04-29 15:00", False, "", "why_missing"),
        ("04-29 15:00", False, "不用等", "yes"),
    ],
)
def test_the_word_on_a_suspension(when: str, yes: bool, words: str, answer: str) -> None:
    course = handled()
    ask_still(course, "04-29 14:00", "04-29 16:00")
    assert code(decide_still(course, when, yes, words)) == answer


def test_a_suspension_is_decided_once_and_ends_once() -> None:
    course = handled()
    assert code(resume(course, "04-28 11:00")) == "not_now"
    ask_still(course, "04-29 14:00", "05-08 09:00")
    decide_still(course, "04-29 15:00", False, "不用等")
    assert code(decide_still(course, "04-29 15:01", True)) == "already_decided"


def test_resumed_where_the_year_ends_it_waits_for_the_next_calendar() -> None:
    course = handled(begins="12-28")
    ask_still(course, "12-28 11:00", "12-31 09:00")
    decide_still(course, "12-28 12:00", True)
    resume(course, "12-31 09:00")
    clock = course.clock(K.HANDLE)
    assert (clock.state, clock.due_at) == (ClockState.WAITS, None)


def test_a_waiting_clock_that_was_held_for_a_check_waits_again_when_the_check_fails() -> None:
    course = handled(begins="12-30")
    course.contact("12-30 11:00")
    course.submit("12-30 12:00")
    course.do("12-30 15:00", lambda c, now: closing.check(c, False, "还在响", TERMS, now))
    assert course.clock(K.HANDLE).state is ClockState.WAITS
