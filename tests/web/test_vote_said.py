"""One line of a roll, added with the account of whoever may cast it."""

import pytest

from tests.acts.hall import DESK
from tests.acts.world import World
from tests.web.voting import polls
from yishi.records.models import Audit, Voter
from yishi.web.account.door import LIMITS


def test_whose_phone_stands_behind_a_line_is_looked_up_so_often_an_hour_and_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "look_up", "2/h/key")
    made = polls(world, monkeypatch, roll="3")
    made.ballots.roll()
    person = world.people["王桂英"]
    person.phone = "+8613800000001"
    person.save()
    line = {"name": "王桂英", "label": "柳荫2栋 101"}
    page = made.refused(DESK, "roll/add", **line, phone="13800000009")
    assert "没有用这个手机号的账户" in page
    made.does(DESK, "roll/add", **line, phone="13800000001")
    page = made.refused(DESK, "roll/add", name="周五", label="柳荫2栋 102", phone="13800000001")
    assert "查的电话太多" in page
    noted = Audit.objects.filter(what="person.find").order_by("id")
    assert list(noted.values_list("person", "success", "subject", "detail")) == [
        (world.people[DESK].pk, False, "", "138****0009"),
        (world.people[DESK].pk, True, person.uid, "138****0001"),
    ]
    assert not Voter.objects.filter(vote=made.vote, no__gt=5).exists()
