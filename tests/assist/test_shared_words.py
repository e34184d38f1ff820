"""Which words two texts share, as they are shown."""

import pytest

from yishi.assist.text import common, says_where, shared


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("3号楼电梯停了", "电梯又停了，3号楼", ("3号楼", "电梯")),
        ("门口的路灯不亮", "路灯又不亮", ("路灯", "不亮")),
        ("请修路灯", "请修水管", ()),
        ("路灯", "水管", ()),
        ("", "水管", ()),
        ("13800001234灯", "13800001234水", ()),
        ("停水。停电", "停水停电", ("停水", "停电")),
    ],
)
def test_shared_words(one: str, other: str, words: tuple[str, ...]) -> None:
    assert shared(one, other) == words


def test_a_long_run_is_cut_and_few_are_shown() -> None:
    text = "河沿新村六号楼门口下水道堵塞污水横流"
    assert [len(run) for run in shared(text, text)] == [12, 6]
    assert len(shared("甲乙，丙丁，戊己，庚辛，壬癸", "壬癸，庚辛，戊己，丙丁，甲乙")) == 4


def test_common_words_stand_in_half_of_the_texts() -> None:
    texts = ["3号楼电梯停了", "3号楼的电梯又坏", "电梯坏了", "电梯困人"]
    assert common(texts) == ("3号楼", "电梯")
    assert common(["春晓大道工地夜间", "春晓大道工地", "工地夜间"]) == ("春晓大道工地",)
    assert common(["路灯"]) == ()
    assert common([]) == ()


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("石桥新村",), True),
        (("石桥新村", "三栋"), True),
        (("桥新村", "12号楼"), True),
        (("一栋", "停水"), False),
        (("路灯",), False),
        ((), False),
    ],
)
def test_words_that_only_say_where(words: tuple[str, ...], where: bool) -> None:
    assert says_where(words, ("石桥社区", "石桥新村", "石桥新村3栋")) is where


def test_half_a_word_is_none() -> None:
    assert shared("打桩吵得睡不着", "半夜吵得老人睡不着觉") == ("睡不着",)
    assert shared("路灯不亮了", "这排路灯不亮") == ("路灯不亮",)
    assert shared("门没关", "那扇门没锁，后门没人管") == ()
