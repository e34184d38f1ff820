"""Loading places: everything or nothing, every wrong cell named, loading again adds nothing."""

from typing import Any

import pytest

from tests.acts.tables import Tables, cells, code, town
from tests.acts.world import World
from yishi.acts import place
from yishi.acts.door import Done
from yishi.core.person import SYSTEM
from yishi.records.models import Body, Building, Entry, Grouping, Place

COUNTED = (Place, Grouping, Building, Body)


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


def test_a_new_district_is_loaded_in_one_act(world: World) -> None:
    before = counts()
    done = place.load(world.ask(SYSTEM), None, town())
    assert isinstance(done, Done), done
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [4, 3, 1, 2]
    east = Place.objects.get(code="510100001001")
    assert east.parent is not None
    assert east.line == f"{east.parent.line}{east.pk}."
    building = Building.objects.get(code="DJ01")
    assert (building.lon, building.lat) == (104_060_000, 30_670_000)
    assert building.grid is not None and building.grid.name == "东街第一网格"
    entry = Entry.objects.get(code="place.loaded")
    assert (entry.params["places"], entry.params["bodies"]) == (4, 2)


def test_loading_again_doubles_nothing_and_takes_new_names(world: World) -> None:
    tables = town()
    place.load(world.ask(SYSTEM), None, tables)
    before, uid = counts(), Building.objects.get(code="DJ01").uid
    tables["楼栋"][0]["名称"] = "东方苑一栋"
    tables["区划"][2]["名称"] = "东街"
    done = place.load(world.ask(SYSTEM), None, tables)
    assert isinstance(done, Done), done
    assert counts() == before
    again = Building.objects.get(code="DJ01")
    assert (again.uid, again.name) == (uid, "东方苑一栋")
    assert Place.objects.get(code="510100001001").name == "东街"


def test_the_same_key_loads_once(world: World) -> None:
    first = place.load(world.ask(SYSTEM, key="once"), None, town())
    again = place.load(world.ask(SYSTEM, key="once"), None, town())
    assert isinstance(first, Done) and isinstance(again, Done)
    assert (first.again, again.again) == (False, True)
    assert Entry.objects.filter(code="place.loaded").count() == 1


WRONG = [
    ("区划", 1, {"编码": ""}, "编码", "cell_required"),
    ("区划", 1, {"编码": "镇一"}, "编码", "cell_not_code"),
    ("区划", 1, {"名称": "渡" * 61}, "名称", "cell_too_long"),
    ("区划", 1, {"级别": "街区"}, "级别", "cell_unknown_value"),
    ("区划", 0, {"上级编码": "510100001"}, "上级编码", "parent_not_wanted"),
    ("区划", 3, {"上级编码": "999"}, "上级编码", "code_unknown"),
    ("区划", 3, {"上级编码": "510100"}, "上级编码", "parent_kind"),
    ("区划", 3, {"上级编码": ""}, "上级编码", "cell_required"),
    ("区划", 3, {"编码": "510100001001"}, "编码", "row_twice"),
    ("分组", 0, {"社区编码": "510100001"}, "社区编码", "not_community"),
    ("分组", 0, {"类别": "片区"}, "类别", "cell_unknown_value"),
    ("楼栋", 0, {"网格编码": "DJ-Z1"}, "网格编码", "grouping_kind"),
    ("楼栋", 0, {"网格编码": "DJ-G9"}, "网格编码", "code_unknown"),
    ("楼栋", 0, {"编码": "DONGJIE-00001"}, "编码", "cell_too_long"),
    ("楼栋", 0, {"经度": "东"}, "经度", "cell_not_number"),
    ("楼栋", 0, {"经度": 181}, "经度", "cell_not_number"),
    ("楼栋", 0, {"经度": ""}, "纬度", "lonlat_pair"),
    ("单位", 0, {"类别": "局"}, "类别", "cell_unknown_value"),
    ("单位", 0, {"所在编码": "0"}, "所在编码", "code_unknown"),
]


@pytest.mark.parametrize(("sheet", "at", "spoilt", "column", "problem"), WRONG)
def test_one_wrong_cell_is_named_and_nothing_is_loaded(
    world: World, sheet: str, at: int, spoilt: dict[str, Any], column: str, problem: str
) -> None:
    tables, before = town(), counts()
    tables[sheet][at] |= spoilt
    answer = place.load(world.ask(SYSTEM), None, tables)
    assert (sheet, at + 2, column, problem) in cells(answer)
    assert counts() == before
    assert not Entry.objects.filter(code="place.loaded").exists()


def test_every_wrong_row_is_reported_at_once(world: World) -> None:
    tables = town()
    tables["分组"][0]["类别"] = "片区"
    tables["单位"][1]["所在编码"] = "510100009"
    tables["楼栋"][0]["电梯"] = "有"
    tables["车位"] = [{"编码": "1"}]
    assert cells(place.load(world.ask(SYSTEM), None, tables)) == [
        ("分组", 2, "类别", "cell_unknown_value"),
        ("单位", 3, "所在编码", "code_unknown"),
        ("楼栋", 1, "电梯", "column_unknown"),
        ("车位", 1, "", "sheet_unknown"),
    ]


def test_empty_rows_and_remarks_do_not_matter(world: World) -> None:
    tables = town()
    tables["单位"].insert(0, {"编码": "", "名称": None})
    tables["单位"][2]["备注"] = "新设"
    assert isinstance(place.load(world.ask(SYSTEM), None, tables), Done)


@pytest.mark.parametrize(
    ("tables", "refused"),
    [
        ({}, "table_empty"),
        ({"区划": []}, "table_empty"),
        ({"区划": [{"编码": " ", "名称": ""}]}, "table_empty"),
        ({"楼栋": [{"编码": f"B{n}"} for n in range(20_001)]}, "table_too_long"),
    ],
)
def test_an_empty_or_endless_list_is_refused(world: World, tables: Tables, refused: str) -> None:
    assert code(place.load(world.ask(SYSTEM), None, tables)) == refused


def test_what_hangs_on_a_place_keeps_it_where_it_is(world: World) -> None:
    place.load(world.ask(SYSTEM), None, town())
    moved = town()
    moved["区划"][2]["级别"] = "镇"
    moved["区划"][2]["上级编码"] = "510100"
    moved["楼栋"][0]["社区编码"] = "510100001002"
    found = cells(place.load(world.ask(SYSTEM), None, moved))
    assert ("区划", 4, "级别", "moved") in found
    assert ("楼栋", 2, "社区编码", "moved") in found


def test_an_administrator_loads_in_their_own_place_only(world: World) -> None:
    row = {"编码": "p9", "名称": "新桥社区", "级别": "社区", "上级编码": "p1"}
    own = world.places["清河区"].code
    assert isinstance(place.load(world.ask("管理员"), own, {"区划": [row]}), Done)
    outside = place.load(world.ask("管理员"), own, town())
    assert ("区划", 2, "编码", "outside") in cells(outside)
    assert code(place.load(world.ask("管理员"), None, town())) == "not_yours"
    assert code(place.load(world.ask("社区小周"), own, {"区划": [row]})) == "not_yours"
    assert code(place.load(world.ask("管理员"), "nowhere", {"区划": [row]})) == "not_found"
