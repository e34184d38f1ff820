"""When a topic ends, everybody who raised it is answered, exactly once; what is late goes on."""

from datetime import timedelta

import pytest

from tests.acts.hall import COMMUNITY, DESK, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts import report
from yishi.acts.case import intake, merging
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.acts.topic import joining, leaving, raising, reviewing, staging
from yishi.core.case.state import CaseState
from yishi.core.clock import OPEN, ClockKind
from yishi.core.refusal import Refusal
from yishi.core.topic.review import Reviewed, Verdict
from yishi.jobs.tick import Ticker
from yishi.records.models import Case, Clock, Entry, Message, Report, TopicLink


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def aside(hall: Hall, who: str, words: str = "电梯总坏，老人下不了楼") -> str:
    """A resident's matter, set aside as a topic; the uid of its case."""
    w = hall.world
    filed = report.file(w.ask(who, hall.now), Words(words, building=w.buildings["柳荫1栋"].uid))
    assert isinstance(filed, Done), filed
    done = intake.set_aside(w.ask("分拨员老赵", hall.now), filed.uid, "全楼的事，要大家商量")
    assert isinstance(done, Done), done
    return filed.uid


def topic_of(hall: Hall, *cases: str) -> str:
    raised = raising.Raised("电梯怎么修", "八部电梯坏了四部。", "请人大修")
    place = hall.world.places[COMMUNITY].uid
    done = raising.raise_cases(hall.world.ask(DESK, hall.now), place, raised, cases)
    assert isinstance(done, Done), done
    return done.uid


def reviewed(hall: Hall, uid: str, verdict: Verdict, words: str, clause: str = "") -> None:
    said = Reviewed(verdict, words=words, clause=clause)
    ask = hall.world.ask(SECRETARY, hall.now)
    assert isinstance(reviewing.review_topic(ask, uid, "c4321", said), Done)


def tick(hall: Hall) -> dict[str, int]:
    did = Ticker().tick(hall.now)
    return {name: did[name] for name in ("answer_topics", "lapse_topics", "end_postings")}


def answers() -> list[str]:
    return list(Report.objects.order_by("filed_at", "id").values_list("answer", flat=True))


def test_everybody_is_answered_with_what_was_published(hall: Hall) -> None:
    one, two = aside(hall, "王桂英"), aside(hall, "李建国")
    uid = topic_of(hall, one, two)
    hall.take_up(uid, "siyi")
    assert tick(hall)["answer_topics"] == 0
    hall.to(uid, "")
    assert tick(hall)["answer_topics"] == 3
    assert answers() == ["办好了，已公布。", "办好了，已公布。"]
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.ANSWERED}
    assert not TopicLink.objects.filter(until_at=None).exists()
    assert hall.topic(uid).answered_at == hall.now
    assert Message.objects.filter(template="case.answered").count() == 2
    running = Clock.objects.filter(state__in=OPEN).values_list("kind", flat=True)
    assert set(running) == {ClockKind.CALL_BACK}
    codes = Entry.objects.filter(subject_uid=uid).order_by("-subject_no")
    assert list(codes.values_list("code", flat=True)[:2]) == [
        "topic.cases_answered",
        "topic.published",
    ]
    assert tick(hall)["answer_topics"] == 0


def test_a_duty_goes_to_the_dispatchers_and_the_time_used_counts_on(hall: Hall) -> None:
    case = aside(hall, "王桂英", "路灯不亮")
    began = Clock.objects.get(case__uid=case, kind=ClockKind.TOPIC)
    uid = topic_of(hall, case)
    hall.now += timedelta(days=2)
    reviewed(hall, uid, Verdict.DUTY, "路灯由市政养护", "城市道路管理条例第二十二条")
    tick(hall)
    row = Case.objects.get(uid=case)
    assert row.state == CaseState.FILED
    clock = Clock.objects.get(pk=began.pk)
    assert (clock.state, clock.due_at) == (began.state, began.due_at)
    told = Message.objects.get(template="case.handed_back")
    assert told.params["words"] == "路灯由市政养护\n城市道路管理条例第二十二条"
    assert TopicLink.objects.get().until_at == hall.now
    given = intake.dispatch(
        hall.world.ask("分拨员老赵", hall.now), case, hall.world.duties["井盖缺失"].uid
    )
    assert isinstance(given, Done), given
    clock.refresh_from_db()
    assert clock.ended_at == hall.now


