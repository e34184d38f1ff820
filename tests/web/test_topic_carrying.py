"""From the notice to the published end: objected to, carried out, looked at, told, scored."""

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_topic_stages import MOST, RESIDENT, Room, running
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.records.models import Attempt, Hand, Message, Option, Passage, Voice

WATER = "水务小吴"


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "siyi", "c4321"), Desk(world, at(monkeypatch)), monkeypatch)


def unit(room: Room, name: str = "区水务公司") -> str:
    return room.hall.world.bodies[name].uid


def test_an_objection_is_ruled_on_and_an_upheld_one_takes_it_back(room: Room) -> None:
    uid = running(room, stage="announce")
    page = room.refused(RESIDENT, uid, "object", words="没听过我们二楼的")
    assert "没听过我们二楼的" in page
    room.does(DESK, uid, "post", where="各楼门口")
    assert room.asks(RESIDENT, uid, "object") <= MOST
    page = room.page(RESIDENT, uid, "object")
    assert "物业公司维修" in page and "谁说的" not in page
    room.does(RESIDENT, uid, "object", words="没听过我们二楼的")
    room.does(DESK, uid, "object", words="报价太高", name="六楼老孙")
    assert list(Voice.objects.order_by("id").values_list("kind", "name")) == [
        ("objection", ""),
        ("objection", "六楼老孙"),
    ]
    chair = "柳荫社区居委会召集人"
    assert room.asks(chair, uid, "rule") <= MOST
    page = room.page(chair, uid, "rule")
    for shown in ("没听过我们二楼的", "报价太高", "退回“居民代表会议决议”"):
        assert shown in page
    assert "六楼老孙" not in page
    first, second = Voice.objects.order_by("id").values_list("uid", flat=True)
    page = room.refused(chair, uid, "rule", voice=first, upheld="yes", words="")
    room.does(chair, uid, "rule", voice=second, upheld="no", words="三家比过价")
    room.does(chair, uid, "rule", voice=first, upheld="yes", words="二楼确实漏了")
    assert list(Voice.objects.order_by("id").values_list("is_upheld", flat=True)) == [True, False]
    room.hall.attach(uid, Paper.PHOTO)
    page = room.page(DESK, uid, "end-posting")
    assert "有1条异议成立：退回“居民代表会议决议”" in page
    room.does(DESK, uid, "end-posting")
    assert room.hall.topic(uid).stage == "resolve"


def test_who_objected_does_not_rule_on_it(room: Room) -> None:
    uid = running(room, stage="announce")
    room.does(DESK, uid, "post", where="各楼门口")
    room.does(SECRETARY, uid, "object", words="票数写错了")
    voice = Voice.objects.get().uid
    page = room.refused(SECRETARY, uid, "rule", voice=voice, upheld="no", words="没有写错")
    assert "没有写错" in page
    assert room.status(RESIDENT, uid, "rule") == 403


