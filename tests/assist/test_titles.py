"""Titles that may mean the same: by shared pairs of characters, the likest first."""

import pytest

from yishi.assist.titles import alike

TITLES = [
    ("a", "四部电梯怎么修"),
    ("b", "院子里停车怎么收费"),
    ("c", "老楼加装电梯"),
    ("d", "换楼道灯"),
]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("电梯坏了怎么修", ["a"]),
        ("停车怎么收费", ["b"]),
        ("电梯", ["a", "c"]),
        ("垃圾房搬走", []),
        ("灯", []),
        ("", []),
    ],
)
def test_the_likest_titles_are_found(title: str, found: list[str]) -> None:
    assert alike(title, TITLES, 3) == found


def test_no_more_than_asked_for_are_found() -> None:
    assert alike("电梯", TITLES, 1) == ["a"]
