"""The list learns from a ruling: the next version holds at once; a stale proposal is refused."""

from datetime import date, timedelta

import pytest

from tests.acts.test_duties import listed, load, row
from tests.acts.test_whole_way import done
from tests.acts.world import NOW, World
from yishi.acts import duty, report
from yishi.acts.case import intake, returning
from yishi.acts.case.returning import Amended
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.duty import CommunityMay
from yishi.core.refusal import Refusal
from yishi.records.models import Amendment, BundleRow, Case, DutyRow, Entry, Request
from yishi.records.queries.duty import duty_choices, row_of, standing_on
from yishi.rulebook.kinds.duties import next_version

TODAY = date(2026, 3, 11)
HOUR = timedelta(hours=1)


def ruled(world: World, amended: Amended, lead: str = "区城市管理局", grade: str = "缺失") -> str:
    """A dispute about 污水井盖 ruled on; the uid of what it proposes for the list."""
    building = world.buildings["柳荫1栋"].uid
    uid = done(report.file(world.ask("王桂英"), Words("井盖不见了", building=building))).uid
    asked_by = standing(grade=grade)
    done(intake.dispatch(world.ask("分拨员老赵"), uid, asked_by.uid))
    done(returning.ask_return(world.ask("水务小吴"), uid, "不是我们的", "井盖无水务标记"))
    request = Request.objects.get(case__uid=uid)
    decide = returning.decide_return
    done(decide(world.ask("分拨员老赵"), uid, request.uid, "disputed", "请裁定"))
    body = world.bodies[lead].uid
    answer = returning.rule(world.ask("裁定组老钱"), uid, "无标记", asked_by.uid, body, (), amended)
    done(answer)
    return Amendment.objects.get(ruling__case__uid=uid).uid


def standing(**more: str) -> DutyRow:
    return DutyRow.objects.filter(standing_on(TODAY), bundle__kind="duties").get(**more)


def amend(world: World, uid: str) -> Done | Refusal:
    return duty.amend(world.ask("管理员", NOW + HOUR), world.places["清河区"], uid)


@pytest.fixture
def world(world: World) -> World:
    """The small world with a loaded list of two rows."""
    done(load(world, listed(row(), row(grade="破损"))))
    return world


def test_the_row_says_what_was_ruled_from_the_next_version_on(world: World) -> None:
    uid = ruled(world, Amended("井盖无水务标记的归城管"))
    before = standing(grade="缺失")
    done(amend(world, uid))
    after = standing(grade="缺失")
    assert (after.lead, after.lead_body, after.co) == (
        "区城市管理局",
        world.bodies["区城市管理局"],
        [],
    )
    assert (after.bundle.version, after.valid_from, after.limit_words) == (
        "2",
        TODAY,
        "2紧急工作时",
    )
    before.refresh_from_db()
    assert before.replaced_on == TODAY
    kept = Amendment.objects.get(uid=uid)
    assert (kept.state, kept.bundle) == ("published", after.bundle)
    assert kept.decided_by == world.people["管理员"]
    entry = Entry.objects.get(code="duties.amended")
    assert (entry.params["before"], entry.params["version"], entry.params["rows"]) == ("1", "2", 2)


