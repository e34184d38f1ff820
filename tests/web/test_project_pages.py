"""A project on its pages: what anybody reads, what each may do, what is refused and said again."""

from typing import Any

import pytest
from django.test import Client

from tests.acts.hall import DESK, SECRETARY
from tests.acts.paid import FUND, agreed, costed, funded, pledged
from tests.acts.test_project_money import dongdalu, first
from tests.acts.world import World
from tests.web.staff import jpeg
from tests.web.test_ceilings import statements
from tests.web.test_round import Town
from yishi.core.method.round import Payer
from yishi.records.models import Account, Fund, Pledge, Project, ProjectOpinion, Quotation

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
    page = Client().get(f"/projects/{project}").content.decode()
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
        "认领围墙改造",
        "160号院居民",
        FUND,
        "30,000 元",
        "180,000 元",
        "6 分之一",
        '<rect width="50%"',
    ):
        assert said in page, said
    sheet = Client().get(f"/projects/{project}/claims").content.decode()
    assert "认领书" in sheet and "重铺院内路面" in sheet


def test_who_may_do_what_is_offered_and_nothing_else(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    page = Client().get(f"/projects/{project}").content.decode()
    assert "/do/" not in page
    own = talks.desk.browser(RESIDENT).get(f"/projects/{project}").content.decode()
    assert own.count(f"/projects/{project}/do/") == 1 and "/do/offer" in own
    desk = talks.desk.browser(DESK).get(f"/projects/{project}").content.decode()
    for name in ("opinion", "quotation", "cost", "take", "decide", "offer"):
        assert f"/do/{name}" in desk, name
    assert "/do/fund" not in desk and "/do/pay" not in desk
    for name in ("decide", "cost", "pay", "confirm"):
        away = talks.desk.browser(RESIDENT).get(f"/projects/{project}/do/{name}")
        assert away.status_code in (403, 404), name
    assert talks.desk.browser(DESK).get(f"/projects/{project}/do/pay").status_code == 422


def test_a_resident_offers_without_a_name_and_takes_it_back(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    do = f"/projects/{project}/do"
    given = {"giver": "own", "form": "money", "amount": "500", "name": "", "words": ""}
    assert talks.send(RESIDENT, f"{do}/offer", **given).status_code == 302
    row = Pledge.objects.get()
    assert (row.amount_fen, row.name, row.state) == (50_000, "", "offered")
    page = Client().get(f"/projects/{project}").content.decode()
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
    assert town.desk.browser(DESK).get(at).status_code == 200
    refused(town.send(DESK, at, **{**new, "code": ""}), "专项资金")
    assert town.send(DESK, at, **new).status_code == 302
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
    for no in range(12):
        pledged(talks.hall, project, 100 + no, name=f"公司{no}")
    assert statements(visitor, at) == one


def test_a_payment_is_entered_with_its_voucher_and_stands_on_the_page(talks: Town) -> None:
    project = first(talks.uid)
    costed(talks.hall, project)
    agreed(talks.hall, project)
    talks.to("works")
    funded(talks.hall, project)
    Project.objects.filter(uid=project).update(state="under_way")
    do, pledge = f"/projects/{project}/do/pay", Pledge.objects.get().uid
    given = {"pledge": pledge, "amount": "50000", "words": "付惠民建设首期款", "voucher_no": "0001"}
    refused(talks.send(DESK, do, **given), "付惠民建设首期款")
    assert talks.send(DESK, do, **given, voucher=jpeg()).status_code == 302
    refused(talks.send(DESK, do, **given, voucher=jpeg()), "0001")
    page = Client().get(f"/projects/{project}").content.decode()
    assert "付惠民建设首期款" in page and "0001" in page and "50,000 元" in page
    assert Account.objects.filter(kind="spent").count() == 1


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
        assert at in talks.desk.browser(who).get(f"/projects/{project}").content.decode()
        answer = talks.desk.browser(who).get(at)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
    assert at not in Client().get(f"/projects/{project}").content.decode()
    assert talks.desk.browser(RESIDENT).get(at).status_code in (403, 404)
    assert Client().get(at).status_code == 302
    other = Project.objects.exclude(uid=project).get().uid
    for wrong in (
        f"/projects/{other}/papers/quotation/{quoted}",
        f"/projects/{project}/papers/voucher/{quoted}",
        f"/projects/{project}/papers/contract/{quoted}",
    ):
        assert talks.desk.browser(DESK).get(wrong).status_code == 404, wrong
