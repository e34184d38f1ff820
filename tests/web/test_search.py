"""The search pages: who finds what, the marks, the numbers, and what is said where nothing is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.bench.seed import bring_to
from tests.web.staff import Desk, at
from yishi.acts import publication, report
from yishi.acts.case import closing
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.acts.topic import raising
from yishi.records.index import index_cases, stale
from yishi.records.models import Case


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def file(desk: Desk, text: str, who: str = "王桂英") -> Case:
    building = desk.world.buildings["柳荫1栋"].uid
    done = report.file(desk.world.ask(who), Words(text, building=building))
    assert isinstance(done, Done), done
    return Case.objects.get(uid=done.uid)


def publish(desk: Desk, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="archived")
    ask = desk.world.ask
    for done in (
        publication.draft(
            ask("社区小周"), case.uid, "ordinary", "井盖已补", "井盖不见了", "当天补"
        ),
        publication.review(ask("督查员老冯"), case.uid),
        publication.sign_off(ask("街道主任"), case.uid),
    ):
        assert isinstance(done, Done), done


def test_staff_find_a_case_with_the_words_marked(desk: Desk) -> None:
    file(desk, "三号楼的路灯不亮，摸黑走了<b>很久</b>")
    page = desk.get("分拨员老赵", "/search?q=路灯")
    assert "<mark>路灯</mark>" in page
    assert "&lt;b&gt;很久&lt;/b&gt;" in page


def test_a_unit_without_work_on_it_finds_nothing(desk: Desk) -> None:
    file(desk, "路灯不亮")
    page = desk.get("城管小孙", "/search?q=路灯")
    assert "<mark>" not in page
    assert "您能看的件里没有这些字" in page


def test_a_number_goes_to_its_matter_where_the_person_may_open_it(
    desk: Desk, client: Client
) -> None:
    case = file(desk, "路灯不亮")
    shown = f"{case.number[:4]}-{case.number[4:8]}-{case.number[8:]}"
    assert desk.browser("分拨员老赵").get(f"/search?q={shown}")["Location"] == f"/cases/{case.uid}"
    own = case.links.get().report.uid
    assert desk.browser("王桂英").get(f"/search?q={shown}")["Location"] == f"/reports/{own}"
    for who in ("李建国", "城管小孙"):
        answer = desk.browser(who).get(f"/search?q={shown}")
        assert (answer.status_code, "路灯" in answer.content.decode()) == (200, False)
    assert client.get(f"/search?q={shown}").status_code == 200


def test_a_resident_finds_their_own_and_the_board_and_nobody_elses(desk: Desk) -> None:
    file(desk, "井盖响了一夜")
    publish(desk, file(desk, "井盖不见了", who="李建国"))
    page = desk.get("王桂英", "/search?q=井盖")
    assert "<mark>井盖</mark>响了一夜" in page
    assert page.count("响了一夜") == 1, "the line that was found is marked, not said twice"
    assert "<mark>井盖</mark>已补" in page
    assert "井盖响了" not in desk.get("李建国", "/search?q=井盖")


def test_a_resident_finds_what_they_are_told(desk: Desk) -> None:
    case = file(desk, "井盖响了一夜")
    Case.objects.filter(pk=case.pk).update(state="settled")
    done = closing.answer(desk.world.ask("社区小周"), case.uid, "已垫上胶圈，不再响")
    assert isinstance(done, Done), done
    assert "<mark>胶圈</mark>" in desk.get("王桂英", "/search?q=胶圈")


def test_a_visitor_finds_the_board_alone(desk: Desk, client: Client) -> None:
    file(desk, "井盖响了一夜")
    publish(desk, file(desk, "井盖不见了", who="李建国"))
    page = client.get("/search?q=井盖").content.decode()
    assert "<mark>井盖</mark>已补" in page
    assert "响了一夜" not in page


def raise_topics(desk: Desk, many: int) -> None:
    """So many topics about street lights in 柳荫社区."""
    for no in range(many):
        said = raising.Raised(f"第{no}处路灯加装", "路灯少，台阶黑<b>摔人</b>")
        place = desk.world.places["柳荫社区"].uid
        done = raising.raise_(desk.world.ask("李建国"), place, said)
        assert isinstance(done, Done), done


@pytest.mark.parametrize("who", ["王桂英", ""])
def test_everybody_finds_topics_by_their_words(desk: Desk, client: Client, who: str) -> None:
    raise_topics(desk, 7)
    browser = desk.browser(who) if who else client
    page = browser.get("/search?q=台阶黑").content.decode()
    assert page.count("<mark>台阶黑</mark>") == 5 and "&lt;b&gt;摔人" in page
    assert "/search?q=%E5%8F%B0%E9%98%B6%E9%BB%91&amp;in=topics" in page
    page = browser.get("/search?q=台阶黑&in=topics").content.decode()
    assert page.count("<mark>台阶黑</mark>") == 7
    assert "没有议题写着这些字" in browser.get("/search?q=井盖&in=topics").content.decode()


def test_staff_are_told_that_topics_hold_it_too_and_choose_among_what(desk: Desk) -> None:
    file(desk, "路灯不亮")
    raise_topics(desk, 3)
    page = desk.get("分拨员老赵", "/search?q=路灯&open=yes")
    assert page.count("<mark>路灯</mark>") == 1
    assert "也有议题写着这些字：3 个" in page
    assert 'href="/search?q=%E8%B7%AF%E7%81%AF&amp;in=topics"' in page
    page = desk.get("分拨员老赵", "/search?q=路灯&in=topics")
    assert "<mark>路灯</mark>加装" in page and "路灯</mark>不亮" not in page
    assert '<option value="topics" selected>' in page
    assert "也有议题" not in desk.get("分拨员老赵", "/search?q=没有人写过")


def test_what_is_too_long_or_empty_is_said(desk: Desk) -> None:
    browser = desk.browser("分拨员老赵")
    answer = browser.get("/search", {"q": "长" * 61})
    assert (answer.status_code, "要查的字太长" in answer.content.decode()) == (422, True)
    assert browser.get("/search", {"q": "，。"}).status_code == 422
    assert browser.get("/search").status_code == 200


def test_the_list_of_cases_finds_by_any_word_of_a_case(desk: Desk) -> None:
    file(desk, "路灯不亮")
    case = file(desk, "夜里太吵")
    assert "夜里太吵" in desk.get("分拨员老赵", "/cases?q=太吵")
    assert "路灯不亮" not in desk.get("分拨员老赵", "/cases?q=太吵")
    assert "夜里太吵" in desk.get("分拨员老赵", f"/cases?q={case.number[:4]}-{case.number[4:8]}")


def test_a_search_of_many_is_paged(desk: Desk) -> None:
    for number in range(31):
        file(desk, f"第{number}次报修路灯")
    first = desk.get("分拨员老赵", "/search?q=路灯")
    assert first.count("<mark>路灯</mark>") == 30
    assert desk.get("分拨员老赵", "/search?q=路灯&page=2").count("<mark>路灯</mark>") == 1
    assert desk.get("分拨员老赵", "/search?q=路灯&open=no").count("<mark>") == 0
    assert desk.get("分拨员老赵", "/search?q=路灯&place=p3").count("<mark>") == 0


@pytest.mark.parametrize(
    "query",
    [
        "分拨员老赵 q=路灯",
        "分拨员老赵 q=路灯 台阶&open=yes&place=p2&page=2",
        "城管小孙 q=亮",
        "分拨员老赵 q=没有人写过&in=cases",
        "王桂英 q=路灯",
        "王桂英 q=路灯&in=topics",
        "分拨员老赵 q=路灯 台阶&in=topics&page=2",
        "分拨员老赵 q=路灯&in=board",
    ],
)
def test_a_search_asks_as_often_for_many_as_for_a_few_at_most_twelve_times(
    desk: Desk, query: str
) -> None:
    who, typed = query.split(" ", 1)

    def asked() -> int:
        index_cases(list(stale()), NOW)
        desk.get(who, f"/search?{typed}")
        with CaptureQueriesContext(connection) as statements:
            desk.get(who, f"/search?{typed}")
        return len(statements)

    bring_to(desk.world, 70, NOW, open_share=1.0)
    raise_topics(desk, 2)
    few = asked()
    bring_to(desk.world, 300, NOW)
    raise_topics(desk, 40)
    assert asked() == few <= 12
