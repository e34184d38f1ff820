"""A topic on an agenda: moved by its procedure alone, with those counted who signed in."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acts.hall import CONVENER, DESK, B, Hall, make_hall
from tests.acts.rounds import round_at
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.meeting import agenda, calling, sitting, topics
from yishi.acts.meeting.asked import Called, ItemAsk
from yishi.core.refusal import Refusal
from yishi.records.models import AgendaItem, Invitee, Meeting, Message, Passage, StageEntry

MEET = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
COMMITTEE = "柳荫社区居委会"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def call(hall: Hall, body: str = COMMITTEE, **more: object) -> Done | Refusal:
    given: dict[str, object] = {"title": "小事共商", "where": "议事厅", "starts_at": MEET}
    w = hall.world
    return calling.call(
        w.ask(DESK, hall.now),
        w.places["柳荫社区"].uid,
        w.bodies[body].uid,
        Called(**(given | more)),  # type: ignore[arg-type]
    )


def meeting_of(hall: Hall, **more: object) -> tuple[Meeting, AgendaItem]:
    row = Meeting.objects.get(uid=hall.did(call(hall, **more)).uid)
    return row, AgendaItem.objects.get(meeting=row)


def arrive(hall: Hall, row: Meeting, *who: str) -> None:
    hall.now = row.starts_at
    for one in who:
        person = hall.world.people[one].uid
        ask = hall.world.ask(DESK, hall.now)
        hall.did(sitting.sign_in_for(ask, row.uid, person_uid=person))


def test_a_meet_stage_is_left_by_one_act_with_who_signed_in(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_("三楼漏水")
    hall.take_up(uid, "siyi", "minor")
    assert hall.topic(uid).stage == "meet"
    row, item = meeting_of(hall, topic=uid)
    assert (row.form, item.title) == ("talk", "三楼漏水")
    # The stage calls whoever has part in it.
    called = Invitee.objects.filter(meeting=row).values_list("body__kind", "must_come")
    assert ("group_leaders", True) in called and ("owners_committee", False) in called
    early = topics.meet_item(w.ask(DESK, MEET), item.uid, "谈成了", agreed=True)
    assert early == Refusal("meeting_not_sitting", "sitting", "called", "meeting_state")
    arrive(hall, row, f"{COMMITTEE}{CONVENER}", "王桂英")
    hall.did(sitting.open_(w.ask(DESK, MEET), row.uid))
    by_hand = agenda.settle_item(w.ask(DESK, MEET), item.uid, "谈成了")
    assert by_hand == Refusal("item_by_topic", have="meet", source="practice G8")
    # Nobody of the residents' groups signed in, so nobody may say they were there.
    missing = topics.meet_item(w.ask(DESK, MEET), item.uid, "谈成了", agreed=True)
    assert isinstance(missing, Refusal)
    assert (missing.code, missing.need) == ("must_come", (B.GROUP_LEADERS,))
    arrive(hall, row, f"柳荫社区居民小组长会议{CONVENER}")
    done = hall.did(
        topics.meet_item(w.ask(DESK, MEET), item.uid, "楼上修，楼下让道", agreed=True, settled=True)
    )
    assert done.code == "topic.met"
    item.refresh_from_db()
    assert (item.state, item.outcome) == ("settled", "楼上修，楼下让道")
    assert hall.topic(uid).stage == "tell_settled"
    left = Passage.objects.get(topic__uid=uid, stage="meet")
    assert (left.edge, left.facts["people"]) == ("settled", 3)
    told = Message.objects.filter(template="meeting.item_ended", recipient=w.people["王桂英"])
    assert told.count() == 1
    again = topics.meet_item(w.ask(DESK, MEET), item.uid, "再谈", agreed=True)
    assert isinstance(again, Refusal)


def test_a_confer_stage_counts_the_seats_that_signed_in(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    hall.option(uid, "请人大修")
    hall.to(uid, "discuss")
    hall.attach(uid)
    row, item = meeting_of(hall, topic=uid, form="joint", body="柳荫社区党委")
    assert row.rule["decides"] == ["party_committee", "residents_committee"]
    # Five seats each: the convener, and 居民01 to 04 who sit in both.
    arrive(hall, row, "居民01", "居民02")
    refused = sitting.open_(w.ask(DESK, MEET), row.uid)
    assert isinstance(refused, Refusal) and (refused.need, refused.have) == (3, 2)
    arrive(hall, row, "居民03")
    hall.did(sitting.open_(w.ask(DESK, MEET), row.uid))
    many = {B.PARTY_COMMITTEE: 4, B.RESIDENTS_COMMITTEE: 3}
    wrong = topics.confer_item(w.ask(DESK, MEET), item.uid, many, "大修")
    assert isinstance(wrong, Refusal) and (wrong.code, wrong.need) == ("votes_wrong", 3)
    agreed = {B.PARTY_COMMITTEE: 3, B.RESIDENTS_COMMITTEE: 2}
    hall.did(topics.confer_item(w.ask(DESK, MEET), item.uid, agreed, "大修", "一人要先看报价"))
    entry = StageEntry.objects.filter(act="topic.confer", passage__stage="discuss").get()
    assert entry.facts["present"] == {"party_committee": 3, "residents_committee": 3}
    item.refresh_from_db()
    assert item.state == "carried"
    assert hall.topic(uid).stage == "review"


def test_a_topic_in_another_stage_may_be_talked_about_and_goes_on(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    assert hall.topic(uid).stage_kind == "collect"
    row, item = meeting_of(hall, items=(ItemAsk(topic=uid),))
    arrive(hall, row, "王桂英")
    hall.did(sitting.open_(w.ask(DESK, MEET), row.uid))
    hall.did(agenda.settle_item(w.ask(DESK, MEET), item.uid, "继续征集", carried=True))
    item.refresh_from_db()
    assert (item.state, hall.topic(uid).stage_kind) == ("carried", "collect")


def test_only_a_running_topic_in_a_meeting_stage_is_met_over(hall: Hall) -> None:
    proposed = hall.raise_()
    answer = call(hall, topic=proposed)
    assert isinstance(answer, Refusal) and answer.code == "topic_not_running"
    hall.take_up(proposed, "siyi")
    answer = call(hall, topic=proposed)
    assert answer == Refusal(
        "stage_no_meeting", ("meet", "confer"), "collect", "stage_kind", "practice H10"
    )


def test_a_consultation_moves_no_topic(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_("三楼漏水")
    hall.take_up(uid, "siyi", "minor")
    row, item = meeting_of(hall, items=(ItemAsk(topic=uid),), form="consultation")
    arrive(hall, row, "王桂英")
    hall.did(sitting.open_(w.ask(DESK, MEET), row.uid))
    answer = topics.meet_item(w.ask(DESK, MEET), item.uid, "就这么办", agreed=True)
    assert isinstance(answer, Refusal) and answer.code == "decides_nothing"


def test_a_round_is_moved_project_by_project_and_its_item_ends_like_any_other(
    world: World,
) -> None:
    hall, uid = round_at(world, "discuss")
    row, item = meeting_of(hall, topic=uid, starts_at=hall.now + timedelta(days=5))
    assert row.form == "deliberation"
    arrive(hall, row, *(f"居民{number:02}" for number in range(1, 12)))
    hall.did(sitting.open_(world.ask(DESK, hall.now), row.uid))
    whole = topics.confer_item(world.ask(DESK, hall.now), item.uid, {}, "议过了")
    assert whole == Refusal("done_by_project", "discuss", "topic.confer", "act", "discuss")
    hall.did(agenda.settle_item(world.ask(DESK, hall.now), item.uid, "两件都议过，见各项目"))
    assert hall.topic(uid).stage == "discuss"
