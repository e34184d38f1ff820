"""The leader's briefs: a page and a Word file, numbers out of the figures, nobody named."""

import io

import pytest
from docx import Document

from tests.acts.test_exclusion import rated
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.town import filed

MARCH = "kind=monthly&time=2026-03"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def word(desk: Desk, query: str, who: str = "街道主任") -> str:
    """Every word of the document, those of its tables too."""
    answer = desk.browser(who).get(f"/briefs.docx?{query}")
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_month_is_reviewed_with_its_numbers(desk: Desk) -> None:
    rated(desk.world)
    filed(desk.world, "李建国", "楼道灯不亮")
    for said in (desk.get("街道主任", f"/briefs?{MARCH}"), word(desk, MARCH)):
        assert "民生诉求月点评" in said
        assert "2026年3月" in said
        assert "共受理诉求2件" in said
        assert "有效回访1件" in said
        assert "柳荫社区居委会" in said
        assert "由 0 增至 2" in said


def test_the_same_brief_is_the_same_file(desk: Desk) -> None:
    filed(desk.world)
    leader = desk.browser("街道主任")
    assert (
        leader.get(f"/briefs.docx?{MARCH}").content == leader.get(f"/briefs.docx?{MARCH}").content
    )


def test_nobody_and_nobodys_words_stand_in_it(desk: Desk) -> None:
    filed(desk.world, "王桂英", "我是王桂英，电话13800000001，楼下的井盖不见了")
    for kind in ("weekly&time=2026-W11", "monthly&time=2026-03"):
        said = word(desk, f"kind={kind}") + desk.get("街道主任", f"/briefs?kind={kind}")
        for hidden in ("王桂英", "13800000001", "井盖不见了", "分拨员老赵"):
            assert hidden not in said


def test_a_special_brief_is_about_one_kind_and_lists_every_matter(desk: Desk) -> None:
    own = rated(desk.world).report
    # The ninety days end with yesterday, so a matter of today is not in it yet.
    item = own.links.get().case.item
    said = word(desk, f"kind=special&item={item}")
    assert "民情专报" in said
    assert "楼道堆物" in said
    assert "共受理诉求0件" in said


def test_a_place_is_narrowed_to_and_only_within_reach(desk: Desk) -> None:
    filed(desk.world)
    stone = desk.world.places["石桥社区"]
    assert "共受理诉求0件" in word(desk, f"{MARCH}&place={stone.uid}")
    assert desk.browser("社区小周").get(f"/briefs?place={stone.uid}").status_code == 404
    for who, status in (("城管小孙", 403), ("王桂英", 403), ("社区小周", 200)):
        assert desk.browser(who).get("/briefs").status_code == status, who


@pytest.mark.parametrize("query", ["kind=monthly&time=2026-W11", "time=soon", "time=2026-13"])
def test_a_period_nobody_can_read_is_said(desk: Desk, query: str) -> None:
    assert desk.browser("街道主任").get(f"/briefs?{query}").status_code == 422
