"""Moments and clocks as people say them, seen from Wednesday 11 March 2026, 09:00."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from yishi.core.clock import ClockKind
from yishi.phrases.clock import say_by, say_clock, say_exact_by, say_span, say_when

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)


def local(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (local(3, 11, 9, 12), "今天09:12", "today 09:12"),
        (local(3, 11, 0), "今天00:00", "today 00:00"),
        (local(3, 10, 23, 59), "昨天23:59", "yesterday 23:59"),
        (local(3, 12, 0), "明天00:00", "tomorrow 00:00"),
        (local(3, 13, 17), "周五17:00", "Fri 17:00"),
        (local(3, 15, 17), "周日17:00", "Sun 17:00"),
        (local(3, 16, 17), "下周一17:00", "next Mon 17:00"),
        (local(3, 17, 17), "下周二17:00", "next Tue 17:00"),
        (local(3, 18, 17), "3月18日17:00", "18 Mar 17:00"),
        (local(3, 9, 17), "3月9日17:00", "9 Mar 17:00"),
        (local(12, 31, 8, year=2025), "2025年12月31日08:00", "31 Dec 2025 08:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: datetime, chinese: str, english: str) -> None:
    assert say_when(moment, NOW) == chinese
    with override("en"):
        assert say_when(moment, NOW) == english


@pytest.mark.parametrize(
    ("due_at", "said", "exact"),
    [
        (local(3, 12, 17), "明天17:00", "2026-03-12 17:00 前"),
        (local(3, 12, 0), "今天24:00", "2026-03-11 24:00 前"),
        (local(3, 14, 0), "周五24:00", "2026-03-13 24:00 前"),
        (local(4, 1, 0), "3月31日24:00", "2026-03-31 24:00 前"),
        (local(1, 1, 0, year=2027), "12月31日24:00", "2026-12-31 24:00 前"),
    ],
)
def test_an_exclusive_midnight_is_the_end_of_the_day_before(
    due_at: datetime, said: str, exact: str
) -> None:
    assert say_by(due_at, NOW) == said
    assert say_exact_by(due_at) == exact


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "1分钟"),
        (timedelta(seconds=59), "1分钟"),
        (timedelta(minutes=40, seconds=59), "40分钟"),
        (timedelta(hours=2), "2小时"),
        (timedelta(hours=2, minutes=20), "2小时20分"),
        (timedelta(hours=4, minutes=20), "4小时"),
        (timedelta(days=1), "1天"),
        (timedelta(days=1, hours=3, minutes=59), "1天3小时"),
        (timedelta(days=12, hours=3), "12天"),
    ],
)
def test_a_length_is_rounded_down_to_what_matters(length: timedelta, said: str) -> None:
    assert say_span(length) == said


AMBER = timedelta(hours=2)


@pytest.mark.parametrize(
    ("due_at", "words", "state"),
    [
        (NOW + timedelta(days=1, hours=3), "还剩1天3小时", "ok"),
        (NOW + timedelta(days=1), "还剩1天", "ok"),
        (local(3, 11, 18), "今天18:00前", "ok"),
        (local(3, 12, 0), "今天24:00前", "ok"),
        (NOW + timedelta(hours=4), "还剩4小时", "ok"),
        (NOW + AMBER, "还剩2小时", "soon"),
        (NOW + timedelta(minutes=1), "还剩1分钟", "soon"),
        (NOW, "超时1分钟", "late"),
        (NOW - timedelta(hours=2), "超时2小时", "late"),
        (NOW - timedelta(days=3, hours=1), "超时3天1小时", "late"),
    ],
)
def test_a_clock_says_what_is_left(due_at: datetime, words: str, state: str) -> None:
    clock = say_clock(due_at, due_at - AMBER, NOW)
    assert clock is not None
    assert (clock["words"], clock["state"]) == (words, state)


def test_a_clock_names_what_it_asks_for_and_draws_its_share() -> None:
    due_at = NOW + timedelta(hours=1)
    clock = say_clock(due_at, None, NOW, ClockKind.SIGN, NOW - timedelta(hours=1), "/c")
    assert clock == {
        "words": "签收 · 还剩1小时",
        "state": "ok",
        "share": 50,
        "exact": "2026-03-11 10:00 前",
        "href": "/c",
    }


def test_a_clock_without_a_calendar_waits_and_no_clock_is_none() -> None:
    clock = say_clock(None, None, NOW, ClockKind.HANDLE)
    assert clock is not None
    assert (clock["words"], clock["state"]) == ("办理 · 等待工作日历", "waiting")
    assert say_clock(None, None, NOW) is None
