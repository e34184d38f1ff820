"""The works of a project on its pages: done by their buttons, read by everybody, printed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.acts import works
from tests.acts.hall import CONVENER, DESK, OVERSEER, SECRETARY
from tests.acts.works import BUILDER, KEEPER, REVIEWER, YUAN, Works
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from yishi.acts.project import building, changing, watching
from yishi.records.models import (
    Change,
    Defect,
    Milestone,
    Pledge,
    ProjectLook,
    ProjectPaper,
    ProjectScore,
    Quotation,
)

RESIDENT = "王桂英"
COMMITTEE = "柳荫社区居务监督委员会"
# The project's own page: of a resident, and of the desk with all it may do.
MOST, DESK_MOST = 25, 30


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
    missing = 'id="do_contract_error"', "请选文件；每次提交都要重新选。"
    refused(site.send(DESK, "contract", **given), *missing, "柳荫市政工程公司")
    refused(site.send(DESK, "contract", **given | {"amount": "110001"}, contract=jpeg()), "110,000")
    went(site.send(DESK, "contract", **given, contract=jpeg()))
    plan = {"name_1": "挖开旧路面", "day_1": begins.isoformat(), "name_2": "铺沥青"}
    refused(site.send(DESK, "plan", **plan), "节点要有名称和日期", ">第2步：")
    went(site.send(DESK, "plan", **plan, day_2=ends.isoformat()))
    assert Milestone.objects.count() == 2
    refused(site.send(DESK, "reach", step="1", words="挖好了"), "挖好了")
    form = site.desk.get(DESK, f"/projects/{site.w.uid}/do/reach")
    assert "拍照或选照片" in form and form.count("data-photo") == 1
    # A PDF is a paper and no photo: nobody would see it on the page.
    scan = SimpleUploadedFile("step.pdf", b"%PDF-1.4 step", "application/pdf")
    refused(site.send(DESK, "reach", step="1", words="挖好了", photo=scan), "照片", "挖好了")
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
    # Whoever says yes reads to what.
    asked = site.desk.get("城管小孙", f"/projects/{site.w.uid}/do/take-over")
    assert "施工方质保到2028年8月1日。随同移交：“合同第九条”" in asked
    went(site.send("城管小孙", "take-over"))
    assert site.state == "handed_over"
    page = site.page()
    for said in (
        "柳荫市政工程公司", "铺沥青", "平整，不积水", COMMITTEE, "和2位居民",
        "178,000 元", KEEPER, "2028年8月1日", "改造后",
    ):  # fmt: skip
        assert said in page, said
    assert "路面修平了" in site.page(more="/story")
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
            assert shown == (deed in deeds), (who, deed)
    for deed in ("accept", "settle", "stop", "contract"):
        address = f"/projects/{site.w.uid}/do/{deed}"
        assert site.desk.browser(RESIDENT).get(address).status_code in (403, 404), deed
    # Whoever may, but not now, reads why.
    assert site.desk.browser(DESK).get(f"/projects/{site.w.uid}/do/contract").status_code == 422


def test_what_leads_on_stands_first_and_what_ends_it_looks_grave(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An offer that waits is confirmed before another is made; turned down or stopped in red."""
    site = Site(works.chosen(world), monkeypatch)
    given = {"giver": "together", "form": "money", "amount": "1000", "name": "160号院住户"}
    went(site.send(DESK, "offer", **given))
    button = r'<a class="button( quiet)?( danger)?"[^>]*/do/([a-z-]+)"'
    assert re.findall(button, site.page(SECRETARY)) == [
        ("", "", "confirm"),
        (" quiet", " danger", "decline"),
        (" quiet", " danger", "stop"),
    ]
    assert 'class="button danger"' in site.page(SECRETARY, "/do/stop")
    # Every yuan is found only once it is.
    assert "/do/fund" not in site.page(DESK)
    for payer, form, yuan in works.FUNDERS:
        site.w.pledge(payer, form, yuan)
    assert "/do/fund" in site.page(DESK)


