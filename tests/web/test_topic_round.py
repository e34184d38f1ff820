"""The topic of a round, stage by stage: its page says what it needs, and offers nothing that is not
its own."""

import re

import pytest

from tests.acts.hall import DESK
from tests.acts.rounds import begun, ends, round_hall, taken_to
from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.core.method.language import Paper

# What a topic that is no round is offered in such a stage.
OF_TOPICS = ("collect", "end-collecting", "screen", "confer", "assign", "appraise")


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        ("terms", "还没有贴出来"),
        ("call", "接受申报30 天"),
        ("screen", "这一轮的每个项目都要走完这一步"),
        ("discuss", "到会和同意的人数，一个项目一个项目算"),
        ("result", "还没有贴出来"),
        ("works", "这一轮的每个项目都要走完这一步"),
    ],
)
def test_the_page_of_a_round(
    world: World, monkeypatch: pytest.MonkeyPatch, stage: str, says: str
) -> None:
    hall = round_hall(world)
    uid = begun(hall)
    taken_to(hall, uid, stage)
    desk = Desk(world, at(monkeypatch, hall.now))
    page = desk.get(DESK, f"/topics/{uid}")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert says in said
    assert "还没有方案" not in said
    offered = re.findall(rf'href="/topics/{uid}/do/([a-z-]+)"', page)
    assert set(offered) & set(OF_TOPICS) == set()
    assert "topic_add_option" not in page and f"/topics/{uid}/options/new" not in page
    assert desk.browser("王桂英").get(f"/topics/{uid}").status_code == 200


def test_what_a_round_left_behind_is_said_of_its_projects(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = round_hall(world)
    uid = begun(hall)
    taken_to(hall, uid, "discuss")
    desk = Desk(world, at(monkeypatch, hall.now))
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.get(DESK, f"/topics/{uid}")))
    assert "收到2件申报" in said
    assert "2个项目往下走，0个没有" in said
    assert "都审过，有的通过" in said
    assert "这一步走完：2个项目往下走，0个不走" in said


def test_a_round_with_nothing_put_forward_ends_as_not_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = round_hall(world)
    uid = begun(hall)
    taken_to(hall, uid, "call")
    hall.now = hall.now.replace(month=hall.now.month + 2)
    ends(hall, uid)
    ends(hall, uid, Paper.MINUTES)
    assert hall.topic(uid).stage == "tell_none"
    desk = Desk(world, at(monkeypatch, hall.now))
    said = desk.get(DESK, f"/topics/{uid}")
    assert "都审过，没有一个通过" in said
