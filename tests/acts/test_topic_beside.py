"""The acts beside the stages: cases joined, options, papers, withdrawal, exception, version."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.acts.hall import COMMUNITY, DESK, OVERSEER, SECRETARY, Hall, make_hall
from tests.acts.world import NOW, World
from yishi.acts import report
from yishi.acts.case import intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.acts.topic import adding, joining, leaving, raising, staging
from yishi.core.method.language import Paper
from yishi.core.person import SYSTEM, Role
from yishi.core.refusal import Refusal
from yishi.records.files import store
from yishi.records.models import (
    Attempt,
    Case,
    Clock,
    Entry,
    Message,
    Option,
    TopicLink,
    TopicPaper,
)

LEADER = "街道主任"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def aside(hall: Hall, who: str = "王桂英", words: str = "电梯总坏") -> str:
    """A matter set aside as a topic; the uid of its case."""
    w = hall.world
    filed = report.file(w.ask(who, hall.now), Words(words, building=w.buildings["柳荫1栋"].uid))
    assert isinstance(filed, Done), filed
    done = intake.set_aside(w.ask("分拨员老赵", hall.now), filed.uid, "要大家商量")
    assert isinstance(done, Done), done
    return filed.uid


def running(hall: Hall, method: str = "c4321") -> str:
    uid = hall.raise_()
    hall.take_up(uid, method)
    return uid


def events(uid: str) -> list[str]:
    return list(
        Entry.objects.filter(subject_uid=uid).order_by("subject_no").values_list("code", flat=True)
    )


# Cases


def test_several_matters_become_one_topic_and_their_clocks_run_on(hall: Hall) -> None:
    cases = [aside(hall), aside(hall, "李建国", "电梯困人")]
    due = list(Clock.objects.filter(kind="topic").order_by("id").values_list("state", "due_at"))
    raised = raising.Raised("电梯怎么修", "全楼上下不便")
    place = hall.world.places[COMMUNITY].uid
    done = raising.raise_cases(hall.world.ask(DESK), place, raised, cases)
    assert isinstance(done, Done), done
    assert TopicLink.objects.filter(topic__uid=done.uid, until_at=None).count() == 2
    again = list(Clock.objects.filter(kind="topic").order_by("id").values_list("state", "due_at"))
    assert again == due


@pytest.mark.parametrize("who", [DESK, "分拨员老赵", SECRETARY])
def test_a_matter_set_aside_joins_a_topic_under_way(hall: Hall, who: str) -> None:
    uid, case = running(hall), aside(hall)
    assert code(joining.join_cases(hall.world.ask(who), uid, [case])) == "yes"
    assert TopicLink.objects.get().case.uid == case
    assert events(uid)[-1] == "topic.cases_joined"


def test_what_may_not_join_is_refused_with_the_reason(hall: Hall) -> None:
    w, uid, case = hall.world, running(hall), aside(hall)
    filed = report.file(w.ask("王桂英"), Words("井盖", building=w.buildings["柳荫1栋"].uid))
    assert isinstance(filed, Done)
    assert code(joining.join_cases(w.ask(DESK), uid, [])) == "cases_missing"
    refused = joining.join_cases(w.ask(DESK), uid, [case, filed.uid])
    assert refused == Refusal("case_not_aside", 2, 1, "case", "norms.md §1 The fork")
    assert code(joining.join_cases(w.ask(DESK), uid, [case])) == "yes"
    other = hall.raise_("停车棚")
    assert code(joining.join_cases(w.ask(DESK), other, [case])) == "case_in_topic"
    assert code(joining.join_cases(w.ask("水务小吴"), uid, [case])) == "not_yours"
    assert code(leaving.withdraw(w.ask("王桂英"), other, "不提了")) == "yes"
    assert code(joining.join_cases(w.ask(DESK), other, [aside(hall)])) == "not_now"


def test_who_raised_it_has_an_answer_before_the_topic_says_so(hall: Hall) -> None:
    uid = hall.raise_()
    assert code(joining.join_cases(hall.world.ask(DESK), uid, [aside(hall)])) == "yes"
    assert code(leaving.withdraw(hall.world.ask("王桂英"), uid, "不提了")) == "yes"
    refused = joining.end_cases(hall.world.ask(SYSTEM), uid)
    assert refused == Refusal("cases_wait", 0, 1, "case", "norms.md §1 The fork")
    assert code(joining.end_cases(hall.world.ask(DESK), uid)) == "not_yours"


def test_the_desk_of_another_community_raises_a_topic_as_a_resident(hall: Hall) -> None:
    w, raised = hall.world, raising.Raised("老楼加装电梯", "上下楼难")
    w.appoint("社区小梁", Role.COMMUNITY_DESK, "石桥社区")
    for who, spoken in ((DESK, "desk"), ("社区小梁", "resident")):
        done = raising.raise_(w.ask(who), w.places[COMMUNITY].uid, raised)
        assert isinstance(done, Done), done
        assert hall.topic(done.uid).raised_as == spoken


# Options


def test_an_option_keeps_whose_it_is_to_decide_and_by_which_rule(hall: Hall) -> None:
    uid = running(hall)
    ask = hall.world.ask(DESK)
    assert code(adding.add_option(ask, uid, "动用维修资金", "约八万元", "repair_fund")) == "yes"
    row = Option.objects.get(topic__uid=uid)
    assert (row.no, row.matter, row.matter_name, row.competence) == (
        1,
        "repair_fund",
        "使用维修资金",
        "owners",
    )
    assert row.source == "民法典第二百七十八条第一款第五项、第二百八十一条"
    entry = Entry.objects.get(subject_uid=uid, code="topic.option_added")
    assert entry.params["matter"] == "repair_fund"


def test_what_is_the_owners_is_kept_and_never_voted_on(hall: Hall) -> None:
    uid = running(hall)
    w = hall.world
    adding.add_option(w.ask(DESK), uid, "物业公司修理", "")
    adding.add_option(w.ask(DESK), uid, "动用维修资金", "", "repair_fund")
    hall.to(uid, "resolve")
    fund = Option.objects.get(topic__uid=uid, no=2)
    refused = staging.count(
        w.ask(DESK, hall.now), uid, {"representatives": 21}, {fund.uid: (21, 0, 0)}
    )
    assert refused == Refusal("competence_owners", 2, "使用维修资金", "option", fund.source)


def test_what_is_the_owners_is_not_carried_out_for_being_the_only_option(hall: Hall) -> None:
    """A meeting agrees and names no option; the only one there is is not the residents'."""
    uid, w = hall.raise_(), hall.world
    hall.take_up(uid, "c4321", "minor")
    adding.add_option(w.ask(DESK), uid, "动用维修资金", "", "repair_fund")
    hall.to(uid, "carry_out")
    assert hall.topic(uid).chosen is None
    fund = Option.objects.get(topic__uid=uid)
    unit = w.bodies["区水务公司"].uid
    assert code(staging.assign(w.ask(DESK, hall.now), uid, unit)) == "nothing_chosen"
    refused = staging.assign(w.ask(DESK, hall.now), uid, unit, fund.uid)
    assert refused == Refusal("competence_owners", 1, "使用维修资金", "option", fund.source)


