"""The page that works out a clock: days that stood still, more time, a clock that stands still."""

import re
from datetime import UTC, datetime

import pytest

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.records.models import Case, Clock


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning, with a browser for each person."""
    return Desk(world, at(monkeypatch))


@pytest.fixture
def case(desk: Desk) -> Case:
    """Cardboard on the stairs, dispatched on Wednesday 11 March 2026: three days to handle it."""
    case = desk.filed("楼道堆了纸箱")
    desk.post("分拨员老赵", case, "dispatch", duty=desk.world.duties["楼道堆物"].uid)
    return case


def account(desk: Desk, case: Case) -> str:
    """The section of the handling clock, as text."""
    page = desk.get("社区小周", f"/cases/{case.uid}/clocks")
    section = page.split("<h2>办理</h2>")[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def set_clock(case: Case, **values: object) -> None:
    Clock.objects.filter(case=case, kind="handle").update(**values)


def test_days_that_stood_still_and_more_time_have_a_line_each(desk: Desk, case: Case) -> None:
    set_clock(
        case,
        pauses=[["2026-03-12T02:00:00+00:00", "2026-03-14T01:00:00+00:00", "returned"]],
        extended_by=2,
        due_at=datetime(2026, 3, 19, 16, tzinfo=UTC),
    )
    assert (
        "起算 3 个工作日 职责清单：楼道堆物 "
        "延期 2 个工作日 共 5 个工作日 "
        "2026-03-11 周三 第 0 天 起算当天不计 "
        "2026-03-12 周四 第 1 天，共 5 天 工作日 "
        "2026-03-13 周五 不计 停表 · 退回后待重派 "
        "2026-03-14 周六 不计 周末 "
        "2026-03-15 周日 不计 周末 "
        "2026-03-16 周一 第 2 天，共 5 天 工作日 "
        "2026-03-17 周二 第 3 天，共 5 天 工作日 "
        "2026-03-18 周三 第 4 天，共 5 天 工作日 "
        "2026-03-19 周四 第 5 天，共 5 天 工作日"
    ) in account(desk, case)
    assert "到期 3月19日24:00前" in account(desk, case)


def test_a_clock_that_stands_still_says_since_when_why_and_what_is_used(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(case, state="paused", pauses=[["2026-03-13T02:00:00+00:00", None, "disputed"]])
    at(monkeypatch, datetime(2026, 3, 16, 1, tzinfo=UTC))
    shown = account(desk, case)
    assert shown.startswith("停表中 柳荫社区居委会 3月13日10:00起停表")
    assert shown.endswith(
        "2026-03-11 周三 第 0 天 起算当天不计 "
        "2026-03-12 周四 第 1 天，共 3 天 工作日 "
        "2026-03-13 周五 第 2 天，共 3 天 工作日 "
        "3月13日10:00起停表 已用36% 争议裁定中"
    )


def test_a_clock_stopped_while_it_stood_still_says_so(desk: Desk, case: Case) -> None:
    set_clock(case, state="stopped", pauses=[["2026-03-11T02:00:00+00:00", None, "merged"]])
    shown = account(desk, case)
    assert shown.startswith("已停止")
    assert shown.endswith("今天10:00停表，直至结束 已用0% 并案")


def test_rules_and_calendars_are_named_in_words(desk: Desk, case: Case) -> None:
    page = desk.get("社区小周", f"/cases/{case.uid}/clocks")
    assert "诉求办理规则第" in page
    assert "2026年工作日历第" in page
    assert "standard@" not in page
    assert "2026@" not in page
