"""The clock of a higher system's deadline: nothing of ours moves it, an answer alone meets it."""

from tests.core.course import LEAD, OTHER, TERMS, Course, at
from yishi.core.case import closing, intake, thread
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced, Event


def ordered(deadline: str = "04-30 18:00", uid: str = "c1") -> Course:
    """A matter filed on 28 April, wanted by a higher system at `deadline`."""
    course = Course("04-28 09:00")
    if uid != "c1":
        course.file(uid, "04-28 10:00")
    state = course.now(uid).state
    start = TERMS.until(ClockKind.OUTSIDE, at("04-28 10:00"), at(deadline))
    course.town.apply(uid, Advanced(Event("outside.received"), state, starts=(start,)))
    return course


def theirs(course: Course, uid: str = "c1") -> tuple[str, str]:
    return course.clocks(uid)["outside"]


def settle(course: Course) -> None:
    course.give("04-28 11:00", LEAD)
    course.sign("04-28 11:10")
    course.contact("04-28 11:20")
    course.submit("04-28 11:30")
    course.do("04-28 11:40", lambda c, now: closing.check(c, True, "", TERMS, now))


def answer(course: Course, when: str) -> None:
    course.do(when, lambda c, now: closing.answer(c, "已换好。", TERMS, now))


def test_it_runs_until_the_answer_and_is_met_by_it() -> None:
    course = ordered()
    settle(course)
    assert theirs(course) == ("running", "04-30 18:00")
    answer(course, "04-28 12:00")
    assert theirs(course) == ("done", "04-30 18:00")


def test_a_refusal_is_an_answer_too() -> None:
    course = ordered()
    course.do("04-28 11:00", lambda c, now: intake.refuse(c, "emergency", "", TERMS, now))
    assert theirs(course) == ("done", "04-30 18:00")
    assert course.now().clocks == ()


def test_taken_back_by_the_resident_nothing_is_owed() -> None:
    course = ordered()

    def take_back(case: object, now: object) -> Advanced:
        held = course.now()
        said = thread.withdraw(held, held.reports[0], "自己弄好了", at("04-28 11:00"))
        assert isinstance(said, Advanced)
        return said

    course.do("04-28 11:00", take_back)
    assert theirs(course)[0] == "stopped"


def test_a_return_does_not_move_it() -> None:
    course = ordered()
    course.give("04-28 11:00", LEAD)
    course.sign("04-28 11:10")
    course.ask_return("04-28 11:20")
    course.decide_return("04-28 11:30", "accepted")
    assert theirs(course) == ("running", "04-30 18:00")


def test_doing_it_again_does_not_start_it_again() -> None:
    course = ordered()
    settle(course)
    answer(course, "04-28 12:00")
    report = course.now().reports[0].uid
    rating = closing.Rating(
        report, False, "dissatisfied", dict.fromkeys(TERMS.rules.axes, 1), "还没好"
    )
    course.do(
        "04-29 09:00",
        lambda c, now: closing.call_back(c, rating, TERMS, now, by_resident=False),
    )
    assert course.now().state is S.REDO
    assert theirs(course) == ("done", "04-30 18:00")


def test_merged_the_main_case_is_held_to_it_and_its_answer_meets_it() -> None:
    course = ordered(uid="c2")
    course.give("04-28 10:30", LEAD)
    course.merge("04-28 10:40", "c2", "c1")
    followed = [c for c in course.now("c1").clocks if c.kind is ClockKind.OUTSIDE]
    assert [(c.case, c.due_at) for c in followed] == [("c2", at("04-30 18:00"))]
    course.sign("04-28 11:10")
    course.contact("04-28 11:20")
    course.submit("04-28 11:30")
    course.do("04-28 11:40", lambda c, now: closing.check(c, True, "", TERMS, now))
    answer(course, "04-28 12:00")
    assert theirs(course, "c2") == ("done", "04-30 18:00")


def test_taken_out_again_it_runs_on_as_it_was() -> None:
    course = ordered(uid="c2")
    course.give("04-28 10:30", OTHER)
    before = theirs(course, "c2")
    course.merge("04-28 10:40", "c2", "c1")
    course.unmerge("04-28 12:00", "c2")
    assert theirs(course, "c2") == before == ("running", "04-30 18:00")


def test_taken_out_after_it_was_answered_with_the_main_case_it_stays_met() -> None:
    course = ordered(uid="c2")
    course.merge("04-28 10:40", "c2", "c1")
    settle(course)
    answer(course, "04-28 12:00")
    stars = dict.fromkeys(TERMS.rules.axes, 1)
    rating = closing.Rating(course.now().reports[0].uid, False, "dissatisfied", stars, "没好")
    course.do(
        "04-29 09:00",
        lambda c, now: closing.call_back(c, rating, TERMS, now, by_resident=False),
    )
    course.unmerge("04-29 10:00", "c2")
    assert theirs(course, "c2")[0] == "done"


def test_it_heads_the_case_where_it_is_the_first_to_run_out() -> None:
    course = ordered("04-28 15:00")
    running = [c for c in course.now().clocks if c.due_at is not None]
    first = min(running, key=lambda c: c.due_at or at("12-31 00:00"))
    assert first.kind is ClockKind.OUTSIDE
