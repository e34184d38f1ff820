"""A project on its pages: what anybody reads, what each may do, what is refused and said again."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.acts.hall import DESK, SECRETARY
from tests.acts.paid import FUND, agreed, costed, funded, paid, pledged
from tests.acts.test_project_money import dongdalu, first
from tests.acts.works import live_at
from tests.acts.world import World
from tests.web.staff import jpeg
from tests.web.test_ceilings import statements
from tests.web.test_round import Town
from yishi.acts.door import Done
from yishi.acts.project import settling
from yishi.core.method.round import Payer
from yishi.records.models import (
    Account,
    Fund,
    Pledge,
    Project,
    ProjectOpinion,
    Quotation,
    Transfer,
)
from yishi.records.queries.accounts import fund_lines

CENTRE, RESIDENT = "柳荫社区党群服务中心", "王桂英"
MOST = 12


@pytest.fixture
def talks(world: World, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A round in its talks."""
    return Town(world, monkeypatch, "discuss")


def refused(answer: Any, *words: str) -> None:
    """Said again with why, and nothing lost."""
    assert answer.status_code == 422
    page = answer.content.decode()
    for said in words:
        assert said in page, said


def test_a_project_is_costed_agreed_on_and_paid_for_on_its_pages(talks: Town) -> None:
    project = first(talks.uid)
    do = f"/projects/{project}/do"
    centre = talks.world.bodies[CENTRE].uid
    for bidder, amount in (("惠民建设", "180000"), ("平安市政", "181000"), ("大道", "182000.50")):
        sent = talks.send(DESK, f"{do}/quotation", bidder=bidder, amount=amount, paper=jpeg())
        assert sent.status_code == 302, sent.content.decode()
    assert Quotation.objects.get(bidder="大道").amount_fen == 18_200_050
    opinion = {"body": centre, "on": "cost", "favourable": "yes", "words": "按现场量的"}
    refused(talks.send(DESK, f"{do}/opinion", **opinion, paper=jpeg()), "按现场量的")
    talks.send(DESK, f"{do}/opinion", **opinion, amount="180000", paper=jpeg())
    assert ProjectOpinion.objects.get().amount_fen == 18_000_000
    cost = {"body": centre, "urgency": "2", "households": "120"}
    refused(talks.send(DESK, f"{do}/cost", **cost, amount="170000"), "180,000")
    assert talks.send(DESK, f"{do}/cost", **cost, amount="180000").status_code == 302
    talked = {
        "present_residents_committee": "5",
        "agreed_residents_committee": "5",
        "present_representatives": "10",
        "agreed_representatives": "10",
        "words": "先修路",
    }
    refused(talks.send(DESK, f"{do}/decide", **talked), "先修路")
    more = {"present_representatives": "21", "agreed_representatives": "15", "dissent": "贵了"}
    assert talks.send(DESK, f"{do}/decide", **{**talked, **more}).status_code == 302
    row = Project.objects.get(uid=project)
    assert (row.state, row.cost_fen) == ("chosen", 18_000_000)
    page = Client().get(f"/projects/{project}/talks").content.decode()
    for said in ("惠民建设", "182,000.50", "按现场量的", "先修路", "贵了", "居民代表会议"):
        assert said in page, said


