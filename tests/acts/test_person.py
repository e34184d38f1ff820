"""Loading people: each phone once, what a list leaves empty stays, nobody of another place."""

from typing import Any

import pytest

from tests.acts.tables import cells, code
from tests.acts.world import World
from yishi.acts import person
from yishi.acts.door import Done
from yishi.core.person import SYSTEM, Level
from yishi.records.models import Entry, Person, Seal

PEOPLE = [
    {"手机": 13912340001.0, "姓名": "陈秀兰", "身份级别": "居民", "楼栋编码": "L0", "房号": "3-2"},
    {"手机": "+86 139-1234-0002", "姓名": "何永福"},
    {
        "手机": "13912340003",
        "姓名": "唐国强",
        "身份级别": "业主",
        "楼栋编码": "L1",
        "面积": "88.56",
    },
    {"手机": "008613912340004", "姓名": "罗敏", "登录名": "Luo.Min"},
]


def load(world: World, *rows: dict[str, Any], who: Any = SYSTEM) -> Done | Any:
    root = None if who is SYSTEM else "p0"
    return person.load(world.ask(who), root, {"人员": list(rows)})


def test_people_are_loaded_with_phones_written_one_way(world: World) -> None:
    assert isinstance(load(world, *PEOPLE), Done)
    first = Person.objects.with_phone("+8613912340001")
    assert first is not None and first.home is not None
    assert (first.name, first.level, first.home.code, first.room) == (
        "陈秀兰",
        Level.RESIDENT,
        "L0",
        "3-2",
    )
    owner = Person.objects.with_phone("+8613912340003")
    assert owner is not None and owner.area_cm2 == 885_600
    staff = Person.objects.with_phone("+8613912340004")
    assert staff is not None
    assert (staff.login, staff.is_staff_member, staff.has_usable_password()) == (
        "luo.min",
        True,
        False,
    )


def test_loading_again_doubles_nobody_and_keeps_what_the_list_leaves_empty(world: World) -> None:
    load(world, *PEOPLE)
    count = Person.objects.count()
    done = load(world, {"手机": "13912340001", "姓名": "陈秀兰", "房号": "3-5"})
    assert isinstance(done, Done)
    assert Person.objects.count() == count
    again = Person.objects.with_phone("+8613912340001")
    assert again is not None and again.home is not None
    assert (again.room, again.home.code, again.level) == ("3-5", "L0", Level.RESIDENT)


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"手机": "", "姓名": "某某"}, "手机", "cell_required"),
    ({"手机": "12345", "姓名": "某某"}, "手机", "cell_not_phone"),
    ({"手机": "12012340009", "姓名": "某某"}, "手机", "cell_not_phone"),
    ({"手机": "13912340009"}, "姓名", "column_missing"),
    ({"手机": "13912340009", "姓名": "某" * 41}, "姓名", "cell_too_long"),
    ({"手机": "13912340009", "姓名": "某某", "身份级别": "村民"}, "身份级别", "cell_unknown_value"),
    ({"手机": "13912340009", "姓名": "某某", "身份级别": "业主"}, "面积", "area_needed"),
    ({"手机": "13912340009", "姓名": "某某", "面积": "大"}, "面积", "cell_not_number"),
    ({"手机": "13912340009", "姓名": "某某", "楼栋编码": "L9"}, "楼栋编码", "code_unknown"),
    ({"手机": "13912340009", "姓名": "某某", "登录名": "管理员"}, "登录名", "cell_not_login"),
]


@pytest.mark.parametrize(("row", "column", "problem"), WRONG)
def test_one_wrong_cell_is_named_and_nobody_is_loaded(
    world: World, row: dict[str, Any], column: str, problem: str
) -> None:
    count = Person.objects.count()
    right = {"手机": "13912340008", "姓名": "对的"} if problem != "column_missing" else {"手机": ""}
    at = 1 if problem == "column_missing" else 3
    assert ("人员", at, column, problem) in cells(load(world, right, row))
    assert Person.objects.count() == count


def test_a_phone_twice_in_the_list_is_reported_with_the_first_row(world: World) -> None:
    answer = load(
        world,
        {"手机": "13912340001", "姓名": "陈秀兰"},
        {"手机": "139 1234 0001", "姓名": "陈秀蓝"},
    )
    assert cells(answer) == [("人员", 3, "手机", "row_twice")]
    assert answer.problems[0].need == 2


def test_a_sign_in_name_belongs_to_one_person_for_good(world: World) -> None:
    load(world, *PEOPLE)
    taken = load(world, {"手机": "13912340005", "姓名": "某某", "登录名": "luo.min"})
    assert cells(taken) == [("人员", 2, "登录名", "login_taken")]
    changed = load(world, {"手机": "13912340004", "姓名": "罗敏", "登录名": "luo"})
    assert cells(changed) == [("人员", 2, "登录名", "login_kept")]
    twice = load(
        world,
        {"手机": "13912340006", "姓名": "甲", "登录名": "one"},
        {"手机": "13912340007", "姓名": "乙", "登录名": "one"},
    )
    assert cells(twice) == [("人员", 3, "登录名", "login_taken")]


def test_a_checked_identity_is_not_taken_back_by_a_list(world: World) -> None:
    load(world, *PEOPLE)
    answer = load(world, {"手机": "13912340003", "姓名": "唐国强", "身份级别": "手机"})
    assert cells(answer) == [("人员", 2, "身份级别", "level_down")]


def test_only_the_administrator_and_the_operator_load(world: World) -> None:
    assert isinstance(load(world, PEOPLE[1], who="管理员"), Done)
    assert code(load(world, PEOPLE[1], who="社区小周")) == "not_yours"


def test_a_long_list_is_sealed_in_several_entries_of_one_act(world: World) -> None:
    rows = [{"手机": str(13_700_000_000 + n), "姓名": f"居民{n}"} for n in range(900)]
    assert isinstance(load(world, *rows), Done)
    entries = Entry.objects.filter(code="person.loaded").order_by("subject_no")
    assert [entry.subject_no for entry in entries] == [1, 2, 3]
    assert [Seal.objects.filter(entry=entry).count() for entry in entries] == [401, 401, 101]
