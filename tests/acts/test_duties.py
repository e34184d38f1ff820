"""A responsibility list is loaded, whole or not at all, and replaced by a newer one."""

import csv
from collections import Counter
from datetime import date

import pytest

from tests.acts.world import World
from tests.needs import shared_data
from yishi.acts import duty
from yishi.acts.door import Done
from yishi.core.calendar import Span, SpanKind
from yishi.core.columns import read_duty
from yishi.core.duty import CommunityMay
from yishi.core.duty import DutyRow as CoreRow
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.records.models import BundleRow, DutyRow, Entry
from yishi.rulebook.kinds import column_map
from yishi.rulebook.kinds.duties import bundle_of_rows
from yishi.rulebook.load import Bundle
from yishi.rulebook.shipped import shipped_bundle

FROM = date(2026, 3, 1)


def row(title: str = "污水井盖", grade: str = "缺失", **more: object) -> CoreRow:
    values: dict[str, object] = {
        "code": f"部件-{title[:6]}",
        "category": "部件",
        "major": "公用设施",
        "minor": title,
        "title": title,
        "grade": grade,
        "area": "",
        "lead": "区水务公司",
        "co": ("区城市管理局",),
        "supervising": "",
        "limit": Span(2, SpanKind.HOUR),
        "limit_words": "2紧急工作时",
        "basis": "",
        "standard": "恢复",
        "promise": "",
        "community_may": CommunityMay.NONE,
    }
    return CoreRow(**(values | more))  # type: ignore[arg-type]


def listed(*rows: CoreRow, version: str = "1", valid_from: date = FROM) -> Bundle:
    return bundle_of_rows(rows, id="qinghe", version=version, valid_from=valid_from, source="ours")


def load(world: World, bundle: Bundle, who: object = SYSTEM) -> Done | Refusal:
    return duty.load(world.ask(who), world.places["清河区"], bundle)  # type: ignore[arg-type]


def test_a_list_is_loaded_with_its_limits_and_bodies(world: World) -> None:
    answer = load(world, listed(row(), row(grade="破损", lead="各产权单位", co=())), "管理员")
    assert isinstance(answer, Done)
    kept = list(
        DutyRow.objects.filter(bundle__kind="duties").values_list(
            "title",
            "grade",
            "lead",
            "lead_body__name",
            "co",
            "limit_length",
            "limit_kind",
            "valid_from",
        )
    )
    assert kept == [
        ("污水井盖", "缺失", "区水务公司", "区水务公司", ["区城市管理局"], 2, "hour", FROM),
        ("污水井盖", "破损", "各产权单位", None, [], 2, "hour", FROM),
    ]
    entry = Entry.objects.get(code="duties.loaded")
    assert (entry.params["rows"], entry.role) == (2, "administrator")


def test_a_newer_version_replaces_the_older_on_its_first_day(world: World) -> None:
    load(world, listed(row()))
    load(world, listed(row(lead="区城市管理局", co=()), version="2", valid_from=date(2026, 7, 1)))
    assert list(
        DutyRow.objects.filter(bundle__name="qinghe")
        .order_by("valid_from")
        .values_list("bundle__version", "lead", "valid_from", "replaced_on")
    ) == [
        ("1", "区水务公司", FROM, date(2026, 7, 1)),
        ("2", "区城市管理局", date(2026, 7, 1), None),
    ]


def test_the_same_file_twice_is_loaded_once(world: World) -> None:
    assert isinstance(load(world, listed(row())), Done)
    assert isinstance(load(world, listed(row())), Done)
    assert DutyRow.objects.filter(bundle__name="qinghe", replaced_on=None).count() == 1


@pytest.mark.parametrize(
    ("bundle", "refusal"),
    [
        (
            listed(row(), row(grade="松动", title="井" * 81), version="2"),
            Refusal("cell_too_long", 80, 81, "title", "2"),
        ),
        (
            listed(row(), row(grade="松动", co=("区" * 81,)), version="2"),
            Refusal("cell_too_long", 80, 81, "co", "2"),
        ),
        (
            listed(row(), version="0", valid_from=date(2026, 2, 28)),
            Refusal("duties_not_newer", FROM, date(2026, 2, 28), "day"),
        ),
    ],
)
def test_a_list_that_is_refused_changes_nothing(
    world: World, bundle: Bundle, refusal: Refusal
) -> None:
    load(world, listed(row()))
    assert load(world, bundle) == refusal
    assert DutyRow.objects.filter(bundle__name="qinghe", replaced_on=None).count() == 1
    assert BundleRow.objects.filter(kind="duties").count() == 1


def test_a_version_never_changes(world: World) -> None:
    load(world, listed(row()))
    answer = load(world, listed(row(lead="区城市管理局")))
    assert isinstance(answer, Refusal)
    assert answer.code == "bundle_changed"


def test_only_the_administrator_or_the_machine_loads_a_list(world: World) -> None:
    for who in ("分拨员老赵", "街道主任", "王桂英"):
        answer = load(world, listed(row()), who)
        assert isinstance(answer, Refusal)
        assert answer.code == "not_yours"


def test_a_name_two_bodies_bear_leads_nowhere(world: World) -> None:
    from yishi.core.place import BodyKind

    place = world.places["清河区"]
    assert set(duty.bodies_by_name(place, ["区水务公司", "各产权单位"])) == {"区水务公司"}
    world.body("区水务公司", BodyKind.COMPANY, "石桥社区")
    assert duty.bodies_by_name(place, ["区水务公司"]) == {}
    rows = [row(), row(grade="松动"), row(lead="各产权单位")]
    assert duty.unknown_bodies(place, rows) == Counter({"区水务公司": 2, "各产权单位": 1})


def test_the_real_list(world: World) -> None:
    columns = column_map(shipped_bundle("mapping", "yuncheng"))
    path = shared_data("duty_yuncheng", "standards.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [read_duty(cells, columns) for cells in csv.DictReader(file)]
    rows = [one for one in read if isinstance(one, CoreRow)]
    bundle = bundle_of_rows(rows, id="yuncheng", version="1", valid_from=FROM, source="运城")
    assert isinstance(load(world, bundle), Done)
    kept = DutyRow.objects.filter(bundle__name="yuncheng")
    assert kept.count() == 519
    assert Counter(kept.values_list("limit_kind", flat=True)) == {
        "working_day": 412,
        "working_hour": 61,
        "hour": 42,
        "day": 4,
    }
    assert sum(bool(co) for co in kept.values_list("co", flat=True)) == 477
    graded = kept.filter(title="上水井盖").values_list("grade", "limit_length", "limit_kind")
    assert ("缺失、移位、开裂，存在安全隐患的", 2, "hour") in list(graded)
    assert ("破损超过25c㎡", 4, "working_hour") in list(graded)
