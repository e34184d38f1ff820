"""A resident's words on the page of their matter: once, and never cut short."""

import pytest

from tests.acts.world import World
from tests.web.staff import Desk, at

pytestmark = pytest.mark.django_db
LONG = "三栋门口光缆箱门开着，耷拉着线，我怕小孩去拽。" * 5


@pytest.mark.parametrize(
    ("words", "quoted"), [("楼下的井盖不见了", False), (LONG, True)], ids=["short", "long"]
)
def test_words_that_are_the_title_are_not_said_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, words: str, quoted: bool
) -> None:
    desk = Desk(world, at(monkeypatch))
    case = desk.filed(words)
    page = desk.get("分拨员老赵", f"/cases/{case.uid}")
    assert words in page
    assert (f'<blockquote class="read">{words}</blockquote>' in page) == quoted
