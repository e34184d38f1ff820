"""What was dispatched is learned, kept without names, and made anew after an erasure."""

import json
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from pytest_django import Settings

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.acts.case import intake
from yishi.acts.door import Done
from yishi.assist.routing import Heard, Item
from yishi.jobs.suggest import rebuild_all
from yishi.records.models import Case, DutyRow, Entry, Report
from yishi.records.queries.duty import duty_choices
from yishi.records.queries.routing import HitRate, Routed, hit_rate, items_of
from yishi.records.queries.rule import today_of
from yishi.records.suggest import Learned, learned, name_of, path_of

WHO = "分拨员老赵"


@pytest.fixture
def desk(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: object
) -> Desk:
    settings.YISHI_VAR = tmp_path
    return Desk(world, at(monkeypatch))


def listed() -> list[Item]:
    return items_of([{**row} for row in DutyRow.objects.values()])


def index(desk: Desk) -> Learned:
    return learned(listed(), today_of(desk.now))


def suggested(desk: Desk, words: str) -> list[Routed]:
    case = desk.filed(words)
    day = today_of(desk.now)
    found = duty_choices(case, words, "", day, desk.world.actor(WHO))
    return [choice.routed for choice in found.rows if choice.routed]


def dispatch(desk: Desk, words: str, item: str, suggested: int | None = None) -> Case:
    case = desk.filed(words)
    duty = desk.world.duties[item].uid
    done = intake.dispatch(desk.world.ask(WHO, desk.now), case.uid, duty, suggested=suggested)
    assert isinstance(done, Done), done
    return Case.objects.get(pk=case.pk)


def test_the_next_suggestion_knows_the_dispatch_before_it(desk: Desk) -> None:
    assert suggested(desk, "有人飞线充电") == []
    before = dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    (found,) = suggested(desk, "有人飞线充电")
    assert found.row["title"] == "楼道堆物"
    assert (found.rank, found.found.words, found.found.cases) == (1, ("有人飞线充电",), 1)
    assert found.like == ((before.uid, before.number),)
    assert found.earlier is None, "one case is no habit"
    dispatch(desk, "又有人飞线充电", "楼道堆物")
    (found,) = suggested(desk, "有人飞线充电")
    assert found.earlier is not None
    assert (found.earlier.times, found.earlier.of) == (2, 2)


def test_names_and_phones_are_not_learned(desk: Desk) -> None:
    dispatch(desk, "王桂英说楼道堆物，电话13800138000", "楼道堆物")
    items = index(desk).items
    assert items.suggest(Heard("王桂英")) == []
    assert items.suggest(Heard("13800138000")) == []
    assert items.suggest(Heard("楼道堆物"))[0].cases == 1


def test_a_process_takes_the_snapshot_up_and_learns_what_came_since(desk: Desk) -> None:
    dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    assert rebuild_all(today_of(desk.now)) == 1
    assert path_of(name_of(listed())).exists()
    dispatch(desk, "井盖翘起来了", "井盖缺失")
    found = index(desk)
    assert found.stamp > 0
    assert found.items.cases.sum() == 2


def test_a_snapshot_that_cannot_be_read_is_no_fault(desk: Desk) -> None:
    dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    path = path_of(name_of(listed()))
    path.parent.mkdir()
    path.write_bytes(b"something else")
    assert index(desk).items.cases.sum() == 1


def test_after_an_erasure_the_next_snapshot_holds_nothing_of_it(desk: Desk) -> None:
    case = dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    rebuild_all(today_of(desk.now))
    assert index(desk).items.suggest(Heard("飞线充电"))
    Report.objects.filter(number=case.number).update(words="")
    time.sleep(0.01)
    rebuild_all(today_of(desk.now))
    assert index(desk).items.suggest(Heard("飞线充电")) == []


def test_a_list_no_longer_in_force_leaves_no_snapshot(desk: Desk) -> None:
    day = today_of(desk.now)
    rebuild_all(day)
    before = path_of(name_of(listed()))
    DutyRow.objects.filter(title="楼道堆物").update(replaced_on=day)
    assert rebuild_all(day) == 1
    assert not before.exists()


def test_catching_up_is_one_statement(desk: Desk, django_assert_num_queries: object) -> None:
    dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    found, day = index(desk), today_of(desk.now)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert found.catch_up(day) == 0


def test_the_hit_rate_counts_what_was_taken_of_what_was_shown(desk: Desk) -> None:
    for rank in (1, 1, 3, 0, None):
        dispatch(desk, "楼道堆物", "楼道堆物", rank)
    assert hit_rate(desk.now) == HitRate(first=2, hits=3, of=4)
    assert settings.YISHI_VAR
    assert hit_rate(desk.now + timedelta(days=91)) == HitRate(2, 3, 4), "ten minutes old at most"


def test_the_page_says_why_and_the_journal_at_which_rank(desk: Desk) -> None:
    before = dispatch(desk, "三楼有人飞线充电", "楼道堆物")
    case = desk.filed("楼下又有人飞线充电")
    page = desk.get(WHO, f"/cases/{case.uid}/dispatch")
    assert "<mark>有人飞线充电</mark>" in page
    assert f'href="/cases/{before.uid}"' in page
    offered = page.split('name="offered" value="')[1].split('"')[0]
    duty = desk.world.duties["楼道堆物"].uid
    assert offered == duty
    desk.post(WHO, case, "dispatch", duty=duty, offered=offered)
    entry = Entry.objects.filter(code="case.dispatched", subject_uid=case.uid).get()
    assert json.loads(bytes(entry.leaf))["facts"]["suggested"] == 1
    caches["local"].clear()
    page = desk.get(WHO, f"/cases/{desk.filed('楼道堆物').uid}/dispatch")
    assert "近90天分拨的1件中，1件采用了建议" in page
