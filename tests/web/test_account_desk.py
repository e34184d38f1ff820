"""The desk prints slips and checks residents; the administrator prints slips for staff."""

import re

import pytest
from django.test import Client

from tests.acts.world import World, make_world
from tests.web.signing import audited, who_is
from yishi.acts import account
from yishi.core.person import Level, SlipPurpose
from yishi.core.refusal import Refusal
from yishi.records.models import Entry, Person, Slip
from yishi.records.wallclock import now

pytestmark = pytest.mark.django_db
MODEL = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db: None) -> World:
    """A district with every role in it."""
    made = make_world()
    for who in ("王桂英", "李建国"):
        person = made.people[who]
        person.phone = f"+86{person.phone}"
        person.level = Level.PHONE
        person.save()
    return made


def as_(world: World, who: str) -> Client:
    """A browser in which `who` is signed in by the staff door."""
    client = Client()
    client.force_login(world.people[who], backend=MODEL)
    return client


def printed(page: bytes) -> str:
    """The code on a sheet."""
    found = re.search(r"(\d{4}) (\d{4})", page.decode())
    assert found
    return found[1] + found[2]


def test_a_slip_signs_a_resident_in_once(world: World) -> None:
    desk = as_(world, "社区小周")
    key = desk.get("/slips").context["key"]
    sheet = desk.post("/slips", {"phone": "138 0000 0001", "key": key})
    assert (sheet.status_code, sheet["Cache-Control"]) == (200, "no-store")
    code = printed(sheet.content)
    assert code not in str(list(Slip.objects.values()))
    resident = Client()
    given = {"phone": "13800000001", "code": code}
    assert resident.post("/sign-in/slip", given)["Location"] == "/"
    assert who_is(resident) == "王桂英"
    assert Client().post("/sign-in/slip", given).status_code == 422
    assert audited("slip.issued") == [(True, "sign_in")]


def test_printing_twice_with_one_form_shows_no_second_code(world: World) -> None:
    desk = as_(world, "社区小周")
    first = desk.post("/slips", {"phone": "13800000001", "key": "k1"})
    second = desk.post("/slips", {"phone": "13800000001", "key": "k1"})
    assert (first.status_code, second.status_code, Slip.objects.count()) == (200, 422, 1)


def test_who_is_new_joins_by_the_slip(world: World) -> None:
    sheet = as_(world, "社区小周").post("/slips", {"phone": "13700000009", "key": "k1"})
    person = Person.objects.with_phone("+8613700000009")
    assert person is not None
    assert person.level == "phone"
    resident = Client()
    resident.post("/sign-in/slip", {"phone": "13700000009", "code": printed(sheet.content)})
    assert who_is(resident) == person.login


def test_a_slip_belongs_to_its_phone_and_its_day(world: World, settings: object) -> None:
    sheet = as_(world, "社区小周").post("/slips", {"phone": "13800000001", "key": "k1"})
    code = printed(sheet.content)
    other = Client().post("/sign-in/slip", {"phone": "13800000002", "code": code})
    assert other.status_code == 422
    settings.YISHI_CLOCK_OFFSET_SECONDS = 24 * 3600  # type: ignore[attr-defined]
    late = Client().post("/sign-in/slip", {"phone": "13800000001", "code": code})
    assert late.status_code == 422


def test_six_wrong_slips_and_the_phone_waits(world: World) -> None:
    client = Client()
    seen = [
        client.post("/sign-in/slip", {"phone": "13800000001", "code": f"{n}"}).status_code
        for n in range(7)
    ]
    assert seen == [*[422] * 6, 429]


@pytest.mark.parametrize("who", ["网格员小陈", "分拨员老赵", "街道主任", "管理员"])
def test_only_the_desk_prints_for_residents_and_checks_them(world: World, who: str) -> None:
    client = as_(world, who)
    assert client.get("/slips").status_code == 403
    assert client.post("/slips", {"phone": "13800000001", "key": "k"}).status_code == 403
    assert client.get("/residents/check").status_code == 403


