"""Carrying out as acts: calls answered, parts reported, looks, calls back, scores."""

from datetime import timedelta
from typing import Any

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts import erasure
from yishi.acts.topic import calling_back, carrying, leaving, staging
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, store
from yishi.records.models import (
    Attempt,
    Entry,
    Message,
    StageEntry,
    TopicCallBack,
    TopicTask,
    Watch,
)
from yishi.rulebook.shipped import shipped_bundle

LEAD, HANDLER = "区水务公司", "水务小吴"
SCHOOL = "柳荫小学召集人"
COMMITTEE = "柳荫社区协商委员会召集人"
CALLER = "回访员小郑"
WATCH = 'watch = ["deliberation_committee", "supervisory_committee"]\n'


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "c4321")


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def photo() -> NewFile:
    return store(b"\xff\xd8 a picture", "image/jpeg", 4, 3)


def carrying_out(hall: Hall, *changes: tuple[str, str]) -> str:
    """A topic given to the water company, in the method of 4321 with these changes."""
    for change in changes:
        hall.adopt_newer(change)
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    hall.option(uid, "物业公司维修")
    hall.to(uid, "carry_out")
    unit = hall.world.bodies[LEAD].uid
    assert code(staging.assign(hall.world.ask(DESK, hall.now), uid, unit)) == "yes"
    return uid


def watched(hall: Hall) -> str:
    return carrying_out(hall, ('fallback = "body"\n', 'fallback = "body"\n' + WATCH))


def call(hall: Hall, uid: str, who: str = HANDLER, body: str = "柳荫小学", **more: Any) -> Any:
    ask = hall.world.ask(who, hall.now)
    return carrying.call_unit(ask, uid, hall.world.bodies[body].uid, "周末借操场放料", **more)


def task() -> TopicTask:
    return TopicTask.objects.get()


# 呼叫响应


@pytest.mark.parametrize("who", [HANDLER, DESK, SECRETARY])
def test_the_lead_the_desk_and_the_secretary_call_a_body(hall: Hall, who: str) -> None:
    uid = carrying_out(hall)
    assert code(call(hall, uid, who)) == "yes"
    row = task()
    assert (row.state, row.body.name) == ("called", "柳荫小学")
    assert row.until_at == hall.topic(uid).due_at
    # One working day to answer, counted by the calendar.
    assert row.due_at is not None and row.due_at - hall.now < timedelta(days=4)
    assert row.rule == "standard 2 clocks.request"
    told = Message.objects.get(template="topic.called")
    assert told.recipient == hall.world.people[SCHOOL]
    assert told.params["words"] == "周末借操场放料"


def test_others_call_nobody(hall: Hall) -> None:
    uid = carrying_out(hall)
    for who in ("王桂英", SCHOOL, OVERSEER, "城管小孙"):
        assert code(call(hall, uid, who)) == "not_yours"
    assert not TopicTask.objects.exists()


def test_the_day_a_part_is_called_for_is_within_the_time_of_the_stage(hall: Hall) -> None:
    uid = carrying_out(hall)
    due = hall.topic(uid).due_at
    assert due is not None
    assert code(call(hall, uid, by=due.date() + timedelta(days=2))) == "part_too_late"
    assert code(call(hall, uid, by=hall.now.date() - timedelta(days=1))) == "part_too_late"
    assert code(call(hall, uid, by=hall.now.date() + timedelta(days=9))) == "yes"
    row = task()
    assert row.until_at is not None and row.until_at < due


def test_a_body_takes_it_on_and_reports_it_with_a_photo(hall: Hall) -> None:
    w, uid = hall.world, carrying_out(hall)
    assert code(call(hall, uid)) == "yes"
    assert code(carrying.answer_call(w.ask(HANDLER, hall.now), uid, task().uid, yes=True)) == (
        "not_yours"
    )
    assert code(carrying.answer_call(w.ask(SCHOOL, hall.now), uid, task().uid, yes=True)) == "yes"
    row = task()
    assert (row.state, row.due_at) == ("taken", row.until_at)
    ask = w.ask(SCHOOL, hall.now)
    none = carrying.report_task(ask, uid, row.uid, "操场借了", done=True)
    assert none == Refusal("proof_missing", 1, 0, "photos", "carry_out")
    ask = w.ask(SCHOOL, hall.now)
    assert code(carrying.report_task(ask, uid, row.uid, "操场借了", photo(), done=True)) == "yes"
    row = task()
    assert (row.state, row.result, row.ended_at) == ("done", "操场借了", hall.now)
    assert row.proof is not None
    codes = ["topic.unit_called", "topic.call_taken", "topic.part_done"]
    assert list(Entry.objects.order_by("id").values_list("code", flat=True))[-3:] == codes


