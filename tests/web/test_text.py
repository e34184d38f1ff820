"""Charter and covenant on their pages: in force, every version, the difference, the sheet."""

from datetime import timedelta

import pytest

from tests.acts.covenant import FIRST, covenant_hall, running
from tests.acts.hall import COMMUNITY, Hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import statements
from yishi.records.models import Option, OwnText, Topic

RESIDENT = "王桂英"
CHANGED = "第一条 爱护花木。\n第二条 晚九点后不跳广场舞。\n第三条 不高空抛物。"
MOST = 12


@pytest.fixture
def hall(world: World) -> Hall:
    return covenant_hall(world)


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def adopted(hall: Hall, words: str = FIRST) -> str:
    """A covenant is adopted with this text; uid of the topic."""
    uid = running(hall, words, "tell_adopted")
    hall.pass_stage(uid)
    hall.now += timedelta(days=1)
    return uid


def test_there_is_none_before_one_is_adopted(hall: Hall, desk: Desk) -> None:
    code = hall.world.places[COMMUNITY].code
    page = desk.get(RESIDENT, f"/texts?place={code}")
    assert "居民自治章程" in page and "还没有订立" in page and "提议订立" in page
    assert desk.browser(RESIDENT).get("/texts").status_code == 200
    assert desk.browser(RESIDENT).get("/texts/nothing").status_code == 404


def test_every_version_is_read_with_the_topic_that_adopted_it(hall: Hall, desk: Desk) -> None:
    first, second = adopted(hall), adopted(hall, CHANGED)
    code = hall.world.places[COMMUNITY].code
    page = desk.get(RESIDENT, f"/texts?place={code}")
    assert "柳荫社区居民公约" in page and "第2版" in page and "第1版" in page
    assert f"/topics/{first}" in page and f"/topics/{second}" in page
    assert statements(desk.browser(RESIDENT), f"/texts?place={code}") <= MOST
    old, new = OwnText.objects.order_by("version")
    page = desk.get(RESIDENT, f"/texts/{new.uid}")
    assert "晚九点后不跳广场舞" in page and "生效中" in page
    assert f"/texts/{new.uid}/compare?with={old.uid}" in page
    assert statements(desk.browser(RESIDENT), f"/texts/{new.uid}") <= MOST
    page = desk.get(RESIDENT, f"/texts/{old.uid}")
    assert "已被替代" in page and "提议修改" not in page


def test_two_versions_are_compared_from_the_older_to_the_newer(hall: Hall, desk: Desk) -> None:
    adopted(hall)
    adopted(hall, CHANGED)
    old, new = OwnText.objects.order_by("version")
    both = (f"/texts/{new.uid}/compare?with={old.uid}", f"/texts/{old.uid}/compare?with={new.uid}")
    for address in both:
        page = desk.get(RESIDENT, address)
        assert '<del><b class="what">删</b>十</del><ins><b class="what">增</b>九</ins>' in page
        assert "第三条 不高空抛物。</ins>" in page and "共改2处" in page
        assert statements(desk.browser(RESIDENT), address) <= MOST
    assert desk.browser(RESIDENT).get(f"/texts/{new.uid}/compare?with=x").status_code == 404


def test_the_sheet_for_the_wall(hall: Hall, desk: Desk) -> None:
    adopted(hall)
    text = OwnText.objects.get()
    page = desk.get(RESIDENT, f"/texts/{text.uid}/sheet")
    for told in ("柳荫社区居民公约", "第1版", "居民议定", "爱护花木", f"/texts/{text.uid}"):
        assert told in page
    assert statements(desk.browser(RESIDENT), f"/texts/{text.uid}/sheet") <= MOST


def test_an_amendment_begins_with_the_text_in_force(hall: Hall, desk: Desk) -> None:
    adopted(hall)
    text = OwnText.objects.get()
    page = desk.get(RESIDENT, f"/texts/{text.uid}")
    start = page.index("/topics/new?")
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    page = desk.get(RESIDENT, address)
    assert "修改《柳荫社区居民公约》" in page and "爱护花木" in page and "草案全文" in page
    form = {
        "key": "amend-1",
        "place": hall.world.places[COMMUNITY].uid,
        "title": "修改《柳荫社区居民公约》",
        "words": "跳舞声音太大",
        "option": "居民公约（修订草案）",
        "option_words": CHANGED.replace("\n", "\r\n") + "长" * 3000,
        "seen": "yes",
    }
    answer = desk.browser(RESIDENT).post(address, form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    topic = Topic.objects.order_by("-id")[0]
    assert Option.objects.get(topic=topic).words == CHANGED + "长" * 3000


def test_a_topic_about_a_text_is_compared_with_the_one_in_force(hall: Hall, desk: Desk) -> None:
    adopted(hall)
    uid = running(hall, CHANGED, "comment")
    page = desk.get(RESIDENT, f"/topics/{uid}/texts")
    assert "与现行《柳荫社区居民公约》（第1版）比较" in page
    assert '<ins><b class="what">增</b>九</ins>' in page
    assert statements(desk.browser(RESIDENT), f"/topics/{uid}/texts") <= MOST
    assert f"/topics/{uid}/texts" in desk.get(RESIDENT, f"/topics/{uid}")
    page = desk.get(RESIDENT, f"/texts?place={hall.world.places[COMMUNITY].code}")
    assert "正在议" in page


def test_they_are_found_from_the_list_of_topics_and_the_board(hall: Hall, desk: Desk) -> None:
    for address in ("/topics", "/board"):
        assert 'href="/texts"' in desk.get(RESIDENT, address)
