"""The message of the morning: once a working day to each who has something to do.

NOW is Wednesday, 11 March 2026, 09:00 in Shanghai; the adopted morning is 08:30.
"""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.acts.test_whole_way import done
from tests.acts.world import NOW, World
from yishi.acts import order, report
from yishi.acts.case import handling, intake
from yishi.acts.report import Words
from yishi.jobs.tick import Ticker
from yishi.phrases.message import say_message
from yishi.records.models import Adoption, CalendarYear, Message

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HALF_PAST_EIGHT = NOW - 30 * MINUTE


@pytest.fixture(autouse=True)
def fresh(db: None, settings: Settings) -> None:
    cache.clear()
    settings.YISHI_SENDERS = {}


def dispatched(world: World, now: datetime = NOW - DAY) -> str:
    building = world.buildings["柳荫1栋"].uid
    uid = done(report.file(world.ask("王桂英", now), Words("井盖不见了", building=building))).uid
    done(intake.dispatch(world.ask("分拨员老赵", now), uid, world.duties["楼道堆物"].uid))
    return uid


def told(world: World, who: str) -> list[str]:
    rows = Message.objects.filter(recipient=world.people[who], template="staff.morning")
    return [say_message(row.template, row.params) for row in rows.order_by("id")]


MORNINGS = (
    (HALF_PAST_EIGHT - MINUTE, 0),
    (HALF_PAST_EIGHT, 1),
    (NOW + 6 * HOUR, 1),
    (datetime.fromisoformat("2026-03-11T20:59:00+08:00"), 1),
    (datetime.fromisoformat("2026-03-11T21:00:00+08:00"), 0),
    # Saturday
    (NOW + 3 * DAY, 0),
)


@pytest.mark.parametrize(("now", "count"), MORNINGS)
def test_from_half_past_eight_on_a_working_day(now: datetime, count: int, world: World) -> None:
    dispatched(world)
    Ticker().tell_morning(now)
    assert len(told(world, "社区小周")) == count


def test_once_a_day_whatever_happens_and_again_the_next(world: World) -> None:
    dispatched(world)
    ticker = Ticker()
    assert ticker.tell_morning(HALF_PAST_EIGHT - MINUTE) == 0
    first = ticker.tell_morning(HALF_PAST_EIGHT)
    assert first > 0
    dispatched(world, NOW)
    assert ticker.tell_morning(NOW) == 0
    cache.clear()
    assert Ticker().tell_morning(NOW) == 0
    assert Ticker().tell_morning(NOW + DAY) >= first
    assert len(told(world, "社区小周")) == 2


def test_each_matter_counts_once_and_says_what_is_late(world: World) -> None:
    """Two to sign, of which one has an order too: two matters, both past the signing limit."""
    first, _ = dispatched(world), dispatched(world)
    done(order.issue(world.ask("督查员老冯", NOW - HOUR), first, "请抓紧"))
    Ticker().tell_morning(NOW)
    assert told(world, "社区小周") == ["今天有2件等您办：超期2件，今天到期0件。"]


def test_what_is_signed_and_due_today_or_later(world: World) -> None:
    uid = dispatched(world, NOW)
    done(handling.sign(world.ask("社区小周"), uid))
    Ticker().tell_morning(NOW)
    assert told(world, "社区小周") == ["今天有1件等您办：超期0件，今天到期0件。"]


def test_nobody_for_whom_nothing_waits_and_nobody_who_only_looks(world: World) -> None:
    dispatched(world)
    Ticker().tell_morning(NOW)
    mornings = Message.objects.filter(template="staff.morning")
    assert list(mornings.values_list("recipient__login", flat=True)) == ["社区小周"]


def test_not_where_it_is_not_adopted(world: World) -> None:
    Adoption.objects.filter(kind="messages").delete()
    dispatched(world)
    assert Ticker().tell_morning(NOW) == 0


def test_without_a_calendar_every_day_is_a_working_day(world: World) -> None:
    dispatched(world)
    CalendarYear.objects.all().delete()
    assert Ticker().tell_morning(NOW + 3 * DAY) > 0


def test_a_few_people_a_turn_until_all_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yishi.jobs import tick

    monkeypatch.setattr(tick, "STAFF_BATCH", 2)
    dispatched(world)
    ticker = Ticker()
    whole = sum(ticker.tell_morning(NOW) for _ in range(20))
    assert whole == Message.objects.filter(template="staff.morning").count() > 0
    assert len(told(world, "社区小周")) == 1
    assert ticker.tell_morning(NOW) == 0