def test_options_are_added_while_it_is_talked_over_and_not_after(hall: Hall) -> None:
    uid, w = running(hall), hall.world
    assert code(adding.add_option(w.ask(DESK), uid, " ", "")) == "option_title_missing"
    assert code(adding.add_option(w.ask(DESK), uid, "长" * 81, "")) == "title_too_long"
    assert code(adding.add_option(w.ask(DESK), uid, "修", "", "magic")) == "matter_unknown"
    assert code(adding.add_option(w.ask("李建国"), uid, "修", "")) == "not_yours"
    assert code(adding.add_option(w.ask(DESK), uid, "请人大修", "")) == "yes"
    hall.to(uid, "resolve")
    ask = w.ask(DESK, hall.now)
    assert code(adding.add_option(ask, uid, "更换部件", "")) == "yes"
    votes = {one.uid: (21, 0, 0) for one in hall.open_options(uid)}
    hall.attach(uid)
    staging.count(w.ask(DESK, hall.now), uid, {"representatives": 21}, votes)
    assert code(adding.add_option(w.ask(DESK, hall.now), uid, "再加", "")) == "count_begun"
    staging.confirm(w.ask(OVERSEER, hall.now), uid, {"representatives": 21}, votes)
    hall.to(uid, "carry_out")
    refused = adding.add_option(w.ask(DESK, hall.now), uid, "再加", "")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have, refused.source) == (
        "options_closed",
        "carry_out",
        "carry_out",
    )
    assert "vote" in refused.need


