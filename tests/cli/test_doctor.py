"""The doctor says what is well, what is not, and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.acts.world import NOW, World, make_world
from yishi.acts import report
from yishi.acts.report import Words
from yishi.jobs.doctor import Health, look
from yishi.jobs.sequence import sequence
from yishi.phrases.operate import say_checked
from yishi.records.files import file_path, keep_file, store
from yishi.records.heartbeat import beat
from yishi.records.log import key_path, published
from yishi.records.models import CalendarYear, Case, Clock, Delivery, Entry, Message


@pytest.fixture
def world(db: None) -> World:
    """A healthy installation: sequenced, a worker alive, this year's and next year's calendar."""
    world = make_world()
    year = CalendarYear.objects.get(year=2026)
    year.pk, year.year = None, 2027
    year.save(force_insert=True)
    sequence()
    beat(NOW)
    return world


def bad(faults: tuple[str, ...] = (), later: timedelta = timedelta()) -> list[str]:
    found = list(look(NOW + later, list(faults)))
    for checked in found:
        assert say_checked(checked.code, checked.params)
    return [checked.code for checked in found if checked.health is Health.BAD]


def test_a_healthy_installation(world: World) -> None:
    assert bad() == []


def test_a_fault_in_the_settings_stands_first(world: World) -> None:
    assert bad(("Production needs YISHI_HOSTS.",)) == ["fault"]


def test_the_worker(world: World) -> None:
    assert bad(later=timedelta(minutes=5)) == ["worker_silent"]
    cache.clear()
    assert bad() == ["worker_never"]


def test_the_sequencer(world: World) -> None:
    building = world.buildings["柳荫1栋"].uid
    report.file(world.ask("王桂英"), Words("灯不亮", building=building))
    assert bad() == []
    beat(NOW + timedelta(minutes=10))
    assert bad(later=timedelta(minutes=10)) == ["unsequenced"]


def test_the_key_of_the_log(world: World) -> None:
    path = key_path()
    path.chmod(0o644)
    assert bad() == ["log_key_open"]
    path.unlink()
    assert bad() == ["log_key_missing"]
    path.write_text("no key at all")
    assert bad() == ["log_key_broken"]


def test_a_key_beside_the_log_that_is_not_ours(world: World) -> None:
    (published().folder / "key").write_text("yishi/log+00000000+nothing\n")
    assert bad() == ["log_key_broken"]


def test_the_data_key(world: World, settings: Settings) -> None:
    settings.YISHI_DATA_KEYS = {"other": bytes(32)}
    assert bad() == ["data_key_wrong"]


@pytest.mark.parametrize(
    ("year", "month_later", "found"),
    [
        (2026, 0, ["calendar_missing"]),
        (2027, 0, []),
        (2027, 8, []),
        (2027, 9, ["calendar_missing"]),
    ],
)
def test_calendars(year: int, month_later: int, found: list[str], world: World) -> None:
    CalendarYear.objects.filter(year=year).delete()
    moment = timedelta(days=30.5 * month_later)
    beat(NOW + moment)
    assert bad(later=moment) == found


def test_clocks_that_wait(world: World) -> None:
    CalendarYear.objects.all().delete()
    building = world.buildings["柳荫1栋"].uid
    report.file(world.ask("王桂英"), Words("灯不亮", building=building))
    sequence()
    assert Clock.objects.get().state == "waits"
    assert bad() == ["calendar_missing", "waiting"]


def test_messages_that_are_stuck(world: World) -> None:
    Message.objects.create(
        entry=Entry.objects.first(),
        recipient=world.people["王桂英"],
        channel="pigeon",
        template="case.signed",
        params={},
        not_before=NOW,
        tries=5,
    )
    assert bad() == ["stuck"]


def noted() -> list[str]:
    return [checked.code for checked in look(NOW, []) if checked.health is Health.NOTE]


def test_which_ways_out_are_set_up(world: World, settings: Settings) -> None:
    assert noted().count("channel_console") == 3
    settings.YISHI_SENDERS = {"sms": {"url": "https://sms.example.cn"}}
    assert [c.code for c in look(NOW, []) if c.code == "channel"] == ["channel"]
    settings.YISHI_SENDERS = {}
    assert noted() == ["channels_none"]


@pytest.mark.parametrize(
    ("set_up", "tries", "found"),
    [(True, 4, []), (True, 5, ["channel_stuck"]), (False, 0, ["channel_stuck"])],
)
def test_sendings_that_are_stuck(
    set_up: bool, tries: int, found: list[str], world: World, settings: Settings
) -> None:
    if not set_up:
        settings.YISHI_SENDERS = {}
    Delivery.objects.create(
        uid="stuck",
        person=world.people["王桂英"],
        channel="email",
        not_before=NOW,
        tries=tries,
        error="smtp 451",
    )
    assert bad() == found
    assert all(c.params["error"] == "smtp 451" for c in look(NOW, []) if c.code == "channel_stuck")


def test_files_that_are_gone(world: World) -> None:
    name = keep_file(store(b"a picture", "image/jpeg"), NOW).sha256
    assert bad() == []
    Path(file_path(name)).unlink()
    assert bad() == ["files_missing"]
    assert Case.objects.count() == 0
