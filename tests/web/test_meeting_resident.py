"""Meetings as whoever walks in meets them: the day to talk, who may come, calling one."""

import pytest
from django.test import Client

from tests.acts.hall import DESK, SECRETARY, make_hall
from tests.acts.roll import settle
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_meeting import Room

RESIDENT = "王桂英"


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "siyi", "c4321"), Desk(world, at(monkeypatch)), monkeypatch)


def test_the_answer_to_a_call_is_where_the_browser_goes_to(room: Room) -> None:
    w = room.hall.world
    form = {
        "place": w.places["柳荫社区"].code,
        "title": "四月居民恳谈日",
        "form": "talk",
        "body": w.bodies["柳荫社区居委会"].uid,
        "on": "2026-04-10",
        "at": "15:00",
        "where": "居民议事厅",
    }
    page = room.send(DESK, "/meetings/new", **form).content.decode()
    assert 'action="/meetings/new#next"' in page
    above, answer = page.split('id="next"')
    assert "发出通知" not in above and "发出通知" in answer
    page = room.refused(DESK, "/meetings/new", **form | {"on": "2026-03-11"}, send="yes")
    above, answer = page.split('id="next"')
    assert 'class="refusal"' not in above and 'class="refusal"' in answer


def test_the_next_day_to_talk_is_told_with_the_way_to_bring_something(room: Room) -> None:
    settle(room.hall.world, [RESIDENT])
    page = room.desk.get(RESIDENT, "/talk")
    assert "<b>居民恳谈日</b> · 4月10日" in page and "我有事想谈" in page
    page = room.desk.get(RESIDENT, "/meetings")
    assert "居民恳谈日" in page and "我有事想谈" in page
    assert "我有事想谈" not in room.desk.get(DESK, "/meetings")


def test_a_meeting_says_that_residents_may_come_until_it_is_over(room: Room) -> None:
    uid = room.call()
    assert "欢迎居民到会。" in Client().get(f"/meetings/{uid}").content.decode()


def test_what_is_missing_of_the_record_is_said_before_anybody_signs(room: Room) -> None:
    uid = room.closed()
    room.does(DESK, f"/meetings/{uid}/do/minutes", minutes="写好了", summary="写好了")
    for who in (DESK, SECRETARY):
        page = room.desk.get(who, f"/meetings/{uid}/desk")
        assert "还缺：会议照片" in page and f"/meetings/{uid}/papers/new" in page
        assert "审签会议记录" not in page
    room.does(DESK, f"/meetings/{uid}/papers/new", kind="photo", paper=jpeg())
    assert "还缺" not in room.desk.get(DESK, f"/meetings/{uid}/desk")
    assert "审签会议记录" in room.desk.get(SECRETARY, f"/meetings/{uid}/desk")