def test_it_is_given_out_reported_looked_at_and_told(room: Room) -> None:
    uid = running(room, stage="carry_out")
    room.later(days=40)
    assert room.status(RESIDENT, uid, "assign") == 403
    assert room.status(DESK, uid, "done") == 422
    assert room.status(WATER, uid, "done") == 404
    assert room.asks(DESK, uid, "assign") <= MOST
    page = room.page(DESK, uid, "assign")
    assert "区水务公司" in page and "物业公司维修" in page and "哪个方案" not in page
    page = room.refused(DESK, uid, "assign", unit="")
    assert "请选承办单位" in page
    room.does(DESK, uid, "assign", unit=unit(room))
    assert room.status(DESK, uid, "assign") == 422
    assert room.asks(WATER, uid, "done") <= MOST
    page = room.refused(WATER, uid, "done", words="两台电机换好了，花了4200元")
    assert "照片" in page and "两台电机换好了" in page
    room.hall.attach(uid, Paper.PHOTO)
    room.does(WATER, uid, "done", words="两台电机换好了，花了4200元")
    assert room.hall.topic(uid).stage == "accept"
    assert list(Attempt.objects.values_list("state", "words")) == [
        ("done", "两台电机换好了，花了4200元")
    ]
    assert room.asks(OVERSEER, uid, "accept") <= MOST
    page = room.page(OVERSEER, uid, "accept")
    for shown in ("区水务公司承办，他们的人不验收", "至少4人", "“结果公布”", "“组织实施”"):
        assert shown in page
    room.hall.attach(uid, Paper.ACCEPTANCE)
    page = room.refused(OVERSEER, uid, "accept", inspectors=3, fit="yes", words="两台都走了一遍")
    assert "4人" in page and "3人" in page
    room.does(OVERSEER, uid, "accept", inspectors=4, fit="yes", words="两台都走了一遍")
    assert room.hall.topic(uid).stage == "tell_done"
    assert room.asks(DESK, uid, "publish") <= MOST
    page = room.page(DESK, uid, "publish")
    for shown in (
        "2026年3月11日，居民代表会议决议：应到21人，到会21人，要11人赞成，方案1通过；"
        "方案1“物业公司维修”21人赞成。",
        "2026年4月20日，第1次实施，区水务公司承办，方案1“物业公司维修”办成了："
        "两台电机换好了，花了4200元。",
        "2026年4月20日，共同验收：4人到现场看过，与决议一致。",
        "结果：办成，结果已公布。",
        "提出这件事的每个人，都会收到这段话作为答复",
    ):
        assert shown in page, page[page.index("<textarea") :][:1500]
    room.does(DESK, uid, "publish", words="两部电梯都修好了，花了4200元。")
    topic = room.hall.topic(uid)
    assert (topic.state, topic.outcome, topic.result) == (
        "ended",
        "done",
        "两部电梯都修好了，花了4200元。",
    )
    assert Message.objects.filter(template="topic.ended").count() == 1


def test_what_was_not_as_decided_is_done_again(room: Room) -> None:
    uid = running(room, stage="accept")
    room.later(days=40)
    room.hall.attach(uid)
    room.does(OVERSEER, uid, "accept", inspectors=4, fit="no", words="一台还在响")
    assert room.hall.topic(uid).stage == "carry_out"
    page = room.desk.get(OVERSEER, f"/topics/{uid}")
    assert "已记下：还不一致。退回：“组织实施”" in page


def test_who_carried_it_out_does_not_accept_it(room: Room) -> None:
    world = room.hall.world
    world.appoint(WATER, Role.OVERSEER, "柳荫社区", "柳荫社区居务监督委员会")
    uid = running(room, stage="accept")
    assert Hand.objects.filter(subject_uid=uid, part="carried").count() == 1
    assert room.status(WATER, uid, "accept") == 422
    room.hall.attach(uid)
    page = room.refused(WATER, uid, "accept", inspectors=4, fit="yes", words="我修的我看着行")
    assert "我修的我看着行" in page
    assert room.status(RESIDENT, uid, "accept") == 403


def test_what_cannot_be_done_says_before_where_it_goes(room: Room) -> None:
    uid = running(room, stage="carry_out")
    room.later(days=40)
    room.does(DESK, uid, "assign", unit=unit(room))
    assert room.asks(WATER, uid, "failed") <= MOST
    page = room.page(WATER, uid, "failed")
    assert "退回“居民代表会议决议”" in page and "再选方案" in page
    assert "先要附上" not in page  # a proof is for what was done
    page = room.refused(WATER, uid, "failed", words="")
    room.does(WATER, uid, "failed", words="产权单位不同意")
    assert room.hall.topic(uid).stage == "resolve"
    assert Attempt.objects.get().words == "产权单位不同意"
    assert Option.objects.get(topic__uid=uid).state == "failed"


