"""Returns, mergers, calls and extensions at the same moment: one succeeds, the other is told."""

from collections.abc import Iterator

import pytest

from tests.acts.test_race import filed, race
from tests.acts.world import World, make_world
from yishi.acts.case import closing, handling, intake, joining, merging, returning, stretching
from yishi.acts.door import Done
from yishi.records.files import store
from yishi.records.models import Assignment, Call, Case, Merge, Report, Request

pytestmark = pytest.mark.django_db(transaction=True)
Order = dict[str, str]


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def must(*answers: object) -> None:
    """Every act so far was done."""
    for answer in answers:
        assert isinstance(answer, Done), answer


def given(world: World, duty: str = "井盖缺失") -> str:
    """A case its unit has signed and contacted the resident about."""
    uid, unit = filed(world), "城管小孙" if duty == "井盖缺失" else "社区小周"
    must(
        intake.dispatch(world.ask("分拨员老赵"), uid, world.duties[duty].uid),
        handling.sign(world.ask(unit), uid),
        handling.contact(world.ask(unit), uid, True, "已联系"),
    )
    return uid


def shown(act: str, who: str, uid: str, **more: str) -> Order:
    """An order as a form sends it: with the version it showed."""
    version = str(Case.objects.get(uid=uid).version)
    key = f"{act}-{who}-{uid}"
    return {"act": act, "who": who, "case": uid, "version": version, "key": key, **more}


def one_of(orders: list[Order]) -> str:
    """Lets them go at once: exactly one is done. Returns the code the other was refused with."""
    answers = race(orders)
    assert sorted(str(a["kind"]) for a in answers) == ["Done", "Refusal"], answers
    return next(str(a["code"]) for a in answers if a["kind"] == "Refusal")


def test_merged_and_dispatched_at_once(world: World) -> None:
    main, uid = filed(world), filed(world)
    told = one_of(
        [
            shown("merge", "分拨员老赵", uid, main=main),
            shown("dispatch", "分拨员老赵", uid, duty=world.duties["井盖缺失"].uid),
        ]
    )
    state = Case.objects.get(uid=uid).state
    assert (state, told) in {("merged", "stale"), ("dispatched", "main_behind")}
    assert Assignment.objects.exists() is (state == "dispatched")


def test_two_residents_join_one_matter_at_once(world: World) -> None:
    main, place = filed(world), world.buildings["柳荫1栋"].uid
    orders = [
        {"act": "join", "who": who, "case": main, "building": place, "key": f"join-{who}"}
        for who in ("李建国", "城管小孙")
    ]
    assert [answer["kind"] for answer in race(orders)] == ["Done", "Done"]
    assert Report.objects.filter(links__case__uid=main, links__until_at=None).count() == 3
    assert Merge.objects.filter(main__uid=main).count() == 2
    assert Case.objects.get(uid=main).version == 3


def test_a_return_decided_and_another_contested_at_once(world: World) -> None:
    uid = filed(world)
    must(
        intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid),
        returning.ask_return(world.ask("城管小孙"), uid, "不是我们的", "第三条"),
    )
    refused = Request.objects.get()
    must(
        returning.decide_return(world.ask("分拨员老赵"), uid, refused.uid, "refused", "是你们的"),
        returning.ask_return(world.ask("水务小吴"), uid, "不是水务井盖", "第四条"),
    )
    asked = Request.objects.get(state="asked")
    told = one_of(
        [
            shown("decide_return", "分拨员老赵", uid, request=asked.uid),
            shown("contest", "城管小孙", uid),
        ]
    )
    assert told == "stale"
    states = sorted(Request.objects.values_list("state", flat=True))
    assert states in (["accepted", "refused"], ["disputed", "lapsed"])


def test_two_mergers_that_cross(world: World) -> None:
    one, other = filed(world), filed(world)
    told = one_of(
        [
            shown("merge", "分拨员老赵", one, main=other),
            shown("merge", "分拨员老赵", other, main=one),
        ]
    )
    assert told == "not_now"
    assert sorted(Case.objects.values_list("state", flat=True)) == ["merged", "submitted"]


def test_two_mergers_that_would_make_a_chain(world: World) -> None:
    first, second, third = filed(world), filed(world), filed(world)
    told = one_of(
        [
            shown("merge", "分拨员老赵", first, main=second),
            shown("merge", "分拨员老赵", second, main=third),
        ]
    )
    assert told in ("merge_chain", "not_now")
    assert Merge.objects.count() == 1


def test_taken_out_and_answered_at_once(world: World) -> None:
    main, uid = given(world, "楼道堆物"), filed(world)
    must(
        *merging.merge(world.ask("分拨员老赵"), main, [uid], "同一件事"),
        handling.submit_result(world.ask("社区小周"), main, "已清", [store(b"p", "image/jpeg")]),
        closing.check(world.ask("网格员小陈"), main, True),
    )
    told = one_of([shown("unmerge", "分拨员老赵", uid), shown("answer", "社区小周", main)])
    answered = Report.objects.exclude(answered_at=None).count()
    assert (told, answered) in {("stale", 0), ("not_now", 2), ("already_answered_main", 2)}


def test_two_bodies_claim_one_call(world: World) -> None:
    uid = given(world, "楼道堆物")
    must(joining.call(world.ask("社区小周"), uid, "需要吊车"))
    call = Call.objects.get().uid
    told = one_of(
        [
            shown("claim", "城管小孙", uid, call=call),
            shown("claim", "水务小吴", uid, call=call),
        ]
    )
    assert told in ("stale", "not_yours")
    assert Assignment.objects.filter(is_lead=False).count() == 1


def test_withdrawn_and_dispatched_at_once(world: World) -> None:
    uid = filed(world)
    told = one_of(
        [
            shown("withdraw", "王桂英", uid, report=Report.objects.get().uid),
            shown("dispatch", "分拨员老赵", uid, duty=world.duties["井盖缺失"].uid),
        ]
    )
    assert told == "stale"
    assert Case.objects.get(uid=uid).state in ("withdrawn", "dispatched")


def test_more_time_given_and_the_result_submitted_at_once(world: World) -> None:
    uid = given(world, "楼道堆物")
    must(stretching.ask_extension(world.ask("社区小周"), uid, 1, "等材料"))
    told = one_of(
        [
            shown("decide_extension", "分拨员老赵", uid, request=Request.objects.get().uid),
            shown("submit", "社区小周", uid),
        ]
    )
    assert told == "stale"
    state, asked = Case.objects.get(uid=uid).state, Request.objects.get().state
    assert (state, asked) in {("handling", "accepted"), ("checking", "lapsed")}
