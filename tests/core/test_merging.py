"""并案: nobody wins time by it, and undoing it gives everything back."""

from dataclasses import replace

import pytest

from tests.core.course import CO, DAYS3, LEAD, OTHER, TERMS, Course, at, code, shown
from tests.core.test_stretching import ask_more
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import closing, intake, merging, stretching, thread
from yishi.core.case.now import CaseNow, ReportNow
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K
from yishi.core.clock import ClockState

HOURS24 = Span(24, SpanKind.HOUR)


def two(*bodies: tuple[int, str]) -> Course:
    """`c1`, and `c2` filed an hour later; `c2` is given where bodies are named, for 24 hours."""
    course = Course("04-28 09:00")
    course.file("c2", "04-28 10:00")
    if bodies:
        course.give("04-28 10:30", *bodies, uid="c2", limit=HOURS24)
    return course


def test_the_main_case_is_held_to_the_earliest_clock() -> None:
    course = two(OTHER)
    course.give("04-28 09:30", LEAD, limit=DAYS3)
    assert isinstance(course.merge("04-28 11:00", "c2", "c1"), merging.Both)
    due = sorted(shown(c) for c in course.now("c1").clocks if c.kind is K.HANDLE)
    assert due == ["04-29 10:30", "05-07 00:00"]
    followed = next(c for c in course.now("c1").clocks if c.case == "c2")
    assert (followed.assignment, course.now("c2").state) == (course.work(LEAD).uid, S.MERGED)
    # Nobody of the merged case's own units is asked to sign or call any more.
    states = {name: state for name, (state, _) in course.clocks("c2").items()}
    assert states == {
        "intake": "done",
        "sign 街道办": "stopped",
        "handle 街道办": "running",
        "contact 街道办": "stopped",
    }


def test_merged_before_it_was_given_its_intake_ends_with_the_main_ones() -> None:
    course = two()
    course.merge("04-28 11:00", "c2", "c1")
    assert course.clocks("c2") == {"intake": ("running", "04-30 00:00")}
    course.give("04-28 12:00", LEAD)
    assert course.clocks("c2")["intake"][0] == "done"


def test_undone_every_clock_is_what_it_was() -> None:
    course = two(OTHER, CO)
    course.give("04-28 09:30", LEAD)
    before = course.clocks("c2")
    course.merge("04-28 11:00", "c2", "c1")
    assert code(course.unmerge("04-28 11:30", "c2", "")) == "why_missing"
    assert isinstance(course.unmerge("04-28 12:00", "c2"), merging.Both)
    assert course.clocks("c2") == before
    assert course.now("c2").state is S.DISPATCHED
    assert [c.case for c in course.now("c1").clocks if c.case] == []


def test_undone_after_the_main_case_was_settled_they_run_again() -> None:
    course = two(OTHER)
    course.give("04-28 09:30", LEAD)
    before = course.clocks("c2")
    course.merge("04-28 11:00", "c2", "c1")
    course.sign("04-28 11:10")
    course.contact("04-28 11:20")
    course.submit("04-28 11:30")
    assert course.clocks("c2")["handle 街道办"][0] == "held"
    course.do("04-28 11:40", lambda c, now: closing.check(c, True, "", TERMS, now))
    assert course.clocks("c2")["handle 街道办"][0] == "done"
    course.unmerge("04-28 12:00", "c2")
    assert course.clocks("c2") == before


def test_undone_while_the_main_case_was_returned_the_clock_goes_on_less_the_pause() -> None:
    course = two(OTHER)
    course.give("04-28 09:30", LEAD)
    course.merge("04-28 11:00", "c2", "c1")
    course.ask_return("04-28 11:10")
    course.decide_return("04-28 12:00", "accepted")
    assert course.clocks("c2")["handle 街道办"][0] == "paused"
    course.unmerge("04-28 13:00", "c2")
    assert course.clocks("c2")["handle 街道办"] == ("running", "04-29 11:30")


def test_a_returned_case_runs_while_it_is_merged_and_stands_still_again_after() -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, limit=HOURS24)
    course.ask_return("04-28 10:10")
    course.decide_return("04-28 11:00", "accepted")
    course.file("c2", "04-28 11:10")
    course.give("04-28 11:20", OTHER, uid="c2", limit=DAYS3)
    course.merge("04-28 12:00", "c1", "c2")
    # One hour was used; an hour's pause is over.
    assert course.clocks()["handle 城管局"] == ("running", "04-29 11:00")
    course.unmerge("04-28 14:00", "c1")
    assert course.clocks()["handle 城管局"][0] == "paused"
    course.give("04-28 16:00", CO, limit=HOURS24)
    assert shown(course.clock(K.HANDLE)) == "04-29 13:00"


def test_a_part_given_back_before_keeps_its_own_pause() -> None:
    course = two(OTHER, CO)
    course.give("04-28 09:30", LEAD)
    work = course.work(CO, "c2").uid
    still = next(c for c in course.now("c2").clocks if c.assignment == work and c.kind is K.HANDLE)
    row = course.town.cases["c2"].clocks[still.uid]
    row.now = replace(row.now, state=ClockState.PAUSED, open_pause=(at("04-28 10:45"), "returned"))
    course.merge("04-28 11:00", "c2", "c1")
    course.unmerge("04-28 12:00", "c2")
    assert (row.now.state, row.now.open_pause) == (
        ClockState.PAUSED,
        (at("04-28 10:45"), "returned"),
    )


