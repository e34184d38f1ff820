"""Choosing a row of the responsibility list, and reading the bodies of a cell."""

import pytest

from yishi.core.calendar import Span, SpanKind
from yishi.core.duty import CommunityMay, DutyRow, choose, must_be_for_community, split_bodies
from yishi.core.refusal import Refusal


def row(
    grade: str = "", area: str = "", lead: str = "排水服务中心", code: str = "01-02"
) -> DutyRow:
    return DutyRow(
        code=code,
        category="部件",
        major="公用设施",
        minor="污水井盖",
        title="污水井盖",
        grade=grade,
        area=area,
        lead=lead,
        co=(),
        supervising="",
        limit=Span(2, SpanKind.HOUR),
        limit_words="2紧急工作时",
        basis="",
        standard="恢复",
        promise="",
        community_may=CommunityMay.ASSIST,
    )


GONE, BROKEN = row("缺失"), row("破损")
ANYWHERE, ESTATE, STREET = row(), row(area="南门小区", lead="物业"), row(area="南街", lead="街道办")


@pytest.mark.parametrize(
    ("rows", "asked", "answer"),
    [
        ([GONE, BROKEN], ("01-02", "缺失"), GONE),
        ([GONE], ("01-02",), GONE),
        ([ANYWHERE], ("01-02", "", "北街"), ANYWHERE),
        ([ANYWHERE, ESTATE], ("01-02", "", "南门小区"), ESTATE),
        ([ANYWHERE, STREET, ESTATE], ("01-02", "", ("南门小区", "南街")), ESTATE),
        ([ANYWHERE, STREET, ESTATE], ("01-02", "", ("北门小区", "南街")), STREET),
        ([], ("01-02",), Refusal("duty_no_item", have="01-02")),
        ([GONE], ("09-09",), Refusal("duty_no_item", have="09-09")),
        ([GONE, BROKEN], ("01-02",), Refusal("duty_grade_needed", need=("缺失", "破损"))),
        ([GONE], ("01-02", "丢了"), Refusal("duty_no_grade", need=("缺失",), have="丢了")),
        (
            [ESTATE, STREET],
            ("01-02", "", "北街"),
            Refusal("duty_no_area", need=("南门小区", "南街"), have=("北街",)),
        ),
        (
            [ANYWHERE, row(lead="水务公司")],
            ("01-02",),
            Refusal("duty_ambiguous", need=1, have=("排水服务中心", "水务公司")),
        ),
    ],
)
def test_choose(rows: list[DutyRow], asked: tuple, answer: DutyRow | Refusal) -> None:
    assert choose(rows, *asked) == answer


@pytest.mark.parametrize(
    ("cell", "lead", "co"),
    [
        ("排水服务中心", "排水服务中心", ()),
        ("排水服务中心、各产权单位", "排水服务中心", ("各产权单位",)),
        ("甲、乙、甲、丙", "甲", ("乙", "丙")),
        ("环卫中心\n园林中心", "环卫中心", ("园林中心",)),
        ("甲，乙；丙,丁", "甲", ("乙", "丙", "丁")),
        ("盐湖区 政府、", "盐湖区政府", ()),
        ("", "", ()),
        ("、", "", ()),
    ],
)
def test_split_bodies(cell: str, lead: str, co: tuple[str, ...]) -> None:
    assert split_bodies(cell) == (lead, co)


@pytest.mark.parametrize(
    ("may", "leads", "named", "allowed"),
    [
        ("lead", True, True, True),
        ("lead", True, False, True),
        ("lead", False, False, True),
        # What it is only to assist, it never leads, whatever else the row says.
        ("assist", True, True, False),
        ("assist", True, False, False),
        ("assist", False, False, True),
        # Off the list: only where the row itself names the community.
        ("none", True, True, True),
        ("none", True, False, False),
        ("none", False, True, True),
        ("none", False, False, False),
    ],
)
def test_a_community_gets_only_what_the_list_gives_it(
    may: str, leads: bool, named: bool, allowed: bool
) -> None:
    refused = must_be_for_community(
        CommunityMay(may), leads=leads, named=named, unit="柳荫社区居委会", item="楼道堆物"
    )
    if allowed:
        assert refused is None
        return
    assert refused == Refusal(
        "duty_not_for_community",
        need="lead" if leads else "assist",
        have=("柳荫社区居委会", "楼道堆物", may),
        source="北京市接诉即办工作条例 第十七条",
    )