def test_the_next_that_passed_is_named_before_it_is_tried(room: Room) -> None:
    uid = running(room, stage="resolve", method="siyi")
    hall = room.hall
    second = hall.option(uid, "请产权单位一并检修")
    first = Option.objects.get(topic__uid=uid, no=1).uid
    hall.vote(uid, {first: 30, second: 20})
    hall.to(uid, "carry_out")
    room.later(days=40)
    room.does(DESK, uid, "assign", unit=unit(room))
    page = room.page(DESK, uid, "failed")
    assert "改试同样表决通过的方案2“请产权单位一并检修”" in page
    room.does(DESK, uid, "failed", words="物业公司不同意")
    topic = hall.topic(uid)
    assert (topic.stage, topic.chosen.uid if topic.chosen else "") == ("carry_out", second)
    assert "请产权单位一并检修" in room.page(DESK, uid, "assign")


def test_an_urgent_matter_chooses_its_option_where_it_is_given_out(room: Room) -> None:
    uid = running(room, "siyi", "urgent")
    hall = room.hall
    hall.option(uid, "先断电封梯")
    hall.option(
        uid,
        "动用维修资金换新",
        matter="repair_fund",
        matter_name="使用维修资金",
        competence="owners",
        source="民法典第二百七十八条",
    )
    hall.to(uid, "handle")
    page = room.page(DESK, uid, "assign")
    assert "实施哪个方案" in page and "应急使用" in page
    page = room.refused(DESK, uid, "assign", unit=unit(room))
    assert "请选定方案" in page
    chosen = Option.objects.get(topic__uid=uid, no=2).uid
    room.does(DESK, uid, "assign", unit=unit(room), option=chosen)
    assert hall.topic(uid).tally == {"unit": unit(room)}


def test_every_try_and_why_it_failed_stands_in_the_proposed_text(room: Room) -> None:
    uid = running(room, stage="carry_out")
    room.later(days=40)
    room.does(DESK, uid, "assign", unit=unit(room))
    room.does(WATER, uid, "failed", words="产权单位不同意。")
    room.hall.to(uid, "tell_done")
    page = room.page(DESK, uid, "publish")
    first = "第1次实施，区水务公司承办，方案1“物业公司维修”没有办成：产权单位不同意。"
    assert first in page
    assert "第2次实施" in page and page.count("居民代表会议决议：") == 2


def test_scores_are_worked_out_and_told(room: Room) -> None:
    uid = running(room, size="yearly", stage="score")
    room.hall.attach(uid)
    assert room.status(RESIDENT, uid, "appraise") == 403
    assert room.asks(DESK, uid, "appraise") <= MOST
    page = room.page(DESK, uid, "appraise")
    assert "至少20人" in page and "满意" in page
    page = room.refused(DESK, uid, "appraise", satisfied=10, basically=5, dissatisfied=4)
    assert "20人" in page and "19人" in page
    room.does(DESK, uid, "appraise", satisfied=12, basically=7, dissatisfied=11)
    page = room.desk.get(DESK, f"/topics/{uid}")
    assert "30人打分，满意和基本满意合计19人，占63%" in page and "要20人" in page
    assert Passage.objects.get(topic__uid=uid, stage="score").edge == "fail"


def test_the_second_press_of_a_form_that_moved_the_topic_meets_what_the_first_did(
    room: Room,
) -> None:
    uid = running(room, stage="tell_done")
    form = {"key": "pressed-twice", "version": room.hall.topic(uid).version, "words": "修好了"}
    browser, address = room.desk.browser(DESK), room.address(uid, "publish")
    answers = [browser.post(address, form) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, f"/topics/{uid}")] * 2
    assert browser.post(address, form | {"key": "pressed-later"}).status_code == 422
    assert Passage.objects.filter(topic__uid=uid, stage="tell_done").count() == 1


def test_the_second_press_meets_what_the_first_did_though_the_next_step_is_of_the_same_kind(
    room: Room,
) -> None:
    uid = running(room, stage="discuss")
    room.hall.attach(uid)
    form: dict[str, object] = {
        "key": "pressed-twice",
        "version": room.hall.topic(uid).version,
        "words": "一致同意",
    }
    for body in ("party_committee", "residents_committee"):
        form |= {f"present_{body}": 5, f"agreed_{body}": 5}
    browser, address = room.desk.browser(DESK), room.address(uid, "confer")
    answers = [browser.post(address, form) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert room.hall.topic(uid).stage == "review"
