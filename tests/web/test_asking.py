"""Returns, rulings, more time and suspension through the pages of those who ask and decide."""

from datetime import timedelta

import pytest

from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from yishi.core.case.request import RequestState
from yishi.records.models import (
    Amendment,
    Assignment,
    Case,
    Clock,
    Message,
    Report,
    Request,
    Ruling,
)

MANHOLE = "楼下的井盖不见了"
HOUR = timedelta(hours=1)
BASIS = "城市道路管理条例 第二十三条"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning, with a browser for each person."""
    return Desk(world, at(monkeypatch))


def report_of(case: Case) -> str:
    return str(Report.objects.get(links__case=case).uid)


def asked(desk: Desk, **more: str) -> Case:
    """A matter the city management office asks to return, in favour of the water company."""
    desk.world.duties["井盖缺失"].basis = BASIS
    desk.world.duties["井盖缺失"].save()
    case = desk.dispatched(MANHOLE)
    water = desk.world.bodies["区水务公司"].uid
    form = {"ground": "scope", "reason": "井盖上写着水务", "suggested": water, **more}
    desk.post("城管小孙", case, "ask-return", **form)
    case.refresh_from_db()
    return case


def test_a_unit_asks_to_return_with_a_clause_of_the_row(desk: Desk) -> None:
    case = asked(desk, ground="basis", clause="井盖属于水务设施")
    assert case.state == "returning"
    row = Request.objects.get(case=case)
    assert row.clause.endswith(f"{BASIS}：井盖属于水务设施")
    assert row.suggested == desk.world.bodies["区水务公司"]
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    for words in ("井盖上写着水务", BASIS, "区水务公司", "退件中", "decide-return"):
        assert words in page
    assert "ask-return" not in desk.get("城管小孙", f"/cases/{case.uid}")


def test_without_a_clause_the_words_stay(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    answer = desk.send("城管小孙", case, "ask-return", ground="other", reason="不是我们的")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "还没有写依据" in page
    assert "不是我们的" in page


def test_an_accepted_return_goes_back_to_be_dispatched(desk: Desk) -> None:
    case = asked(desk)
    row = Request.objects.get(case=case)
    desk.post("分拨员老赵", case, "decide-return", request=row.uid, verdict="accepted")
    case.refresh_from_db()
    assert case.state == "filed"
    assert Clock.objects.get(case=case, kind="handle", assignment__is_lead=True).state == "paused"
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert "区城市管理局：已退回" in page
    assert "同意" in page


def test_a_refusal_needs_a_reason(desk: Desk) -> None:
    case = asked(desk)
    row = Request.objects.get(case=case)
    answer = desk.send("分拨员老赵", case, "decide-return", request=row.uid, verdict="refused")
    assert answer.status_code == 422
    assert "还没有写理由" in answer.content.decode() or "理由" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == RequestState.ASKED


def disputed(desk: Desk) -> Case:
    case = asked(desk)
    row = Request.objects.get(case=case)
    refused = {"request": row.uid, "verdict": "refused", "words": "清单写明由城管主办"}
    desk.post("分拨员老赵", case, "decide-return", **refused)
    desk.post("城管小孙", case, "contest-return", words="井盖上有水务的标记")
    case.refresh_from_db()
    assert case.state == "disputed"
    return case


def test_the_group_reads_both_sides_and_rules(desk: Desk) -> None:
    case = disputed(desk)
    page = desk.get("裁定组老钱", f"/cases/{case.uid}/rule")
    for words in ("井盖上写着水务", "清单写明由城管主办", "井盖上有水务的标记", "城市道路管理条例"):
        assert words in page
    water = desk.world.bodies["区水务公司"].uid
    desk.post(
        "裁定组老钱",
        case,
        "rule",
        duty=desk.world.duties["井盖缺失"].uid,
        lead=water,
        words="标记是水务的，由水务主办",
        amend="yes",
        area="柳荫社区",
        why="柳荫社区的井盖都是水务的",
    )
    case.refresh_from_db()
    assert case.lead == desk.world.bodies["区水务公司"]
    ruling = Ruling.objects.get(case=case)
    assert ruling.words == "标记是水务的，由水务主办"
    proposed = Amendment.objects.get(ruling=ruling)
    assert (proposed.area, proposed.lead, proposed.state) == ("柳荫社区", "区水务公司", "proposed")
    told = Message.objects.filter(recipient=desk.world.people["王桂英"]).order_by("id")
    assert [row.template for row in told] == ["case.dispatched", "case.disputed", "case.ruled"]
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert "标记是水务的，由水务主办" in page
    assert "柳荫社区的井盖都是水务的" not in desk.get("水务小吴", f"/cases/{case.uid}")


def test_an_area_elsewhere_is_not_taken(desk: Desk) -> None:
    case = disputed(desk)
    ruled = {"duty": desk.world.duties["井盖缺失"].uid, "words": "仍由城管主办"}
    desk.post("裁定组老钱", case, "rule", **ruled, amend="yes", area="别的社区", why="写清楚")
    assert Amendment.objects.get().area == ""


def test_a_ruling_without_a_ground_keeps_what_was_typed(desk: Desk) -> None:
    case = disputed(desk)
    duty = desk.world.duties["井盖缺失"].uid
    answer = desk.send("裁定组老钱", case, "rule", duty=duty, amend="yes", why="都是水务的")
    assert answer.status_code == 422
    assert "都是水务的" in answer.content.decode()


def test_only_the_group_rules_and_only_on_a_dispute(desk: Desk) -> None:
    case = asked(desk)
    assert desk.browser("分拨员老赵").get(f"/cases/{case.uid}/rule").status_code == 403
    page = desk.get("裁定组老钱", f"/cases/{case.uid}/rule")
    assert '<button class="button"><svg' not in page.split("matter")[0] or "duty_1" not in page


def test_after_a_ruling_nobody_returns_it_again(desk: Desk) -> None:
    case = disputed(desk)
    ruled = {"duty": desk.world.duties["井盖缺失"].uid, "words": "仍由城管主办"}
    desk.post("裁定组老钱", case, "rule", **ruled)
    assert "ask-return" not in desk.get("城管小孙", f"/cases/{case.uid}")
    answer = desk.send("城管小孙", case, "ask-return", ground="scope", reason="还是不归我们")
    assert answer.status_code == 422
    assert "裁定是最终的" in answer.content.decode()


def test_more_time_is_asked_in_the_units_of_the_clock(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    page = desk.get("城管小孙", f"/cases/{case.uid}")
    assert 'max="2"' in page
    answer = desk.send("城管小孙", case, "ask-extension", length="9", reason="缺配件")
    assert answer.status_code == 422
    desk.post("城管小孙", case, "ask-extension", length="2", reason="缺配件")
    row = Request.objects.get(case=case)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert "2 小时" in page
    assert "缺配件" in page
    before = Clock.objects.get(case=case, kind="handle", assignment__is_lead=True).due_at
    assert before is not None
    yes = {"request": row.uid, "accepted": "yes", "words": "配件明天到"}
    desk.post("分拨员老赵", case, "decide-extension", **yes)
    clock = Clock.objects.get(case=case, kind="handle", assignment__is_lead=True)
    assert (clock.extended_by, clock.due_at) == (2, before + 2 * HOUR)
    assert "ask-extension" not in desk.get("城管小孙", f"/cases/{case.uid}")
    assert "配件明天到" in desk.get("王桂英", f"/reports/{report_of(case)}")


def test_a_suspension_holds_the_clock_until_its_day(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("城管小孙", case, "sign")
    form = {"ground": "season", "until": "2026-03-20", "reason": "下雨不能施工"}
    desk.post("城管小孙", case, "ask-suspension", **form)
    row = Request.objects.get(case=case)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert "受天气、季节限制" in page
    desk.post("分拨员老赵", case, "decide-suspension", request=row.uid, accepted="yes")
    case.refresh_from_db()
    assert (case.state, case.due_kind) == ("suspended", "suspend")
    page = desk.get("城管小孙", f"/cases/{case.uid}")
    assert "停表" in page
    assert "中止 · 还剩" in page
    told = desk.get("王桂英", f"/reports/{report_of(case)}")
    assert "暂时无法继续办理（受天气、季节限制，暂时不能施工），已中止" in told
    assert "下雨不能施工" not in told
    desk.post("城管小孙", case, "resume", words="天晴了")
    case.refresh_from_db()
    assert case.state == "signed"


@pytest.mark.parametrize("until", ["2026-03-10", "2026-05-30", "那一天"])
def test_a_day_that_cannot_be_is_refused(desk: Desk, until: str) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("城管小孙", case, "sign")
    answer = desk.send(
        "城管小孙", case, "ask-suspension", ground="season", until=until, reason="下雨不能施工"
    )
    assert answer.status_code == 422
    assert "下雨不能施工" in answer.content.decode()


def test_what_was_done_at_once_is_told_with_its_picture(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("城管小孙", case, "interim", words="先围起来了", proofs=jpeg())
    page = desk.get("王桂英", f"/reports/{report_of(case)}")
    assert "先围起来了" in page
    assert "<img" in page


def test_a_co_handler_returns_only_its_part(desk: Desk) -> None:
    case = desk.dispatched(MANHOLE)
    desk.post("水务小吴", case, "ask-return", ground="scope", reason="没有我们的管线")
    row = Request.objects.get(case=case)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert 'value="disputed"' not in page
    desk.post("分拨员老赵", case, "decide-return", request=row.uid, verdict="accepted")
    case.refresh_from_db()
    assert case.state == "dispatched"
    gone = Assignment.objects.get(case=case, is_lead=False)
    assert gone.ended_by == "returned"
