"""A case from filing to archive: every act, at its ordinary, its edge and its refusals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yishi.core.calendar import Calendar, Span, SpanKind, Year
from yishi.core.case import closing, handing_back, handling, intake, order
from yishi.core.case.giving import Duty
from yishi.core.case.now import CaseNow, ClockNow, ReportNow, Terms, WorkNow
from yishi.core.case.state import TRANSITIONS, CaseKind, CaseState, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import case_rules, office_hours
from yishi.rulebook.shipped import shipped_bundle

S, K = CaseState, ClockKind
# Wednesday 11 March 2026, 09:00 in Shanghai.
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
YEAR = Year(2026, "1", "notice", {date(2026, 1, 1): "元旦"}, {})
TERMS = Terms(
    case_rules(shipped_bundle("casework", "standard")),
    Calendar({2026: YEAR}, ZoneInfo("Asia/Shanghai"), office_hours()),
)
CHANNELS = {"web": "web", "grid": "grid"}
FILING = intake.Filing("井盖不见了", "complaint", "web", has_place=True)
STARS = {"speed": 5, "result": 4, "service": 5, "answer": 3}


def clock(kind: ClockKind, uid: str = "", of: str = "") -> ClockNow:
    span = Span(2, SpanKind.HOUR)
    return ClockNow(uid or kind.value, kind, ClockState.RUNNING, NOW, span, None, of)


def case(state: CaseState, **more: object) -> CaseNow:
    lead = WorkNow("lead", 5, "城管局", True, signed=True, contacted=True)
    report = ReportNow("r1", "26030000001", 8, has_contact=True)
    known = {"works": (lead,), "reports": (report,), **more}
    return CaseNow("c", state, **known)  # type: ignore[arg-type]


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def yes(answer: Advanced | Refusal) -> Advanced:
    assert isinstance(answer, Advanced), answer
    return answer


@pytest.mark.parametrize(
    ("filing", "answer"),
    [
        (FILING, "yes"),
        (replace(FILING, words="  \n"), "words_missing"),
        (replace(FILING, words="长" * TERMS.rules.words_max), "yes"),
        (replace(FILING, words="长" * (TERMS.rules.words_max + 1)), "words_too_long"),
        (replace(FILING, has_place=False), "place_missing"),
        (replace(FILING, photos=TERMS.rules.photos_max), "yes"),
        (replace(FILING, photos=TERMS.rules.photos_max + 1), "too_many_photos"),
        (replace(FILING, channel="telepathy"), "channel_unknown"),
        (replace(FILING, nature="mood"), "nature_unknown"),
        (replace(FILING, for_another=True), "consent_missing"),
        (replace(FILING, for_another=True, consent=True), "yes"),
    ],
)
def test_a_filing_is_taken_or_told_the_first_thing_it_lacks(
    filing: intake.Filing, answer: str
) -> None:
    assert code(intake.file(filing, TERMS, NOW, CHANNELS)) == answer


def test_filing_starts_the_intake_clock_to_the_end_of_the_next_working_day() -> None:
    filed = yes(intake.file(FILING, TERMS, NOW, CHANNELS))
    assert [(s.clock.kind, s.clock.due_at) for s in filed.starts] == [
        (K.INTAKE, datetime(2026, 3, 12, 16, 0, tzinfo=UTC))
    ]
    assert (filed.state, filed.part) == (S.SUBMITTED, "raised")


@pytest.mark.parametrize(
    ("draw", "state", "kind"),
    [(0.0, S.CHECKING, K.CHECK), (0.0999, S.CHECKING, K.CHECK), (0.1, S.ANSWERED, K.CALL_BACK)],
)
def test_one_in_ten_settled_on_the_spot_is_checked_by_a_second_person(
    draw: float, state: CaseState, kind: ClockKind
) -> None:
    spot = replace(FILING, for_another=True, consent=True)
    done = yes(intake.settle_on_spot(spot, "已搬走", 1, draw, TERMS, NOW, CHANNELS))
    assert (done.state, [s.clock.kind for s in done.starts]) == (state, [kind])


@pytest.mark.parametrize(
    ("answer", "proofs", "refusal"),
    [("", 1, "answer_missing"), ("已搬走", 0, "proof_missing")],
)
def test_on_the_spot_needs_an_answer_and_a_photo(answer: str, proofs: int, refusal: str) -> None:
    spot = replace(FILING, for_another=True, consent=True)
    said = intake.settle_on_spot(spot, answer, proofs, 0.5, TERMS, NOW, CHANNELS)
    assert code(said) == refusal


@pytest.mark.parametrize("reason", sorted(TERMS.rules.refuse_reasons))
def test_each_of_the_six_ways_out_tells_the_resident_words_and_a_route(reason: str) -> None:
    held = case(S.SUBMITTED, clocks=(clock(K.INTAKE),))
    said = yes(intake.refuse(held, reason, "", TERMS, NOW))
    told = dict(said.changes[0].values)
    rules = TERMS.rules
    assert told["answer"] == rules.refuse_reasons[reason].zh + rules.refuse_routes[reason].zh
    assert [s.uid for s in said.sets] == ["intake"]
    assert [n.to for n in said.notices] == [8]


def test_there_are_six_ways_out() -> None:
    assert len(TERMS.rules.refuse_reasons) == 6
    assert code(intake.refuse(case(S.SUBMITTED), "boring", "", TERMS, NOW)) == "reason_unknown"


DUTY = Duty("row", "井盖缺失", "城管局", 5, ((6, "水务公司"),), Span(3, SpanKind.WORKING_DAY))


def test_dispatch_starts_signing_handling_and_contact_at_once() -> None:
    held = case(S.SUBMITTED, works=(), clocks=(clock(K.INTAKE),))
    said = yes(intake.dispatch(held, DUTY, TERMS, NOW))
    assert [(s.clock.kind, s.assignment) for s in said.starts] == [
        (K.SIGN, "new:0"),
        (K.HANDLE, "new:0"),
        (K.SIGN, "new:1"),
        (K.HANDLE, "new:1"),
        (K.CONTACT, "new:0"),
    ]
    # Thursday, Friday, Monday: due as Tuesday begins in Shanghai.
    assert said.starts[1].clock.due_at == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgent", "limit", "nature", "span"),
    [
        (True, Span(3, SpanKind.WORKING_DAY), "complaint", TERMS.rules.urgent),
        (True, Span(2, SpanKind.HOUR), "complaint", Span(2, SpanKind.HOUR)),
        (False, Span(3, SpanKind.WORKING_DAY), "complaint", Span(3, SpanKind.WORKING_DAY)),
        (False, None, "consult", TERMS.rules.handle["consult"]),
        (False, None, "unheard of", TERMS.rules.handle["complaint"]),
    ],
)
def test_the_limit_is_the_urgent_one_the_rows_or_the_natures(
    urgent: bool, limit: Span | None, nature: str, span: Span
) -> None:
    held = case(S.FILED, works=(), urgent=urgent, nature=nature)
    said = yes(intake.dispatch(held, replace(DUTY, limit=limit), TERMS, NOW))
    assert said.starts[1].clock.span == span


def test_setting_aside_as_a_topic_needs_a_reason_and_keeps_a_clock() -> None:
    held = case(S.SUBMITTED, works=(), clocks=(clock(K.INTAKE),))
    assert code(intake.set_aside(held, " ", TERMS, NOW)) == "why_missing"
    said = yes(intake.set_aside(held, "全楼的事，要大家商量", TERMS, NOW))
    assert [s.clock.kind for s in said.starts] == [K.TOPIC]


def test_a_duty_goes_back_to_be_dispatched_and_its_answer_clock_runs_on() -> None:
    held = case(S.TOPIC, works=(), clocks=(clock(K.TOPIC),))
    assert code(handing_back.hand_back(held, " ", TERMS, NOW)) == "words_missing"
    said = yes(handing_back.hand_back(held, "路灯由市政养护，不用表决", TERMS, NOW))
    assert (said.state, said.sets) == (S.FILED, ())
    assert [s.clock.kind for s in said.starts] == [K.INTAKE]
    assert [(n.to, n.params["words"]) for n in said.notices] == [(8, "路灯由市政养护，不用表决")]
    again = case(S.FILED, works=(), clocks=(clock(K.TOPIC), clock(K.INTAKE)))
    aside = yes(intake.set_aside(again, "还是要商量", TERMS, NOW))
    assert (aside.starts, [s.uid for s in aside.sets]) == ((), ["intake"])


def work(**more: object) -> WorkNow:
    return WorkNow("lead", 5, "城管局", True, **more)  # type: ignore[arg-type]


def test_signing_ends_the_signing_clock_of_that_unit_only() -> None:
    clocks = (clock(K.SIGN, "a", "lead"), clock(K.SIGN, "b", "co"))
    held = case(S.DISPATCHED, works=(work(),), clocks=clocks)
    said = yes(handling.sign(held, work(), NOW))
    assert ([s.uid for s in said.sets], said.state, said.part) == (["a"], S.SIGNED, "handled")
    assert code(handling.sign(held, work(signed=True), NOW)) == "already_signed"


def test_a_co_handler_signing_does_not_move_the_case() -> None:
    co = WorkNow("co", 6, "水务公司", False)
    said = yes(handling.sign(case(S.DISPATCHED, works=(work(), co)), co, NOW))
    assert said.state == S.DISPATCHED


def test_signing_by_itself_says_so_and_is_nobodys_hand() -> None:
    said = yes(handling.sign(case(S.DISPATCHED), work(), NOW, by_itself=True))
    assert (said.event.code, said.part) == ("case.signed_by_itself", "")


@pytest.mark.parametrize(
    ("who", "words", "proofs", "why", "answer"),
    [
        (work(signed=True, contacted=True), "已换", 1, "", "yes"),
        (work(), "已换", 1, "", "sign_first"),
        (work(signed=True), "已换", 1, "", "contact_first"),
        (work(signed=True, contacted=True), " ", 1, "", "result_missing"),
        (work(signed=True, contacted=True), "已换", 0, "", "proof_missing"),
        (work(signed=True, contacted=True, result_at=NOW), "已换", 1, "", "already_submitted"),
    ],
)
def test_a_result_needs_signing_contact_words_and_proof(
    who: WorkNow, words: str, proofs: int, why: str, answer: str
) -> None:
    held = case(S.HANDLING, works=(who,))
    assert code(handling.submit_result(held, who, words, proofs, why, TERMS, NOW)) == answer


def test_the_lead_cannot_submit_while_a_co_handler_is_open_unless_it_says_why() -> None:
    lead = work(signed=True, contacted=True)
    held = case(S.HANDLING, works=(lead, WorkNow("co", 6, "水务公司", False)))
    said = handling.submit_result(held, lead, "已换", 1, "", TERMS, NOW)
    assert isinstance(said, Refusal)
    assert (said.code, said.have) == ("co_open", ("水务公司",))
    told = yes(handling.submit_result(held, lead, "已换", 1, "水务确认无关", TERMS, NOW))
    assert told.event.params["open"] == "水务公司"


def test_the_handling_clock_is_held_while_checked_and_goes_on_if_the_check_fails() -> None:
    lead = work(signed=True, contacted=True)
    held = case(S.HANDLING, works=(lead,), clocks=(clock(K.HANDLE, "h", "lead"),))
    said = yes(handling.submit_result(held, lead, "已换", 1, "", TERMS, NOW))
    assert [(s.uid, s.state) for s in said.sets] == [("h", ClockState.HELD)]
    checking = case(S.CHECKING, clocks=(clock(K.HANDLE, "h", "lead"), clock(K.CHECK)))
    assert code(closing.check(checking, False, " ", TERMS, NOW)) == "why_missing"
    failed = yes(closing.check(checking, False, "井盖还在响", TERMS, NOW))
    assert (failed.state, [(s.uid, s.state) for s in failed.sets]) == (
        S.HANDLING,
        [("h", ClockState.RUNNING), ("check", ClockState.DONE)],
    )
    passed = yes(closing.check(checking, True, "", TERMS, NOW))
    assert (passed.state, [s.clock.kind for s in passed.starts]) == (S.SETTLED, [K.ANSWER])


def test_an_answer_reaches_every_resident_on_the_case() -> None:
    two = (ReportNow("r1", "1", 8), ReportNow("r2", "2", 9), ReportNow("r3", "3", None))
    held = case(S.SETTLED, reports=two, clocks=(clock(K.ANSWER),))
    assert code(closing.answer(held, "", TERMS, NOW)) == "answer_missing"
    said = yes(closing.answer(held, "已换好", TERMS, NOW))
    assert [c.uid for c in said.changes] == ["r1", "r2", "r3"]
    assert [n.to for n in said.notices] == [8, 9]


def rating(**more: object) -> closing.Rating:
    known = {"report": "r1", "solved": True, "satisfaction": "satisfied", "stars": STARS, **more}
    return closing.Rating(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (rating(), "yes"),
        (rating(report="r9"), "not_found"),
        (rating(satisfaction="so so"), "satisfaction_unknown"),
        (rating(stars={"speed": 5}), "axis_missing"),
        (rating(stars=STARS | {"speed": 0}), "stars_wrong"),
        (rating(stars=STARS | {"speed": 6}), "stars_wrong"),
        (rating(stars=STARS | {"speed": 1}), "yes"),
    ],
)
def test_a_rating_has_four_axes_of_one_to_five_stars(said: closing.Rating, answer: str) -> None:
    assert code(closing.call_back(case(S.ANSWERED), said, TERMS, NOW, by_resident=True)) == answer


@pytest.mark.parametrize(
    ("solved", "satisfaction", "before", "state", "clocks"),
    [
        (True, "satisfied", 0, S.CALLED_BACK, []),
        (True, "basically", 0, S.CALLED_BACK, []),
        (False, "satisfied", 0, S.REDO, [K.REDO]),
        (True, "dissatisfied", 0, S.REDO, [K.REDO]),
        (True, "dissatisfied", 1, S.REDO, [K.REDO, K.ORDER]),
        (True, "satisfied", 1, S.CALLED_BACK, []),
    ],
)
def test_dissatisfied_is_done_again_and_twice_brings_an_order(
    solved: bool, satisfaction: str, before: int, state: CaseState, clocks: list[ClockKind]
) -> None:
    held = case(S.ANSWERED, dissatisfied=before)
    levels = list(TERMS.rules.satisfaction)
    level = next(level for level in levels if level.startswith(satisfaction))
    told = rating(solved=solved, satisfaction=level)
    said = yes(closing.call_back(held, told, TERMS, NOW, by_resident=False))
    assert (said.state, [s.clock.kind for s in said.starts]) == (state, clocks)


def test_three_calls_nobody_took_close_the_case_as_unreached() -> None:
    tried = ReportNow("r1", "31020260001", 1, attempts=1)
    held = case(S.ANSWERED, reports=(tried,), clocks=(clock(K.CALL_BACK),))
    assert yes(closing.not_reached(held, TERMS, NOW)).state == S.ANSWERED
    twice = replace(held, reports=(replace(tried, attempts=2),))
    last = yes(closing.not_reached(twice, TERMS, NOW))
    assert (last.state, [s.uid for s in last.sets]) == (S.CALLED_BACK, ["call_back"])


@pytest.mark.parametrize(("days", "answer"), [(7, "too_early"), (8, "yes")])
def test_a_case_is_archived_after_the_adopted_days(days: int, answer: str) -> None:
    held = case(S.CALLED_BACK, closed_at=NOW)
    assert code(closing.archive(held, TERMS, NOW + timedelta(days=days))) == answer


def test_a_clock_that_waited_for_a_calendar_starts_from_its_own_beginning() -> None:
    began = datetime(2026, 12, 30, 1, 0, tzinfo=UTC)
    span = Span(3, SpanKind.WORKING_DAY)
    waits = ClockNow("w", K.HANDLE, ClockState.WAITS, began, span, None, "lead")
    held = case(S.HANDLING, clocks=(waits,))
    assert code(closing.set_clocks(held, TERMS)) == "calendar_missing"
    years = {2026: YEAR, 2027: Year(2027, "1", "notice", {date(2027, 1, 1): "元旦"}, {})}
    terms = Terms(TERMS.rules, replace(TERMS.calendar, years=years))
    said = yes(closing.set_clocks(held, terms))
    [again] = said.sets
    assert (again.uid, again.state, said.starts) == ("w", ClockState.RUNNING, ())
    assert again.timing is not None
    # 31 December, 4 and 5 January: due as the 6th begins in Shanghai.
    assert again.timing.due_at == datetime(2027, 1, 5, 16, 0, tzinfo=UTC)
    assert (again.timing.calendar, again.timing.assignment) == ("2026@1 2027@1", None)


@pytest.mark.parametrize(
    ("state", "words", "works", "answer"),
    [
        (S.HANDLING, "请说明为何超时", (work(),), "yes"),
        (S.HANDLING, "", (work(),), "order_words_missing"),
        (S.SUBMITTED, "请说明", (), "no_unit"),
        (S.ARCHIVED, "请说明", (work(),), "not_now"),
    ],
)
def test_an_order_needs_an_open_case_a_unit_and_words(
    state: CaseState, words: str, works: tuple[WorkNow, ...], answer: str
) -> None:
    assert code(order.issue(case(state, works=works), words, TERMS, NOW)) == answer


def test_an_order_is_answered_once() -> None:
    held = case(S.HANDLING, clocks=(clock(K.ORDER),))
    said = yes(order.answer(held, "o", False, "已加派人手", NOW, NOW))
    assert [s.uid for s in said.sets] == ["order"]
    assert code(order.answer(held, "o", True, "再答", NOW, NOW)) == "already_answered"
    assert code(order.answer(held, "o", False, " ", NOW, NOW)) == "answer_missing"


def test_the_answer_to_one_order_leaves_another_running() -> None:
    hour = timedelta(hours=1)
    first, second = clock(K.ORDER, "first"), clock(K.ORDER, "second")
    held = case(S.REDO, clocks=(first, replace(second, started_at=NOW + hour)))
    said = yes(order.answer(held, "o", False, "已加派人手", NOW + 2 * hour, NOW + hour))
    assert [s.uid for s in said.sets] == ["second"]


@pytest.mark.parametrize(("minutes", "late"), [(-1, 0), (0, 1), (1, 1)])
def test_an_answer_at_the_due_moment_is_late(minutes: int, late: int) -> None:
    due_at = NOW + timedelta(days=5)
    held = case(S.HANDLING, clocks=(replace(clock(K.ORDER), due_at=due_at),))
    moment = due_at + timedelta(minutes=minutes)
    said = yes(order.answer(held, "o", False, "已加派人手", moment, NOW))
    assert said.event.facts == {"late": late}


THREAD = {"report.urge", "report.supplement"}
GROUPING = {"case.merge", "case.take_in", "case.let_go", "case.split"}
INTAKE = {*THREAD, *GROUPING, "report.withdraw", "case.dispatch"}
CALLING = {"case.call", "case.claim", "case.end_call"}
EXTENDING = {"case.ask_extension", "case.decide_extension"}
SUSPENDING = {"case.ask_suspension", "case.decide_suspension"}
GIVEN = {
    *THREAD,
    *GROUPING,
    *CALLING,
    *EXTENDING,
    "case.sign",
    "case.decide_return",
    "case.interim",
}
AT_WORK = {*GIVEN, *SUSPENDING, "case.contact", "case.submit_result"}
GIVING_BACK = {"case.ask_return", "case.contest_return"}
STANDING = {*THREAD, "case.let_go", "case.interim"}

ACTS_BY_STATE = {
    None: {
        "report.file",
        "report.join",
        "report.file_for",
        "report.settle_on_spot",
        "outside.receive",
    },
    S.SUBMITTED: {*INTAKE, "case.refuse", "case.accept", "case.set_aside"},
    S.FILED: {*INTAKE, "case.set_aside"},
    S.TOPIC: {*INTAKE, "case.answer", "case.hand_back"},
    S.DISPATCHED: {*GIVEN, *GIVING_BACK},
    S.SIGNED: {*AT_WORK, *GIVING_BACK},
    S.HANDLING: {*AT_WORK, *GIVING_BACK},
    S.REDO: AT_WORK,
    S.RETURNING: {*STANDING, "case.decide_return"},
    S.DISPUTED: {*STANDING, "case.rule"},
    S.SUSPENDED: {*STANDING, "case.resume"},
    S.CHECKING: {*THREAD, "case.let_go", "case.check"},
    S.SETTLED: {*THREAD, "case.let_go", "case.answer"},
    S.ANSWERED: {
        "case.call_back",
        "report.rate",
        "report.still_unsolved",
        "case.still_unsolved",
        "case.close_silent",
    },
    S.CALLED_BACK: {"case.archive"},
    S.MERGED: {"case.unmerge"},
    S.WITHDRAWN: set(),
    S.REFUSED: set(),
    S.ARCHIVED: set(),
}


@pytest.mark.parametrize("state", [None, *S])
def test_each_state_lets_exactly_these_acts_through(state: CaseState | None) -> None:
    every = {row.act for row in TRANSITIONS}
    through = {act for act in every if not isinstance(allowed(act, state), Refusal)}
    assert through == ACTS_BY_STATE[state]


def test_a_community_leads_on_behalf_and_anybody_else_is_reported_up() -> None:
    assert intake.kind_of(True) == CaseKind.ON_BEHALF
    assert intake.kind_of(False) == CaseKind.REPORTED_UP
