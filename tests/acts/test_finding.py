"""责任追究: on what the record shows, against a body, by the supervisory officer."""

from datetime import timedelta

from tests.acts.tables import code
from tests.acts.world import NOW, World, appoint_overseer
from tests.web.town import answered, done, filed
from yishi.acts import finding, oversight
from yishi.acts.case import intake
from yishi.records.models import Case, Entry, Finding
from yishi.records.queries.finding import promise_of

FENG = "督查员老冯"
HOUR = timedelta(hours=1)


def given(world: World) -> Case:
    """A matter given to 区城市管理局 with 区水务公司, due two hours from now."""
    case = Case.objects.get(number=filed(world).number)
    duty = world.duties["井盖缺失"].uid
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty))
    return case


def test_a_finding_waits_for_the_clock_to_run_out(world: World) -> None:
    case, body = given(world), world.bodies["区城市管理局"].uid
    early = world.ask(FENG, NOW + HOUR)
    assert code(finding.record(early, case.uid, body, "late", "超时")) == "no_breach"
    late = world.ask(FENG, NOW + 2 * HOUR)
    done(finding.record(late, case.uid, body, "late", "两小时未到场"))
    row, entry = Finding.objects.get(), Entry.objects.get(code="finding.recorded")
    assert (row.body.name, row.breach, row.duty) == (
        "区城市管理局", "late", world.duties["井盖缺失"],
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, entry.subject_uid, entry.subject_no) == (
        "dispatched", case.uid, case.version,
    )  # fmt: skip
    assert entry.params["unit"] == "区城市管理局"


def test_a_body_without_a_part_is_not_found_against(world: World) -> None:
    case, body = given(world), world.bodies["望江街道办事处"].uid
    ask = world.ask(FENG, NOW + 3 * HOUR)
    assert code(finding.record(ask, case.uid, body, "late", "超时")) == "no_part"
    assert code(finding.record(ask, case.uid, "nobody", "late", "超时")) == "not_found"


def test_a_look_that_found_it_undone_bears_a_finding(world: World) -> None:
    appoint_overseer(world)
    case = Case.objects.get(number=answered(world).number)
    body = world.bodies["柳荫社区居委会"].uid
    assert code(finding.record(world.ask(FENG), case.uid, body, "untrue", "没做")) == "no_breach"
    done(oversight.inspect(world.ask("监督委员老何"), case.uid, "on_site", "not", "还堆着"))
    done(finding.record(world.ask(FENG), case.uid, body, "untrue", "没做"))


def test_only_the_supervisory_officer_records(world: World) -> None:
    case, body = given(world), world.bodies["区城市管理局"].uid
    for who in ("分拨员老赵", "城管小孙", "街道主任", "社区小周"):
        ask = world.ask(who, NOW + 3 * HOUR)
        assert code(finding.record(ask, case.uid, body, "late", "超时")) == "not_yours"
    assert Finding.objects.count() == 0


def test_a_promise_is_counted_kept_broken_or_still_open(world: World) -> None:
    case, row = given(world), world.duties["井盖缺失"]
    before = promise_of(row, NOW + 2 * HOUR - timedelta(seconds=1))
    assert (before.kept, before.broken, before.open, before.findings) == (0, 0, 1, 0)
    body = world.bodies["区城市管理局"].uid
    done(finding.record(world.ask(FENG, NOW + 2 * HOUR), case.uid, body, "promise", "没兑现"))
    after = promise_of(row, NOW + 2 * HOUR)
    assert (after.kept, after.broken, after.open, after.findings) == (0, 1, 0, 1)
    answered(world)
    settled = promise_of(world.duties["楼道堆物"], NOW)
    assert (settled.kept, settled.broken, settled.open) == (1, 0, 0)
