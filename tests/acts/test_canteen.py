"""长者饭堂: the rules of choosing are agreed before there is a supplier. Source: practice N5."""

from datetime import UTC, datetime

import pytest

from tests.acts.hall import COMMUNITY, DESK, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts.topic import adding, leaving, staging
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.models import Option

B = BodyKind
HERE = {B.RESIDENTS_COMMITTEE: 5, B.REPRESENTATIVES: 16}
AGREED = {B.RESIDENTS_COMMITTEE: 5, B.REPRESENTATIVES: 15}
RULES = "持证、十三元封顶、同菜盲评、代表一人一票。"


@pytest.fixture
def hall(world: World) -> Hall:
    hall = make_hall(world)
    centre = world.body("柳荫社区党群服务中心", B.SERVICE_CENTRE, COMMUNITY)
    team = world.body("柳荫志愿服务队", B.VOLUNTEERS, COMMUNITY)
    world.appoint("中心小郑", Role.UNIT_HANDLER, COMMUNITY, centre.name)
    world.appoint("队长老余", Role.CONVENER, COMMUNITY, team.name)
    hall.adopt("canteen")
    return hall


def taken_up(hall: Hall) -> str:
    uid = hall.raise_("柳荫长者饭堂请谁来办")
    hall.take_up(uid, "canteen", "supplier")
    return uid


def on_trial(hall: Hall) -> str:
    """A supplier was chosen and posted; nobody has been given the trial yet."""
    uid = taken_up(hall)
    option = hall.option(uid, "江南春团餐", state="chosen", rank=1)
    topic = hall.topic(uid)
    topic.chosen = Option.objects.get(uid=option)
    topic.save()
    leader, why = hall.world.ask("街道主任", hall.now), "测试从试运营开始"
    hall.did(leaving.override(leader, uid, "trial", why))
    return uid


def test_the_rules_are_agreed_without_a_supplier_who_comes_after(hall: Hall) -> None:
    uid, w = taken_up(hall), hall.world
    hall.attach(uid)
    early = adding.add_option(w.ask(DESK, hall.now), uid, "清河康膳餐饮", "")
    assert early == Refusal("options_later", 0, 1, "option", "rules")
    hall.did(staging.confer(w.ask(DESK, hall.now), uid, HERE, AGREED, RULES))
    assert hall.topic(uid).stage == "screen"
    hall.did(adding.add_option(w.ask(DESK, hall.now), uid, "清河康膳餐饮", "十二元"))
    hall.did(adding.add_option(w.ask(DESK, hall.now), uid, "江南春团餐", "十元"))
    hall.attach(uid)
    hall.did(staging.screen(w.ask(SECRETARY, hall.now), uid, fit=True, ground="", words="合格"))
    assert hall.topic(uid).stage == "taste"


def test_who_agrees_the_rules_agrees_on_nobody(hall: Hall) -> None:
    """The rules come up again with suppliers known: still none of them is agreed on there."""
    uid, w = taken_up(hall), hall.world
    hall.pass_stage(uid)
    hall.did(adding.add_option(w.ask(DESK, hall.now), uid, "清河康膳餐饮", "十二元"))
    hall.attach(uid)
    hall.did(
        staging.screen(w.ask(SECRETARY, hall.now), uid, fit=False, ground="too_few", words="一家")
    )
    hall.attach(uid)
    known = Option.objects.get(topic__uid=uid).uid
    ask = w.ask(DESK, hall.now)
    assert staging.confer(ask, uid, HERE, AGREED, RULES, "", known) == Refusal(
        "options_later", 0, 1, "option", "rules"
    )
    hall.did(staging.confer(w.ask(DESK, hall.now), uid, HERE, AGREED, RULES))
    assert hall.topic(uid).stage == "screen"


def test_the_trial_runs_its_ninety_days_before_it_is_done(hall: Hall) -> None:
    uid, w = on_trial(hall), hall.world
    hall.now = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
    hall.did(staging.assign(w.ask(DESK, hall.now), uid, w.bodies["柳荫社区党群服务中心"].uid))
    hall.attach(uid, Paper.PHOTO)
    last_day = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)
    assert staging.report_done(w.ask("中心小郑", last_day), uid, "没有断过") == Refusal(
        "trial_runs",
        "2026-06-09T16:00:00+00:00",
        "2026-06-09T15:00:00+00:00",
        "moment",
        "ours：一个季度",
    )
