"""The accounts of returns and of stopped push-downs, and the amendments an administrator meets."""

from datetime import date, timedelta

import pytest

from tests.acts.test_amending import TODAY, ruled
from tests.acts.test_duties import listed, load, row
from tests.acts.test_whole_way import done
from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.acts.case import intake, returning, stretching
from yishi.acts.case.returning import Amended
from yishi.core.refusal import Refusal
from yishi.records.models import Amendment, DutyRow, Request
from yishi.records.queries.duty import standing_on
from yishi.records.spreadsheet import read_tables

MANHOLE = "楼下的井盖不见了"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning, with a browser for each person."""
    return Desk(world, at(monkeypatch))


def rows_of(data: bytes) -> list[dict[str, object]]:
    """The rows of the first sheet of a workbook."""
    tables = read_tables(data, "account.xlsx")
    assert not isinstance(tables, Refusal)
    return [dict(row) for row in next(iter(tables.values()))]


def asked_for(desk: Desk) -> None:
    """One return, refused, and one extension, waiting; by the same unit on two matters."""
    first, second = desk.dispatched(MANHOLE), desk.dispatched("路灯也坏了")
    ask = desk.world.ask
    done(returning.ask_return(ask("城管小孙"), first.uid, "不是我们的", "无标记"))
    request = Request.objects.get(case=first)
    done(returning.decide_return(ask("分拨员老赵"), first.uid, request.uid, "refused", "清单写明"))
    done(stretching.ask_extension(ask("城管小孙"), second.uid, 1, "缺配件"))


def test_the_account_shows_what_was_asked_and_decided(desk: Desk) -> None:
    asked_for(desk)
    page = desk.get("分拨员老赵", "/requests")
    for words in ("申请退回", "申请延期 1 小时", "不是我们的", "无标记", "清单写明", "待审批"):
        assert words in page
    assert "不是我们的" not in desk.get("分拨员老赵", "/requests?kind=extension")
    assert "缺配件" not in desk.get("分拨员老赵", "/requests?state=refused")
    assert "缺配件" in desk.get("分拨员老赵", "/requests?month=2026-03")
    assert "缺配件" not in desk.get("分拨员老赵", "/requests?month=2026-04")


def test_a_unit_reads_its_own_and_no_other(desk: Desk) -> None:
    asked_for(desk)
    assert "不是我们的" in desk.get("城管小孙", "/requests")
    assert "不是我们的" not in desk.get("水务小吴", "/requests")
    assert desk.browser("王桂英").get("/requests").status_code == 403


def test_a_unit_still_reads_what_it_gave_back(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    done(returning.ask_return(desk.world.ask("城管小孙"), case.uid, "不是我们的", "无标记"))
    request = Request.objects.get(case=case)
    ask = desk.world.ask("分拨员老赵")
    done(returning.decide_return(ask, case.uid, request.uid, "accepted"))
    assert "不是我们的" in desk.get("城管小孙", "/requests")


def test_the_account_is_taken_away_as_a_table(desk: Desk) -> None:
    asked_for(desk)
    answer = desk.browser("分拨员老赵").get("/requests.xlsx?kind=return")
    assert [row["理由"] for row in rows_of(answer.content)] == ["不是我们的"]


def pushed(desk: Desk) -> None:
    """A dispatcher tries to make a community help where the list does not name it."""
    case = desk.filed(MANHOLE)
    row = desk.world.duties["井盖缺失"]
    committee = desk.world.bodies["柳荫社区居委会"].uid
    answer = intake.dispatch(desk.world.ask("分拨员老赵"), case.uid, row.uid, "", [committee])
    assert getattr(answer, "code", "") == "duty_not_for_community"


def test_a_push_down_is_counted_by_who_tried(desk: Desk) -> None:
    pushed(desk)
    page = desk.get("社区小周", "/burden")
    for words in ("望江街道办事处", "柳荫社区居委会", "井盖缺失", "不下派社区", "第十七条"):
        assert words in page
    code = desk.world.bodies["望江街道办事处"].code
    assert "井盖缺失" in desk.get("社区小周", f"/burden?unit={code}")
    assert "井盖缺失" not in desk.get("社区小周", "/burden?month=2026-04")
    answer = desk.browser("社区小周").get("/burden.xlsx")
    assert [row["谁要下派"] for row in rows_of(answer.content)] == ["望江街道办事处"]


def test_the_dispatch_page_names_the_clause(desk: Desk) -> None:
    case = desk.filed(MANHOLE)
    duty, community = desk.world.duties["井盖缺失"].uid, desk.world.bodies["柳荫社区居委会"].uid
    answer = desk.send("分拨员老赵", case, "dispatch", duty=duty, co=community)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "这件事不能下派给社区" in page
    assert "北京市接诉即办工作条例 第十七条" in page
    assert "柳荫社区居委会，“井盖缺失”：不下派社区" in page


def amendment(desk: Desk) -> str:
    done(load(desk.world, listed(row(), row(grade="破损"))))
    return ruled(desk.world, Amended("井盖无水务标记的归城管"))


def test_the_administrator_reads_the_difference_and_publishes(desk: Desk) -> None:
    uid = amendment(desk)
    assert "污水井盖" in desk.get("管理员", "/rules/amendments?state=proposed")
    page = desk.get("管理员", f"/rules/amendments/{uid}")
    for words in ("区水务公司", "区城市管理局", "发布新一版清单", "井盖无水务标记的归城管"):
        assert words in page
    browser = desk.browser("管理员")
    answer = browser.post(f"/rules/amendments/{uid}/publish", {"key": "publish-1"})
    assert answer.status_code == 302
    assert Amendment.objects.get(uid=uid).state == "published"
    now = DutyRow.objects.filter(standing_on(TODAY), grade="缺失").get(bundle__kind="duties")
    assert (now.lead, now.valid_from) == ("区城市管理局", date(2026, 3, 11))
    page = desk.get("管理员", f"/rules/amendments/{uid}")
    assert "发布新一版清单" not in page
    assert "职责清单第2版" in page


def test_the_group_reads_how_its_amendment_stands_and_publishes_nothing(desk: Desk) -> None:
    uid = amendment(desk)
    page = desk.get("裁定组老钱", f"/rules/amendments/{uid}")
    assert "待发布" in page
    assert "发布新一版清单" not in page
    answer = desk.browser("裁定组老钱").post(f"/rules/amendments/{uid}/publish", {"key": "k"})
    assert answer.status_code == 403
    assert desk.browser("分拨员老赵").get("/rules/amendments").status_code == 403


def test_what_is_not_adopted_says_why(desk: Desk) -> None:
    uid = amendment(desk)
    browser = desk.browser("管理员")
    answer = browser.post(f"/rules/amendments/{uid}/drop", {"key": "drop-1", "why": ""})
    assert answer.status_code == 422
    answer = browser.post(f"/rules/amendments/{uid}/drop", {"key": "drop-2", "why": "年底统一改"})
    assert answer.status_code == 302
    assert "年底统一改" in desk.get("裁定组老钱", f"/rules/amendments/{uid}")


def test_each_has_what_waits_for_them_on_the_first_screen(desk: Desk) -> None:
    amendment(desk)
    case = desk.dispatched(MANHOLE)
    done(returning.ask_return(desk.world.ask("城管小孙"), case.uid, "不是我们的", "无标记"))
    assert "待审批的退回" in desk.get("分拨员老赵", "/work")
    assert "我们申请退回或有争议的" in desk.get("城管小孙", "/work")
    assert "裁定提出的清单修订" in desk.get("裁定组老钱", "/work")
    request = Request.objects.get(case=case)
    ask = desk.world.ask("分拨员老赵")
    done(returning.decide_return(ask, case.uid, request.uid, "disputed", "请裁定"))
    assert MANHOLE in desk.get("裁定组老钱", "/cases?queue=to_rule")


def test_a_matter_returned_twice_comes_before_the_officer(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    for who in ("城管小孙", "水务小吴"):
        done(returning.ask_return(desk.world.ask(who), case.uid, "不是我们的", "无标记"))
        request = Request.objects.filter(case=case).latest("id")
        later = desk.now + timedelta(minutes=5)
        ask = desk.world.ask("分拨员老赵", later)
        done(returning.decide_return(ask, case.uid, request.uid, "refused", "清单写明"))
    assert MANHOLE in desk.get("督查员老冯", "/cases?queue=returned_twice")


def test_the_administrator_is_told_that_a_change_is_proposed(desk: Desk) -> None:
    assert "清单修订建议。" not in desk.get("管理员", "/work")
    amendment(desk)
    assert "1 次裁定提出了清单修订建议。" in desk.get("管理员", "/work")
