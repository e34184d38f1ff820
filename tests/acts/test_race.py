"""Two people at one case at once, in real processes: one succeeds, the other is told."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from tests.acts.race import runner
from tests.acts.world import World, make_world
from yishi.acts import report
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Done
from yishi.acts.outside.system import Described, add_system
from yishi.acts.report import Words
from yishi.records.files import store
from yishi.records.models import (
    Asked,
    Assignment,
    Case,
    Entry,
    OutsideOrder,
    Rating,
    Report,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def race(orders: list[dict[str, str]]) -> list[dict[str, object]]:
    """Forks one process an order, lets them all go at the same moment, returns the answers."""
    connections.close_all()
    if connection.vendor == "postgresql":
        # The threads of a pool do not come along.
        connection.close_pool()
    runners = [runner(order) for order in orders]
    for each in runners:
        assert each.says.readline().strip() == "ready"
    for each in runners:
        each.go.write("go\n")
        each.go.close()
    return [each.answer() for each in runners]


def filed(world: World) -> str:
    done = report.file(
        world.ask("王桂英"), Words("井盖不见了", building=world.buildings["柳荫1栋"].uid)
    )
    assert isinstance(done, Done)
    return done.uid


def test_dispatched_and_refused_at_once_is_one_of_the_two(world: World) -> None:
    uid = filed(world)
    known = {"case": uid, "who": "分拨员老赵", "version": "1"}
    duty = world.duties["井盖缺失"].uid
    answers = race(
        [
            {**known, "act": "dispatch", "duty": duty, "key": "one"},
            {**known, "act": "refuse", "key": "two"},
        ]
    )
    assert sorted(str(a["kind"]) for a in answers) == ["Done", "Refusal"]
    assert [a["code"] for a in answers if a["kind"] == "Refusal"] == ["stale"]
    case = Case.objects.get(uid=uid)
    assert case.version == 2
    assert Entry.objects.filter(subject_uid=uid).count() == 2
    expected = 2 if case.state == "dispatched" else 0
    assert Assignment.objects.filter(case=case).count() == expected


def test_four_clicks_of_one_form_file_one_report(world: World) -> None:
    building = world.buildings["柳荫1栋"].uid
    order = {"act": "file", "who": "王桂英", "building": building, "key": "click"}
    answers = race([order] * 4)
    assert {a["kind"] for a in answers} == {"Done"}
    assert len({a["number"] for a in answers}) == 1
    assert (Report.objects.count(), Asked.objects.filter(key="click").count()) == (1, 1)


def test_four_people_filing_at_once_get_four_numbers(world: World) -> None:
    building = world.buildings["柳荫1栋"].uid
    known = {"act": "file", "who": "王桂英", "building": building}
    answers = race([{**known, "key": f"k{n}"} for n in range(4)])
    assert len({a["number"] for a in answers}) == 4
    assert Report.objects.count() == 4


def test_the_resident_and_the_officer_rating_at_once_count_once(world: World) -> None:
    uid = filed(world)
    proof = [store(b"p", "image/jpeg")]
    for done in (
        intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["楼道堆物"].uid),
        handling.sign(world.ask("社区小周"), uid),
        handling.contact(world.ask("社区小周"), uid, True, "已联系"),
        handling.submit_result(world.ask("社区小周"), uid, "已清", proof),
        closing.check(world.ask("网格员小陈"), uid, True),
        closing.answer(world.ask("社区小周"), uid, "已清理"),
    ):
        assert isinstance(done, Done), done
    own = Report.objects.get().uid
    answers = race(
        [
            {"act": "rate", "who": "王桂英", "case": uid, "report": own, "key": "one"},
            {"act": "call_back", "who": "回访员小郑", "case": uid, "report": own, "key": "two"},
        ]
    )
    assert sorted(str(a["kind"]) for a in answers) == ["Done", "Refusal"]
    assert Rating.objects.count() == 1


def test_one_order_handed_in_four_times_at_once_is_one_matter(world: World) -> None:
    told = Described("12345", "区12345平台", "hotline_12345", "orders_12345")
    line = add_system(world.ask("管理员"), world.places["柳荫社区"], told)
    assert isinstance(line, Done)
    order = {"act": "receive", "who": "分拨员老赵", "system": line.uid, "number": "7"}
    answers = race([{**order, "key": f"k{n}"} for n in range(4)])
    assert {a["kind"] for a in answers} == {"Done"}
    assert sorted(bool(a["again"]) for a in answers) == [False, True, True, True]
    assert len({a["number"] for a in answers}) == 1
    assert (Case.objects.count(), OutsideOrder.objects.count()) == (1, 1)
