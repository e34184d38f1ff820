"""Lists as an office would fill them in, to be loaded or spoiled by tests."""

from typing import Any

from yishi.core.refusal import Refusal
from yishi.core.table import TableRefusal

Tables = dict[str, list[dict[str, Any]]]


def cells(answer: object) -> list[tuple[str, int, str, str]]:
    """(sheet, row, column, code) of everything a load was refused for."""
    assert isinstance(answer, TableRefusal), answer
    return [(p.sheet, p.row, p.column, p.code) for p in answer.problems]


def code(answer: object) -> str:
    """The code of a refusal."""
    assert isinstance(answer, Refusal), answer
    return answer.code


def town() -> Tables:
    """A district of one town with two communities, each row as a spreadsheet gives it."""
    return {
        "区划": [
            {"编码": 510100.0, "名称": "青石县", "级别": "县", "上级编码": ""},
            {"编码": "510100001", "名称": "渡口镇", "级别": "镇", "上级编码": 510100.0},
            {"编码": "510100001001", "名称": "东街社区", "级别": "社区", "上级编码": "510100001"},
            {"编码": "510100001002", "名称": "西街社区", "级别": "社区", "上级编码": "510100001"},
        ],
        "分组": [
            {"编码": "DJ-G1", "名称": "东街第一网格", "类别": "网格", "社区编码": "510100001001"},
            {"编码": "DJ-Z1", "名称": "东街一组", "类别": "居民小组", "社区编码": "510100001001"},
            {"编码": "DJ-X1", "名称": "东方苑", "类别": "小区", "社区编码": "510100001001"},
        ],
        "楼栋": [
            {
                "编码": "DJ01",
                "名称": "东方苑1栋",
                "地址": "东街5号",
                "社区编码": "510100001001",
                "网格编码": "DJ-G1",
                "居民小组编码": "DJ-Z1",
                "小区编码": "DJ-X1",
                "经度": "104.06",
                "纬度": 30.67,
            },
        ],
        "单位": [
            {"编码": "XFB", "名称": "县住建局", "类别": "部门", "所在编码": 510100},
            {"编码": "DJJWH", "名称": "东街居委会", "类别": "居委会", "所在编码": "510100001001"},
        ],
    }
