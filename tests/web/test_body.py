"""Bodies on the pages: seats by term, names as far as they are public, who crosses and why."""

from datetime import date

import pytest
from django.test import Client

from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import LIST_MOST, statements
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.records.models import Appointment, Person
from yishi.records.queries.method_fit import filled_at
from yishi.records.queries.seat import conveners_of, seats_at

K = BodyKind
TODAY = date(2026, 3, 11)
COMMITTEE, DELEGATES = "柳荫社区居委会", "柳荫社区居民代表会议"
OWNERS = "柳荫苑业主委员会"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Representatives, an owners' committee and a party committee, with people in their seats."""
    world.body(DELEGATES, K.REPRESENTATIVES, "柳荫社区")
    world.body(OWNERS, K.OWNERS_COMMITTEE, "柳荫社区")
    world.body("中共柳荫社区委员会", K.PARTY_COMMITTEE, "柳荫社区")
    world.appoint("唐致远", Role.CONVENER, "柳荫社区", DELEGATES)
    for who in ("唐致远", "杜若兰", "曹小川"):
        world.appoint(who, Role.MEMBER, "柳荫社区", DELEGATES)
    world.appoint("杜若兰", Role.MEMBER, "柳荫社区", OWNERS)
    world.appoint("蔡书记", Role.SECRETARY, "柳荫社区", "中共柳荫社区委员会")
    world.appoint("居委会主任", Role.CONVENER, "柳荫社区", COMMITTEE)
    world.appoint("居委会委员", Role.MEMBER, "柳荫社区", COMMITTEE)
    world.appoint("法律顾问老秦", Role.LEGAL_ADVISER, "柳荫社区")
    return Desk(world, at(monkeypatch))


def address(desk: Desk, body: str) -> str:
    return f"/bodies/{desk.world.bodies[body].uid}"


def seat(desk: Desk, who: str, body: str) -> Appointment:
    rows = Appointment.objects.filter(person=desk.world.people[who], role=Role.MEMBER)
    return rows.get(body=desk.world.bodies[body])


def test_a_seat_is_counted_once_a_person_and_only_while_its_term_runs(desk: Desk) -> None:
    place, kind = desk.world.places["柳荫社区"].pk, K.REPRESENTATIVES
    # Tang convenes and is a member; a secretary is no seat, and neither is a handler.
    assert seats_at(place, TODAY) == {kind: 3, K.RESIDENTS_COMMITTEE: 2, K.OWNERS_COMMITTEE: 1}
    row = seat(desk, "曹小川", DELEGATES)
    Appointment.objects.filter(pk=row.pk).update(until_on=TODAY)
    assert seats_at(place, date(2026, 3, 10))[kind] == 3
    assert seats_at(place, TODAY)[kind] == 2
    desk.world.people["杜若兰"].is_active = False
    desk.world.people["杜若兰"].save()
    assert seats_at(place, TODAY)[kind] == 1


def test_seats_are_those_of_the_place_itself_and_a_body_without_seats_may_be_above(
    desk: Desk,
) -> None:
    world = desk.world
    street = world.body("望江街道议事协商委员会", K.DELIBERATION_COMMITTEE, "望江街道")
    world.appoint("唐致远", Role.CONVENER, "望江街道", street.name)
    world.body("柳荫社区协商委员会", K.DELIBERATION_COMMITTEE, "柳荫社区")
    here, there = world.places["柳荫社区"], world.places["石桥社区"]
    assert filled_at(here, TODAY)[K.DELIBERATION_COMMITTEE] == 0
    assert K.DELIBERATION_COMMITTEE not in filled_at(there, TODAY)
    assert filled_at(there, TODAY)[K.DEPARTMENT] == 1


def test_who_convenes_is_named(desk: Desk) -> None:
    body, other = desk.world.bodies[DELEGATES].pk, desk.world.bodies[OWNERS].pk
    found = conveners_of([body, other], TODAY)
    assert [(one.name, one.office) for one in found[body]] == [("唐致远", DELEGATES)]
    assert found[other] == []


def test_anybody_sees_who_deliberates_and_the_names_of_those_in_public_office(desk: Desk) -> None:
    page = Client().get("/bodies").content.decode()
    for shown in (DELEGATES, OWNERS, "居民代表会议", "业委会", "唐致远", 'class="nums"'):
        assert shown in page
    assert "区城市管理局" not in page
    page = Client().get(address(desk, DELEGATES)).content.decode()
    for shown in ("唐致远", "召集人", "杜某", "曹某", "2026-01-01 – 长期"):
        assert shown in page
    assert "杜若兰" not in page
    assert "曹小川" not in page
    # The same person in an elected committee is named: that office is held in public.
    assert "杜若兰" in Client().get(address(desk, OWNERS)).content.decode()
    assert Client().get("/bodies/nowhere").status_code == 404
    department = desk.world.bodies["区城市管理局"].uid
    assert Client().get(f"/bodies/{department}").status_code == 404


@pytest.mark.parametrize(
    ("who", "whole"),
    [
        ("社区小周", True),
        ("蔡书记", True),
        ("法律顾问老秦", True),
        ("分拨员老赵", True),
        ("管理员", True),
        ("曹小川", True),  # one of them
        ("居委会主任", True),  # convenes another body of the community
        ("居委会委员", False),
        ("王桂英", False),
        ("城管小孙", False),
        ("审计员", False),
    ],
)
def test_staff_of_the_place_and_its_members_read_every_name(
    desk: Desk, who: str, whole: bool
) -> None:
    page = desk.get(who, address(desk, DELEGATES))
    assert ("杜若兰" in page, "杜某" in page) == (whole, not whole)