@pytest.mark.parametrize(
    ("verdict", "clause", "answer"),
    [
        (Verdict.DECLINED, "社区事项目录第三条", "不属于社区事务\n社区事项目录第三条"),
        (Verdict.OWNERS, "民法典第二百七十八条", "不属于社区事务\n民法典第二百七十八条"),
    ],
)
def test_what_the_review_ends_is_answered_with_its_words_and_clause(
    hall: Hall, verdict: Verdict, clause: str, answer: str
) -> None:
    uid = topic_of(hall, aside(hall, "王桂英"))
    reviewed(hall, uid, verdict, "不属于社区事务", clause)
    tick(hall)
    assert answers() == [answer]


def test_a_topic_taken_back_answers_its_cases_too(hall: Hall) -> None:
    case = aside(hall, "李建国")
    uid = hall.raise_()
    w = hall.world
    assert isinstance(joining.join_cases(w.ask(DESK, hall.now), uid, [case]), Done)
    refused = leaving.withdraw(w.ask("王桂英", hall.now), uid, " ")
    assert isinstance(refused, Refusal)
    assert refused.code == "why_missing"
    assert isinstance(leaving.withdraw(w.ask("王桂英", hall.now), uid, "物业答应修了"), Done)
    tick(hall)
    assert answers() == ["物业答应修了"]


def test_who_was_merged_into_another_case_is_answered_there(hall: Hall) -> None:
    one, main = aside(hall, "王桂英"), aside(hall, "李建国")
    uid = topic_of(hall, one)
    merged = merging.merge_one(hall.world.ask("分拨员老赵", hall.now), one, main, "同一件事")
    assert isinstance(merged, Done), merged
    reviewed(hall, uid, Verdict.DECLINED, "不属于社区事务", "目录第三条")
    tick(hall)
    assert set(answers()) == {"不属于社区事务\n目录第三条"}
    assert hall.topic(uid).answered_at == hall.now


def test_a_case_dispatched_meanwhile_is_left_to_its_unit(hall: Hall) -> None:
    case = aside(hall, "王桂英")
    uid = topic_of(hall, case)
    w = hall.world
    given = intake.dispatch(w.ask("分拨员老赵", hall.now), case, w.duties["井盖缺失"].uid)
    assert isinstance(given, Done), given
    reviewed(hall, uid, Verdict.DECLINED, "不属于社区事务", "目录第三条")
    tick(hall)
    assert Case.objects.get(uid=case).state == CaseState.DISPATCHED
    assert hall.topic(uid).answered_at == hall.now


def test_a_batch_bounds_how_many_are_answered_at_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.jobs.answer_topics.CASES", 2)
    uid = topic_of(hall, *[aside(hall, "王桂英", f"电梯坏了{n}") for n in range(3)])
    reviewed(hall, uid, Verdict.DECLINED, "不属于社区事务", "目录第三条")
    ticker = Ticker()
    assert ticker.tick(hall.now)["answer_topics"] == 2
    assert hall.topic(uid).answered_at is None
    assert ticker.tick(hall.now)["answer_topics"] == 2
    assert hall.topic(uid).answered_at == hall.now


def test_a_notice_ends_by_itself_once_its_period_has_run(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    hall.option(uid, "请人大修")
    hall.to(uid, "notice")
    hall.attach(uid)
    assert isinstance(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"), Done)
    hall.now += timedelta(days=4)
    assert tick(hall)["end_postings"] == 0
    hall.now += timedelta(days=30)
    assert tick(hall)["end_postings"] == 1
    assert hall.topic(uid).stage == "carry_out"


def test_an_objection_without_an_answer_keeps_the_notice_up(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    hall.option(uid, "请人大修")
    hall.to(uid, "notice")
    hall.attach(uid)
    staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口")
    assert isinstance(staging.object_to(hall.world.ask("李建国", hall.now), uid, "太贵"), Done)
    hall.now += timedelta(days=30)
    assert tick(hall)["end_postings"] == 0
    assert hall.topic(uid).stage == "notice"


def test_what_is_late_goes_where_the_method_says_and_else_stays_in_red(hall: Hall) -> None:
    goes, stays = hall.raise_(), hall.raise_("停车棚", "李建国")
    hall.take_up(goes, "siyi")
    hall.take_up(stays, "c4321")
    began = hall.topic(stays).stage
    assert tick(hall)["lapse_topics"] == 0
    hall.now += timedelta(days=400)
    assert tick(hall)["lapse_topics"] == 1
    assert hall.topic(goes).stage == "tell_not_adopted"
    assert hall.topic(stays).stage == began
    refused = leaving.lapse(hall.world.ask(DESK, hall.now), goes)
    assert isinstance(refused, Refusal)
    assert refused.code == "not_yours"