def test_a_topic_that_waits_for_its_review_takes_no_option(hall: Hall) -> None:
    uid = hall.raise_()
    assert code(adding.add_option(hall.world.ask(DESK), uid, "修", "")) == "not_now"


# Papers


def test_a_paper_lies_with_the_stage_and_counts_for_it(hall: Hall) -> None:
    uid, w = running(hall), hall.world
    new = store(b"%PDF-1.4 minutes", "application/pdf")
    assert code(adding.attach(w.ask(DESK), uid, Paper.MINUTES, "第一次会", new)) == "yes"
    row = TopicPaper.objects.get()
    assert (row.kind, row.title, row.passage_id) == ("minutes", "第一次会", hall.passage(uid).pk)
    assert row.file.media_type == "application/pdf"
    assert events(uid)[-1] == "topic.attached"
    assert code(adding.attach(w.ask("李建国"), uid, Paper.PHOTO, "", new)) == "not_yours"
    proposed = hall.raise_("停车棚")
    assert code(adding.attach(w.ask(DESK), proposed, Paper.PHOTO, "", new)) == "not_now"


# Taken back


def test_only_who_raised_it_takes_it_back_and_only_before_its_review(hall: Hall) -> None:
    uid, w = hall.raise_(), hall.world
    assert code(leaving.withdraw(w.ask("李建国"), uid, "算了")) == "not_yours"
    assert code(leaving.withdraw(w.ask("王桂英"), uid, " ")) == "why_missing"
    assert code(leaving.withdraw(w.ask("王桂英"), uid, "物业答应修了")) == "yes"
    topic = hall.topic(uid)
    assert (topic.state, topic.outcome, topic.result) == ("ended", "withdrawn", "物业答应修了")
    late = running(hall)
    assert code(leaving.withdraw(w.ask("王桂英"), late, "算了")) == "not_now"


# Against the procedure


def test_an_exception_carries_a_name_and_a_reason_and_is_told(hall: Hall) -> None:
    uid, w = running(hall), hall.world
    done = leaving.override(w.ask(LEADER), uid, "carry_out", "汛期临近，险情不等人")
    assert isinstance(done, Done), done
    topic = hall.topic(uid)
    assert (topic.stage, topic.state) == ("carry_out", "running")
    entry = Entry.objects.get(subject_uid=uid, code="topic.overridden")
    assert json.loads(bytes(entry.leaf))["actor"]["name"] == LEADER
    assert entry.params["why"] == "汛期临近，险情不等人"
    told = Message.objects.filter(template="topic.overridden").values_list(
        "recipient__login", flat=True
    )
    assert sorted(told) == sorted(["王桂英", OVERSEER])


@pytest.mark.parametrize(
    ("who", "to", "why", "answer"),
    [
        (LEADER, "carry_out", " ", "why_missing"),
        (LEADER, "nowhere", "急", "stage_unknown"),
        (LEADER, "", "急", "stage_unknown"),
        (SECRETARY, "carry_out", "急", "not_yours"),
        (DESK, "carry_out", "急", "not_yours"),
    ],
)
def test_an_exception_is_refused(hall: Hall, who: str, to: str, why: str, answer: str) -> None:
    uid = running(hall)
    assert code(leaving.override(hall.world.ask(who), uid, to, why)) == answer


def test_an_exception_to_where_it_stands_changes_nothing(hall: Hall) -> None:
    uid = running(hall)
    here = hall.topic(uid).stage
    assert code(leaving.override(hall.world.ask(LEADER), uid, here, "急")) == "stage_same"


