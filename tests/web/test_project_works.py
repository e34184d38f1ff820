"""The works of a project on its pages: done by their buttons, read by everybody, printed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.acts import works
from tests.acts.hall import CONVENER, DESK, OVERSEER, SECRETARY
from tests.acts.works import BUILDER, KEEPER, REVIEWER, YUAN, Works
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from yishi.acts.project import building, changing, watching
from yishi.records.models import Change, Defect, Milestone, ProjectLook, ProjectPaper, ProjectScore

RESIDENT = "王桂英"
COMMITTEE = "柳荫社区居务监督委员会"
# The project's own page, with what only this slice adds to it.
MOST = 46


class Site:
    """A project, and everybody's browsers at its moment."""

    def __init__(self, w: Works, patch: pytest.MonkeyPatch) -> None:
        self.w, self.patch = w, patch
        self.desk = Desk(w.world, at(patch, w.now))

    def send(self, who: str, deed: str, **fields: Any) -> Any:
        """What the server answers to a form of the project."""
        self.desk.keys += 1
        address = f"/projects/{self.w.uid}/do/{deed}"
        return self.desk.browser(who).post(address, {"key": f"form-{self.desk.keys}", **fields})

    def later(self, days: int = 1) -> None:
        self.w.hall.now += timedelta(days=days)
        self.desk.now = at(self.patch, self.w.now)
        self.desk.browsers.clear()

    def page(self, who: str = "", more: str = "") -> str:
        client = self.desk.browser(who) if who else Client()
        return client.get(f"/projects/{self.w.uid}{more}").content.decode()

    @property
    def state(self) -> str:
        return self.w.row.state


def went(answer: Any) -> None:
    assert answer.status_code == 302, answer.content.decode()[:20000]


def refused(answer: Any, *words: str) -> None:
    """Said again with why, and nothing lost."""
    assert answer.status_code == 422
    for said in words:
        assert said in answer.content.decode(), said


def test_the_works_from_the_contract_to_the_keeper(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.funded(world), monkeypatch)
    begins, ends = site.w.today + timedelta(days=1), site.w.today + timedelta(days=60)
    given = {
        "contractor": "柳荫市政工程公司",
        "builder": "",
        "amount": "110000",
        "why": "",
        "begins_on": begins.isoformat(),
        "ends_on": ends.isoformat(),
    }
    refused(site.send(DESK, "contract", **given), "缺合同", "柳荫市政工程公司")
    refused(site.send(DESK, "contract", **given | {"amount": "110001"}, contract=jpeg()), "110,000")
    went(site.send(DESK, "contract", **given, contract=jpeg()))
    plan = {"name_1": "挖开旧路面", "day_1": begins.isoformat(), "name_2": "铺沥青"}
    refused(site.send(DESK, "plan", **plan), "节点要有名称和日期")
    went(site.send(DESK, "plan", **plan, day_2=ends.isoformat()))
    assert Milestone.objects.count() == 2
    refused(site.send(DESK, "reach", step="1", words="挖好了"), "挖好了")
    for step in ("1", "2"):
        went(site.send(DESK, "reach", step=step, words="", photo=jpeg()))
    went(site.send(DESK, "built", words="路面修平了", photo=jpeg("white")))
    assert site.state == "built"
    bodies = [world.bodies[COMMITTEE].uid]
    seen = {"bodies": bodies, "people": "王桂英\n李建国", "fit": "yes", "words": "平整，不积水"}
    assert site.send(DESK, "accept", **seen).status_code == 422
    went(site.send(OVERSEER, "accept", **seen, photo=jpeg()))
    site.w.pay_all()
    nobody = {"reviewer": "", "words": "看过了", "amount": "178000"}
    refused(site.send(SECRETARY, "settle", **nobody, review=jpeg()), "看过了")
    review = {"reviewer": world.bodies[REVIEWER].uid, "words": ""}
    refused(site.send(SECRETARY, "settle", **review, amount="178000.01", review=jpeg()), "178,000")
    went(site.send(SECRETARY, "settle", **review, amount="178000", review=jpeg()))
    hand = {"keeper": world.bodies[KEEPER].uid, "liable_until": "2028-08-01", "words": "合同第九条"}
    went(site.send(DESK, "hand-over", **hand, record=jpeg()))
    went(site.send("城管小孙", "take-over"))
    assert site.state == "handed_over"
    page = site.page()
    for said in (
        "柳荫市政工程公司", "铺沥青", "路面修平了", "平整，不积水", COMMITTEE, "和2位居民",
        "178,000 元", KEEPER, "2028年8月1日", "改造后",
    ):  # fmt: skip
        assert said in page, said
    # Residents who inspected it are named to staff alone.
    assert "李建国" not in page and "王桂英" not in page
    assert "李建国" not in site.page(more="/inspection")
    assert "李建国" in site.page(SECRETARY, "/inspection")


def test_what_is_offered_is_what_may_be_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(works.under_way(world, BUILDER), monkeypatch)
    offers = {
        "": (),
        RESIDENT: ("watch",),
        OVERSEER: ("watch",),
        f"{BUILDER}{CONVENER}": ("plan", "ask-change"),
        DESK: ("plan", "ask-change", "pay", "stop"),
    }
    every = (
        "contract",
        "plan",
        "reach",
        "built",
        "accept",
        "settle",
        "watch",
        "stop",
        "ask-change",
    )
    for who, deeds in offers.items():
        page = site.page(who)
        for deed in every:
            shown = f"/do/{deed}" in page
            assert shown == (deed in deeds or (who.startswith(BUILDER) and deed == "stop")), (
                who,
                deed,
            )
    for deed in ("accept", "settle", "stop", "contract"):
        address = f"/projects/{site.w.uid}/do/{deed}"
        assert site.desk.browser(RESIDENT).get(address).status_code in (403, 404), deed
    # Whoever may, but not now, reads why.
    assert site.desk.browser(DESK).get(f"/projects/{site.w.uid}/do/contract").status_code == 422


