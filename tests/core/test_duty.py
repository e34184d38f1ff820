"""Reading the bodies of a cell of the responsibility list, and what a community may get."""

import pytest

from yishi.core.duty import CommunityMay, must_be_for_community, split_bodies
from yishi.core.refusal import Refusal


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
