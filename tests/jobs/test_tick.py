"""Everything with a date happens by itself, once, and one failure stops nothing else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tests.acts.test_whole_way import STARS, done, photo
from tests.acts.world import NOW, World
from yishi.acts import report, rule
from yishi.acts.case import closing, handling, intake, stretching
from yishi.acts.report import Words
from yishi.core.calendar import Year
from yishi.core.number import show_number
from yishi.core.person import SYSTEM
from yishi.jobs import tick as ticking
from yishi.jobs.deliver import deliver, wait
from yishi.jobs.tick import ASKED_KEPT, AUDIT_KEPT, Ticker, plan_daily, prune, sweep_daily
from yishi.records.files import file_path, store
from yishi.records.models import (
    Asked,
    Assignment,
    Audit,
    CalendarYear,
    Case,
    Clock,
    Entry,
    Message,
    Report,
    Request,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def filed(world: World, now: datetime = NOW) -> str:
    building = world.buildings["柳荫1栋"].uid
    return done(report.file(world.ask("王桂英", now), Words("井盖不见了", building=building))).uid


def dispatched(world: World) -> str:
    uid = filed(world)
    done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
    return uid


def rated(world: World) -> str:
    uid = dispatched(world)
    done(handling.sign(world.ask("城管小孙"), uid))
    done(handling.contact(world.ask("城管小孙"), uid, True, "已电话告知"))
    done(handling.submit_result(world.ask("城管小孙"), uid, "已换", [photo()], "水务无关"))
    done(closing.check(world.ask("网格员小陈"), uid, True, "井盖完好"))
    done(closing.answer(world.ask("城管小孙"), uid, "已换好"))
    own = Report.objects.get(links__case__uid=uid)
    done(report.rate(world.ask("王桂英"), own.uid, uid, True, "satisfied", STARS, ""))
    return uid


SIGNING = (
    # after dispatch, how many of the two units have signed by themselves
    (timedelta(0), 0),
    (2 * HOUR - timedelta(seconds=1), 0),
    (2 * HOUR, 2),
    (5 * DAY, 2),
)


@pytest.mark.parametrize(("later", "signed"), SIGNING)
def test_the_signing_limit_signs_by_itself(later: timedelta, signed: int, world: World) -> None:
    dispatched(world)
    assert Ticker().sign_overdue(NOW + later) == signed
    assert Ticker().sign_overdue(NOW + later) == 0
    assert Entry.objects.filter(code="case.signed_by_itself").count() == signed
    assert Assignment.objects.filter(signed_at=None).count() == 2 - signed


def test_a_unit_that_signed_is_left_alone(world: World) -> None:
    uid = dispatched(world)
    done(handling.sign(world.ask("城管小孙", NOW + HOUR), uid))
    assert Ticker().sign_overdue(NOW + 3 * HOUR) == 1
    unit = Entry.objects.get(code="case.signed_by_itself").params["unit"]
    assert unit == "区水务公司"


ARCHIVING = (
    # local midnight seven days after the 11th of March ends the span
    (datetime(2026, 3, 11, 1, 1, tzinfo=UTC), "called_back"),
    (datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC), "called_back"),
    (datetime(2026, 3, 18, 16, 0, tzinfo=UTC), "archived"),
)


@pytest.mark.parametrize(("now", "state"), ARCHIVING)
def test_a_finished_case_is_put_away_in_time(now: datetime, state: str, world: World) -> None:
    uid = rated(world)
    Ticker().archive(now)
    assert Case.objects.get(uid=uid).state == state


def test_clocks_that_waited_are_set_when_the_calendar_comes(world: World) -> None:
    CalendarYear.objects.filter(year=2026).delete()
    uid = filed(world)
    assert Clock.objects.get(case__uid=uid).state == "waits"
    ticker = Ticker()
    assert ticker.set_waiting_clocks(NOW) == 0
    year = Year(2026, "late", "notice", {date(2026, 5, 1): "劳动节"}, {})
    done(rule.load_calendar(world.ask(SYSTEM), year, "0" * 64))
    assert ticker.set_waiting_clocks(NOW) == 1
    assert ticker.set_waiting_clocks(NOW) == 0
    case = Case.objects.get(uid=uid)
    assert case.due_at == datetime(2026, 3, 12, 16, 0, tzinfo=UTC)


def test_a_message_goes_out_once_and_is_kept_as_sent(world: World) -> None:
    dispatched(world)
    assert deliver(NOW, 100) == 1
    assert deliver(NOW + HOUR, 100) == 0
    message = Message.objects.get()
    assert message.sent_at == NOW
    number = Report.objects.get().number
    assert message.text == (
        f"您反映的事（{show_number(number)}）已派给区城市管理局，最迟3月11日11:00前答复您。"
    )


def test_every_message_a_case_sends_has_words(world: World) -> None:
    uid = dispatched(world)
    Ticker().sign_overdue(NOW + 3 * HOUR)
    done(handling.contact(world.ask("城管小孙"), uid, True, "已告知"))
    done(handling.submit_result(world.ask("城管小孙"), uid, "已换", [photo()], "无关"))
    done(closing.check(world.ask("网格员小陈"), uid, True, "完好"))
    done(closing.answer(world.ask("城管小孙"), uid, "已换好"))
    own = Report.objects.get()
    done(report.rate(world.ask("王桂英"), own.uid, uid, False, "dissatisfied", STARS, "又没了"))
    other = filed(world)
    done(intake.accept(world.ask("分拨员老赵"), other, world.duties["楼道堆物"].uid))
    done(intake.set_aside(world.ask("分拨员老赵"), other, "涉及全楼"))
    done(intake.refuse(world.ask("分拨员老赵"), filed(world), "emergency"))
    count = Message.objects.count()
    assert deliver(NOW + DAY, 100) == count
    assert not Message.objects.filter(text="").exists()


def test_a_message_that_fails_waits_longer_each_time_and_stops_no_other(world: World) -> None:
    dispatched(world)
    dispatched(world)
    first, second = Message.objects.order_by("id")
    Message.objects.filter(pk=first.pk).update(channel="pigeon")
    assert deliver(NOW, 100) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.sent_at, first.tries, first.not_before) == (None, 1, NOW + wait(1))
    assert second.sent_at == NOW
    assert [wait(tries) for tries in (1, 2, 3, 12, 60)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
        timedelta(minutes=4),
        DAY,
        DAY,
    ]


def test_old_keys_and_old_audit_rows_go_and_younger_ones_stay(db: None) -> None:
    second = timedelta(seconds=1)
    for name, at in (("old", NOW - ASKED_KEPT - second), ("young", NOW - ASKED_KEPT)):
        Asked.objects.create(key=name, act="case.sign", result={}, at=at)
    for what, at in (("old", NOW - AUDIT_KEPT - second), ("young", NOW - AUDIT_KEPT)):
        Audit.objects.create(at=at, what=what, success=True)
    assert prune(NOW) == 2
    assert prune(NOW) == 0
    assert list(Asked.objects.values_list("key", flat=True)) == ["young"]
    assert list(Audit.objects.values_list("what", flat=True)) == ["young"]
    assert AUDIT_KEPT.days == 396


def test_orphans_are_swept_once_a_day(db: None, settings: Settings) -> None:
    name = store(b"nobody's", "image/jpeg").sha256
    now = datetime.now(UTC)
    assert sweep_daily(now) == 0
    assert sweep_daily(now + 2 * DAY) == 1
    assert not Path(file_path(name)).exists()
    late = store(b"another", "image/jpeg").sha256
    assert sweep_daily(now + 2 * DAY) == 0
    assert Path(file_path(late)).exists()


def test_sqlite_counts_its_tables_once_a_day(world: World) -> None:
    dispatched(world)
    if connection.vendor != "sqlite":
        assert plan_daily(NOW) == 0
        return
    assert [plan_daily(at) for at in (NOW, NOW + HOUR, NOW + DAY)] == [1, 0, 1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [Case._meta.db_table])
        assert cursor.fetchone()[0] > 0


def test_a_moved_clock_sweeps_nothing_young(db: None, settings: Settings) -> None:
    settings.YISHI_CLOCK_OFFSET_SECONDS = 100 * 86400
    name = store(b"just uploaded", "image/jpeg").sha256
    assert sweep_daily(datetime.now(UTC) + timedelta(days=100)) == 0
    assert Path(file_path(name)).exists()


def test_one_failure_stops_nothing_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dispatched(world)

    def broken(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(ticking, "deliver", broken)
    did = Ticker().tick(NOW + 3 * HOUR)
    assert did["deliver"] == -1
    assert did["sign"] == 2
    assert did["sequence"] == Entry.objects.count()


def test_a_stop_ends_the_tick_between_two_tasks(world: World) -> None:
    assert Ticker().tick(NOW, stopped=lambda: True) == {}


def test_a_row_that_is_always_refused_does_not_starve_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "BATCH", 1)
    blocked, free = dispatched(world), dispatched(world)
    Case.objects.filter(uid=blocked).update(state="archived")
    ticker = Ticker()
    assert sum(ticker.sign_overdue(NOW + 3 * HOUR) for _ in range(5)) == 2
    assert Case.objects.get(uid=free).state == "signed"


def test_what_was_suspended_goes_on_when_its_day_has_come(world: World) -> None:
    uid = dispatched(world)
    done(handling.sign(world.ask("城管小孙"), uid))
    until = NOW + 3 * DAY
    done(stretching.ask_suspension(world.ask("城管小孙"), uid, "season", until, "下雨不能施工"))
    request = Request.objects.get(case__uid=uid)
    done(stretching.decide_suspension(world.ask("分拨员老赵"), uid, request.uid, True))
    ticker = Ticker()
    assert ticker.tick(until - HOUR)["resume"] == 0
    assert Case.objects.get(uid=uid).state == "suspended"
    assert ticker.tick(until)["resume"] == 1
    assert Case.objects.get(uid=uid).state == "signed"
    last = Entry.objects.filter(subject_uid=uid).latest("id")
    assert (last.code, last.role) == ("case.resumed", "system")
    assert ticker.tick(until + HOUR)["resume"] == 0