def test_residents_write_what_they_see_and_everybody_reads_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    went(site.send(RESIDENT, "watch", words="路边堆料没有围", photo=jpeg()))
    went(site.send(OVERSEER, "watch", words="料单对得上"))
    page = site.page()
    for said in ("路边堆料没有围", "料单对得上", COMMITTEE, "<b>居民</b>"):
        assert said in page, said
    assert RESIDENT not in page
    look = ProjectLook.objects.get(photo__isnull=False)
    photo = Client().get(f"/projects/{site.w.uid}/photo/look/{look.uid}")
    assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
    assert Client().get(f"/projects/{site.w.uid}/photo/look/none").status_code == 404
    for no in range(50):
        site.later()
        site.w.hall.did(watching.watch(site.w.ask(RESIDENT), site.w.uid, f"第{no}天去看"))
    listed = site.page(more="/looks")
    assert "第49天去看" in listed and "路边堆料没有围" not in listed
    assert "路边堆料没有围" in site.page(more="/looks?page=2")


def test_papers_are_for_those_who_may_read_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    paper = ProjectPaper.objects.get(kind="contract")
    address = f"/projects/{site.w.uid}/papers/{paper.uid}"
    assert site.desk.browser(DESK).get(address).status_code == 200
    assert address in site.page(DESK) and address not in site.page(RESIDENT)
    assert site.desk.browser(RESIDENT).get(address).status_code in (403, 404)
    # A contract is no photo of the works for everybody.
    assert Client().get(f"/projects/{site.w.uid}/photo/paper/{paper.uid}").status_code == 404


def test_a_change_is_asked_decided_and_paid_for_on_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    went(site.send(DESK, "ask-change", amount="175000", why="少铺一段"))
    assert "少铺一段" in site.page(SECRETARY, "/do/decide-change")
    refused(site.send(SECRETARY, "decide-change", yes="no", words=""))
    went(site.send(SECRETARY, "decide-change", yes="yes", words="同意"))
    assert (site.state, Change.objects.get().state) == ("chosen", "approved")
    assert "5,000" in site.page(DESK, "/do/lower")
    went(site.send(DESK, "lower", pledge=site.w.pledges[0], amount="25000"))
    went(site.send(DESK, "fund"))
    assert site.state == "funded"
    assert "少铺一段" in site.page()


def test_it_is_stopped_with_a_reason_everybody_reads(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    assert site.send(SECRETARY, "stop", why=" ").status_code == 422
    went(site.send(SECRETARY, "stop", why="地下是主管道，不能挖"))
    assert site.state == "stopped"
    assert "地下是主管道，不能挖" in site.page()


def test_those_who_use_it_score_it_and_report_what_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.scoring(world), monkeypatch)
    assert "/do/score" in site.page(RESIDENT) and "/do/score" not in site.page()
    went(site.send(RESIDENT, "score", score="satisfied", words="好走多了"))
    assert ProjectScore.objects.get().score == "satisfied"
    page = site.page()
    assert "1位居民打了分" in page and "好走多了" not in page
    assert "/do/score" not in site.page(RESIDENT)
    refused(site.send(RESIDENT, "defect", words="", spot=""))
    went(site.send(RESIDENT, "defect", words="新铺的路又裂了", spot="3单元门口", photo=jpeg()))
    defect = Defect.objects.select_related("case").get()
    assert (defect.project, defect.case.place.name) == (site.w.row, "柳荫社区")
    page = site.page()
    assert "报修1次" in page and "新铺的路又裂了" not in page


def test_the_sheets_are_printed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(works.built(world), monkeypatch)
    empty = site.page(more="/inspection")
    assert "项目验收单" in empty and "签字或盖章" in empty
    assert Client().get(f"/projects/{site.w.uid}/final").status_code == 404
    site.w.accept()
    site.w.pay_all()
    site.w.settle()
    site.w.hand_over()
    sheet = site.page(more="/final")
    for said in ("项目决算公示表", "178,000 元", "2,000 元", "28,000 元", REVIEWER, KEEPER):
        assert said in sheet, said
    assert "160号院居民" in sheet


def test_a_project_asks_the_database_as_often_for_one_step_as_for_twenty(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    address = f"/projects/{site.w.uid}"
    few = [statements(site.desk.browser(who), address) for who in (DESK, RESIDENT)]
    days = [(f"第{no}步", site.w.today + timedelta(days=2)) for no in range(1, 21)]
    site.w.hall.did(building.plan_milestones(site.w.ask(), site.w.uid, days))
    for no in range(1, 11):
        done = building.reach_milestone(site.w.ask(), site.w.uid, no, "", works.photo(f"{no}"))
        site.w.hall.did(done)
    for _ in range(3):
        site.w.hall.did(watching.watch(site.w.ask(RESIDENT), site.w.uid, "在看"))
    for no in range(1, 4):
        site.w.hall.did(
            changing.ask_change(site.w.ask(), site.w.uid, works.COST + no * YUAN, "再加一元")
        )
        site.w.hall.did(
            changing.decide_change(site.w.ask(SECRETARY), site.w.uid, no, "不行", yes=False)
        )
    many = [statements(site.desk.browser(who), address) for who in (DESK, RESIDENT)]
    assert [b - a <= 2 for a, b in zip(few, many, strict=True)] == [True, True], (few, many)
    assert max(many) <= MOST, many
    assert statements(Client(), f"{address}/looks") <= 12
