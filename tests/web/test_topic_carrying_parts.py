"""The pages of carrying out: calls and answers, looks of committees, calls back, scores."""

import pytest

from tests.acts.hall import DESK, OVERSEER, make_hall
from tests.acts.test_topic_carrying import (
    CALLER,
    COMMITTEE,
    HANDLER,
    SCHOOL,
    accepting,
    carrying_out,
    scoring,
    watched,
)
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from tests.web.test_topic_stages import MOST, RESIDENT, Room
from yishi.records.models import TopicCallBack, TopicTask, Watch


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "c4321"), Desk(world, at(monkeypatch)), monkeypatch)


def send(room: Room, who: str, uid: str, name: str, /, **fields: object) -> int:
    """What the server answers to the form of an act beside the stages."""
    room.desk.keys += 1
    form = {"key": f"form-{room.desk.keys}", "version": room.hall.topic(uid).version, **fields}
    return int(room.desk.browser(who).post(f"/topics/{uid}/{name}", form).status_code)


def status(room: Room, who: str, uid: str, name: str) -> int:
    return int(room.desk.browser(who).get(f"/topics/{uid}/{name}").status_code)


def topic_page(room: Room, who: str, uid: str) -> str:
    return room.desk.get(who, f"/topics/{uid}")


def test_a_unit_is_called_answers_and_reports_and_everybody_reads_it(room: Room) -> None:
    uid = carrying_out(room.hall)
    school = room.hall.world.bodies["柳荫小学"].uid
    assert status(room, RESIDENT, uid, "call") == 403
    page = room.desk.get(HANDLER, f"/topics/{uid}/call")
    assert "柳荫小学" in page and 'value=""' in page
    asked = {"unit": school, "words": "周末借操场放料", "by": ""}
    assert send(room, HANDLER, uid, "call", **asked) == 302
    assert "响应呼叫" in topic_page(room, SCHOOL, uid)
    page = room.desk.get(SCHOOL, f"/topics/{uid}/answer-call")
    assert "周末借操场放料" in page
    task = TopicTask.objects.get()
    assert send(room, SCHOOL, uid, "answer-call", part=task.uid, yes="no", words="") == 422
    assert send(room, SCHOOL, uid, "answer-call", part=task.uid, yes="yes", words="可以") == 302
    assert send(room, SCHOOL, uid, "part", part=task.uid, done="yes", words="借好了") == 422
    done = {"part": task.uid, "done": "yes", "words": "借好了", "photo": jpeg()}
    assert send(room, SCHOOL, uid, "part", **done) == 302
    told = topic_page(room, RESIDENT, uid)
    for shown in ("柳荫小学", "周末借操场放料", "可以", "借好了", "协办部分已办好"):
        assert shown in told
    task.refresh_from_db()
    photo = f"/topics/{uid}/parts/{task.uid}/photo"
    assert photo in told
    assert room.desk.browser(RESIDENT).get(photo).status_code == 200


def test_the_whole_is_not_reported_while_a_part_is_open_without_a_reason(room: Room) -> None:
    uid = carrying_out(room.hall)
    school = room.hall.world.bodies["柳荫小学"].uid
    assert "why" not in room.page(HANDLER, uid, "done")
    assert send(room, HANDLER, uid, "call", unit=school, words="借操场", by="") == 302
    room.hall.attach(uid)
    page = room.refused(HANDLER, uid, "done", words="装好了", why="")
    assert "协办的还有没办完的" in page
    room.does(HANDLER, uid, "done", words="装好了", why="学校没有回音")
    assert room.hall.topic(uid).stage == "accept"


