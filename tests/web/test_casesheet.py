"""Sheets asked for from above: what is entered once fills each of them, and nobody is named."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.town import answered, filed
from yishi.records.spreadsheet import write_xlsx
from yishi.rulebook.kinds import case_sheets
from yishi.rulebook.shipped import shipped_bundle

SHEETS = case_sheets(shipped_bundle("sheets", "standard"))
MARCH = "since=2026-03-01&until=2026-03-31"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def rows(desk: Desk, sheet: str, days: str = MARCH, who: str = "街道主任") -> list[dict[str, str]]:
    """The rows of the workbook, each by its heads."""
    answer = desk.browser(who).get(f"/sheets.xlsx?sheet={sheet}&{days}")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, *body = book.get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in body]


def test_one_matter_fills_the_account_of_what_was_answered(desk: Desk) -> None:
    answered(desk.world)
    filed(desk.world, "李建国", "楼道灯不亮")
    (row,) = rows(desk, "answered")
    assert row["社区"] == "柳荫社区"
    assert row["事项"] == "楼道堆物"
    assert row["承办单位"] == "柳荫社区居委会"
    assert row["涉及居民（人）"] == 1
    assert row["办理结果"] == "已换新井盖"
    assert row["答复时间"] == "2026-03-11 09:00"
    assert row["用时（天）"] == "0.0"
    assert len(rows(desk, "hotline")) == 2


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("since=2026-03-11&until=2026-03-11", 1),
        ("since=2026-03-12&until=2026-03-31", 0),
        ("since=2026-02-01&until=2026-03-10", 0),
    ],
)
def test_the_last_day_is_in_the_period(desk: Desk, days: str, found: int) -> None:
    filed(desk.world)
    assert len(rows(desk, "urban", days)) == found


@pytest.mark.parametrize(
    "days",
    ["since=0001-01-01&until=0001-01-02", "since=2026-03-01&until=9999-12-31"],
)
def test_days_at_the_end_of_time_are_refused(desk: Desk, days: str) -> None:
    for address in ("/sheets", "/sheets.xlsx"):
        assert desk.browser("街道主任").get(f"{address}?{days}").status_code == 422


def test_a_sheet_may_be_called_what_no_workbook_takes() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx({"'周/月报: [新]'": (("a",), ())})))
    assert book.sheet_names == ["周 月报   新"]


@pytest.mark.parametrize("sheet", [sheet.code for sheet in SHEETS])
def test_no_sheet_names_who_raised_it_or_says_their_words(desk: Desk, sheet: str) -> None:
    own = filed(desk.world, "王桂英", "我是王桂英，电话13800000001，楼下的井盖不见了")
    found = str(rows(desk, sheet)) + desk.get("街道主任", f"/sheets?sheet={sheet}&{MARCH}")
    assert "井盖不见了" not in found
    assert "王桂英" not in found
    assert "13800000001" not in found
    assert own.number


def test_who_may_take_one_and_of_where(desk: Desk) -> None:
    filed(desk.world)
    for who, status in (("社区小周", 200), ("分拨员老赵", 200), ("城管小孙", 403), ("王桂英", 403)):
        assert desk.browser(who).get("/sheets").status_code == status, who
    other = desk.world.places["石桥社区"].code
    assert desk.browser("社区小周").get(f"/sheets?place={other}").status_code == 404
    assert len(rows(desk, "urban", f"{MARCH}&place={other}")) == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [("sheet=none", 404), ("since=yesterday", 422), ("since=2026-03-02&until=2026-03-01", 422)],
)
def test_what_cannot_be_read_is_said(desk: Desk, query: str, status: int) -> None:
    assert desk.browser("街道主任").get(f"/sheets?{query}").status_code == status
