"""秒回: which matters a text answers, and who may put it in force for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.core.test_case import CHANNELS, FILING, NOW, STARS, TERMS, case, clock, code, yes
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import closing, intake, unsolved
from yishi.core.case.state import CaseState as S
from yishi.core.clock import ClockKind as K
from yishi.core.clock import ClockState
from yishi.core.instant import Approved, AtOnce, Drafted, choose, decide, draft, end, standing
from yishi.rulebook.kinds import instant_rules
from yishi.rulebook.shipped import shipped_bundle

RULES = instant_rules(shipped_bundle("instant", "standard"))
LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 2, tzinfo=UTC)
UNTIL = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)


def text(name: str, *words: str, depth: int = 2, decided_at: datetime = LONG_AGO) -> Approved:
    """A text in force; `depth` 1 district, 2 sub-district, 3 community."""
    return Approved(int(name[1:]), name, "停水通知", "今晚恢复", words, depth, decided_at)


WATER = text("t1", "停水", "没水", "水+停了")
REFUSE = text("t2", "垃圾车", "收垃圾")
BILLS = text("t3", "停水", "-水费", "-抄表")


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("家里停水了，什么时候来", True),
        ("家里 停 水 了！！", True),
        ("家里停-水", True),
        ("水怎么又停了", True),
        ("停了三天的水", True),
        ("停电了", False),
        ("水压不足", False),
        ("", False),
        ("停水" + "，请尽快" * 49, True),
        ("停水" + "，请尽快" * 50, False),
        ("停水了，还有煤气味", False),
        ("停水了，老人晕 倒了", False),
    ],
)  # fmt: skip
def test_a_text_answers_what_says_its_topic_and_leaves_danger_and_long_stories_to_people(
    words: str, answered: bool
) -> None:
    assert choose(words, "complaint", [WATER], RULES) == (WATER if answered else None)


@pytest.mark.parametrize(
    ("nature", "answered"),
    [("complaint", True), ("consult", True), ("help", True), ("suggestion", True),
     ("thanks", False), ("mood", False)],
)  # fmt: skip
def test_only_some_natures_are_answered_by_a_text(nature: str, answered: bool) -> None:
    assert bool(choose("停水了", nature, [WATER], RULES)) is answered


NEARER = text("t4", "停水", depth=3)
NEWER = text("t5", "停水", decided_at=LATER)


@pytest.mark.parametrize(
    ("texts", "words", "chosen"),
    [
        ([WATER, NEARER], "停水了", NEARER),
        ([NEARER, NEWER], "停水了", NEARER),
        ([WATER, NEWER], "停水了", NEWER),
        ([NEWER, WATER], "停水了", NEWER),
        ([WATER, REFUSE], "停水了", WATER),
        ([WATER, REFUSE], "停水了，垃圾车也没来", None),
        ([NEARER, REFUSE], "停水了，垃圾车也没来", None),
        ([BILLS], "停水了", BILLS),
        ([BILLS], "水费交了怎么停水", None),
        ([BILLS, WATER], "水费交了怎么停水", WATER),
        ([], "停水了", None),
    ],
)
def test_of_several_texts_the_nearest_then_the_newest_and_none_for_two_topics(
    texts: list[Approved], words: str, chosen: Approved | None
) -> None:
    assert choose(words, "complaint", texts, RULES) == chosen


@pytest.mark.parametrize(
    ("state", "until_at", "stands"),
    [
        ("draft", NOW - timedelta(days=1), "draft"),
        ("approved", NOW + timedelta(microseconds=1), "in_force"),
        ("approved", NOW, "expired"),
        ("refused", UNTIL, "refused"),
        ("ended", UNTIL, "ended"),
    ],
)
def test_the_moment_a_text_expires_is_exclusive(
    state: str, until_at: datetime, stands: str
) -> None:
    assert standing(state, until_at, NOW) == stands


DRAFT = Drafted("停水通知", "今晚恢复", ("停水",), UNTIL)
FURTHEST = NOW + timedelta(days=90)


@pytest.mark.parametrize(
    ("drafted", "answer"),
    [
        (DRAFT, "instant.drafted"),
        (replace(DRAFT, title=" "), "instant_title_missing"),
        (replace(DRAFT, title="长" * 80), "instant.drafted"),
        (replace(DRAFT, title="长" * 81), "title_too_long"),
        (replace(DRAFT, answer=" "), "answer_missing"),
        (replace(DRAFT, answer="长" * 500), "instant.drafted"),
        (replace(DRAFT, answer="长" * 501), "words_too_long"),
        (replace(DRAFT, words=()), "instant_words_missing"),
        (replace(DRAFT, words=("-水费",)), "instant_words_missing"),
        (replace(DRAFT, words=tuple(f"停水{n}" for n in range(20))), "instant.drafted"),
        (replace(DRAFT, words=tuple(f"停水{n}" for n in range(21))), "instant_words_many"),
        (replace(DRAFT, words=("水",)), "instant_word_short"),
        (replace(DRAFT, words=("水！",)), "instant_word_short"),
        (replace(DRAFT, words=("停水", "-费")), "instant_word_short"),
        (replace(DRAFT, words=("水+停",)), "instant.drafted"),
        (replace(DRAFT, words=("停水+",)), "instant_word_short"),
        (replace(DRAFT, until_at=NOW), "instant_past"),
        (replace(DRAFT, until_at=NOW + timedelta(minutes=1)), "instant.drafted"),
        (replace(DRAFT, until_at=FURTHEST), "instant.drafted"),
        (replace(DRAFT, until_at=FURTHEST + timedelta(minutes=1)), "instant_far"),
    ],
)
def test_a_draft_is_taken_or_told_the_first_thing_it_lacks(drafted: Drafted, answer: str) -> None:
    assert draft(drafted, FURTHEST, RULES, NOW).code == answer


@pytest.mark.parametrize(
    ("state", "until_at", "why", "approved", "answer"),
    [
        ("draft", UNTIL, "", True, "instant.approved"),
        ("draft", NOW, "", True, "instant_past"),
        ("draft", NOW, "说得不准", False, "instant.refused"),
        ("draft", UNTIL, " ", False, "why_missing"),
        ("approved", UNTIL, "", True, "instant_decided"),
        ("refused", UNTIL, "不妥", False, "instant_decided"),
        ("ended", UNTIL, "", True, "instant_decided"),
    ],
)
def test_a_draft_is_decided_on_once(
    state: str, until_at: datetime, why: str, approved: bool, answer: str
) -> None:
    assert decide(state, "停水通知", until_at, why, NOW, approved=approved).code == answer


@pytest.mark.parametrize(
    ("state", "until_at", "why", "answer"),
    [
        ("approved", UNTIL, "已恢复供水", "instant.ended"),
        ("approved", UNTIL, "", "why_missing"),
        ("approved", NOW, "已恢复供水", "instant_over"),
        ("draft", UNTIL, "写错了", "instant.ended"),
        ("refused", UNTIL, "写错了", "instant_over"),
        ("ended", UNTIL, "写错了", "instant_over"),
    ],
)
def test_a_text_is_ended_while_it_is_sent_or_still_a_draft(
    state: str, until_at: datetime, why: str, answer: str
) -> None:
    assert end(state, "停水通知", until_at, why, NOW).code == answer


AT_ONCE = AtOnce(WATER, RULES.silent)


def test_a_matter_that_a_text_answers_is_answered_and_its_intake_clock_held() -> None:
    filed = yes(intake.file(FILING, TERMS, NOW, CHANNELS, AT_ONCE))
    assert (filed.state, filed.part, filed.event.code) == (S.ANSWERED, "raised", "report.filed")
    assert filed.event.facts["instant"] == "t1"
    assert [(s.clock.kind, s.clock.state, s.clock.started_at) for s in filed.starts] == [
        (K.INTAKE, ClockState.HELD, NOW),
        (K.CALL_BACK, ClockState.RUNNING, NOW),
    ]
    assert filed.starts[1].clock.span == Span(3, SpanKind.DAY)


def at_once(**more: object) -> object:
    """A matter as a text answered it: its intake clock held, the resident's word waited for."""
    intake = replace(clock(K.INTAKE), state=ClockState.HELD, due_at=NOW + timedelta(hours=2))
    waits = replace(clock(K.CALL_BACK), due_at=NOW + timedelta(days=3))
    return case(S.ANSWERED, works=(), clocks=(intake, waits), **more)


