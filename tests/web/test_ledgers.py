"""The accounts of supervision: orders, findings, the dated list; filters, workbook, who reads."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from tests.acts.world import NOW, World, appoint_overseer
from tests.web.staff import Desk, at
from tests.web.test_oversight import post
from tests.web.town import done
from yishi.acts import order
from yishi.records.models import Case, Finding, Listed, Order

FENG, DAY = "督查员老冯", timedelta(days=1)


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    appoint_overseer(world)
    return Desk(world, at(monkeypatch))


def sheet(desk: Desk, who: str, address: str) -> list[list[object]]:
    """The rows of the workbook at `address`, without their head."""
    answer = desk.browser(who).get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()[1:]


def later(desk: Desk, monkeypatch: pytest.MonkeyPatch, gap: timedelta) -> None:
    """Everybody comes back after `gap`: who idled that long was signed out."""
    desk.now = at(monkeypatch, NOW + gap)
    desk.browsers.clear()


def ordered(desk: Desk, words: str = "限时到场") -> Case:
    case = desk.dispatched("井盖不见了")
    desk.post(FENG, case, "order", words=words)
    return case


def test_the_account_shows_when_an_order_is_due_and_how_it_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered(desk)
    page = desk.get(FENG, "/orders")
    # Five working days from Wednesday 11 March end with Wednesday the 18th.
    assert "2026-03-18 24:00" in page
    assert "限时到场" in page
    later(desk, monkeypatch, 8 * DAY)
    assert "限时到场" in desk.get(FENG, "/orders?state=overdue")
    assert "限时到场" not in desk.get(FENG, "/orders?state=open")


@pytest.mark.parametrize(("days", "state"), [(7, "in_time"), (8, "answered_late")])
def test_an_order_counts_as_answered_in_time_or_late(desk: Desk, days: int, state: str) -> None:
    case = ordered(desk)
    uid = Order.objects.get().uid
    moment = NOW + days * DAY
    done(order.answer(desk.world.ask("城管小孙", moment), case.uid, uid, "已到场"))
    for other in ("open", "overdue", "in_time", "answered_late"):
        rows = sheet(desk, FENG, f"/orders.xlsx?state={other}")
        assert len(rows) == (1 if other == state else 0), other


def test_a_unit_reads_its_own_orders_only(desk: Desk) -> None:
    ordered(desk, "请到现场")
    assert "请到现场" in desk.get("城管小孙", "/orders")
    assert "请到现场" not in desk.get("水务小吴", "/orders")
    assert "请到现场" in desk.get("社区小周", "/orders?unit=&cause=officer&month=2026-03")
    assert "请到现场" not in desk.get("社区小周", "/orders?month=2026-02")
    for who in ("王桂英", "网格员小陈", "回访员小郑"):
        assert desk.browser(who).get("/orders").status_code == 403


def test_a_finding_is_recorded_at_the_case_and_listed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.dispatched("井盖不见了")
    body = desk.world.bodies["区城市管理局"].uid
    early = desk.send(FENG, case, "finding", body=body, breach="late", words="两小时未到")
    assert early.status_code == 422
    assert "记录里没有这样的依据" in early.content.decode()
    later(desk, monkeypatch, timedelta(hours=2))
    desk.post(FENG, case, "finding", body=body, breach="late", words="两小时未到")
    page = desk.get(FENG, "/findings?breach=late")
    assert "两小时未到" in page
    assert "督查员老冯" not in page.split("<main")[1]
    assert "两小时未到" in desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert "两小时未到" in desk.get("城管小孙", "/findings")
    assert "两小时未到" not in desk.get("水务小吴", "/findings")
    assert "两小时未到" not in desk.get(FENG, "/findings?breach=manner")
    assert len(sheet(desk, "街道主任", "/findings.xlsx")) == 1
    duty = desk.world.duties["井盖缺失"].uid
    row = desk.get("街道主任", f"/rules/duties/{duty}")
    assert f"/findings?duty={duty}" in row
    assert Finding.objects.count() == 1


def test_an_entry_goes_its_way_through_the_pages(desk: Desk) -> None:
    unit = desk.world.bodies["区水务公司"].uid
    to = post(
        desk, "社区小周", "/listed/new", title="三单元水压不足", body=unit, due_on="2026-03-12",
        words="院坝会王阿姨提出",
    )  # fmt: skip
    row = Listed.objects.get()
    assert to == f"/listed/{row.uid}"
    public = desk.get("王桂英", "/board/listed")
    assert "三单元水压不足" in public
    assert "院坝会王阿姨提出" not in public
    assert "三单元水压不足" in desk.get("水务小吴", "/listed")
    assert "三单元水压不足" not in desk.get("城管小孙", "/listed")
    assert post(desk, "水务小吴", f"{to}/done", words="泵已换") == to
    assert "待查看" in desk.get("社区小周", "/work")
    blank = desk.browser("社区小周").post(f"{to}/close", {"key": "q", "settled": "yes"})
    assert blank.status_code == 422
    assert post(desk, "社区小周", f"{to}/close", settled="yes", words="水压正常") == to
    assert "三单元水压不足" in desk.get("社区小周", "/listed?state=closed")
    assert "三单元水压不足" not in desk.get("社区小周", "/listed?state=open")


def test_a_late_entry_stands_on_the_first_screens(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = desk.world.bodies["区水务公司"].uid
    post(desk, "社区小周", "/listed/new", title="路灯不亮", body=unit, due_on="2026-03-11")
    for who in ("社区小周", FENG, "水务小吴"):
        assert "清单上超期" not in desk.get(who, "/work")
    # Its day ends at midnight in Shanghai, 16:00 UTC.
    later(desk, monkeypatch, timedelta(hours=15))
    for who in ("社区小周", FENG, "水务小吴"):
        assert "清单上超期" in desk.get(who, "/work"), who
    assert "路灯不亮" in desk.get(FENG, "/listed?state=late")


def test_a_figure_of_the_list_counts_what_it_leads_to_however_the_list_is_narrowed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two late and one open of the water works, one closed of another unit."""
    water, city = (desk.world.bodies[name].uid for name in ("区水务公司", "区城市管理局"))
    for title, unit, due in (
        ("路灯不亮", water, "2026-03-11"),
        ("水压不足", water, "2026-03-11"),
        ("井盖松动", water, "2026-03-30"),
        ("护栏倒了", city, "2026-03-30"),
    ):
        post(desk, "社区小周", "/listed/new", title=title, body=unit, due_on=due)
    closed = Listed.objects.get(title="护栏倒了")
    post(desk, "城管小孙", f"/listed/{closed.uid}/done", words="扶正了")
    post(desk, "社区小周", f"/listed/{closed.uid}/close", settled="yes", words="看过")
    later(desk, monkeypatch, timedelta(hours=15))
    code = desk.world.bodies["区水务公司"].code

    def figures(query: str) -> list[tuple[str, int]]:
        page = desk.browser(FENG).get(f"/listed?{query}").context["ledger"]
        return [(one["href"].partition("?")[2], one["value"]) for one in page.figures]

    everything = [("state=open", 3), ("state=late", 2), ("state=done", 0), ("state=closed", 1)]
    for state in ("", "open", "late", "closed"):
        assert figures(f"state={state}") == everything
    of_water = [(f"{asked}&unit={code}", many) for asked, many in everything]
    of_water[-1] = (f"state=closed&unit={code}", 0)
    assert figures(f"state=late&unit={code}") == of_water
    for asked, many in of_water:
        assert len(sheet(desk, FENG, f"/listed.xlsx?{asked}")) == many


