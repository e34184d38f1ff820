"""同类与热点: likely-same open cases in groups, bursts flagged as hot, to those who may merge."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from yishi.acts import report
from yishi.acts.case import merging
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.number import show_number
from yishi.records.models import Adoption, Case

pytestmark = pytest.mark.django_db
DISPATCHER = "分拨员老赵"
NIGHT = (
    "滨河路工地夜间施工打桩，吵得睡不着",
    "滨河路工地夜间还在打桩，孩子睡不着",
    "滨河路工地半夜施工，打桩声吵得睡不着",
    "滨河路工地夜间施工太吵，老人睡不着",
    "夜里滨河路工地打桩施工，吵得孩子睡不着",
    "滨河路工地夜间打桩，吵到凌晨一点",
)


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, NOW)


def raised(w: World, text: str, hours: float, building: str = "柳荫1栋") -> Case:
    given = Words(text, building=w.buildings[building].uid)
    done = report.file(w.ask("王桂英", NOW - timedelta(hours=hours)), given)
    assert isinstance(done, Done), done
    return Case.objects.get(uid=done.uid)


# What else people write of: a word is worth the more the fewer say it.
ELSE = (
    "电梯停运两天了，老人下不了楼",
    "楼道的灯坏了一个星期",
    "下水道堵了往外冒污水",
    "有人在绿地里种菜浇粪",
    "小区门口垃圾桶满了没人收",
    "物业费涨价没有公示",
    "暖气不热，家里才十四度",
    "快递柜挡住了盲道",
    "健身器材断了一根横杆",
    "楼顶漏雨，墙皮都掉了",
    "油烟管道对着窗户排",
    "广场舞音响太大",
)


def ordinary(w: World) -> None:
    for n, text in enumerate(ELSE * 2):
        raised(w, text, 24 * (8 + 2 * n), "柳荫2栋")


def burst(w: World) -> list[Case]:
    ordinary(w)
    return [raised(w, text, 14 * n + 1) for n, text in enumerate(NIGHT)]


def two(w: World) -> tuple[Case, Case]:
    ordinary(w)
    one = raised(w, "柳荫1栋东边的路灯坏了三天，晚上看不见路", 30)
    return one, raised(w, "东边路灯不亮，晚上看不见路，路灯坏了", 5)


def test_likely_same_cases_stand_together_with_why_and_one_way_to_merge(
    world: World, desk: Desk
) -> None:
    one, other = two(world)
    raised(world, "电梯停运两天了", 3)
    page = desk.get(DISPATCHER, "/groups")
    assert "像是同一件：2 件" in page
    for words in ("同一栋楼", "路灯", show_number(one.number), show_number(other.number)):
        assert words in page, words
    assert f"case={other.uid}&amp;case={one.uid}" in page
    assert "电梯停运" not in page


def test_a_burst_is_hot_on_the_page_the_first_screen_the_row_and_the_case(
    world: World, desk: Desk
) -> None:
    cases = burst(world)
    page = desk.get(DISPATCHER, "/groups")
    assert "热点" in page and "7 天内 6 件，平时几乎没有" in page
    assert "没有像是同一件的" in page, "a group is not said twice"
    assert "现在有 1 处热点" in desk.get(DISPATCHER, "/work")
    shown = desk.get(DISPATCHER, f"/cases/{cases[0].uid}")
    assert "这一件在热点里：7 天内 6 件" in shown and 'href="/groups"' in shown
    assert "热点" in desk.get(DISPATCHER, "/cases")


def test_the_figure_is_the_length_of_its_list_also_once_some_are_merged(
    world: World, desk: Desk
) -> None:
    cases = burst(world)
    main, *others = cases[::-1]
    for case in others[:2]:
        done = merging.merge(world.ask(DISPATCHER), main.uid, [case.uid], "同一处")
        assert isinstance(done[0], Done), done
    page = desk.get(DISPATCHER, "/groups")
    hot = page.split('id="hot"')[1].split('id="alike"')[0]
    assert "7 天内 6 件" in hot
    assert len({case.number for case in cases if show_number(case.number) in hot}) == 6
    assert "把其中 4 件并案" in hot


def test_nothing_is_hot_or_alike_in_an_ordinary_week(world: World, desk: Desk) -> None:
    for n, text in enumerate(("电梯停运", "楼道的灯坏了", "下水道堵了往外冒水", "有人在绿地种菜")):
        raised(world, text, 20 * n)
    page = desk.get(DISPATCHER, "/groups")
    assert "没有像是同一件的" in page and 'id="hot"' not in page
    assert "处热点" not in desk.get(DISPATCHER, "/work")


def test_it_shows_only_what_the_reader_may_put_together(world: World, desk: Desk) -> None:
    one, _ = two(world)
    Case.objects.filter(pk=one.pk).update(state="answered")
    assert "没有像是同一件的" in desk.get(DISPATCHER, "/groups")
    for who in ("网格员小陈", "城管小孙", "社区小周", "王桂英"):
        assert desk.browser(who).get("/groups").status_code == 403


def test_a_dispatcher_of_elsewhere_sees_nothing_of_it(world: World, desk: Desk) -> None:
    from yishi.core.person import Role
    from yishi.core.place import PlaceKind

    world.place("河东街道", PlaceKind.SUBDISTRICT, "清河区")
    world.place("河东社区", PlaceKind.COMMUNITY, "河东街道")
    world.appoint("分拨员小林", Role.DISPATCHER, "河东街道", "望江街道办事处")
    two(world)
    cases = burst(world)
    page = desk.get("分拨员小林", "/groups")
    assert "没有像是同一件的" in page and 'id="hot"' not in page
    assert all(show_number(case.number) not in page for case in cases)
    assert "处热点" not in desk.get("分拨员小林", "/work")


def test_without_the_rules_it_is_off_and_says_so(world: World, desk: Desk) -> None:
    Adoption.objects.filter(kind="similar").delete()
    burst(world)
    page = desk.get(DISPATCHER, "/groups")
    assert "管理员在“规则”页采用后就有了" in page
    assert "/groups" not in desk.get(DISPATCHER, "/work")


def test_the_page_asks_twelve_times_at_most_however_many_there_are(
    world: World, desk: Desk
) -> None:
    def asked() -> int:
        desk.get(DISPATCHER, "/groups")
        with CaptureQueriesContext(connection) as found:
            desk.get(DISPATCHER, "/groups")
        return len(found)

    two(world)
    burst(world)
    few = asked()
    for n in range(30):
        raised(world, NIGHT[n % 6], n)
    many = asked()
    assert (many <= 12, few <= 12) == (True, True), (few, many)


def test_beside_a_case_the_likeliest_stand_first(world: World, desk: Desk) -> None:
    one, other = two(world)
    newer = raised(world, "电梯停运两天了", 1)
    page = desk.get(DISPATCHER, f"/cases/{one.uid}/merge")
    assert page.index(show_number(other.number)) < page.index(show_number(newer.number))