def test_a_body_says_why_not_and_the_desk_writes_it_down(hall: Hall) -> None:
    w, uid = hall.world, carrying_out(hall)
    assert code(call(hall, uid)) == "yes"
    no = carrying.answer_call(w.ask(DESK, hall.now), uid, task().uid, yes=False)
    assert code(no) == "words_missing"
    no = carrying.answer_call(w.ask(DESK, hall.now), uid, task().uid, "操场在修", yes=False)
    assert code(no) == "yes"
    assert (task().state, task().answer, task().ended_at) == ("declined", "操场在修", hall.now)
    told = Message.objects.get(template="topic.call_answered")
    assert told.recipient == w.people[HANDLER]


def test_the_lead_is_not_done_while_a_part_is_open_unless_it_says_why(hall: Hall) -> None:
    w, uid = hall.world, carrying_out(hall)
    hall.attach(uid)
    assert code(call(hall, uid)) == "yes"
    refused = staging.report_done(w.ask(HANDLER, hall.now), uid, "装好了")
    assert refused == Refusal("parts_open", 0, 1, "part", "norms.md §1 Lead is responsible")
    why = "学校没有回音，料堆在物业院里"
    assert code(staging.report_done(w.ask(HANDLER, hall.now), uid, "装好了", why)) == "yes"
    assert Attempt.objects.get().words == f"装好了\n{why}"
    assert (task().state, task().ended_at) == ("stopped", hall.now)


def test_parts_end_with_a_try_that_an_exception_ends(hall: Hall) -> None:
    w, uid = hall.world, carrying_out(hall)
    assert code(call(hall, uid)) == "yes"
    ask = w.ask("街道主任", hall.now)
    assert code(leaving.override(ask, uid, "resolve", "方案有误，重新表决")) == "yes"
    assert task().state == "stopped"


def test_the_committee_itself_carries_out_and_reports(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    hall.option(uid, "居委会自己办")
    hall.to(uid, "carry_out")
    own = hall.world.bodies["柳荫社区居委会"].uid
    assert code(staging.assign(hall.world.ask(DESK, hall.now), uid, own)) == "yes"
    hall.attach(uid)
    chair = hall.world.ask("柳荫社区居委会召集人", hall.now)
    assert code(staging.report_done(chair, uid, "办好了")) == "yes"


# C5


def test_it_is_done_once_both_committees_looked(hall: Hall) -> None:
    w, uid = hall.world, watched(hall)
    hall.attach(uid)
    refused = staging.report_done(w.ask(HANDLER, hall.now), uid, "装好了")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have) == ("watch_missing", ())
    assert code(carrying.watch(w.ask(OVERSEER, hall.now), uid, "井道已封")) == "yes"
    refused = staging.report_done(w.ask(HANDLER, hall.now), uid, "装好了")
    assert isinstance(refused, Refusal) and refused.have == ("supervisory_committee",)
    looked = carrying.watch(w.ask(COMMITTEE, hall.now), uid, "门已装", photo=photo())
    assert code(looked) == "yes"
    assert code(staging.report_done(w.ask(HANDLER, hall.now), uid, "装好了")) == "yes"
    rows = Watch.objects.order_by("id").values_list("body__name", "words", "at")
    assert list(rows) == [
        ("柳荫社区居务监督委员会", "井道已封", hall.now),
        ("柳荫社区协商委员会", "门已装", hall.now),
    ]


def test_only_who_sits_in_them_looks_on_and_never_who_carries_it_out(hall: Hall) -> None:
    w, uid = hall.world, watched(hall)
    for who in (HANDLER, DESK, SECRETARY, "王桂英", SCHOOL):
        assert code(carrying.watch(w.ask(who, hall.now), uid, "看过")) == "not_yours"
    w.appoint(COMMITTEE, Role.UNIT_HANDLER, "柳荫社区", LEAD)
    assert code(carrying.watch(w.ask(COMMITTEE, hall.now), uid, "看过")) == "not_independent"


def test_where_nobody_is_to_look_on_a_look_is_refused(hall: Hall) -> None:
    uid = carrying_out(hall)
    looked = carrying.watch(hall.world.ask(OVERSEER, hall.now), uid, "看过")
    assert code(looked) == "not_yours"


# 回访


def accepting(hall: Hall) -> str:
    change = (
        'least = { number = 4, source = "ours：两个委员会各两人" }\n',
        'least = { number = 4, source = "ours" }\ncalls = { number = 2, source = "ours" }\n',
    )
    uid = carrying_out(hall, change)
    hall.attach(uid)
    hall.did(staging.report_done(hall.world.ask(HANDLER, hall.now), uid, "装好了"))
    assert hall.topic(uid).stage == "accept"
    hall.attach(uid)
    return uid


def back(hall: Hall, uid: str, who: str = CALLER, **said: str) -> Any:
    return calling_back.call_back(hall.world.ask(who, hall.now), uid, **said)


