"""One line of a roll added, hands entered, and what is said of a vote that is over or may be."""

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY
from tests.acts.roll import FOR, Way
from tests.acts.world import World
from tests.web.voting import FOUR, opened, polls
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


def test_hands_for_one_of_several_are_entered_once_for_each_option(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, ("甲店", "乙店"), choose="one", ways="hands")
    for who in FOUR:
        made.ballots.take(who, Way.HANDS)
    assert "各项和都不选的加起来是这个数" in made.page(DESK, "hands")
    page = made.refused(DESK, "hands", yes_1="4", yes_2="4", none="0")
    assert "举手的人数对不上" in page
    for who in (DESK, OVERSEER):
        made.does(who, "hands", yes_1="2", yes_2="1", none="1")
    made.ballots.hall.did(made.ballots.close())
    assert [one["for"] for one in made.vote.result["options"]] == [2, 1]


def test_a_vote_that_was_called_off_was_not_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, ways="online paper")
    # All have handed in a paper, so that the box is opened before the end of the vote.
    for who in FOUR:
        made.ballots.take(who)
    made.ballots.enter(1, DESK, FOR, name="赵一")
    assert "已经录入的选票留在封存的记录里" in made.page(SECRETARY, "void")
    made.does(SECRETARY, "void", why="方案写错了，重新表决。")
    for page in ("roll", "doors"):
        said = made.page(DESK, page)
        assert "取消。" in said and "计票于" not in said