def test_anybody_reads_who_pays_and_the_funds_part_of_it(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    agreed(talks.hall, project)
    dongdalu(talks.hall, project)
    page = Client().get(f"/projects/{project}").content.decode()
    for said in (
        "省设计研究院",
        "160号院居民",
        FUND,
        "30,000 元",
        "180,000 元",
        "6 分之一",
        '<rect width="50%"',
    ):
        assert said in page, said
    money = Client().get(f"/projects/{project}/money").content.decode()
    assert "认领围墙改造" in money and "160号院居民" in money
    sheet = Client().get(f"/projects/{project}/claims").content.decode()
    assert "认领书" in sheet and "重铺院内路面" in sheet


def test_who_may_do_what_is_offered_and_nothing_else(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    page = Client().get(f"/projects/{project}").content.decode()
    assert "/do/" not in page
    # Whoever has no home here is not asked to give and then sent away.
    away = talks.desk.browser(RESIDENT).get(f"/projects/{project}").content.decode()
    assert "/do/" not in away
    live_at(talks.world, "柳荫1栋", RESIDENT)
    own = talks.desk.browser(RESIDENT).get(f"/projects/{project}").content.decode()
    assert own.count(f"/projects/{project}/do/") == 1 and "/do/offer" in own
    desk = talks.desk.browser(DESK).get(f"/projects/{project}").content.decode()
    for name in ("opinion", "quotation", "cost", "take", "decide", "offer"):
        assert f"/do/{name}" in desk, name
    assert "/do/fund" not in desk and "/do/pay" not in desk
    for name in ("decide", "cost", "pay", "confirm"):
        away = talks.desk.browser(RESIDENT).get(f"/projects/{project}/do/{name}")
        assert away.status_code in (403, 404), name
    early = talks.desk.browser(DESK).get(f"/projects/{project}/do/pay")
    refused(early, "需要", "施工中")
    assert "under_way" not in early.content.decode()


def test_a_resident_offers_without_a_name_and_takes_it_back(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    do = f"/projects/{project}/do"
    live_at(talks.world, "柳荫1栋", RESIDENT)
    given = {"giver": "own", "form": "money", "amount": "500", "name": "", "words": ""}
    assert talks.send(RESIDENT, f"{do}/offer", **given).status_code == 302
    row = Pledge.objects.get()
    assert (row.amount_fen, row.name, row.state) == (50_000, "", "offered")
    assert "还有1笔认缴待确认，共500 元" in Client().get(f"/projects/{project}").content.decode()
    page = Client().get(f"/projects/{project}/money").content.decode()
    assert "不留名" in page and "王桂英" not in page
    given["giver"] = "named"
    assert talks.send(RESIDENT, f"{do}/offer", **given).status_code == 422
    assert talks.send(RESIDENT, f"{do}/withdraw", pledge=row.uid).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.parametrize("amount", ["", "0", "-3", "1.234", "abc", "1e3", "９" * 13, "NaN"])
def test_an_amount_that_is_none_is_asked_for_again(talks: Town, amount: str) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    live_at(talks.world, "柳荫1栋", RESIDENT)
    given = {"giver": "own", "form": "money", "amount": amount, "name": "", "words": "出一点"}
    sent = talks.send(RESIDENT, f"/projects/{project}/do/offer", **given)
    if amount == "1e3":
        assert Pledge.objects.get().amount_fen == 100_000
        return
    refused(sent, "出一点")
    assert not Pledge.objects.exists()


def test_residents_money_waits_for_its_resolution(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    uid = pledged(talks.hall, project, 15_000, Payer.RESIDENTS, name="160号院居民", confirm=False)
    do = f"/projects/{project}/do/confirm"
    given = {"pledge": uid, "amount": "15000", "willing": "32", "units": "2"}
    refused(talks.send(SECRETARY, do, **given), "决议")
    assert talks.send(SECRETARY, do, **given, resolution=jpeg()).status_code == 302
    assert Pledge.objects.get().state == "confirmed"


def test_a_fund_is_announced_and_put_right_on_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(world, monkeypatch, "terms")
    at = f"/rounds/{town.uid}/funds"
    new = {"which": "new", "code": "fund", "name": "专项资金", "amount": "300000", "body": ""}
    assert town.desk.browser(RESIDENT).get(at).status_code in (403, 404)
    # Before there is one, none can be put right; and whose money it is is said once.
    page = town.desk.browser(DESK).get(at).content.decode()
    assert 'name="which"' not in page and "属于微实事专项资金" not in page
    refused(town.send(DESK, at, **{**new, "code": ""}), "专项资金")
    assert town.send(DESK, at, **new).status_code == 302
    assert 'name="which"' in town.desk.browser(DESK).get(at).content.decode()
    fund = Fund.objects.get()
    assert town.send(DESK, at, **{**new, "which": fund.uid, "amount": "280000"}).status_code == 302
    fund.refresh_from_db()
    assert fund.amount_fen == 28_000_000
    refused(town.send(DESK, at, **new), "专项资金")


def test_the_accounts_are_open_to_everybody_and_add_up(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    agreed(talks.hall, project)
    dongdalu(talks.hall, project)
    at = f"/rounds/{talks.uid}/accounts"
    page = Client().get(at).content.decode()
    for said in ("300,000 元", "270,000 元", "180,000 元", "省设计研究院", "135,000 元"):
        assert said in page, said
    data = Client().get(f"{at}/projects.json").json()
    (row,) = [one for one in data["projects"] if one["cost_fen"]]
    assert row | {"number": "", "title": ""} == {
        "number": "",
        "title": "",
        "state": "chosen",
        "cost_fen": 18_000_000,
        "fund_fen": 3_000_000,
        "government_fen": 0,
        "society_fen": 13_500_000,
        "residents_fen": 1_500_000,
        "spent_fen": 0,
        "unspent_fen": 18_000_000,
    }
    lines = Client().get(f"{at}/funders.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "name,payer,projects,given_fen,spent_fen,unspent_fen"
    assert lines[1] == "惠民建设公司,society,1,9000000,0,9000000"
    assert Client().get(f"{at}.xlsx").content[:2] == b"PK"
    assert Client().get(f"{at}/projects.pdf").status_code == 404
    assert Client().get("/rounds/none/accounts").status_code == 404


def test_a_name_that_is_a_formula_is_none_in_open_data(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    pledged(talks.hall, project, 100, name="=HYPERLINK(1)")
    data = Client().get(f"/rounds/{talks.uid}/accounts/funders.csv").content.decode()
    assert "'=HYPERLINK(1)" in data


def test_a_long_list_is_taken_away_in_parts(talks: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    for no in range(3):
        pledged(talks.hall, project, 100 + no, name=f"公司{no}")
    at = f"/rounds/{talks.uid}/accounts"
    assert "?page=2" not in Client().get(at).content.decode()
    monkeypatch.setattr("yishi.web.project.accounts_files.PART", 2)
    page = Client().get(at).content.decode()
    assert f"{at}/funders.json?page=2" in page and f"{at}.xlsx?page=2" in page
    assert f"{at}/projects.json?page=2" not in page
    names = []
    for part in (1, 2):
        found = Client().get(f"{at}/funders.json?page={part}").json()
        assert (found["page"], found["pages"]) == (part, 2)
        names += [one["name"] for one in found["funders"]]
    assert names == ["公司2", "公司1", "公司0"]
    # Before the first and past the last there is the nearest there is.
    for asked, rows in (("0", 3), ("9", 2), ("x", 3)):
        lines = Client().get(f"{at}/funders.csv?page={asked}").content.decode().splitlines()
        assert len(lines) == rows
        assert Client().get(f"{at}.xlsx?page={asked}").status_code == 200


def test_a_page_of_many_costs_no_more_than_of_one(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    announcer, at = Client(), f"/rounds/{talks.uid}/accounts"
    pledged(talks.hall, project, 100)
    announcer.get(at)
    one = statements(announcer, at)
    for no in range(12):
        pledged(talks.hall, project, 100 + no, name=f"公司{no}")
    assert statements(announcer, at) == one
    desk = talks.desk.browser(DESK)
    assert statements(desk, at) <= MOST


def test_the_page_of_a_project_with_many_funders_asks_no_more(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    pledged(talks.hall, project, 100)
    visitor, at = Client(), f"/projects/{project}"
    visitor.get(at)
    one = statements(visitor, at)
    for no in range(60):
        pledged(talks.hall, project, 100 + no, name=f"公司{no}")
    assert statements(visitor, at) == one
    # The greatest are drawn, the rest in one line; each offer stands on a page of its own.
    page = visitor.get(at).content.decode()
    assert "公司59" in page and "公司53" not in page and "其他55方" in page
    assert "公司3" in visitor.get(f"{at}/money").content.decode()
    assert "公司59" in visitor.get(f"{at}/money?offer=2").content.decode()
    assert statements(visitor, f"{at}/money") <= MOST


def under_way(talks: Town) -> str:
    """The project that is being built, its money found."""
    project = first(talks.uid)
    costed(talks.hall, project)
    agreed(talks.hall, project)
    talks.to("works")
    funded(talks.hall, project)
    Project.objects.filter(uid=project).update(state="under_way")
    return project


def test_a_payment_is_entered_with_its_voucher_and_stands_on_the_page(talks: Town) -> None:
    project = under_way(talks)
    do, pledge = f"/projects/{project}/do/pay", Pledge.objects.get().uid
    given = {"pledge": pledge, "amount": "50000", "words": "付惠民建设首期款", "voucher_no": "0001"}
    refused(talks.send(DESK, do, **given), "付惠民建设首期款")
    assert talks.send(DESK, do, **given, voucher=jpeg()).status_code == 302
    refused(talks.send(DESK, do, **given, voucher=jpeg()), "0001")
    page = Client().get(f"/projects/{project}/money").content.decode()
    assert "付惠民建设首期款" in page and "0001" in page and "50,000 元" in page
    assert Account.objects.filter(kind="spent").count() == 1


def test_a_payment_entered_by_mistake_is_reversed_on_its_page(talks: Town) -> None:
    project = under_way(talks)
    at, pledge = f"/projects/{project}", Pledge.objects.get().uid
    given = {"pledge": pledge, "amount": "50000", "words": "付首期款", "voucher_no": "ＬＹ－１"}
    assert talks.send(DESK, f"{at}/do/pay", **given, voucher=jpeg()).status_code == 302
    again = {**given, "voucher_no": "ly-1"}
    refused(talks.send(DESK, f"{at}/do/pay", **again, voucher=jpeg()), "LY-1", "已记在")
    # Who entered it is not offered it; the sub-district's leader is.
    do = f"{at}/do/reverse-payment"
    payment = Transfer.objects.get(moved="paid")
    assert do not in talks.desk.browser(DESK).get(at).content.decode()
    leader = talks.desk.browser("街道主任")
    form = leader.get(f"{do}?payment={payment.uid}").content.decode()
    assert "LY-1" in form and " checked" in form
    wrong = {"payment": payment.uid, "words": "多录了一位"}
    assert talks.send("街道主任", do, **{**wrong, "words": ""}).status_code == 422
    assert talks.send("街道主任", do, **wrong).status_code == 302
    page = Client().get(f"{at}/money").content.decode()
    assert "已冲正" in page and "冲正：多录了一位" in page and "-50,000 元" in page
    lines = Client().get(f"/rounds/{talks.uid}/accounts/payments.json").json()["payments"]
    assert [(one["what"], one["amount_fen"], one["reverses"]) for one in lines] == [
        ("paid", 5_000_000, ""),
        ("reversed", -5_000_000, payment.no),
    ]


def test_a_payment_of_a_stopped_project_is_reversed_on_its_page(talks: Town) -> None:
    project = under_way(talks)
    assert isinstance(paid(talks.hall, project, Pledge.objects.get().uid, 50_000, "LY-1"), Done)
    talks.hall.did(
        settling.stop(talks.hall.world.ask(SECRETARY, talks.hall.now), project, "有管线")
    )
    do, payment = f"/projects/{project}/do/reverse-payment", Transfer.objects.get(moved="paid")
    leader = talks.desk.browser("街道主任")
    assert do in leader.get(f"/projects/{project}").content.decode()
    assert "同时退回原资金或出资方" in leader.get(do).content.decode()
    sent = {"payment": payment.uid, "words": "录错了项目"}
    assert talks.send("街道主任", do, **sent).status_code == 302
    (line,) = fund_lines(talks.hall.topic(talks.uid))
    assert (line.committed_fen, line.left_fen) == (0, line.granted_fen)


def test_the_spreadsheet_has_sums_in_yuan(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    agreed(talks.hall, project)
    dongdalu(talks.hall, project)
    data = Client().get(f"/rounds/{talks.uid}/accounts.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["按项目", "按出资方", "付款明细"]
    heads, *rows = book.get_sheet_by_name("按项目").to_python()
    (row,) = [row for row in rows if row[3]]
    assert dict(zip(heads, row, strict=True))["费用（元）"] == 180_000.0
    styles = zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").decode()
    assert 'formatCode="#,##0.00"' in styles
    # A title is read without pulling its column open; a sign is two wide.
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    titled = heads.index("项目") + 1
    wide = re.search(rf'<col min="{titled}" max="{titled}" width="([0-9.]+)"', sheet)
    assert wide and float(wide[1]) > 2 * len(str(row[titled - 1]))


def test_another_fund_can_be_announced_only_before_the_terms_are_posted(talks: Town) -> None:
    at = f"/rounds/{talks.uid}/funds"
    new = {"which": "new", "code": "society", "name": "企业捐", "amount": "1", "body": ""}
    refused(talks.send(DESK, at, **new), "企业捐")
    assert Fund.objects.count() == 1


def test_papers_of_the_money_are_for_staff_alone(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    quoted = Quotation.objects.filter(project__uid=project).earliest("id").uid
    at = f"/projects/{project}/papers/quotation/{quoted}"
    for who in (DESK, SECRETARY):
        assert at in talks.desk.browser(who).get(f"/projects/{project}/talks").content.decode()
        answer = talks.desk.browser(who).get(at)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
    assert at not in Client().get(f"/projects/{project}/talks").content.decode()
    assert talks.desk.browser(RESIDENT).get(at).status_code in (403, 404)
    assert Client().get(at).status_code == 302
    other = Project.objects.exclude(uid=project).get().uid
    for wrong in (
        f"/projects/{other}/papers/quotation/{quoted}",
        f"/projects/{project}/papers/voucher/{quoted}",
        f"/projects/{project}/papers/contract/{quoted}",
    ):
        assert talks.desk.browser(DESK).get(wrong).status_code == 404, wrong


def test_of_several_bodies_none_is_chosen_beforehand(talks: Town) -> None:
    do = f"/projects/{first(talks.uid)}/do"
    for deed in ("opinion", "cost"):
        page = talks.desk.get(DESK, f"{do}/{deed}")
        assert '<option value="" selected>请选择</option>' in page
    given = {"body": "", "amount": "180000", "urgency": "2", "households": "120"}
    refused(talks.send(DESK, f"{do}/cost", **given), "从中选一个", "180000")


def test_the_near_ones_stand_first_and_other_bodies_are_folded(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    do = f"/projects/{project}/do/offer"
    page = talks.desk.browser(DESK).get(do).content.decode()
    near, folded = page.split("<details><summary>更多选项</summary>", 1)
    centre = f'value="body:{talks.world.bodies[CENTRE].uid}"'
    assert FUND in near and 'value="named"' in near and centre not in near and centre in folded
    given = {"giver": f"body:{talks.world.bodies[CENTRE].uid}", "form": "money", "amount": "0"}
    again = talks.send(DESK, do, **given, name="", words="")
    assert "<details open><summary>更多选项</summary>" in again.content.decode()


def test_money_is_confirmed_as_it_was_offered_without_typing_it_again(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    uid = pledged(talks.hall, project, 500, name="甲公司", confirm=False)
    do = f"/projects/{project}/do/confirm"
    page = talks.desk.browser(SECRETARY).get(do).content.decode()
    assert f'value="{uid}"' in page and " checked" in page
    for name in ("amount", "willing", "units", "resolution"):
        assert f'name="{name}"' not in page, name
    assert talks.send(SECRETARY, do, pledge=uid).status_code == 302
    assert Pledge.objects.get().amount_fen == 50_000


def test_whoever_offered_it_is_not_asked_whether_it_counts(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    live_at(talks.world, "柳荫1栋", SECRETARY)
    given = {"giver": "own", "form": "money", "amount": "500", "name": "", "words": ""}
    assert talks.send(SECRETARY, f"/projects/{project}/do/offer", **given).status_code == 302
    page = talks.desk.browser(SECRETARY).get(f"/projects/{project}").content.decode()
    assert "/do/confirm" not in page and "/do/decline" not in page
    assert "/do/withdraw" in page