def test_an_entry_comes_from_a_case(desk: Desk) -> None:
    case = desk.dispatched("井盖不见了")
    unit = desk.world.bodies["区城市管理局"].uid
    assert f"/cases/{case.uid}/put-on-list" in desk.get("分拨员老赵", f"/cases/{case.uid}")
    post(
        desk, "分拨员老赵", f"/cases/{case.uid}/put-on-list", title="井盖要加固", body=unit,
        due_on="2026-03-30",
    )  # fmt: skip
    assert Listed.objects.get().case == case


def test_whoever_has_several_communities_chooses_one_first(desk: Desk) -> None:
    page = desk.get("分拨员老赵", "/listed/new")
    assert "石桥社区" in page
    place = desk.world.places["石桥社区"].uid
    unit = desk.world.bodies["区水务公司"].uid
    address = f"/listed/new?place={place}"
    post(desk, "分拨员老赵", address, title="水管漏", body=unit, due_on="2026-03-30")
    assert Listed.objects.get().place == desk.world.places["石桥社区"]
    elsewhere = f"/listed/new?place={desk.world.places['清河区'].uid}"
    assert desk.browser("分拨员老赵").get(elsewhere).status_code == 404


def test_a_title_with_a_phone_is_refused_with_its_words_kept(desk: Desk) -> None:
    unit = desk.world.bodies["区水务公司"].uid
    fields = {"key": "k", "title": "请找 13800000001", "body": unit, "due_on": "2026-03-30"}
    answer = desk.browser("社区小周").post("/listed/new", fields)
    assert answer.status_code == 422
    assert "请找 13800000001" in answer.content.decode()
    assert "标题里有能认出人的内容" in answer.content.decode()