def test_checking_shows_no_more_than_a_masked_name(world: World) -> None:
    desk = as_(world, "社区小周")
    page = desk.post("/residents/check", {"phone": "13800000001"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "王**" in text
    assert "王桂英" not in text
    assert audited("person.find") == [(True, "")]


def test_a_resident_is_checked_with_their_home(world: World) -> None:
    desk = as_(world, "社区小周")
    given = {
        "phone": "13800000001",
        "level": "resident",
        "building": world.buildings["柳荫1栋"].code,
        "room": "2-301",
        "key": "k1",
    }
    assert desk.post("/residents/check", given)["Location"] == "/residents/check"
    person = Person.objects.get(login="王桂英")
    assert (person.level, person.home, person.room) == (
        "resident",
        world.buildings["柳荫1栋"],
        "2-301",
    )
    entry = Entry.objects.filter(subject_uid=person.uid).get()
    assert (entry.code, entry.params) == ("person.checked", {"level": "resident"})
    assert audited("person.check") == [(True, "resident")]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"level": "resident"}, "building"),
        ({"level": "owner", "building": "L0"}, "area"),
        ({"level": "owner", "building": "L0", "area": "0"}, "area"),
        ({"level": "owner", "building": "L0", "area": "many"}, "area"),
        ({"level": "resident", "building": "elsewhere"}, "building"),
        ({"level": "mayor", "building": "L0"}, "level"),
        ({"level": "resident", "building": "L0", "room": "1" * 21}, "room"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    world: World, given: dict[str, str], field: str
) -> None:
    desk = as_(world, "社区小周")
    page = desk.post("/residents/check", {"phone": "13800000001", "key": "k1", **given})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert Person.objects.get(login="王桂英").level == "phone"


def test_an_owner_is_checked_with_the_area(world: World) -> None:
    desk = as_(world, "社区小周")
    given = {"phone": "13800000001", "level": "owner", "building": "L1", "area": "89.46"}
    desk.post("/residents/check", {**given, "key": "k1"})
    person = Person.objects.get(login="王桂英")
    assert (person.level, person.area_cm2) == ("owner", 894_600)


def test_who_moves_away_is_known_by_phone_again(world: World) -> None:
    desk = as_(world, "社区小周")
    given = {"phone": "13800000001", "level": "owner", "building": "L1", "area": "89.46"}
    desk.post("/residents/check", {**given, "key": "k1"})
    desk.post("/residents/check", {"phone": "13800000001", "level": "phone", "key": "k2"})
    person = Person.objects.get(login="王桂英")
    assert (person.level, person.home, person.room, person.area_cm2) == ("phone", None, "", None)


def test_nobody_checks_themselves(world: World) -> None:
    me = world.people["社区小周"]
    seen = account.Checked(Level.RESIDENT, world.buildings["柳荫1栋"])
    done = account.check_person(world.ask("社区小周"), world.places["柳荫社区"], me, seen)
    assert isinstance(done, Refusal)
    assert done.code == "not_independent"


def test_a_home_outside_the_desks_place_is_refused(world: World) -> None:
    seen = account.Checked(Level.RESIDENT, world.buildings["柳荫1栋"])
    place, person = world.places["石桥社区"], world.people["王桂英"]
    done = account.check_person(world.ask("社区小周"), place, person, seen)
    assert done == Refusal("not_yours", need="person.check", source="permit") or (
        isinstance(done, Refusal) and done.code == "not_yours"
    )


def test_the_administrator_prints_for_staff_but_not_for_themselves(world: World) -> None:
    admin = as_(world, "管理员")
    given = {"login": "分拨员老赵", "purpose": "password", "key": "k1"}
    assert admin.post("/staff/slips", given).status_code == 200
    own = admin.post("/staff/slips", {**given, "login": "管理员", "key": "k2"})
    unknown = admin.post("/staff/slips", {**given, "login": "nobody", "key": "k3"})
    resident = admin.post("/staff/slips", {**given, "login": "王桂英", "key": "k4"})
    codes = [own.status_code, unknown.status_code, resident.status_code]
    assert codes == [422, 422, 422]
    assert Slip.objects.count() == 1


def test_a_lower_administrator_prints_nothing_for_a_higher_office(world: World) -> None:
    from yishi.core.person import Role

    world.appoint("社区管理员", Role.ADMINISTRATOR, "柳荫社区")
    low, high = world.ask("社区管理员", now()), world.people["督查员老冯"]
    done = account.staff_slip(low, high, SlipPurpose.PASSWORD, "12345678")
    assert isinstance(done, Refusal)
    assert done.code == "not_yours"
    near = world.people["社区小周"]
    done = account.staff_slip(world.ask("社区管理员", now()), near, SlipPurpose.PASSWORD, "1")
    assert not isinstance(done, Refusal)