def test_what_is_wrong_is_told_in_the_order_of_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.in_talks(world), monkeypatch)
    site.w.cost()
    said = site.send(DESK, "decide").content.decode()
    wrong = re.findall(r'<li><a href="#do_([a-z]+)', said)
    assert wrong == ["present", "agreed", "present", "agreed", "words"]


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


def test_who_builds_it_reads_its_contract_and_no_paper_of_the_money(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world, BUILDER), monkeypatch)
    builder = site.desk.browser(f"{BUILDER}{CONVENER}")
    own, uid = ProjectPaper.objects.get(kind="contract").uid, site.w.uid
    assert builder.get(f"/projects/{uid}/papers/{own}").status_code == 200
    rival = Quotation.objects.get(bidder="望江建设公司").uid
    resolution = Pledge.objects.get(payer="residents").uid
    for kind, row in (("quotation", rival), ("resolution", resolution)):
        address = f"/projects/{uid}/papers/{kind}/{row}"
        assert site.desk.browser(DESK).get(address).status_code == 200, kind
        assert builder.get(address).status_code in (403, 404), kind


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


def test_where_it_stands_is_one_line_and_what_is_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    ends = site.w.row.ends_on
    assert ends is not None
    page = site.page()
    line = page[page.index('class="step-line"') : page.index("</ol>")]
    assert line.count('<li class="done"') == 4 and line.count('<li class="here"') == 1
    assert "投票" not in line
    assert f"施工，{ends.year}年{ends.month}月{ends.day}日前完成" in page
    assert "<dt>下一步</dt><dd>验收</dd>" in page
    went(site.send(SECRETARY, "stop", why="地下是主管道，不能挖"))
    assert 'class="step-line"' not in site.page()


def test_it_is_stopped_with_a_reason_everybody_reads(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.under_way(world), monkeypatch)
    assert site.send(SECRETARY, "stop", why=" ").status_code == 422
    went(site.send(SECRETARY, "stop", why="地下是主管道，不能挖"))
    assert site.state == "stopped"
    page = site.page()
    assert "停止的理由" in page and "地下是主管道，不能挖" in page


def test_those_who_use_it_score_it_and_report_what_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.scoring(world), monkeypatch)
    assert "/do/score" in site.page(RESIDENT) and "/do/score" not in site.page()
    # The page asks its question once, and a place is a line, not a box.
    scoring = site.page(RESIDENT, "/do/score")
    assert scoring[scoring.index("<h1") :].count("您满意吗") == 1
    spot = site.page(RESIDENT, "/do/defect")
    assert re.search(r'<input[^>]* name="spot"', spot)
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


def test_what_too_few_scored_says_so_with_its_numbers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(works.scoring(world), monkeypatch)
    round_, topic = f"/rounds/{site.w.round}", f"/topics/{site.w.round}"
    works.scored_by(site.w, 9)
    assert "已有9人打分，至少要10人" in site.page()
    waits = site.desk.get(DESK, topic)
    assert "打分还没到期" in waits and "有1个项目打分的人还不够" in waits
    assert f"{topic}/do/end-projects" not in waits
    site.later(31)
    lead = "其中1个打分人数不够，既不算满意，也不算不满意"
    assert lead in site.desk.get(DESK, f"{topic}/do/end-projects")
    went(
        site.desk.browser(DESK).post(
            f"{topic}/do/end-projects",
            {"key": "form-ends", "version": site.w.hall.topic(site.w.round).version},
        )
    )
    said = "打分人数不够：9人打了分，至少要10人。既不算满意，也不算不满意。"
    assert said in site.page()
    assert "打分人数不够：9人，至少要10人" in site.desk.get(RESIDENT, round_)
    page = site.desk.get(RESIDENT, topic)
    assert "0个项目评得好，0个评得不好；1个打分人数不够" in page
    assert "打分时间已到" in page and "都评过" not in page


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
    assert (many[0] <= DESK_MOST, many[1] <= MOST) == (True, True), many
    assert statements(Client(), f"{address}/looks") <= 12
