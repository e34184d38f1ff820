"""First screens: every queue's count is the length of the list behind it, and little is asked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.acts.hall import DESK, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_meeting import Room
from yishi.acts import order
from yishi.acts.case import closing, intake
from yishi.acts.report import Words, file
from yishi.core.permit import TABLE
from yishi.records.models import Case, Entry
from yishi.records.queries.work import QUEUES, queue_condition, work_of

STAFF = (
    "网格员小陈",
    "社区小周",
    "分拨员老赵",
    "城管小孙",
    "回访员小郑",
    "督查员老冯",
    "街道主任",
    "管理员",
    "审计员",
)


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Something in every queue."""
    desk.filed("刚报来的，还没人看")
    topic = desk.filed("三个单元都说缺停车位")
    intake.set_aside(desk.world.ask("社区小周", desk.now), topic.uid, "涉及多数住户")
    desk.dispatched("井盖不见了，还没签收")
    desk.answered("井盖装好了，已答复")
    late = desk.dispatched("井盖不见了，催过了")
    order.issue(desk.world.ask("督查员老冯", desk.now), late.uid, "今天办完")
    return desk


@pytest.mark.parametrize("who", STAFF)
def test_each_role_has_a_first_screen(busy: Desk, who: str) -> None:
    page = busy.get(who, "/work")
    for code, count in re.findall(r'href="/cases\?queue=(\w+)">[^<]*?(\d+)', page):
        listed = busy.get(who, f"/cases?queue={code}")
        assert f'<span class="muted">{count}</span>' in listed


@pytest.mark.parametrize("who", STAFF[:7])
def test_every_count_is_the_length_of_its_list(busy: Desk, who: str) -> None:
    now = busy.now + timedelta(days=3)
    actor = busy.world.actor(who)
    for found in work_of(actor, now):
        page = busy.get(who, f"/cases?queue={found.queue.code}")
        condition = queue_condition(actor, found.queue.code, now)
        assert condition is not None
        assert found.count == Case.objects.filter(condition).count(), found.queue.code
        assert page


def test_every_queue_belongs_to_a_role_that_may_list() -> None:
    roles = {row.role for row in TABLE if row.act == "case.list"}
    assert {queue.role for queue in QUEUES} <= roles
    assert len({queue.code for queue in QUEUES}) == len(QUEUES)


def test_a_queue_of_another_role_is_not_there(desk: Desk) -> None:
    assert desk.browser("网格员小陈").get("/cases?queue=to_dispatch").status_code == 404


@pytest.mark.parametrize("who", STAFF)
def test_a_first_screen_asks_little_whatever_waits(desk: Desk, who: str) -> None:
    asked = []
    for more in (10, 190):
        desk.many(more)
        browser = desk.browser(who)
        browser.get("/work")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/work").status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert asked[1] <= 12


def test_a_resident_goes_to_the_hall(desk: Desk) -> None:
    assert desk.browser("王桂英").get("/work")["Location"] == "/"


def test_a_grid_worker_registers_for_someone(desk: Desk) -> None:
    page = desk.get("网格员小陈", reverse("file_for"))
    assert "柳荫1栋" in page
    assert "柳荫2栋" not in page, "the neighbouring grid is not theirs"
    where = f"building:{desk.world.buildings['柳荫1栋'].uid}"
    typed = {
        "key": "press-1",
        "words": "二楼灯坏了",
        "where": where,
        "name": "老张",
        "phone": "138 0000 0009",
        "nature": "help",
        "channel": "grid",
        "photos": jpeg(),
    }
    browser = desk.browser("网格员小陈")
    answer = browser.post(reverse("file_for"), typed)
    assert answer.status_code == 422, "without consent"
    text = answer.content.decode()
    assert "二楼灯坏了" in text
    kept = text.split('name="kept_photos" value="')[1].split('"')[0]
    del typed["photos"]
    answer = browser.post(reverse("file_for"), {**typed, "kept_photos": kept, "consent": "yes"})
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.state, case.first_asked.name) == ("submitted", "网格员小陈")  # type: ignore[union-attr]
    assert case.attachments.count() == 1
    report = case.links.get().report
    assert (report.phone, report.name, report.consent) == ("+8613800000009", "老张", True)


