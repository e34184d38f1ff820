"""Both shipped methods, taken through to their end by the acts; nothing is skipped."""

import pytest

from tests.acts.hall import DESK, OVERSEER, B, Hall, make_hall
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.topic import leaving, staging
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.records.models import Attempt, Option, Passage


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def stages(uid: str) -> list[str]:
    return list(
        Passage.objects.filter(topic__uid=uid).order_by("no").values_list("stage", flat=True)
    )


def test_four_deliberations_run_whole(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    hall.option(uid, "请人大修")
    for _ in range(8):
        hall.pass_stage(uid)
    topic = hall.topic(uid)
    assert (topic.state, topic.outcome, topic.is_carried_out) == ("ended", "done", True)
    assert stages(uid) == [
        "propose", "discuss", "review", "resolve", "notice", "carry_out", "accept", "tell_done",
    ]  # fmt: skip


def test_a_skipped_step_is_refused_with_where_it_stands(hall: Hall) -> None:
    uid = hall.raise_()
    hall.take_up(uid, "siyi")
    hall.option(uid, "请人大修")
    answer = staging.publish(hall.world.ask(DESK, hall.now), uid, "大家都同意")
    assert answer == Refusal(
        "step_skipped",
        "propose",
        ("tell_done", "tell_not_adopted", "tell_stopped"),
        "stage",
        "four",
    )
    assert stages(uid) == ["propose"]


def test_the_lift_falls_back_three_times_and_every_try_stays(hall: Hall) -> None:
    """Practice C4: refused by the property firm, refused by the title owner, barred; then the
    second again, and repaired."""
    w = hall.world
    uid = hall.raise_("君怡小区电梯")
    hall.take_up(uid, "c4321")
    first = hall.option(uid, "物业公司修理")
    second = hall.option(uid, "产权单位修理")
    third = hall.option(
        uid,
        "动用维修资金修理",
        matter="repair_fund",
        matter_name="使用维修资金",
        competence="owners",
        source="民法典第二百七十八条",
    )
    hall.to(uid, "resolve")

    def fails(why: str) -> None:
        hall.to(uid, "carry_out")
        unit = w.bodies["区水务公司"].uid
        staging.assign(w.ask(DESK, hall.now), uid, unit)
        staging.report_failed(w.ask("水务小吴", hall.now), uid, why)
        assert hall.topic(uid).stage == "resolve"

    hall.vote(uid, {first: 20, second: 15})
    fails("物业公司不同意")
    hall.vote(uid, {first: 3, second: 20})
    fails("产权单位不同意")
    refused = staging.count(
        w.ask(DESK, hall.now), uid, {"representatives": 21}, {third: (21, 0, 0)}
    )
    assert refused == Refusal(
        "competence_owners", 3, "使用维修资金", "option", "民法典第二百七十八条"
    )
    hall.vote(uid, {second: 19})
    hall.to(uid, "")
    topic = hall.topic(uid)
    assert (topic.outcome, topic.is_carried_out) == ("done", True)
    tried = Attempt.objects.filter(topic=topic).order_by("no")
    assert [(t.option.no, t.state, t.words) for t in tried] == [
        (1, "failed", "物业公司不同意"),
        (2, "failed", "产权单位不同意"),
        (2, "done", "修好了"),
    ]
    assert list(Option.objects.filter(topic=topic).values_list("no", "state")) == [
        (1, "failed"), (2, "done"), (3, "open"),
    ]  # fmt: skip


def test_a_try_ends_with_the_stage_that_is_left_against_the_procedure(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    hall.option(uid, "请人大修")
    hall.to(uid, "carry_out")
    staging.assign(w.ask(DESK, hall.now), uid, w.bodies["区水务公司"].uid)
    done = leaving.override(w.ask("街道主任", hall.now), uid, "resolve", "原方案不安全")
    assert isinstance(done, Done), done
    assert [(t.no, t.state) for t in Attempt.objects.filter(topic__uid=uid)] == [(1, "stopped")]
    hall.to(uid, "")
    assert [(t.no, t.state) for t in Attempt.objects.filter(topic__uid=uid)] == [
        (1, "stopped"), (2, "done"),
    ]  # fmt: skip


def test_nobody_of_the_unit_that_carried_it_out_accepts_it(hall: Hall) -> None:
    w = hall.world
    uid = hall.raise_()
    hall.take_up(uid, "c4321")
    hall.option(uid, "请人大修")
    hall.to(uid, "accept")
    chair = hall.chair(B.DELIBERATION_COMMITTEE)
    hall.attach(uid)
    w.appoint(chair, Role.UNIT_HANDLER, "清河区", "区水务公司")
    refused = staging.accept(w.ask(chair, hall.now), uid, 4, "与决议一致", fit=True)
    assert refused == Refusal(
        "not_independent", "topic.accept", "carried", source="norms.md §1 Independence"
    )
    done = staging.accept(w.ask(OVERSEER, hall.now), uid, 4, "与决议一致", fit=True)
    assert isinstance(done, Done) and hall.topic(uid).stage == "tell_done"
