"""A vote by show of hands: counted, counted again without seeing the first, decided or void."""

from typing import Any

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_topic_stages import MOST, RESIDENT, Room, running
from yishi.core.method.language import Paper
from yishi.records.models import Entry, Option, StageEntry

CHAIR, MEMBER = "柳荫社区居民代表会议召集人", "居民01"
FUND = {
    "matter": "repair_fund",
    "matter_name": "使用维修资金",
    "competence": "owners",
    "source": "民法典第二百七十八条第一款第五项、第二百八十一条",
}
# 应到21人，到会20人；方案1 赞成12人，方案2 赞成11人，都过半。
HANDS = {
    "present_representatives": 20,
    "yes_1": 12,
    "against_1": 6,
    "abstained_1": 2,
    "yes_2": 11,
    "against_2": 9,
    "abstained_2": 0,
}


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "siyi", "c4321"), Desk(world, at(monkeypatch)), monkeypatch)


def voted_on(room: Room) -> str:
    """A topic before the representatives, with two options of theirs and one of the owners'."""
    uid = running(room, stage="resolve")
    room.hall.option(uid, "请产权单位一并检修")
    room.hall.option(uid, "动用维修资金换新", **FUND)
    return uid


def kept(room: Room, uid: str) -> dict[str, Any]:
    """What waits for a second count."""
    return dict(room.hall.topic(uid).tally)


def test_the_page_of_a_count_says_what_it_takes(room: Room) -> None:
    uid = voted_on(room)
    assert room.asks(DESK, uid, "count") <= MOST
    page = room.page(DESK, uid, "count")
    for shown in ("居民代表会议", "21人", "至少14人", "到会14人要8人", "到会21人要11人"):
        assert shown in page
    assert 'inputmode="numeric"' in page and 'max="21"' in page and 'min="0"' in page
    assert "方案1：物业公司维修" in page and "方案2：请产权单位一并检修" in page


@pytest.mark.parametrize(
    ("who", "count", "confirm"),
    [(DESK, 200, 422), (CHAIR, 200, 422), (MEMBER, 200, 422), (OVERSEER, 403, 422),
     (RESIDENT, 403, 403), (SECRETARY, 403, 403)],
)  # fmt: skip
def test_who_may_count(room: Room, who: str, count: int, confirm: int) -> None:
    uid = voted_on(room)
    assert room.status(who, uid, "count") == count
    assert room.status(who, uid, "confirm") == confirm  # there is nothing to confirm yet


def test_two_equal_counts_decide_and_the_arithmetic_is_told(room: Room) -> None:
    uid = voted_on(room)
    room.hall.attach(uid, Paper.REGISTER, Paper.MINUTES)
    room.does(DESK, uid, "count", **HANDS)
    assert kept(room, uid)["present"] == {"representatives": 20}
    assert room.asks(OVERSEER, uid, "confirm") <= MOST
    room.does(OVERSEER, uid, "confirm", **HANDS)
    topic = room.hall.topic(uid)
    assert (topic.stage, topic.chosen.title if topic.chosen else "") == ("announce", "物业公司维修")
    ranks = dict(Option.objects.filter(topic=topic).values_list("no", "rank"))
    assert ranks == {1: 1, 2: 2, 3: 0}
    page = room.desk.get(OVERSEER, f"/topics/{uid}")
    for said in ("方案1“物业公司维修”通过，赞成12人", "应到21人，到会20人，要11人赞成"):
        assert said in page


def test_whoever_counts_again_sees_nothing_of_the_first_count(room: Room) -> None:
    uid = voted_on(room)
    room.does(DESK, uid, "count", **HANDS | {"present_representatives": 19, "against_1": 5,
                                            "against_2": 8})  # fmt: skip
    page = room.page(OVERSEER, uid, "confirm")
    for name in HANDS:
        assert f'name="{name}" value' not in page
    entry = Entry.objects.get(code="topic.counted")
    assert "present" not in entry.params and "19" not in str(entry.params)
    page = room.desk.get(OVERSEER, f"/topics/{uid}")
    assert "19人" not in page and "一人数完了票" in page


def test_nobody_confirms_their_own_count(room: Room) -> None:
    uid = voted_on(room)
    room.does(DESK, uid, "count", **HANDS)
    page = room.refused(DESK, uid, "confirm", **HANDS)
    assert "这次票是您自己计的" in page
    assert room.status(DESK, uid, "confirm") == 422
    room.does(DESK, uid, "count", **HANDS | {"yes_1": 11, "against_1": 7})  # put right by oneself
    uid_1 = Option.objects.get(topic__uid=uid, no=1).uid
    assert kept(room, uid)["votes"][uid_1] == [11, 7, 2]


def test_a_second_person_does_not_replace_the_first_count(room: Room) -> None:
    uid = voted_on(room)
    room.does(DESK, uid, "count", **HANDS)
    page = room.refused(CHAIR, uid, "count", **HANDS | {"yes_1": 0, "against_1": 18})
    assert "已经有人数过票了" in page
    page = room.desk.get(CHAIR, f"/topics/{uid}")
    assert f"/topics/{uid}/do/confirm" in page and f"/topics/{uid}/do/count" not in page