def test_it_is_not_accepted_with_fewer_reached_than_the_method_says(hall: Hall) -> None:
    w, uid = hall.world, accepting(hall)
    raised = w.people["王桂英"].uid
    assert code(back(hall, uid, score="unreached", person_uid=raised)) == "yes"
    assert code(back(hall, uid, DESK, score="satisfied", person_uid=raised)) == "yes"
    refused = staging.accept(w.ask(OVERSEER, hall.now), uid, 4, "与决议一致", fit=True)
    assert refused == Refusal("calls_few", 2, 1, "people", "ours")
    assert code(back(hall, uid, OVERSEER, score="dissatisfied", name="三楼老李")) == "words_missing"
    again = {"score": "dissatisfied", "name": "三楼老李", "words": "夜里还响"}
    assert code(back(hall, uid, OVERSEER, **again)) == "yes"
    assert code(staging.accept(w.ask(OVERSEER, hall.now), uid, 4, "一致", fit=True)) == "yes"
    rows = TopicCallBack.objects.order_by("id").values_list("score", "person__name", "words")
    assert list(rows) == [("satisfied", "王桂英", ""), ("dissatisfied", "", "夜里还响")]


def test_what_one_person_said_is_neither_in_the_journal_nor_with_the_stage(hall: Hall) -> None:
    uid = accepting(hall)
    said = {"score": "dissatisfied", "name": "三楼老李", "words": "夜里还响"}
    assert code(back(hall, uid, **said)) == "yes"
    entry = Entry.objects.order_by("-id")[0]
    told = f"{entry.params}{bytes(entry.leaf)!r}"
    assert entry.code == "topic.called_back"
    assert "夜里" not in told and "老李" not in told and "dissatisfied" not in told
    assert not StageEntry.objects.filter(act="topic.call_back").exists()


def test_nobody_who_carried_it_out_calls_and_nobody_is_called_twice(hall: Hall) -> None:
    w, uid = hall.world, accepting(hall)
    w.appoint(HANDLER, Role.CALL_BACK_OFFICER, "柳荫社区", LEAD)
    said = {"score": "satisfied", "name": "三楼老李"}
    assert code(back(hall, uid, HANDLER, **said)) == "not_independent"
    for who in ("王桂英", SECRETARY, "城管小孙"):
        assert code(back(hall, uid, who, **said)) == "not_yours"
    assert code(back(hall, uid, **said)) == "yes"
    assert code(back(hall, uid, **said)) == "called_back_before"
    assert code(back(hall, uid, score="satisfied")) == "name_missing"
    other = w.people["李建国"].uid
    assert code(back(hall, uid, score="satisfied", person_uid=other)) == "not_concerned"


# 满意度测评


def size_of_appraisal() -> str:
    """The size and the stage of the year-end appraisal."""
    data = shipped_bundle("methods", "c4321").data
    for procedure in data["procedures"]:
        for stage in procedure["stages"]:
            if stage["kind"] == "appraise":
                size = next(s for s in data["sizes"] if s.get("procedure") == procedure["id"])
                return f"{size['code']} {stage['id']}"
    raise AssertionError("no appraisal")


def scoring(hall: Hall) -> str:
    size, stage = size_of_appraisal().split()
    uid = hall.raise_()
    hall.take_up(uid, "c4321", size)
    hall.option(uid, "年终评议")
    hall.to(uid, stage)
    return uid


def test_those_it_concerns_are_asked_once_and_score_once(hall: Hall) -> None:
    w, uid = hall.world, scoring(hall)
    asked = Message.objects.filter(template="topic.score_asked")
    assert [one.recipient for one in asked] == [w.people["王桂英"]]
    mine = w.ask("王桂英", hall.now)
    assert code(calling_back.score(mine, uid, "basically", "还行")) == "yes"
    again = calling_back.score(w.ask("王桂英", hall.now), uid, "satisfied")
    assert code(again) == "scored_before"
    other = calling_back.score(w.ask("李建国", hall.now), uid, "satisfied")
    assert code(other) == "not_concerned"
    assert hall.topic(uid).tally == {"basically": 1}
    entry = Entry.objects.order_by("-id")[0]
    assert entry.code == "topic.scored" and "basically" not in str(entry.params)


def test_who_deletes_their_account_takes_the_words_of_their_score_along(hall: Hall) -> None:
    w, uid = hall.world, scoring(hall)
    mine = w.ask("王桂英", hall.now)
    assert code(calling_back.score(mine, uid, "basically", "三楼的王大姐说的")) == "yes"
    assert code(erasure.erase(w.ask("王桂英", hall.now), sure=True)) == "yes"
    row = TopicCallBack.objects.get()
    assert (row.score, row.words) == ("basically", "")


def test_scores_and_sheets_are_one_sum_in_the_record(hall: Hall) -> None:
    w, uid = hall.world, scoring(hall)
    assert code(calling_back.score(w.ask("王桂英", hall.now), uid, "satisfied")) == "yes"
    hall.attach(uid)
    passage = hall.passage(uid)
    assert code(staging.appraise(w.ask(DESK, hall.now), uid, 30, 5, 1)) == "yes"
    passage.refresh_from_db()
    names = ("satisfied", "basically", "dissatisfied", "by_account")
    assert [passage.facts[name] for name in names] == [31, 5, 1, 1]
