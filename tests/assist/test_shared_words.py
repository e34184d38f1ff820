"""Which words two texts share, as they are shown."""

import pytest

from yishi.assist.text import common, shared


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
    assert common(["路灯"]) == ()
    assert common([]) == ()
