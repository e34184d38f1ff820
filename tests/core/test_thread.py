"""催办, 补充, 撤回 and 临时处置: what is done beside the way of a matter."""

from dataclasses import replace

import pytest

from tests.core.course import CO, LEAD, TERMS, Course, at, code
from yishi.core.case import closing, handling, thread
from yishi.core.case.now import CaseNow, ReportNow, WorkNow
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K
from yishi.core.outcome import Advanced

REPORT = ReportNow("r1", "26030000001", 8)
GIVEN = (S.DISPATCHED, S.SIGNED, S.HANDLING, S.REDO, S.RETURNING, S.DISPUTED, S.SUSPENDED)
WAITING = (S.SUBMITTED, S.FILED, S.TOPIC, *GIVEN, S.CHECKING, S.SETTLED)


def case(state: S, *reports: ReportNow) -> CaseNow:
    return CaseNow("c1", state, reports=reports or (REPORT,))


@pytest.mark.parametrize("state", list(S))
def test_a_resident_urges_and_adds_as_long_as_they_wait(state: S) -> None:
    answer = "yes" if state in WAITING else "not_now"
    assert code(thread.urge(case(state), REPORT, "", TERMS, at("03-11 09:00"))) == answer
    assert code(thread.supplement(case(state), REPORT, "又少一个", 0, TERMS)) == answer


@pytest.mark.parametrize(
    ("urged", "again", "answer"),
    [
        (None, "03-11 09:00", "yes"),
        # Urged on Wednesday: again when Thursday is over.
        ("03-11 09:00", "03-12 23:59", "urged_already"),
        ("03-11 09:00", "03-13 00:00", "yes"),
        # Before the May holiday: the next working day is the 6th.
        ("04-30 09:00", "05-06 23:59", "urged_already"),
        ("04-30 09:00", "05-07 00:00", "yes"),
        # No calendar for the year to come: nobody is kept waiting for want of one.
        ("12-31 09:00", "12-31 09:01", "yes"),
    ],
)
def test_a_resident_urges_once_a_working_day(urged: str | None, again: str, answer: str) -> None:
    report = replace(REPORT, urged_at=at(urged) if urged else None)
    said = thread.urge(case(S.HANDLING, report), report, "请快点", TERMS, at(again))
    assert code(said) == answer


MOST = TERMS.rules.photos_max


@pytest.mark.parametrize(
    ("words", "photos", "answer"),
    [
        ("又少一个", 0, "yes"),
        ("", 1, "yes"),
        (" ", 0, "supplement_missing"),
        ("", MOST, "yes"),
        ("", MOST + 1, "too_many_photos"),
    ],
)
def test_a_supplement_holds_something_and_not_too_much(
    words: str, photos: int, answer: str
) -> None:
    assert code(thread.supplement(case(S.HANDLING), REPORT, words, photos, TERMS)) == answer


@pytest.mark.parametrize("state", list(S))
def test_a_matter_is_withdrawn_before_it_is_given(state: S) -> None:
    answer = "yes" if state in (S.SUBMITTED, S.FILED, S.TOPIC) else "not_now"
    assert code(thread.withdraw(case(state), REPORT, "", at("03-11 09:00"))) == answer


def test_the_case_ends_with_its_last_report_and_so_do_its_clocks() -> None:
    other = ReportNow("r2", "26030000002", 9)
    now = at("03-11 09:00")
    first = thread.withdraw(case(S.FILED, REPORT, other), REPORT, "", now)
    assert isinstance(first, Advanced)
    assert (first.state, first.sets) == (S.FILED, ())
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, CO)
    course.ask_return("04-28 10:10")
    course.decide_return("04-28 11:00", "accepted")
    report = course.now().reports[0]
    course.do("04-28 12:00", lambda c, now: thread.withdraw(c, report, "", now))
    assert (course.now().state, course.now().clocks) == (S.WITHDRAWN, ())


@pytest.mark.parametrize("state", list(S))
def test_what_was_done_first_is_told_while_a_unit_has_it(state: S) -> None:
    answer = "yes" if state in GIVEN else "not_now"
    assert code(handling.interim(case(state), WorkNow("w", *LEAD, True), "已围起来")) == answer


def test_what_was_done_first_needs_words() -> None:
    said = handling.interim(case(S.HANDLING), WorkNow("w", *LEAD, True), " ")
    assert code(said) == "note_missing"


STARS = {"speed": 1, "result": 1, "service": 1, "answer": 1}


def test_a_topic_nobodys_unit_answered_goes_back_to_be_dispatched() -> None:
    """Not content with the answer to a topic: there is no unit that could do it again."""
    answered = case(S.ANSWERED, REPORT)
    word = closing.Rating("r1", False, "dissatisfied", STARS)
    said = closing.call_back(answered, word, TERMS, at("03-11 09:00"), by_resident=True)
    assert isinstance(said, Advanced)
    assert (said.state, [start.clock.kind for start in said.starts]) == (S.FILED, [K.INTAKE])
    twice = closing.call_back(
        replace(answered, dissatisfied=3), word, TERMS, at("03-11 09:00"), by_resident=False
    )
    assert isinstance(twice, Advanced)
    assert twice.event.facts["ordered"] == 0


@pytest.mark.parametrize(
    ("works", "state", "kind"),
    [
        ((WorkNow("w", *LEAD, True, signed=True),), S.HANDLING, K.HANDLE),
        ((), S.FILED, K.INTAKE),
    ],
)
def test_settled_on_the_spot_and_found_wanting_it_has_somebody_and_a_clock(
    works: tuple[WorkNow, ...], state: S, kind: K
) -> None:
    held = replace(case(S.CHECKING), works=works)
    said = closing.check(held, False, "还堆着", TERMS, at("03-11 09:00"))
    assert isinstance(said, Advanced)
    assert (said.state, [start.clock.kind for start in said.starts]) == (state, [kind])
