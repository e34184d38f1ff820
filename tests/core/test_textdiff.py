"""What differs between two texts: nothing lost, what went before what came, figures noticed."""

import random

import pytest

from yishi.core.textdiff import Change, Piece, difference, figures_changed, is_changed

SAME, OUT, IN = Change.SAME, Change.OUT, Change.IN


def shown(old: str, new: str) -> str:
    """The difference on one line: [-what went-]{+what came+}."""
    form = {SAME: "{}", OUT: "[-{}-]", IN: "{{+{}+}}"}
    return "".join(form[one.change].format(one.words) for one in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", ""),
        ("每月清扫一次。", "每月清扫一次。", "每月清扫一次。"),
        ("", "每月清扫一次。", "{+每月清扫一次。+}"),
        ("每月清扫一次。", "", "[-每月清扫一次。-]"),
        ("每月清扫一次。", "每月清扫两次。", "每月清扫[-一-]{+两+}次。"),
        (
            "晚十点后不跳广场舞。楼道不堆杂物。",
            "晚九点后不跳广场舞。楼道不堆杂物。",
            "晚[-十-]{+九+}点后不跳广场舞。楼道不堆杂物。",
        ),
        (
            "第一条 爱护花木。\n第二条 文明养犬。",
            "第一条 爱护花木。\n第二条 不高空抛物。\n第三条 文明养犬。",
            "第一条 爱护花木。\n{+第二条 不高空抛物。\n+}第[-二-]{+三+}条 文明养犬。",
        ),
        ("雨天改在室内。", "费用由物业承担。", "[-雨天改在室内。-]{+费用由物业承担。+}"),
    ],
)
def test_a_change_is_told_where_it_is(old: str, new: str, told: str) -> None:
    assert shown(old, new) == told


def test_nothing_is_lost_whatever_was_changed() -> None:
    chance = random.Random(5)
    for _ in range(300):
        old = "".join(chance.choices("一二花木楼道。；\n不", k=chance.randrange(60)))
        new = "".join(chance.choices("一二花木楼道。；\n不", k=chance.randrange(60)))
        found = difference(old, new)
        assert "".join(one.words for one in found if one.change is not IN) == old
        assert "".join(one.words for one in found if one.change is not OUT) == new
        assert all(one.words for one in found)


def test_neighbours_of_one_kind_are_one_piece() -> None:
    found = difference("甲。乙。丙。", "丁。戊。丙。")
    assert found == (Piece(OUT, "甲。乙。"), Piece(IN, "丁。戊。"), Piece(SAME, "丙。"))


def test_white_space_at_the_ends_is_no_change() -> None:
    assert not is_changed("每月一次。\n", "每月一次。")
    assert is_changed("每月一次。", "每月两次。")


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("每户出100元", "每户出120元", True),
        ("每户出１００元", "每户出100元", False),
        ("每户出一百元", "每户出二百元", True),
        ("占百分之三十", "占百分之四十", True),
        ("先做1号楼再做2号楼", "先做2号楼再做1号楼", False),
        ("一律不准堆放", "都不准堆放", False),
        ("请物业派人", "由物业派人", False),
        ("七天内完成", "尽快完成", True),
    ],
)
def test_a_figure_that_is_another_one_is_noticed(old: str, new: str, changed: bool) -> None:
    assert figures_changed(old, new) is changed


def test_a_long_text_is_compared_in_good_time() -> None:
    old = "".join(f"第{n}条 楼道不堆杂物，保持消防通道畅通，每月检查{n}次。\n" for n in range(500))
    new = old.replace("检查250次", "检查251次")
    found = difference(old, new)
    assert [one.words for one in found if one.change is not SAME] == ["0", "1"]