def test_two_counts_that_differ_are_void_and_only_then_shown(room: Room) -> None:
    uid = voted_on(room)
    room.hall.attach(uid, Paper.REGISTER, Paper.MINUTES)
    room.does(DESK, uid, "count", **HANDS)
    answer = room.send(CHAIR, uid, "confirm", **HANDS | {"yes_1": 10, "against_1": 8})
    assert (answer.status_code, answer["Location"]) == (302, f"/topics/{uid}/do/count")
    assert kept(room, uid) == {}
    assert room.hall.topic(uid).stage == "resolve"
    page = room.page(CHAIR, uid, "count")
    for said in ("方案1赞成：第一次12，第二次10", "方案1反对：第一次6，第二次8", "都不作数"):
        assert said in page
    assert "方案2赞成" not in page and "上两次数得不一样，都作废了" in page
    assert room.asks(CHAIR, uid, "count") <= MOST
    assert StageEntry.objects.filter(act__in=("topic.count", "topic.confirm")).count() == 2
    room.does(CHAIR, uid, "count", **HANDS)
    page = room.page(CHAIR, uid, "count")
    assert "作废" not in page
    room.does(DESK, uid, "confirm", **HANDS)
    assert room.hall.topic(uid).stage == "announce"


def test_an_overseer_who_may_not_count_is_told_the_difference_at_the_topic(room: Room) -> None:
    uid = voted_on(room)
    room.does(DESK, uid, "count", **HANDS)
    room.does(OVERSEER, uid, "confirm", **HANDS | {"yes_2": 10, "against_2": 10})
    page = room.desk.get(OVERSEER, f"/topics/{uid}")
    assert "方案2赞成：第一次11，第二次10" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"yes_1": 13}, "方案1赞成：赞成13人、反对6人、弃权2人，合计21人，可到会的是20人"),
        ({"yes_1": ""}, "方案1赞成：这里要填一个数"),
        ({"yes_1": "-1"}, "至少0"),
        ({"yes_1": "十二"}, "请填整数"),
        ({"yes_1": "22"}, "最多21"),
        ({"present_representatives": "22"}, "只有21席"),
        ({"present_representatives": 13, "yes_1": 5, "yes_2": 4}, "13人"),
    ],
)
def test_numbers_that_cannot_be_are_told_and_what_was_typed_stays(
    room: Room, changes: dict[str, Any], told: str
) -> None:
    uid = voted_on(room)
    page = room.refused(DESK, uid, "count", **HANDS | changes)
    assert told in page
    assert f'name="abstained_1" value="{HANDS["abstained_1"]}"' in page


def test_too_few_are_no_assembly(room: Room) -> None:
    uid = voted_on(room)
    few = {
        "present_representatives": 13,
        "yes_1": 13,
        "against_1": 0,
        "abstained_1": 0,
        "yes_2": 0,
        "against_2": 13,
        "abstained_2": 0,
    }
    page = room.refused(DESK, uid, "count", **few)
    assert "14人" in page and "13人" in page
    assert "村民委员会组织法（2018）第二十六条" in page


def test_what_is_the_owners_is_locked_and_cannot_be_entered(room: Room) -> None:
    uid = voted_on(room)
    page = room.page(DESK, uid, "count")
    assert "民法典第二百七十八条" in page and "应急使用" in page
    assert 'name="yes_3"' not in page
    told = page[page.index("locked-3") :]
    assert "动用维修资金换新" in told
    refused = room.refused(DESK, uid, "count", **HANDS, yes_3=20, against_3=0, abstained_3=0)
    why = refused[refused.index('id="refusal"') :].partition("</section>")[0]
    assert "民法典第二百七十八条第一款第五项、第二百八十一条" in why
    said = why.partition("<p>")[2].partition("</p>")[0]
    assert said and said in page


def test_an_option_that_failed_before_is_voted_on_again_only_where_numbers_are_given(
    room: Room,
) -> None:
    uid = voted_on(room)
    Option.objects.filter(topic__uid=uid, no=1).update(state="failed")
    first = ("yes_1", "against_1", "abstained_1")
    others = {name: one for name, one in HANDS.items() if name not in first}
    page = room.refused(DESK, uid, "count", **others, yes_1=3)
    assert "这里要填一个数" in page
    room.does(DESK, uid, "count", **others)
    assert len(kept(room, uid)["votes"]) == 1


def test_nothing_passes_without_a_majority(room: Room) -> None:
    uid = voted_on(room)
    room.hall.attach(uid, Paper.REGISTER, Paper.MINUTES)
    half = HANDS | {"yes_1": 10, "against_1": 8, "yes_2": 9, "against_2": 11}
    room.does(DESK, uid, "count", **half)
    room.does(OVERSEER, uid, "confirm", **half)
    assert room.hall.topic(uid).stage == "discuss"
    page = room.desk.get(OVERSEER, f"/topics/{uid}")
    assert "没有方案通过，最多的是方案1，赞成10人" in page


def test_a_vote_without_its_papers_is_not_decided(room: Room) -> None:
    uid = voted_on(room)
    room.does(DESK, uid, "count", **HANDS)
    page = room.refused(OVERSEER, uid, "confirm", **HANDS)
    assert "签到表" in page and "会议记录" in page