def test_a_wrong_phone_is_said_and_nothing_lost(desk: Desk) -> None:
    where = f"building:{desk.world.buildings['柳荫1栋'].uid}"
    typed = {
        "key": "press-2",
        "words": "二楼灯坏了",
        "where": where,
        "phone": "1380",
        "nature": "help",
        "channel": "grid",
        "consent": "yes",
    }
    answer = desk.browser("网格员小陈").post(reverse("file_for"), typed)
    assert answer.status_code == 422
    assert "二楼灯坏了" in answer.content.decode()
    assert Case.objects.count() == 0


def test_a_grid_worker_settles_on_the_spot(desk: Desk) -> None:
    typed = {
        "key": "press-3",
        "words": "楼道堆了纸箱",
        "where": f"building:{desk.world.buildings['柳荫1栋'].uid}",
        "answer": "已和住户一起搬走",
        "proofs": jpeg(),
        "nature": "complaint",
        "channel": "grid",
        "consent": "yes",
    }
    browser = desk.browser("网格员小陈")
    browser.get(reverse("on_spot"))
    answer = browser.post(reverse("on_spot"), typed)
    assert answer.status_code == 302
    assert Case.objects.get().state in ("answered", "checking")
    assert Entry.objects.get(subject_kind="case").code == "report.settled_on_spot"


def test_a_dispatcher_registers_what_the_hotline_passed_on(desk: Desk) -> None:
    page = desk.get("分拨员老赵", reverse("file_for"))
    assert "石桥社区" in page
    typed = {
        "key": "press-4",
        "words": "路口信号灯坏了",
        "where": f"place:{desk.world.places['石桥社区'].uid}",
        "nature": "complaint",
        "channel": page.split('<select id="channel"')[1].split('value="')[1].split('"')[0],
        "consent": "yes",
    }
    assert desk.browser("分拨员老赵").post(reverse("file_for"), typed).status_code == 302
    assert Case.objects.get().place.name == "石桥社区"


def test_the_desk_may_not_settle_on_the_spot(desk: Desk) -> None:
    assert desk.browser("社区小周").get(reverse("on_spot")).status_code == 403


def test_a_missing_calendar_stands_on_the_administrators_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "2026" not in desk.get("管理员", "/work").split("<main")[1].split("</main>")[0]
    at(monkeypatch, desk.now.replace(year=2031))
    desk.browsers.clear()
    assert "2031" in desk.get("管理员", "/work")


def test_unsolved_twice_waits_for_the_supervisory_officer(desk: Desk) -> None:
    case = desk.answered("井盖又松了")
    Case.objects.filter(pk=case.pk).update(dissatisfied=1)
    report = case.links.get().report
    unhappy = closing.Rating(
        report.uid,
        False,
        "dissatisfied",
        {"speed": 1, "result": 1, "service": 3, "answer": 1},
    )
    closing.call_back(desk.world.ask("回访员小郑", desk.now), case.uid, unhappy)
    counts = {
        found.queue.code: found.count for found in work_of(desk.world.actor("督查员老冯"), desk.now)
    }
    assert (counts["twice"], counts["orders_open"]) == (1, 1)


def test_filing_through_the_resident_door_reaches_the_queue(desk: Desk) -> None:
    words = Words("路灯不亮", building=desk.world.buildings["柳荫2栋"].uid)
    file(desk.world.ask("李建国", desk.now), words)
    assert "路灯不亮" in desk.get("分拨员老赵", "/work")
    assert "路灯不亮" not in desk.get("网格员小陈", "/work")


@pytest.mark.parametrize(("who", "leads"), [(DESK, "/desk"), ("水务小吴", "")])
def test_the_first_screen_opens_a_meeting_where_it_is_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str, leads: str
) -> None:
    """Whoever holds it comes to the desk's screen at once, whoever is called to the public page."""
    room = Room(make_hall(desk.world, "siyi", "c4321"), desk, monkeypatch)
    uid = room.call()
    assert f'href="/meetings/{uid}{leads}"' in desk.get(who, "/work")
