"""The desk's screen of a meeting before its day and at its door."""

from datetime import timedelta

import pytest

from tests.acts.hall import DESK, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_meeting import TALK, Room


def test_nobody_is_asked_to_sign_in_before_the_hour_has_come(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(make_hall(world, "siyi", "c4321"), Desk(world, at(monkeypatch)), monkeypatch)
    uid = room.call()
    page = room.desk.get(DESK, f"/meetings/{uid}/desk")
    assert "起可以签到" in page and "/do/sign-in-for" not in page
    room.at(TALK - timedelta(minutes=10))
    assert "/do/sign-in-for" in room.desk.get(DESK, f"/meetings/{uid}/desk")
