"""An installation that has not adopted the newer kinds of rules works on without them."""

import pytest
from django.core.cache import cache
from django.urls import get_resolver, reverse

from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_gate import patterns
from yishi.jobs.tick import Ticker
from yishi.records.models import Adoption, Case, Message

NEWER = ("floors", "instant", "law", "meetings", "messages", "rates", "sheets", "similar", "voices")
PEOPLE = ("王桂英", "网格员小陈", "分拨员老赵", "城管小孙", "街道主任", "管理员")
PAGES = sorted(path for path, _ in patterns(get_resolver()) if "<" not in path)


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world before there were these kinds, with a new, a dispatched and a done matter."""
    cache.clear()
    Adoption.objects.filter(kind__in=NEWER).delete()
    desk = Desk(world, at(monkeypatch))
    desk.filed("楼下的井盖不见了")
    desk.dispatched("门口的井盖又不见了")
    desk.answered("路上的井盖响")
    return desk


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_fails(desk: Desk, who: str) -> None:
    browser = desk.browser(who)
    cases = [reverse("case", args=[uid]) for uid in Case.objects.values_list("uid", flat=True)]
    for path in (*(f"/{page}" for page in PAGES), *cases):
        # A page that breaks raises; 503 is /readyz, which misses a worker.
        assert browser.get(path).status_code in (200, 302, 403, 404, 405, 422, 503), path


def test_a_dispatcher_dispatches_without_offers(desk: Desk) -> None:
    case = Case.objects.get(state="submitted")
    page = desk.get("分拨员老赵", reverse("case_dispatch", args=[case.uid]))
    assert "井盖缺失" in page


def test_what_cannot_be_done_without_says_which_rules_are_missing(desk: Desk) -> None:
    answer = desk.browser("街道主任").get(reverse("sheets"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "这里还没有规则" in page
    assert "上级要的表" in page
    assert "请管理员装上并采用" in page


def test_a_page_says_what_waits_for_rules(desk: Desk) -> None:
    assert "本地还没有采用三率公式" in desk.get("街道主任", reverse("figures"))
    assert "采用后就有了" in desk.get("分拨员老赵", reverse("groups"))
    assert "这里还没有开通向外发消息" in desk.get("城管小孙", reverse("told"))


def test_the_morning_tells_nobody(desk: Desk) -> None:
    Ticker().tell_morning(desk.now)
    assert not Message.objects.filter(template="staff.morning").exists()
