"""The same matter split among water, gas and telecom: three clocks, one lead, one answer."""

from datetime import timedelta

from tests.acts.test_whole_way import done, photo
from tests.acts.world import NOW, World
from yishi.acts import report
from yishi.acts.case import closing, handling, intake
from yishi.acts.case.intake import PartAsked
from yishi.acts.report import Words
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.models import Case, Clock, Report


def test_one_hole_in_the_road_three_owners(world: World) -> None:
    for unit, who in (("区燃气公司", "燃气小冯"), ("区通信公司", "通信小蒋")):
        world.body(unit, BodyKind.COMPANY, "清河区")
        world.appoint(who, Role.UNIT_HANDLER, "清河区", unit)
    water = world.duty("路面冒水", "区水务公司", limit_length=1)
    gas = world.duty("燃气井漏气", "区燃气公司", limit_length=2, limit_kind="hour")
    telecom = world.duty("线缆断落", "区通信公司", limit_length=3)
    building = world.buildings["柳荫1栋"].uid
    words = Words("路口挖开没人管：冒水、有煤气味、网线断了", building=building)
    uid = done(report.file(world.ask("王桂英"), words)).uid
    parts = [
        PartAsked("供水管修好并回填", water.uid),
        PartAsked("查漏、换井圈", gas.uid),
        PartAsked("线缆接通", telecom.uid),
    ]
    twice = intake.split(world.ask("分拨员老赵"), uid, [*parts, PartAsked("再查一遍", gas.uid)])
    assert isinstance(twice, Refusal)
    assert twice.code == "part_unit_twice"
    done(intake.split(world.ask("分拨员老赵"), uid, parts))
    case = Case.objects.get(uid=uid)
    assert (case.state, case.lead.name) == ("dispatched", "区水务公司")
    works = case.assignments.order_by("id").values_list("unit__name", "title", "is_lead")
    assert list(works) == [
        ("区水务公司", "供水管修好并回填", True),
        ("区燃气公司", "查漏、换井圈", False),
        ("区通信公司", "线缆接通", False),
    ]
    clocks = Clock.objects.filter(case=case, kind="handle").order_by("id")
    assert [(c.assignment.unit.name, c.span_length, c.span_kind) for c in clocks] == [
        ("区水务公司", 1, "working_day"),
        ("区燃气公司", 2, "hour"),
        ("区通信公司", 3, "working_day"),
    ]
    # The strictest clock leads.
    assert case.due_at == NOW + timedelta(hours=2)

    people = {"区水务公司": "水务小吴", "区燃气公司": "燃气小冯", "区通信公司": "通信小蒋"}
    for who in people.values():
        done(handling.sign(world.ask(who), uid))
    done(handling.contact(world.ask("水务小吴"), uid, True, "三家已碰头"))
    done(handling.submit_result(world.ask("燃气小冯"), uid, "井圈已换，不漏", [photo()]))
    early = handling.submit_result(world.ask("水务小吴"), uid, "水管已修", [photo()])
    assert isinstance(early, Refusal)
    assert (early.code, early.have) == ("co_open", ("区通信公司",))
    done(handling.submit_result(world.ask("通信小蒋"), uid, "已接通", [photo()]))
    done(handling.submit_result(world.ask("水务小吴"), uid, "三处都已修好", [photo()]))
    done(closing.check(world.ask("网格员小陈"), uid, True, "看过了"))
    done(closing.answer(world.ask("水务小吴"), uid, "水、气、网都已修好，路面已回填。"))
    own = Report.objects.get()
    assert own.answer == "水、气、网都已修好，路面已回填。"
    assert Clock.objects.filter(case=case, state="running").values_list("kind").get() == (
        "call_back",
    )
