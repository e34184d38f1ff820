"""The topic of a round, stage by stage: its page says what it needs, and offers nothing that is not
its own."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.acts import paid
from tests.acts.hall import DESK
from tests.acts.paid import announced
from tests.acts.rounds import begun, ends, round_hall, taken_to, wish
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import statements
from yishi.acts.project import deciding
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.project.now import Form
from yishi.records.models import Project

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


def read(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_step_is_not_offered_to_be_ended_before_it_can(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = round_hall(world)
    uid = begun(hall)
    taken_to(hall, uid, "call")
    wish(hall, uid, "院内路面修平")
    desk = Desk(world, at(monkeypatch, hall.now))
    early = desk.get(DESK, f"/topics/{uid}")
    assert f"/topics/{uid}/do/end-projects" not in early
    assert "这一步现在还不能结束 征集还没到期" in read(early)
    assert "这一步现在还不能结束" not in desk.get("王桂英", f"/topics/{uid}")
    hall.now += timedelta(days=31)
    desk = Desk(world, at(monkeypatch, hall.now))
    due = desk.get(DESK, f"/topics/{uid}")
    assert f"/topics/{uid}/do/end-projects" in due
    assert "这一步现在还不能结束" not in due
    ends(hall, uid)
    screened = read(desk.get(DESK, f"/topics/{uid}"))
    assert "还有项目没走完这一步 这一轮还有1个项目没走完。" in screened


@pytest.mark.parametrize("size", ["round", "voted"])
def test_everything_of_the_terms_hangs_out_before_the_round_begins(
    world: World, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    hall = round_hall(world)
    uid = hall.raise_("2026年第一轮微实事", DESK)
    hall.take_up(uid, "weishi", size)
    announced(hall, uid, 300_000)
    announced(hall, uid, 20_000, "共建单位出资", "society")
    hall.did(staging.post(world.ask(DESK, hall.now), uid, "各楼道口"))
    at(monkeypatch, hall.now)
    sheet = read(Client().get(f"/topics/{uid}/poster").content.decode())
    page = read(Client().get(f"/rounds/{uid}").content.decode())
    for said in (
        "住在这里的人都能提，每人最多5件",
        "接受申报30 天",
        "工程类，每个最多用专项资金500,000 元",
        "道路、围墙、路灯、门岗",
        "居民自家的开支",
        "每人每天最多3次",
        "“恳谈议定”由居委会、居民代表会议决定" if size == "round" else "均等份额",
    ):
        assert said in sheet and said in page, said
    assert "2026年微实事专项资金" in sheet and "300,000 元" in sheet and "320,000 元" in sheet
    if size == "voted":
        assert "先看花钱少，再看票多，再看投票开始时抽的签" in sheet
    else:
        assert "议定的就做，不另投票" in sheet


def test_the_result_says_of_each_project_whether_why_at_what_cost_and_whose(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = round_hall(world)
    uid = begun(hall)
    taken_to(hall, uid, "discuss")
    road, lamp = Project.objects.filter(topic__uid=uid).order_by("id")
    paid.costed(hall, road.uid, 180_000)
    paid.pledged(hall, road.uid, 90_000, form=Form.KIND, words="沥青由公司出")
    paid.pledged(hall, road.uid, 40_000, name="省设计院", confirm=False)
    paid.agreed(hall, road.uid)
    paid.costed(hall, lamp.uid, 60_000)
    talked = paid.talked(hall, 3, "路灯明年随大修一起装")
    hall.did(deciding.decide(world.ask(DESK, hall.now), lamp.uid, talked))
    ends(hall, uid, Paper.MINUTES, Paper.REGISTER)
    hall.did(staging.post(world.ask(DESK, hall.now), uid, "各楼道口"))
    desk = Desk(world, at(monkeypatch, hall.now))
    browser, addresses = desk.browser("王桂英"), (f"/topics/{uid}", f"/topics/{uid}/poster")
    few = [statements(browser, address) for address in addresses]
    for address in addresses:
        page = read(browser.get(address).content.decode())
        for said in (
            "做不做", "确定要做，正在落实资金", "居委会到会", "都同意先修路", "180,000 元",
            "惠民建设公司 90,000 元（出物出力）", "省设计院 40,000 元", "尚缺", "90,000 元",
            "未议定", "同意3人", "路灯明年随大修一起装", "60,000 元",
        ):  # fmt: skip
            assert said in page, (address, said)
    for no in range(8):
        paid.pledged(hall, road.uid, 1_000 + no, name=f"第{no}家企业", confirm=False)
    assert [statements(browser, address) for address in addresses] == few
    assert "其他3方 3,003 元" in read(browser.get(addresses[1]).content.decode())
