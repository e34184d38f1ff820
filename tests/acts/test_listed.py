"""限期整改清单: 挂账, reported done, and closed by somebody who did not report it."""

from datetime import date, timedelta

from tests.acts.tables import code
from tests.acts.world import NOW, World
from tests.web.town import answered, done
from yishi.acts import listed
from yishi.core.number import read_number
from yishi.core.person import Role
from yishi.records.models import Case, Listed
from yishi.records.queries.rule import start_of

BY = date(2026, 3, 20)
DAY = timedelta(days=1)


def opened(world: World, body: str = "区水务公司", who: str = "社区小周", case: str = "") -> Listed:
    place = world.places["柳荫社区"].uid
    answer = done(
        listed.open_entry(
            world.ask(who), place, world.bodies[body].uid, "三单元水压不足", BY, "院坝会提出", case
        )
    )
    return Listed.objects.get(uid=answer.uid, number=answer.number)


def test_an_entry_has_a_number_that_finds_a_slip_and_is_due_at_the_end_of_its_day(
    world: World,
) -> None:
    row = opened(world)
    assert read_number(row.number) == row.number
    assert row.due_at == start_of(BY + DAY)
    assert (row.case, row.closed_at) == (None, None)


def test_an_entry_may_come_from_a_case_and_leaves_it_alone(world: World) -> None:
    case = Case.objects.get(number=answered(world).number)
    assert opened(world, case=case.uid).case == case
    version, state = case.version, case.state
    case.refresh_from_db()
    assert (case.version, case.state) == (version, state)


def test_it_is_reported_by_its_body_and_closed_by_somebody_else(world: World) -> None:
    row = opened(world)
    ask = world.ask
    assert code(listed.close(ask("分拨员老赵"), row.uid, True, "看过")) == "not_done_yet"
    assert code(listed.report_done(ask("城管小孙"), row.uid, "修好了")) == "not_yours"
    done(listed.report_done(ask("水务小吴"), row.uid, "加压泵已换"))
    assert code(listed.report_done(ask("水务小吴"), row.uid, "再报")) == "already_done"
    assert code(listed.close(ask("水务小吴"), row.uid, True, "好了")) == "not_yours"
    done(listed.close(ask("督查员老冯", NOW + DAY), row.uid, True, "水压正常"))
    row.refresh_from_db()
    assert (row.done_words, row.closed_words) == ("加压泵已换", "水压正常")
    assert row.closed_at == NOW + DAY
    assert code(listed.close(ask("分拨员老赵"), row.uid, True, "看过")) == "listed_closed"


def test_who_reported_it_never_closes_it(world: World) -> None:
    # 社区小周 sits at the desk and also handles for the residents' committee.
    row = opened(world, "柳荫社区居委会", "分拨员老赵")
    done(listed.report_done(world.ask("社区小周"), row.uid, "已清理"))
    assert code(listed.close(world.ask("社区小周"), row.uid, True, "看过")) == "not_independent"
    done(listed.close(world.ask("分拨员老赵"), row.uid, True, "看过"))


def test_what_is_not_settled_goes_back_to_the_body_and_comes_again(world: World) -> None:
    row = opened(world)
    ask = world.ask
    done(listed.report_done(ask("水务小吴"), row.uid, "加压泵已换"))
    done(listed.close(ask("社区小周"), row.uid, False, "顶楼还是没水"))
    row.refresh_from_db()
    assert (row.done_at, row.closed_at) == (None, None)
    done(listed.report_done(ask("水务小吴"), row.uid, "顶楼管道也换了"))
    done(listed.close(ask("社区小周"), row.uid, True, "顶楼有水了"))
    row.refresh_from_db()
    assert row.closed_at == NOW


def test_its_title_is_public_so_nobody_is_named_by_phone(world: World) -> None:
    place, body = world.places["柳荫社区"].uid, world.bodies["区水务公司"].uid
    ask, title = world.ask("社区小周"), "水压不足，请联系 13800000001"
    assert code(listed.open_entry(ask, place, body, title, BY)) == "title_personal"
    assert code(listed.open_entry(ask, "", body, "水压不足", BY)) == "not_found"
    late = date(2026, 3, 10)
    assert code(listed.open_entry(ask, place, body, "水压不足", late)) == "due_past"
    assert (
        code(listed.open_entry(ask, place, body, "水压不足", BY, "长" * 2001)) == "words_too_long"
    )


def test_only_desk_dispatcher_and_officer_open_an_entry(world: World) -> None:
    place, body = world.places["柳荫社区"].uid, world.bodies["区水务公司"].uid
    for who in ("水务小吴", "街道主任", "网格员小陈", "回访员小郑"):
        said = listed.open_entry(world.ask(who), place, body, "水压不足", BY)
        assert code(said) == "not_yours", who
    world.appoint("邻居小周", Role.COMMUNITY_DESK, "石桥社区")
    said = listed.open_entry(world.ask("邻居小周"), place, body, "水压不足", BY)
    assert code(said) == "not_yours"
