"""Carrying out and accepting as deciders: parts, looks, calls back and scores, at every edge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from yishi.core.calendar import Span, SpanKind
from yishi.core.caserules import Text
from yishi.core.method.language import Edge, Paper, Stage, StageKind
from yishi.core.method.measure import Bar, Count, Limit, Of
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds import ACTS
from yishi.core.topic.now import Leave, OptionNow, OptionState, Stay, TopicNow, TopicState

B = BodyKind
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 21, 1, 0, tzinfo=UTC)
WATCH = (B.DELIBERATION_COMMITTEE, B.SUPERVISORY_COMMITTEE)
TO = {Edge.PASS: "next", Edge.FAIL: "back"}


def stage_of(kind: StageKind, **more: object) -> Stage:
    return Stage("here", kind, Text("这一步", "here"), B.RESIDENTS_COMMITTEE, TO, **more)  # type: ignore[arg-type]


CARRY = stage_of(StageKind.CARRY_OUT, watch=WATCH)
PLAIN = stage_of(StageKind.CARRY_OUT)
ACCEPT = stage_of(StageKind.ACCEPT, least=Count(4, "ours"), calls=Count(3, "H12"))
APPRAISE = stage_of(
    StageKind.APPRAISE,
    least=Count(10, "ours"),
    threshold=Bar(Fraction(4, 5), Of.PRESENT, False, "ours"),
)


def topic(**tally: object) -> TopicNow:
    return TopicNow(
        "t", TopicState.RUNNING, stage="here", due_at=DUE, chosen="a", tally=tally,
        options=(OptionNow("a", 1, OptionState.CHOSEN, tries=1),),
    )  # fmt: skip


def decide(stage: Stage, act: str, at: TopicNow, facts: f.Facts) -> Stay | Leave | Refusal:
    return ACTS[stage.kind][act](stage, at, facts, NOW)


def said(answer: Stay | Leave | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else answer.event.code


# A trial

TRIAL = stage_of(StageKind.CARRY_OUT, period=Limit(Span(90, SpanKind.DAY), "ours：一个季度"))
FULL = datetime(2026, 6, 9, 16, 0, tzinfo=UTC)
UNTIL = "2026-06-09T16:00:00+00:00"


def test_a_trial_begins_when_it_is_given_to_a_unit() -> None:
    given = decide(TRIAL, "topic.assign", topic(), f.Assigned(unit="u", not_before=FULL))
    assert isinstance(given, Stay) and given.tally == {"unit": "u", "not_before": UNTIL}
    at_once = decide(PLAIN, "topic.assign", topic(), f.Assigned(unit="u"))
    assert isinstance(at_once, Stay) and at_once.tally == {"unit": "u"}


def test_a_trial_is_not_done_before_its_days_are_over() -> None:
    on_trial = topic(unit="u", not_before=UNTIL)
    done = ACTS[StageKind.CARRY_OUT]["topic.report_done"]
    facts = f.CarriedOut(done=True, words="没有断过", attached=frozenset())
    just_before = datetime(2026, 6, 9, 15, 59, 59, tzinfo=UTC)
    assert done(TRIAL, on_trial, facts, just_before) == Refusal(
        "trial_runs", UNTIL, "2026-06-09T15:59:59+00:00", "moment", "ours：一个季度"
    )
    assert said(done(TRIAL, on_trial, facts, FULL)) == "topic.done"


def test_that_a_trial_fails_is_said_at_any_time() -> None:
    on_trial = topic(unit="u", not_before=UNTIL)
    broken = f.CarriedOut(done=False, words="后厨漏水，停了")
    assert said(decide(TRIAL, "topic.report_failed", on_trial, broken)) == "topic.failed"


# Parts


@pytest.mark.parametrize(
    ("tally", "facts", "code"),
    [
        ({"unit": "u"}, f.Called(unit="v", words="断电"), "topic.unit_called"),
        ({"unit": "u"}, f.Called(unit="v", words="断电", until_at=DUE), "topic.unit_called"),
        ({}, f.Called(unit="v", words="断电"), "not_assigned"),
        ({"unit": "u"}, f.Called(unit="v", words="  "), "words_missing"),
        ({"unit": "u"}, f.Called(unit="u", words="断电"), "already_called"),
        ({"unit": "u", "parts": {"v": "done"}}, f.Called(unit="v", words="电"), "already_called"),
        ({"unit": "u"}, f.Called(unit="v", words="断电", until_at=NOW), "part_too_late"),
        (
            {"unit": "u"},
            f.Called(unit="v", words="断电", until_at=DUE + timedelta(microseconds=1)),
            "part_too_late",
        ),
    ],
)  # fmt: skip
def test_a_unit_is_called_for_a_part(tally: dict[str, object], facts: f.Called, code: str) -> None:
    assert said(decide(PLAIN, "topic.call_unit", topic(**tally), facts)) == code


@pytest.mark.parametrize(
    ("state", "facts", "code"),
    [
        ("called", f.CallAnswered(unit="v", yes=True), "topic.call_taken"),
        ("called", f.CallAnswered(unit="v", yes=False, words="没有电工"), "topic.call_declined"),
        ("called", f.CallAnswered(unit="v", yes=False), "words_missing"),
        ("taken", f.CallAnswered(unit="v", yes=True), "call_answered"),
        ("declined", f.CallAnswered(unit="v", yes=True), "call_answered"),
        ("called", f.CallAnswered(unit="w", yes=True), "part_unknown"),
    ],
)
def test_a_call_is_answered_once(state: str, facts: f.CallAnswered, code: str) -> None:
    at = topic(unit="u", parts={"v": state})
    assert said(decide(PLAIN, "topic.answer_call", at, facts)) == code


@pytest.mark.parametrize(
    ("state", "facts", "code"),
    [
        ("taken", f.PartReported(unit="v", done=True, words="好", proof=True), "topic.part_done"),
        ("taken", f.PartReported(unit="v", done=True, words="已断电"), "proof_missing"),
        ("taken", f.PartReported(unit="v", done=True, words="", proof=True), "words_missing"),
        ("taken", f.PartReported(unit="v", done=False, words="井下有水"), "topic.part_failed"),
        ("called", f.PartReported(unit="v", done=True, words="好", proof=True), "part_not_taken"),
        ("done", f.PartReported(unit="v", done=True, words="好", proof=True), "part_over"),
        ("taken", f.PartReported(unit="w", done=True, words="好", proof=True), "part_unknown"),
    ],
)  # fmt: skip
def test_a_part_is_reported_with_its_proof(state: str, facts: f.PartReported, code: str) -> None:
    at = topic(unit="u", parts={"v": state})
    assert said(decide(PLAIN, "topic.report_task", at, facts)) == code


@pytest.mark.parametrize(
    ("parts", "excused", "code"),
    [
        ({}, False, "topic.done"),
        ({"v": "done", "w": "failed", "x": "declined"}, False, "topic.done"),
        ({"v": "done", "w": "taken"}, False, "parts_open"),
        ({"v": "called"}, False, "parts_open"),
        ({"v": "called"}, True, "topic.done"),
    ],
)
def test_the_lead_is_not_done_while_a_part_is_open_unless_it_says_why(
    parts: dict[str, str], excused: bool, code: str
) -> None:
    facts = f.CarriedOut(done=True, words="修好了", excused=excused)
    answer = decide(PLAIN, "topic.report_done", topic(unit="u", parts=parts), facts)
    assert said(answer) == code
    if code == "parts_open":
        assert answer == Refusal("parts_open", 0, 1, "part", "norms.md §1 Lead is responsible")


# Looking on


def test_it_is_done_only_once_both_committees_have_looked() -> None:
    done = f.CarriedOut(done=True, words="修好了")
    at = topic(unit="u")
    for seen in ((), (WATCH[1],), WATCH):
        answer = decide(CARRY, "topic.report_done", at, done)
        if len(seen) == 2:
            break
        body = WATCH[1] if not seen else WATCH[0]
        looked = decide(CARRY, "topic.watch", at, f.Watched(body=body, words="看了"))
        assert isinstance(looked, Stay)
        assert said(answer) == "watch_missing"
        at = replace(at, tally=looked.tally)
    answer = decide(CARRY, "topic.report_done", at, done)
    assert isinstance(answer, Leave) and answer.edge is Edge.PASS


def test_what_is_missing_names_who_has_looked() -> None:
    at = topic(unit="u", watched=[WATCH[1].value])
    answer = decide(CARRY, "topic.report_done", at, f.CarriedOut(done=True, words="修好了"))
    assert answer == Refusal("watch_missing", WATCH, (WATCH[1],), "body", "here")


def test_it_may_fail_without_anybody_having_looked() -> None:
    answer = decide(
        CARRY, "topic.report_failed", topic(unit="u"), f.CarriedOut(done=False, words="缺手续")
    )
    assert said(answer) == "topic.failed"


@pytest.mark.parametrize(
    ("stage", "tally", "facts", "code"),
    [
        (CARRY, {"unit": "u"}, f.Watched(body=WATCH[0], words="在装"), "topic.watched"),
        (CARRY, {"unit": "u"}, f.Watched(body=B.ADVISERS, words="在装"), "not_watching"),
        (PLAIN, {"unit": "u"}, f.Watched(body=WATCH[0], words="在装"), "not_watching"),
        (CARRY, {}, f.Watched(body=WATCH[0], words="在装"), "not_assigned"),
        (CARRY, {"unit": "u"}, f.Watched(body=WATCH[0], words=""), "words_missing"),
    ],
)
def test_who_looks_on(stage: Stage, tally: dict[str, object], facts: f.Watched, code: str) -> None:
    assert said(decide(stage, "topic.watch", topic(**tally), facts)) == code


# Calling back


@pytest.mark.parametrize(
    ("score", "words", "reached", "code"),
    [
        ("satisfied", "", 1, "topic.called_back"),
        ("basically", "", 1, "topic.called_back"),
        ("dissatisfied", "太吵", 1, "topic.called_back"),
        ("dissatisfied", "", 0, "words_missing"),
        ("unreached", "", 0, "topic.called_back"),
        ("great", "", 0, "score_unknown"),
    ],
)
def test_only_who_was_reached_counts(score: str, words: str, reached: int, code: str) -> None:
    answer = decide(ACCEPT, "topic.call_back", topic(), f.CalledBack(score=score, words=words))
    assert said(answer) == code
    if isinstance(answer, Stay):
        assert answer.tally == {"reached": reached}


@pytest.mark.parametrize(("reached", "code"), [(3, "topic.inspected"), (2, "calls_few")])
def test_it_is_accepted_with_enough_reached_and_not_with_one_below(reached: int, code: str) -> None:
    facts = f.Inspected(inspectors=4, fit=True, words="看过了")
    answer = decide(ACCEPT, "topic.accept", topic(reached=reached), facts)
    assert said(answer) == code
    if isinstance(answer, Refusal):
        assert answer == Refusal("calls_few", 3, 2, "people", "H12")


# Scoring


@pytest.mark.parametrize(
    ("by_account", "typed", "code", "edge"),
    [
        ((8, 0, 0), (0, 0, 2), "topic.appraised", Edge.PASS),
        ((7, 0, 1), (0, 0, 2), "topic.appraised", Edge.FAIL),
        ((0, 0, 0), (5, 3, 2), "topic.appraised", Edge.PASS),
        ((5, 0, 0), (4, 0, 0), "scores_few", None),
        ((5, 0, 0), (0, -1, 6), "votes_wrong", None),
    ],
)
def test_scores_from_accounts_and_from_sheets_are_one_sum(
    by_account: tuple[int, int, int], typed: tuple[int, int, int], code: str, edge: Edge | None
) -> None:
    at = topic(**dict(zip(("satisfied", "basically", "dissatisfied"), by_account, strict=True)))
    facts = f.Appraised(
        satisfied=typed[0], basically=typed[1], dissatisfied=typed[2], attached=frozenset(Paper)
    )
    answer = decide(APPRAISE, "topic.appraise", at, facts)
    assert said(answer) == code
    if isinstance(answer, Leave):
        assert answer.edge is edge
        assert answer.event.facts["by_account"] == sum(by_account)


def test_a_score_is_counted_and_what_was_said_is_not_told() -> None:
    answer = decide(APPRAISE, "topic.score", topic(basically=2), f.Scored(score="basically"))
    assert isinstance(answer, Stay)
    assert answer.tally == {"basically": 3}
    assert answer.event.facts == {"stage": "here", "no": 1}
    assert (
        said(decide(APPRAISE, "topic.score", topic(), f.Scored(score="unreached")))
        == "score_unknown"
    )