def test_an_exception_stops_a_try_and_the_try_stays(hall: Hall) -> None:
    uid, w = running(hall), hall.world
    hall.option(uid, "请人大修")
    hall.to(uid, "carry_out")
    unit = w.bodies["区水务公司"].uid
    staging.assign(w.ask(DESK, hall.now), uid, unit)
    assert code(leaving.override(w.ask(LEADER, hall.now), uid, "resolve", "另有安排")) == "yes"
    tried = Attempt.objects.get()
    assert (tried.state, tried.words, tried.ended_at) == ("stopped", "另有安排", hall.now)
    hall.to(uid, "carry_out")
    assert code(staging.assign(w.ask(DESK, hall.now), uid, unit)) == "yes"
    assert Attempt.objects.count() == 2


# To another version


def test_without_a_new_version_there_is_nowhere_to_move(hall: Hall) -> None:
    uid = running(hall)
    assert code(leaving.move_method(hall.world.ask(SECRETARY), uid, "新版")) == "version_same"


def test_it_moves_where_nothing_it_has_been_through_differs(hall: Hall) -> None:
    uid = running(hall)
    hall.option(uid, "请人大修")
    hall.adopt_newer(('zh = "共同验收"', 'zh = "联合验收"'))
    before = hall.topic(uid)
    done = leaving.move_method(hall.world.ask(SECRETARY), uid, "社区通过了新版")
    assert isinstance(done, Done), done
    topic = hall.topic(uid)
    assert topic.method is not None
    assert (topic.method.version, topic.stage, topic.due_at) == (
        "99",
        before.stage,
        before.due_at,
    )
    entry = Entry.objects.get(subject_uid=uid, code="topic.moved")
    assert entry.params == {"from": "1", "to": "99", "why": "社区通过了新版"}
    assert json.loads(bytes(entry.leaf))["rule"]["sha256"] == topic.method.sha256
    hall.to(uid, "accept")
    assert hall.passage(uid).name["zh"] == "联合验收"
    assert hall.passage(uid).method_id == topic.method_id


@pytest.mark.parametrize(
    ("at", "change", "stages"),
    [
        ("propose", ('zh = "居委会提议"', 'zh = "提议"'), ("propose",)),
        ("resolve", ('zh = "两委商议"', 'zh = "商议"'), ("discuss",)),
    ],
)
def test_it_does_not_move_where_it_has_been(
    hall: Hall, at: str, change: tuple[str, str], stages: tuple[str, ...]
) -> None:
    uid = running(hall)
    hall.option(uid, "请人大修")
    hall.to(uid, at)
    hall.adopt_newer(change)
    ask = hall.world.ask(SECRETARY, hall.now)
    refused = leaving.move_method(ask, uid, "新版")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have) == ("stage_reached", stages)
    assert code(leaving.move_method(hall.world.ask(DESK, hall.now), uid, "新版")) == "not_yours"


def test_moving_without_a_reason_is_refused(hall: Hall) -> None:
    uid = running(hall)
    hall.adopt_newer(('zh = "共同验收"', 'zh = "联合验收"'))
    assert code(leaving.move_method(hall.world.ask(SECRETARY), uid, " ")) == "why_missing"


def test_a_keyed_retry_of_an_exception_is_done_once(hall: Hall) -> None:
    uid, w = running(hall), hall.world
    ask = w.ask(LEADER)
    first = leaving.override(ask, uid, "carry_out", "险情")
    again = leaving.override(ask, uid, "carry_out", "险情")
    assert isinstance(again, Done)
    assert again == replace(first, again=True)
    assert events(uid).count("topic.overridden") == 1


def test_an_answer_clock_is_not_stopped_by_a_topic(hall: Hall) -> None:
    case = aside(hall)
    uid = hall.raise_()
    joining.join_cases(hall.world.ask(DESK), uid, [case])
    hall.now += timedelta(days=90)
    row = Case.objects.get(uid=case)
    assert row.due_at is not None
    assert row.due_at < hall.now
    assert Clock.objects.get(case=row, kind="topic").state == "running"
    assert row.due_at > NOW