@pytest.mark.parametrize("by_resident", [True, False])
def test_still_unsolved_goes_to_the_queue_with_the_clock_from_filing(by_resident: bool) -> None:
    said = yes(unsolved.still_unsolved(at_once(), "", TERMS, NOW, by_resident=by_resident))  # type: ignore[arg-type]
    assert said.state == S.SUBMITTED
    assert [(s.uid, s.state, s.timing) for s in said.sets] == [
        ("intake", ClockState.RUNNING, None),
        ("call_back", ClockState.STOPPED, None),
    ]
    assert said.starts == ()
    assert {"answered_at": None, "attempts": 0} in [c.values for c in said.changes]


def test_a_rating_that_is_not_content_does_the_same_and_orders_nobody() -> None:
    rating = closing.Rating("r1", False, "dissatisfied", STARS)
    said = yes(closing.call_back(at_once(), rating, TERMS, NOW, by_resident=True))  # type: ignore[arg-type]
    assert (said.state, said.event.code) == (S.SUBMITTED, "report.rated_unsolved")
    assert [(s.uid, s.state) for s in said.sets] == [
        ("intake", ClockState.RUNNING),
        ("call_back", ClockState.DONE),
    ]
    assert said.starts == ()


def test_a_rating_that_is_content_ends_both_clocks() -> None:
    rating = closing.Rating("r1", True, "satisfied", STARS)
    said = yes(closing.call_back(at_once(), rating, TERMS, NOW, by_resident=True))  # type: ignore[arg-type]
    assert said.state == S.CALLED_BACK
    assert {(s.uid, s.state) for s in said.sets} == {
        ("intake", ClockState.DONE),
        ("call_back", ClockState.DONE),
    }


@pytest.mark.parametrize(
    ("waited", "answer"),
    [
        (timedelta(), "still_waited"),
        (timedelta(days=3) - timedelta(microseconds=1), "still_waited"),
        (timedelta(days=3), "yes"),
    ],
)
def test_without_a_word_it_is_closed_once_the_days_are_over(waited: timedelta, answer: str) -> None:
    assert code(unsolved.close_silent(at_once(), NOW + waited)) == answer  # type: ignore[arg-type]


def test_what_people_answered_is_rated_and_not_called_still_unsolved() -> None:
    held = case(S.ANSWERED, clocks=(clock(K.CALL_BACK),))
    assert code(unsolved.still_unsolved(held, "", TERMS, NOW, by_resident=True)) == "not_instant"
    assert code(unsolved.close_silent(held, NOW)) == "not_instant"


def test_a_held_clock_that_waited_for_its_calendar_is_worked_out_from_filing() -> None:
    intake = replace(clock(K.INTAKE), state=ClockState.HELD)
    waits = replace(clock(K.CALL_BACK), due_at=NOW)
    held = case(S.ANSWERED, works=(), clocks=(intake, waits))
    said = yes(unsolved.still_unsolved(held, "", TERMS, NOW, by_resident=True))
    assert said.sets[0].timing is not None
    assert said.sets[0].timing.due_at == NOW + timedelta(hours=2)