def test_what_was_asked_lapses_and_does_not_come_back_with_the_undoing() -> None:
    course = Course("04-28 09:00")
    course.file("c2", "04-28 09:10")
    course.give("04-28 09:30", LEAD, uid="c2")
    course.give("04-28 10:00", LEAD, CO)
    course.ask_return("04-28 10:10", CO)
    assert course.clocks()["sign 水务公司"][0] == "held"
    course.merge("04-28 11:00", "c1", "c2")
    assert course.town.cases["c1"].requests[0].state == "lapsed"
    course.unmerge("04-28 11:30", "c1")
    clocks = course.clocks()
    assert clocks["return 水务公司"][0] == "stopped"
    assert clocks["sign 水务公司"] == ("running", "04-28 12:00")


def test_an_extension_gives_no_merged_case_more_than_its_own_limit() -> None:
    course = Course("04-28 09:00")
    course.give("04-28 10:00", LEAD, limit=DAYS3)
    course.sign("04-28 10:10")
    assert code(ask_more(course, "04-28 10:20", 3)) == "yes"
    course.file("c2", "04-28 10:30")
    course.give("04-28 10:40", OTHER, uid="c2", limit=Span(2, SpanKind.HOUR))
    course.merge("04-28 11:00", "c2", "c1")
    request = course.request()
    course.do(
        "04-28 11:10",
        lambda c, now: stretching.decide_extension(c, request, True, "", TERMS, now),
    )
    assert course.clocks("c2")["handle 街道办"] == ("running", "04-28 14:40")
    assert course.clocks()["handle 城管局"] == ("running", "05-10 00:00")


def test_a_refused_or_answered_main_case_leaves_no_clock_behind() -> None:
    course = two()
    course.merge("04-28 11:00", "c2", "c1")
    course.do("04-28 11:10", lambda c, now: intake.set_aside(c, "大家商量", TERMS, now))
    course.file("c3", "04-28 11:20")
    course.merge("04-28 11:30", "c3", "c1")
    course.do("04-28 11:40", lambda c, now: closing.answer(c, "已商定", TERMS, now))
    assert [c.kind for c in course.now("c1").clocks] == [K.CALL_BACK]
    assert all(report.answered for report in course.town.reports.values())


CASE = CaseNow("c1", S.HANDLING, reports=(ReportNow("r1", "1"),))
MAIN = CaseNow("c2", S.HANDLING, reports=(ReportNow("r2", "2"),))


def reports(many: int) -> tuple[ReportNow, ...]:
    return tuple(ReportNow(f"x{n}", f"{n}") for n in range(many))


@pytest.mark.parametrize(
    ("case", "main", "answer"),
    [
        (CASE, MAIN, "yes"),
        (CASE, CASE, "merge_self"),
        (replace(CASE, merged=1), MAIN, "merge_chain"),
        (CASE, replace(MAIN, state=S.FILED), "main_behind"),
        (replace(CASE, state=S.TOPIC), replace(MAIN, state=S.SUBMITTED), "yes"),
        (replace(CASE, state=S.SUBMITTED), replace(MAIN, merged=5), "yes"),
        (CASE, replace(MAIN, reports=reports(119)), "yes"),
        (CASE, replace(MAIN, reports=reports(120)), "group_full"),
        *((replace(CASE, state=state), MAIN, "not_now") for state in (S.MERGED, S.CHECKING)),
        *((CASE, replace(MAIN, state=state), "not_now") for state in (S.SUSPENDED, S.ANSWERED)),
    ],
)
def test_what_may_be_merged_into_what(case: CaseNow, main: CaseNow, answer: str) -> None:
    assert code(merging.merge(case, main, "同一件事", TERMS, at("04-28 11:00"))) == answer


GROUP = replace(MAIN, reports=(*MAIN.reports, *CASE.reports))


@pytest.mark.parametrize(
    ("state", "main", "back", "answer"),
    [
        (S.MERGED, GROUP, 1, "yes"),
        (S.MERGED, GROUP, 0, "nobody_left"),
        # The main case would be left without anybody.
        (S.MERGED, GROUP, 2, "nobody_left"),
        (S.HANDLING, GROUP, 1, "not_now"),
        (S.MERGED, replace(GROUP, state=S.ANSWERED), 1, "already_answered_main"),
        (S.MERGED, replace(GROUP, state=S.SETTLED), 1, "yes"),
    ],
)
def test_what_may_be_taken_out(state: S, main: CaseNow, back: int, answer: str) -> None:
    case = replace(CASE, state=state, reports=())
    said = merging.unmerge(case, main, S.HANDLING, {}, back, "不是一件", TERMS, at("04-28 12:00"))
    assert code(said) == answer


def test_the_last_of_a_group_to_withdraw_ends_it() -> None:
    course = two()
    course.merge("04-28 11:00", "c2", "c1")
    first, second = (r.now for r in course.town.reports.values())
    course.do("04-28 11:10", lambda c, now: thread.withdraw(c, first, "", now))
    assert course.now("c1").state is S.SUBMITTED
    course.do("04-28 11:20", lambda c, now: thread.withdraw(c, second, "", now))
    assert (course.now("c1").state, course.now("c1").clocks) == (S.WITHDRAWN, ())
