"""拆分: several parts, each with its unit and its clock, and one lead."""

import pytest

from tests.core.course import CO, DAYS3, LEAD, OTHER, TERMS, THIRD, Answer, Course, code, shown
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import closing, splitting
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K

HOURS24 = Span(24, SpanKind.HOUR)


def part(
    body: tuple[int, str], title: str = "一部分", limit: Span | None = DAYS3
) -> splitting.Part:
    return splitting.Part(title, "row", "井盖", *body, limit)


def split(course: Course, when: str, *parts: splitting.Part) -> Answer:
    return course.do(
        when,
        lambda c, now: splitting.split(c, parts, TERMS, now),
        [(p.unit_id, p.unit) for p in parts],
        leads=not course.now().works,
    )


def many(number: int) -> tuple[splitting.Part, ...]:
    return tuple(part((100 + n, f"单位{n}")) for n in range(number))


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ((), "parts_few"),
        ((part(LEAD),), "parts_few"),
        ((part(LEAD), part(CO)), "yes"),
        (many(10), "yes"),
        (many(11), "parts_many"),
        ((part(LEAD), part(CO, " ")), "part_title_missing"),
        ((part(LEAD), part(CO), part(LEAD)), "part_unit_twice"),
    ],
)
def test_a_new_case_is_split_in_two_to_ten(parts: tuple[splitting.Part, ...], answer: str) -> None:
    assert code(split(Course("04-28 09:00"), "04-28 10:00", *parts)) == answer


def test_each_part_has_its_own_limit_and_the_first_leads() -> None:
    course = Course("04-28 09:00")
    split(course, "04-28 10:00", part(LEAD), part(CO, limit=HOURS24), part(OTHER, limit=None))
    assert (course.now().state, course.now().lead) == (S.DISPATCHED, course.work(LEAD))
    due = {body: shown(course.clock(K.HANDLE, body)) for body in (LEAD, CO, OTHER)}
    # The third has no limit of its own: five working days, as for every complaint.
    assert due == {LEAD: "05-07 00:00", CO: "04-29 10:00", OTHER: "05-09 00:00"}
    assert course.clocks()["intake"][0] == "done"


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ((part(OTHER),), "yes"),
        ((), "parts_few"),
        ((part(CO),), "part_has_it"),
        ((part(LEAD),), "part_has_it"),
        (many(8), "yes"),
        (many(9), "parts_many"),
    ],
)
def test_a_case_already_given_gets_parts_beside_those_it_has(
    parts: tuple[splitting.Part, ...], answer: str
) -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, CO)
    assert code(split(course, "04-28 11:00", *parts)) == answer


def test_a_later_part_leaves_the_lead_and_its_clock_as_they_are() -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, CO)
    course.sign("04-28 10:10")
    before = course.clock(K.HANDLE, LEAD)
    split(course, "04-29 11:00", part(THIRD, limit=HOURS24))
    assert (course.now().state, course.now().lead) == (S.SIGNED, course.work(LEAD))
    assert course.clock(K.HANDLE, LEAD) == before
    assert shown(course.clock(K.HANDLE, THIRD)) == "04-30 11:00"
    assert shown(course.clock(K.SIGN, THIRD)) == "04-29 13:00"


def test_a_returned_case_that_is_split_goes_on_with_the_leads_clock() -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, limit=HOURS24)
    course.ask_return("04-28 10:10")
    course.decide_return("04-28 16:00", "accepted")
    split(course, "04-30 10:00", part(OTHER, limit=HOURS24), part(CO, limit=HOURS24))
    assert shown(course.clock(K.HANDLE, OTHER)) == "05-01 04:00"
    assert shown(course.clock(K.HANDLE, CO)) == "05-01 10:00"


@pytest.mark.parametrize("state", [S.RETURNING, S.CHECKING, S.SETTLED, S.ANSWERED, S.MERGED])
def test_nothing_is_split_while_nobody_may_work_on_it(state: S) -> None:
    course = Course("04-28 09:00", state)
    assert code(split(course, "04-28 10:00", part(LEAD), part(CO))) == "not_now"


def test_in_a_redo_nobody_gets_a_second_clock() -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD)
    course.sign("04-28 10:10")
    course.contact("04-28 10:20")
    course.submit("04-28 10:30")
    course.do("04-28 10:40", lambda c, now: closing.check(c, True, "", TERMS, now))
    course.do("04-28 10:50", lambda c, now: closing.answer(c, "已换", TERMS, now))
    stars = {"speed": 1, "result": 1, "service": 1, "answer": 1}
    word = closing.Rating("r-c1", False, "dissatisfied", stars)
    course.do(
        "04-28 11:00", lambda c, now: closing.call_back(c, word, TERMS, now, by_resident=True)
    )
    split(course, "04-28 11:10", part(CO, limit=HOURS24))
    timed = [(c.kind, c.unit_id) for c in course.now().clocks if c.kind in (K.HANDLE, K.REDO)]
    assert timed == [(K.REDO, LEAD[0]), (K.HANDLE, CO[0])]
    # The redo's own check fails: it is still a redo, and cannot be returned.
    course.submit("04-28 11:20")
    course.do("04-28 11:30", lambda c, now: closing.check(c, False, "没换", TERMS, now))
    assert course.now().state is S.REDO
