"""The desk enters what those at an appraisal scored; anybody reads it, and so do the minutes."""

import pytest

from tests.acts.hall import DESK, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_meeting import RESIDENT, TALK, Room
from yishi.acts.meeting.asked import ItemAsk


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    hall = make_hall(world, "siyi", "c4321")
    return Room(hall, Desk(world, at(monkeypatch)), monkeypatch)


def test_scores_are_entered_with_what_came_of_the_item(room: Room) -> None:
    items = (ItemAsk("两委一年的工作"),)
    uid = room.call(title="年终评议", form="appraisal", rhythm="", items=items)
    room.at(TALK)
    room.does(RESIDENT, f"/in/{room.row(uid).code}/here")
    room.does(DESK, f"/meetings/{uid}/do/open")
    (item,) = room.items(uid)
    desk = f"/meetings/{uid}/desk"
    assert "满意几人" in room.desk.get(DESK, desk)
    settle = f"/meetings/{uid}/items/{item.uid}/settle"
    said = {"words": "报告听过了，有一条要改"}
    page = room.refused(DESK, settle, **said, satisfied="1")
    assert "有一条要改" in page
    page = room.refused(DESK, settle, **said, satisfied="2", basically="0", dissatisfied="0")
    assert "打分人数对不上" in page
    room.does(DESK, settle, **said, satisfied="0", basically="1", dissatisfied="0")
    told = "1人打分：满意0人，基本满意1人，不满意0人"
    assert told in room.desk.get(RESIDENT, f"/meetings/{uid}")
    room.does(DESK, f"/meetings/{uid}/do/close")
    assert told in room.desk.get(DESK, f"/meetings/{uid}/do/minutes")


def test_at_a_talk_nobody_is_asked_for_scores(room: Room) -> None:
    uid = room.sitting()
    assert 'name="satisfied"' not in room.desk.get(DESK, f"/meetings/{uid}/desk")