def test_past_terms_stay_and_those_to_begin_are_announced(desk: Desk) -> None:
    row = seat(desk, "曹小川", DELEGATES)
    Appointment.objects.filter(pk=row.pk).update(until_on=date(2026, 3, 1))
    Appointment.objects.create(
        uid=desk.world.uid(),
        person=desk.world.people["王桂英"],
        role=Role.MEMBER,
        place=row.place,
        body=row.body,
        office="第二组代表",
        from_on=date(2026, 4, 1),
        given_at=NOW,
    )
    own = address(desk, DELEGATES)
    now, before, coming = (
        desk.get("社区小周", f"{own}?when={when}") for when in ("now", "before", "coming")
    )
    assert ("曹小川" in now, "王桂英" in now) == (False, False)
    assert "2026-01-01 – 2026-03-01" in before
    assert ("曹小川" in before, "第二组代表" in coming) == (True, True)


def test_whoever_serves_two_bodies_is_shown_with_the_ground(desk: Desk) -> None:
    assert "交叉任职" not in desk.get("王桂英", address(desk, OWNERS))
    desk.world.appoint("杜若兰", Role.MEMBER, "柳荫社区", COMMITTEE)
    page = desk.get("王桂英", address(desk, OWNERS))
    assert ("交叉任职" in page, "没有登记依据" in page) == (True, True)
    row = seat(desk, "杜若兰", COMMITTEE)
    Appointment.objects.filter(pk=row.pk).update(ground="YT2026-0007")
    for body in (OWNERS, COMMITTEE):
        page = desk.get("王桂英", address(desk, body))
        assert ("YT2026-0007" in page, "没有登记依据" in page) == (True, False)
    # A representative who sits in the owners' committee crosses nothing.
    assert "交叉任职" not in desk.get("王桂英", address(desk, DELEGATES))


def test_an_administrator_gives_a_seat_on_the_page(desk: Desk) -> None:
    world = desk.world
    form = {
        "key": "seat-1",
        "place": world.places["柳荫社区"].uid,
        "role": "member",
        "from_on": "2026-03-11",
        "office": "第五届代表",
    }
    to = f"/people/{world.people['王桂英'].uid}/give"
    answer = desk.browser("管理员").post(to, form)
    assert (
        answer.status_code,
        "召集人和代表、委员都要落在一个组织里" in answer.content.decode(),
    ) == (
        422,
        True,
    )
    form |= {"key": "seat-2", "body": world.bodies[DELEGATES].uid}
    assert desk.browser("管理员").post(to, form).status_code == 302
    assert "第五届代表" in desk.get("社区小周", address(desk, DELEGATES))
    form |= {"key": "seat-3", "body": world.bodies[COMMITTEE].uid}
    to = f"/people/{world.people['杜若兰'].uid}/give"
    answer = desk.browser("管理员").post(to, form)
    assert (answer.status_code, "属于交叉任职" in answer.content.decode()) == (422, True)


def test_a_list_of_bodies_is_narrowed_by_place_and_kind(desk: Desk) -> None:
    page = desk.get("王桂英", "/bodies?place=p2&kind=owners_committee")
    assert (OWNERS in page, DELEGATES in page) == (True, False)
    assert "这里没有这类组织" in desk.get("王桂英", "/bodies?place=p3")
    # Whoever serves a community is shown its bodies first.
    desk.world.body("石桥社区居委会", K.RESIDENTS_COMMITTEE, "石桥社区")
    assert "石桥社区居委会" not in desk.get("社区小周", "/bodies")
    assert "石桥社区居委会" in desk.get("社区小周", "/bodies?place=")


def test_pages_of_bodies_ask_as_often_for_many_seats_as_for_few(desk: Desk) -> None:
    body, own = desk.world.bodies[DELEGATES], address(desk, DELEGATES)
    pages = ("/bodies", own, address(desk, OWNERS))
    few = [statements(desk.browser("社区小周"), page) for page in pages]
    for number in range(120):
        person = Person.objects.create(
            uid=desk.world.uid(), login=f"d{number}", name="代表", joined_at=NOW
        )
        Appointment.objects.create(
            uid=desk.world.uid(),
            person=person,
            role=Role.MEMBER,
            place=body.place,
            body=body,
            from_on=TODAY,
            given_at=NOW,
        )
    for number in range(80):
        desk.world.body(f"第{number}支部", K.PARTY_MEMBERS, "柳荫社区")
    many = [statements(desk.browser("社区小周"), page) for page in pages]
    assert many == few
    assert max(many) <= LIST_MOST
    # 124 terms, for the convener is a member too; 123 people sit.
    assert "<dd>123</dd>" in desk.get("社区小周", own)


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("蔡书记", ("社区书记", "您先审每一个议题", 'href="/bodies"')),
        ("唐致远", ("召集人", "您代表组织说话", DELEGATES, "代表·委员")),
        ("杜若兰", ("代表·委员", "到会人数和票数都按席位算", DELEGATES, OWNERS)),
        ("法律顾问老秦", ("法律顾问", "工作法和方案请您出意见", 'href="/bodies"')),
    ],
)
def test_those_who_deliberate_have_a_first_screen(
    desk: Desk, who: str, shown: tuple[str, ...]
) -> None:
    page = desk.get(who, "/work")
    assert [words for words in shown if words not in page] == []

    def sits_in(*numbers: int) -> int:
        for number in numbers:
            desk.world.body(f"第{number}党支部", K.PARTY_MEMBERS, "柳荫社区")
            desk.world.appoint(who, Role.MEMBER, "柳荫社区", f"第{number}党支部")
        return statements(desk.browser(who), "/work")

    # A first seat has its body, and what waits for it, looked up; more seats are looked up with it.
    one = sits_in(0)
    assert one <= LIST_MOST
    assert sits_in(1, 2, 3, 4) == one