def test_who_looks_on_writes_it_and_the_public_sees_who_and_when(room: Room) -> None:
    uid = watched(room.hall)
    told = topic_page(room, RESIDENT, uid)
    assert "协商委员会" in told and "还没有来看过" in told
    assert status(room, RESIDENT, uid, "watch") == 403
    assert status(room, DESK, uid, "watch") == 403
    page = room.desk.get(OVERSEER, f"/topics/{uid}/watch")
    assert "还没有来看过" in page
    name = room.hall.topic(uid).stage_name["zh"]
    assert f"“{name}”这一步，您看到了什么？" in page
    seen = {"words": "井道已封，没有占楼道", "photo": jpeg()}
    assert send(room, OVERSEER, uid, "watch", **seen) == 302
    assert send(room, COMMITTEE, uid, "watch", words="门已装好") == 302
    told = topic_page(room, RESIDENT, uid)
    for shown in ("柳荫社区居务监督委员会", "井道已封，没有占楼道", "门已装好"):
        assert shown in told
    assert OVERSEER not in told and COMMITTEE not in told
    photo = f"/topics/{uid}/watches/{Watch.objects.order_by('id')[0].uid}/photo"
    assert photo in told and room.desk.browser(RESIDENT).get(photo).status_code == 200
    assert room.desk.browser(RESIDENT).get(photo.replace("photo", "x")).status_code == 404


def test_calls_back_are_figures_for_everybody_and_names_for_nobody_else(room: Room) -> None:
    uid = accepting(room.hall)
    assert status(room, RESIDENT, uid, "call-back") == 403
    assert status(room, HANDLER, uid, "call-back") in (403, 404)
    page = room.desk.get(CALLER, f"/topics/{uid}/call-back")
    assert "王桂英" in page and "要联系上2人" in page
    said = {"person": "", "name": "三楼老李", "score": "dissatisfied", "words": "夜里还响"}
    assert send(room, CALLER, uid, "call-back", **{**said, "words": ""}) == 422
    assert send(room, CALLER, uid, "call-back", **said) == 302
    raised = room.hall.world.people["王桂英"].uid
    ok = {"person": raised, "name": "", "score": "satisfied", "words": ""}
    assert send(room, CALLER, uid, "call-back", **ok) == 302
    for who in (RESIDENT, DESK, HANDLER):
        told = topic_page(room, who, uid)
        assert "三楼老李" not in told and "夜里还响" not in told
        assert "联系上2人" in told
    assert TopicCallBack.objects.count() == 2


def test_who_took_part_scores_once_and_others_are_told_why_not(room: Room) -> None:
    uid = scoring(room.hall)
    assert "说说满不满意" in topic_page(room, RESIDENT, uid)
    assert "说说满不满意" not in topic_page(room, "李建国", uid)
    assert send(room, "李建国", uid, "score", score="satisfied", words="") == 422
    assert send(room, RESIDENT, uid, "score", score="satisfied", words="好") == 302
    assert send(room, RESIDENT, uid, "score", score="satisfied", words="好") == 422
    assert "说说满不满意" not in topic_page(room, RESIDENT, uid)
    page = room.page(DESK, uid, "appraise")
    assert "已有1人用手机评过" in page


@pytest.mark.parametrize("name", ["call", "watch"])
def test_pages_of_carrying_out_ask_seldom(room: Room, name: str) -> None:
    uid = watched(room.hall)
    who = HANDLER if name == "call" else OVERSEER
    assert statements(room.desk.browser(who), f"/topics/{uid}/{name}") <= MOST


def test_the_topic_asks_as_seldom_as_before(room: Room) -> None:
    uid = watched(room.hall)
    school = room.hall.world.bodies["柳荫小学"].uid
    assert send(room, HANDLER, uid, "call", unit=school, words="借操场", by="") == 302
    assert send(room, OVERSEER, uid, "watch", words="看过") == 302
    for who in (RESIDENT, DESK, OVERSEER, SCHOOL, HANDLER):
        assert statements(room.desk.browser(who), f"/topics/{uid}") <= MOST, who


def test_a_topic_that_is_scored_asks_as_seldom(room: Room) -> None:
    uid = scoring(room.hall)
    assert statements(room.desk.browser(RESIDENT), f"/topics/{uid}") <= MOST
