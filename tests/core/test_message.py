"""When a message leaves the house: quiet hours, a digest instead of many, an hour that waits for
nothing. Times of day are Shanghai's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from yishi.core.message import (
    MessageChannel,
    Sending,
    Waiting,
    mask_address,
    plan,
    read_address,
    retry_after,
)
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import message_rules
from yishi.rulebook.shipped import shipped_bundle

ZONE = ZoneInfo("Asia/Shanghai")
RULES = message_rules(shipped_bundle("messages", "standard"))
HOURS = timedelta(hours=1)
ANSWERED, URGENT = "case.answered", "staff.urgent"


def at(clock: str, day: int = 11) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), tzinfo=ZONE)


def test_what_we_ship() -> None:
    assert (RULES.quiet_from, RULES.quiet_to) == (time(21), time(8))
    assert (RULES.most, RULES.within) == (2, HOURS)
    assert (RULES.morning, RULES.longest_wait) == (time(8, 30), 4 * HOURS)
    assert RULES.at_any_hour == {URGENT}
    marks = {"vote.marked", "vote.replaced", "vote.unmarked"}
    sms = {"case.refused", "case.answered", *marks, URGENT}
    assert RULES.by_default[MessageChannel.SMS] == sms


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at("20:59:59"), at("20:59:59")),
        (at("21:00"), at("08:00", 12)),
        (at("23:59:59"), at("08:00", 12)),
        (at("00:00", 12), at("08:00", 12)),
        (at("07:59:59", 12), at("08:00", 12)),
        (at("08:00", 12), at("08:00", 12)),
        (at("12:00"), at("12:00")),
    ],
)
def test_quiet_hours_begin_at_21_and_are_over_at_8(now: datetime, goes: datetime) -> None:
    assert RULES.loud_from(now, ZONE) == goes
    assert plan([Waiting(1, ANSWERED)], [], RULES, ZONE, now) == (Sending((1,), goes),)
    assert plan([Waiting(1, URGENT)], [], RULES, ZONE, now) == (Sending((1,), now),)


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = RULES.__class__(**{**vars(RULES), "quiet_from": time(12), "quiet_to": time(14)})
    assert noon.loud_from(at("11:59"), ZONE) == at("11:59")
    assert noon.loud_from(at("12:00"), ZONE) == at("14:00")
    assert noon.loud_from(at("14:00"), ZONE) == at("14:00")


TEN = at("10:00")
DIGESTS: tuple[tuple[list[int], list[datetime], list[tuple[tuple[int, ...], str]]], ...] = (
    # waiting, moments of earlier sendings, what is planned at 10:00
    ([1], [], [((1,), "10:00")]),
    ([1, 2], [], [((1,), "10:00"), ((2,), "10:00")]),
    ([1, 2, 3], [], [((1, 2, 3), "10:00")]),
    ([3], [at("09:30")], [((3,), "10:00")]),
    ([3, 4], [at("09:30")], [((3, 4), "10:00")]),
    ([3], [at("09:10"), at("09:30")], [((3,), "10:10")]),
    ([3, 4, 5], [at("09:10"), at("09:30")], [((3, 4, 5), "10:10")]),
    ([3], [at("09:00"), at("09:30")], [((3,), "10:00")]),
    ([3], [at("09:00:01"), at("09:30")], [((3,), "10:00:01")]),
    ([], [], []),
)


@pytest.mark.parametrize(("waiting", "sent", "planned"), DIGESTS)
def test_two_in_an_hour_then_one_for_all_that_wait(
    waiting: list[int], sent: list[datetime], planned: list[tuple[tuple[int, ...], str]]
) -> None:
    found = plan([Waiting(id, ANSWERED) for id in waiting], sent, RULES, ZONE, TEN)
    assert found == tuple(Sending(ids, at(clock)) for ids, clock in planned)


def test_what_waits_in_the_night_is_one_in_the_morning() -> None:
    night = [Waiting(id, ANSWERED) for id in range(5)]
    assert plan(night, [at("20:50")], RULES, ZONE, at("22:00")) == (
        Sending((0, 1, 2, 3, 4), at("08:00", 12)),
    )


def test_a_digest_never_ends_in_the_quiet_hours() -> None:
    sent = [at("20:30"), at("20:40")]
    assert plan([Waiting(1, ANSWERED)], sent, RULES, ZONE, at("20:50")) == (
        Sending((1,), at("08:00", 12)),
    )


def test_what_is_urgent_waits_for_no_digest_and_for_no_dead_channel() -> None:
    both = [Waiting(1, ANSWERED), Waiting(2, URGENT)]
    found = plan(both, [TEN, TEN], RULES, ZONE, TEN, blocked_until=at("10:04"))
    assert found == (Sending((2,), TEN), Sending((1,), at("11:00")))


def test_behind_a_sending_that_failed_the_rest_waits_for_its_next_try() -> None:
    found = plan([Waiting(1, ANSWERED)], [], RULES, ZONE, TEN, blocked_until=at("10:04"))
    assert found == (Sending((1,), at("10:04")),)


def test_never_more_than_two_sendings_in_any_hour_and_nobody_waits_longer() -> None:
    sent: list[datetime] = []
    waiting: list[tuple[int, datetime]] = []
    for minute in range(0, 600, 7):
        now = at("09:00") + timedelta(minutes=minute)
        waiting.append((minute, now))
        for sending in plan([Waiting(i, ANSWERED) for i, _ in waiting], sent, RULES, ZONE, now):
            if sending.at <= now:
                sent.append(now)
                assert all(now - since <= HOURS for i, since in waiting if i in sending.messages)
                waiting = [pair for pair in waiting if pair[0] not in sending.messages]
    assert all(third - first >= HOURS for first, third in zip(sent, sent[2:], strict=False))


@pytest.mark.parametrize(
    ("template", "wish", "goes"),
    [
        (ANSWERED, None, True),
        ("case.signed", None, False),
        ("case.signed", True, True),
        (ANSWERED, False, False),
    ],
)
def test_a_wish_is_stronger_than_what_is_usual(
    template: str, wish: bool | None, goes: bool
) -> None:
    assert RULES.wants(MessageChannel.SMS, template, wish) is goes


def test_a_failure_waits_twice_as_long_each_time_up_to_the_longest() -> None:
    minutes = [retry_after(tries, 4 * HOURS) // timedelta(minutes=1) for tries in range(1, 11)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]
    assert retry_after(10_000, 4 * HOURS) == 4 * HOURS


@pytest.mark.parametrize(
    ("channel", "typed", "read"),
    [
        ("email", " wang@example.cn ", "wang@example.cn"),
        ("email", "wang@example", None),
        ("email", "a@b.cn, c@d.cn", None),
        ("email", "a@b.cn\r\nBcc: c@d.cn", None),
        ("email", f"{'w' * 250}@b.cn", None),
        ("wecom", "zhang.san_01", "zhang.san_01"),
        ("wecom", "a|b", None),
        ("wecom", "@all", None),
        ("sms", "13800138000", None),
    ],
)
def test_an_address_is_one_address(channel: str, typed: str, read: str | None) -> None:
    found = read_address(MessageChannel(channel), typed)
    assert found == (read or Refusal("address_wrong", need=channel))


def test_an_address_is_shown_masked() -> None:
    assert mask_address("wang@example.cn") == "w***@example.cn"
    assert mask_address("zhangsan") == "z***"
    assert mask_address("") == ""
