"""The committee's lot, look and opinion; findings on the record; the dated list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.test_case import TERMS, case, code
from yishi.core import finding, listed, oversight
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockState
from yishi.core.finding import Ground, OnRecord
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
POOL = tuple(f"2603000{n:04}" for n in range(40))


def test_the_worked_table() -> None:
    three = ("26030000001", "26030000002", "26030000003")
    assert oversight.draw(three, 2, "00ff") == ("26030000002", "26030000003")
    assert oversight.draw(three[:1], 2, "00ff") == ("26030000001",)


def test_who_knows_the_seed_and_the_pool_draws_the_same_again() -> None:
    drawn = oversight.draw(POOL, 5, "00ff")
    assert drawn == oversight.draw(tuple(reversed(POOL)), 5, "00ff")
    assert len(set(drawn)) == 5
    assert drawn != oversight.draw(POOL, 5, "00fe")


@pytest.mark.parametrize(("pool", "wanted", "drawn"), [(40, 5, 5), (5, 5, 5), (4, 5, 4), (1, 5, 1)])
def test_a_lot_draws_what_there_is_and_no_more(pool: int, wanted: int, drawn: int) -> None:
    said = oversight.sample(POOL[:pool], wanted, "00ff")
    assert isinstance(said, tuple)
    event, numbers = said
    assert (len(numbers), event.facts["pool"], event.facts["drawn"]) == (drawn, pool, drawn)
    assert event.facts["pool_sha256"] == oversight.pool_digest(POOL[:pool])


def test_an_empty_pool_is_told() -> None:
    assert code(oversight.sample((), 5, "00ff")) == "nothing_to_draw"


def test_every_number_is_drawn_about_as_often_as_any_other() -> None:
    counted = dict.fromkeys(POOL, 0)
    for seed in range(400):
        for number in oversight.draw(POOL, 5, f"{seed:x}"):
            counted[number] += 1
    assert sum(counted.values()) == 2000
    assert all(25 < times < 80 for times in counted.values())


@pytest.mark.parametrize(
    ("way", "found", "words", "looked", "answer"),
    [
        ("phone", "as_said", "", False, "yes"),
        ("on_site", "partly", "还差一块", False, "yes"),
        ("survey", "not", " ", False, "look_words_missing"),
        ("survey", "partly", "", False, "look_words_missing"),
        ("letter", "as_said", "", False, "way_unknown"),
        ("phone", "well", "", False, "found_unknown"),
        ("phone", "as_said", "", True, "already_looked"),
    ],
)
def test_a_look_says_how_and_what(
    way: str, found: str, words: str, looked: bool, answer: str
) -> None:
    assert code(oversight.inspect(way, found, words, looked=looked, number="n")) == answer


def test_an_opinion_goes_to_a_body_of_the_place_with_words() -> None:
    write = oversight.write_opinion
    assert code(write("请整改", handles=True, unit="城管局", number="")) == "yes"
    assert code(write(" ", handles=True, unit="城管局", number="")) == "opinion_missing"
    assert code(write("请整改", handles=False, unit="外地", number="")) == "body_elsewhere"
    assert code(oversight.reply("已整改", replied=False)) == "yes"
    assert code(oversight.reply("", replied=False)) == "reply_missing"
    assert code(oversight.reply("已整改", replied=True)) == "already_replied"


@pytest.mark.parametrize(
    ("found", "breach", "answer"),
    [
        (OnRecord(), "untrue", "no_breach"),
        (OnRecord(late=1), "late", "yes"),
        (OnRecord(dissatisfied=2), "late", "no_breach"),
        (OnRecord(returned=1), "pushed", "no_breach"),
        (OnRecord(returned=2), "pushed", "yes"),
        (OnRecord(late=3), "pushed", "no_breach"),
        (OnRecord(dissatisfied=1), "manner", "yes"),
        (OnRecord(checks_failed=1), "untrue", "yes"),
        (OnRecord(looked=1), "untrue", "yes"),
        (OnRecord(opinions=1), "promise", "yes"),
        (OnRecord(late=1), "rudeness", "breach_unknown"),
        (None, "late", "no_part"),
    ],
)
def test_a_finding_rests_on_the_record(found: OnRecord | None, breach: str, answer: str) -> None:
    held = case(CaseState.HANDLING)
    assert code(finding.record(held, "城管局", breach, "应当追究", found, TERMS)) == answer


def test_a_finding_changes_no_state_and_names_its_grounds() -> None:
    held, found = case(CaseState.ARCHIVED), OnRecord(late=1, dissatisfied=1)
    said = finding.record(held, "城管局", "promise", "没有兑现", found, TERMS)
    assert not isinstance(said, Refusal)
    assert (said.state, said.event.facts) == (CaseState.ARCHIVED, {"breach": "promise"})
    assert said.event.params["grounds"] == ["late", "dissatisfied"]
    assert code(finding.record(held, "城管局", "late", " ", found, TERMS)) == "finding_missing"


def test_a_refused_finding_says_what_it_would_need() -> None:
    said = finding.record(case(CaseState.HANDLING), "局", "late", "词", OnRecord(opinions=1), TERMS)
    assert said == Refusal(
        "no_breach", ("late",), (Ground.OPINION,), "ground", "norms.md §1 责任追究"
    )


@pytest.mark.parametrize(
    ("state", "ended", "paused", "ran_out"),
    [
        (ClockState.RUNNING, None, None, True),
        (ClockState.DONE, -HOUR, None, False),
        (ClockState.DONE, 0 * HOUR, None, True),
        (ClockState.HELD, HOUR, None, True),
        (ClockState.STOPPED, -HOUR, None, False),
        (ClockState.PAUSED, None, -HOUR, False),
        (ClockState.PAUSED, None, HOUR, True),
    ],
)
def test_a_clock_ran_out_where_its_due_moment_was_reached_while_it_ran(
    state: ClockState, ended: timedelta | None, paused: timedelta | None, ran_out: bool
) -> None:
    due_at = NOW - 2 * HOUR
    moments = [due_at + gap if gap is not None else None for gap in (ended, paused)]
    assert finding.ran_out(state, due_at, moments[0], moments[1], NOW) is ran_out
    assert finding.ran_out(state, None, moments[0], moments[1], NOW) is False


@pytest.mark.parametrize(
    ("title", "due_on", "handles", "personal", "answer"),
    [
        ("三单元路灯不亮", date(2026, 3, 11), True, False, "yes"),
        ("三单元路灯不亮", date(2026, 3, 10), True, False, "due_past"),
        ("三单元路灯不亮", date(2031, 3, 15), True, False, "yes"),
        ("三单元路灯不亮", date(2031, 3, 16), True, False, "due_far"),
        ("三单元路灯不亮", date.max, True, False, "due_far"),
        (" ", date(2026, 3, 12), True, False, "title_missing"),
        ("灯" * 80, date(2026, 3, 12), True, False, "yes"),
        ("灯" * 81, date(2026, 3, 12), True, False, "title_too_long"),
        ("请联系 13800000001", date(2026, 3, 12), True, True, "title_personal"),
        ("三单元路灯不亮", date(2026, 3, 12), False, False, "body_elsewhere"),
    ],
)
def test_an_entry_has_a_title_a_body_and_a_day(
    title: str, due_on: date, handles: bool, personal: bool, answer: str
) -> None:
    today = date(2026, 3, 11)
    said = listed.open_entry(
        "26030000001", title, "物业", due_on, today, handles=handles, personal=personal
    )
    assert code(said) == answer


@pytest.mark.parametrize(
    ("words", "done", "closed", "answer"),
    [
        ("已修好", False, False, "yes"),
        (" ", False, False, "done_missing"),
        ("已修好", True, False, "already_done"),
        ("已修好", False, True, "listed_closed"),
    ],
)
def test_done_is_reported_once(words: str, done: bool, closed: bool, answer: str) -> None:
    assert code(listed.report_done(words, done=done, closed=closed)) == answer


@pytest.mark.parametrize(
    ("settled", "words", "done", "closed", "answer"),
    [
        (True, "看过，亮了", True, False, "listed.closed"),
        (False, "还是不亮", True, False, "listed.sent_back"),
        (True, "", True, False, "seen_missing"),
        (True, "看过", False, False, "not_done_yet"),
        (True, "看过", True, True, "listed_closed"),
    ],
)
def test_an_entry_is_closed_or_sent_back_by_what_was_seen(
    settled: bool, words: str, done: bool, closed: bool, answer: str
) -> None:
    said = listed.close(settled, words, done=done, closed=closed)
    assert (said.code if isinstance(said, Event) else code(said)) == answer