def test_a_dispatched_case_keeps_its_row(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    case = Case.objects.get(rulings__amendment__uid=uid)
    done(amend(world, uid))
    case.refresh_from_db()
    assert case.duty is not None
    assert (case.duty.bundle.version, case.duty.lead) == ("1", "区水务公司")


def test_what_a_row_was_used_for_is_not_forgotten_with_its_version(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    case = Case.objects.get(rulings__amendment__uid=uid)

    def used() -> list[tuple[str, int]]:
        found = duty_choices(case, "", "", TODAY, world.actor("分拨员老赵")).rows
        return [(choice.row["grade"], choice.used) for choice in found]

    assert used() == [("缺失", 1)]
    done(amend(world, uid))
    assert used() == [("缺失", 1)]


def test_a_matter_filed_before_goes_by_the_row_of_the_new_version(world: World) -> None:
    building = world.buildings["柳荫1栋"].uid
    filed = done(report.file(world.ask("王桂英"), Words("井盖松了", building=building))).uid
    before = standing(grade="破损")
    done(intake.accept(world.ask("分拨员老赵"), filed, before.uid))
    case = Case.objects.get(uid=filed)
    assert row_of(case, TODAY) == before.uid
    done(amend(world, ruled(world, Amended("归城管"))))
    case = Case.objects.get(uid=filed)
    after = standing(grade="破损")
    assert before.uid != after.uid
    assert row_of(case, TODAY) == after.uid


def test_an_area_of_its_own_stands_beside_the_row(world: World) -> None:
    uid = ruled(world, Amended("只在柳荫", area="柳荫社区"))
    done(amend(world, uid))
    rows = DutyRow.objects.filter(standing_on(TODAY), bundle__kind="duties").order_by("position")
    assert [(r.grade, r.area, r.lead) for r in rows] == [
        ("缺失", "", "区水务公司"),
        ("破损", "", "区水务公司"),
        ("缺失", "柳荫社区", "区城市管理局"),
    ]


def test_a_second_amendment_builds_on_the_first(world: World) -> None:
    first = ruled(world, Amended("缺失归城管"))
    second = ruled(world, Amended("破损也归城管"), grade="破损")
    done(amend(world, first))
    done(amend(world, second))
    assert {r.lead for r in DutyRow.objects.filter(standing_on(TODAY), bundle__version="3")} == {
        "区城市管理局"
    }
    assert list(
        BundleRow.objects.filter(kind="duties", name="qinghe").values_list("version", flat=True)
    ) == ["1", "2", "3"]


def test_an_amendment_for_a_row_that_has_changed_is_stale(world: World) -> None:
    first = ruled(world, Amended("归城管"))
    second = ruled(world, Amended("归街道"), lead="望江街道办事处")
    done(amend(world, first))
    assert amend(world, second) == Refusal("amendment_stale", have="污水井盖")
    assert Amendment.objects.get(uid=second).state == "proposed"


def test_two_areas_of_one_name_are_stale_too(world: World) -> None:
    first = ruled(world, Amended("只在柳荫", area="柳荫社区"))
    second = ruled(world, Amended("柳荫归街道", area="柳荫社区"), lead="望江街道办事处")
    done(amend(world, first))
    assert amend(world, second) == Refusal("amendment_stale", have="污水井盖")


@pytest.mark.parametrize(("length", "code"), [(2000, ""), (2001, "words_too_long")])
def test_whatever_is_written_of_an_amendment_has_a_length(
    length: int, code: str, world: World
) -> None:
    uid = ruled(world, Amended("归城管"))
    answer = duty.drop(world.ask("管理员"), world.places["清河区"], uid, "字" * length)
    assert (answer.code if isinstance(answer, Refusal) else "") == code
    assert Amendment.objects.get(uid=uid).state == ("proposed" if code else "dropped")


def test_a_ground_for_the_list_that_is_too_long_rules_nothing(world: World) -> None:
    with pytest.raises(AssertionError, match="words_too_long"):
        ruled(world, Amended("字" * 2001))
    assert not Amendment.objects.exists()


def test_a_name_nobody_bears_is_refused(world: World) -> None:
    uid = ruled(world, Amended("归别处"))
    Amendment.objects.filter(uid=uid).update(lead="区城管局")
    assert amend(world, uid) == Refusal("unit_unknown", have="区城管局")


def test_a_list_learns_no_burden_for_a_community(world: World) -> None:
    uid = ruled(world, Amended("归社区"))
    Amendment.objects.filter(uid=uid).update(lead="柳荫社区居委会")
    answer = amend(world, uid)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.have) == (
        "duty_not_for_community",
        ("柳荫社区居委会", "污水井盖", CommunityMay.NONE.value),
    )


def test_a_list_to_come_is_not_overtaken(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    done(load(world, listed(row(), version="9", valid_from=date(2026, 4, 1))))
    answer = amend(world, uid)
    assert isinstance(answer, Refusal)
    assert answer.code == "duties_not_newer"


def test_it_is_published_once(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    done(amend(world, uid))
    assert amend(world, uid) == Refusal("amendment_decided", have="published")


def test_only_the_administrator_publishes(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    for who in ("裁定组老钱", "分拨员老赵"):
        answer = duty.amend(world.ask(who), world.places["清河区"], uid)
        assert isinstance(answer, Refusal)
        assert answer.code == "not_yours"


def test_what_is_not_adopted_says_why(world: World) -> None:
    uid = ruled(world, Amended("归城管"))
    place = world.places["清河区"]
    assert duty.drop(world.ask("管理员"), place, uid, " ") == Refusal(
        "why_missing", source="norms.md §1 Responsibility list"
    )
    done(duty.drop(world.ask("管理员"), place, uid, "清单每年统一修订"))
    kept = Amendment.objects.get(uid=uid)
    assert (kept.state, kept.words) == ("dropped", "清单每年统一修订")
    assert amend(world, uid) == Refusal("amendment_decided", have="dropped")


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("1", {"1"}, "2"),
        ("1", {"1", "2"}, "3"),
        ("2026-03-01", {"2026-03-01"}, "2026-03-01.1"),
        ("2026-03-01.1", {"2026-03-01.1"}, "2026-03-01.2"),
        ("甲", set(), "甲.1"),
    ],
)
def test_versions_follow_one_another(version: str, taken: set[str], following: str) -> None:
    assert next_version(version, taken) == following
