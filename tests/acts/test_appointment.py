"""Posts: given, ended, handed over, loaded; nobody appoints themself; accounts apart from cases."""

import json
from datetime import date
from typing import Any

import pytest

from tests.acts.tables import cells, code
from tests.acts.world import NOW, World
from yishi.acts import appointment, person
from yishi.acts.appointment import Offer
from yishi.acts.door import Done
from yishi.core.appointment import Term
from yishi.core.person import SYSTEM, Role
from yishi.core.place import BodyKind
from yishi.core.topic.now import TopicState
from yishi.records.models import Appointment, Entry, Seal, Topic
from yishi.records.queries.actor import actor_of

MARCH = date(2026, 3, 11)


def offer(world: World, who: str, role: Role, place: str, **more: Any) -> Offer:
    body, grid = more.pop("body", ""), more.pop("grid", "")
    return Offer(
        world.people[who].uid,
        role,
        world.places[place].uid,
        more.pop("from_on", MARCH),
        body_uid=world.bodies[body].uid if body else "",
        grouping_uid=world.grids[grid].uid if grid else "",
        **more,
    )


def roles_on(world: World, who: str, day: date) -> set[Role]:
    return {seat.role for seat in actor_of(world.people[who], day).seats}


def the(world: World, who: str, role: Role) -> Appointment:
    return Appointment.objects.get(person=world.people[who], role=role, until_on=None)


def test_a_post_is_held_from_its_first_day_until_the_day_it_ends(world: World) -> None:
    given = offer(world, "王桂英", Role.DISPATCHER, "望江街道", until_on=date(2026, 6, 1))
    done = appointment.give(world.ask("管理员"), given)
    assert isinstance(done, Done), done
    row = Appointment.objects.get(uid=done.uid)
    assert row.office == "望江街道"
    assert roles_on(world, "王桂英", date(2026, 3, 10)) == set()
    assert roles_on(world, "王桂英", date(2026, 3, 11)) == {Role.DISPATCHER}
    assert roles_on(world, "王桂英", date(2026, 5, 31)) == {Role.DISPATCHER}
    assert roles_on(world, "王桂英", date(2026, 6, 1)) == set()
    entry = Entry.objects.get(code="appointment.given")
    assert entry.subject_uid == done.uid
    assert list(Seal.objects.filter(entry=entry).values_list("name", flat=True)) == [
        f"appointment:{done.uid}",
        f"entry:{entry.uid}.params",
    ]


REFUSED: list[tuple[str, Role, str, dict[str, Any], str]] = [
    ("管理员", Role.LEADER, "清河区", {}, "self_appointment"),
    ("管理员", Role.AUDITOR, "清河区", {}, "self_appointment"),
    ("管理员", Role.DISPATCHER, "望江街道", {}, "self_appointment"),
    ("审计员", Role.ADMINISTRATOR, "清河区", {}, "roles_apart"),
    ("分拨员老赵", Role.ADMINISTRATOR, "清河区", {}, "roles_apart"),
    ("分拨员老赵", Role.AUDITOR, "清河区", {}, "roles_apart"),
    ("审计员", Role.LEADER, "清河区", {}, "roles_apart"),
    ("分拨员老赵", Role.DISPATCHER, "望江街道", {"body": "望江街道办事处"}, "already_appointed"),
    ("王桂英", Role.RESIDENT, "柳荫社区", {}, "role_not_appointed"),
    ("王桂英", Role.SYSTEM, "清河区", {}, "role_not_appointed"),
    ("王桂英", Role.GRID_WORKER, "柳荫社区", {}, "grid_needed"),
    ("王桂英", Role.GRID_WORKER, "石桥社区", {"grid": "柳荫第一网格"}, "grid_elsewhere"),
    ("王桂英", Role.GRID_WORKER, "望江街道", {"grid": "柳荫第一网格"}, "community_needed"),
    ("王桂英", Role.COMMUNITY_DESK, "望江街道", {}, "community_needed"),
    ("王桂英", Role.UNIT_HANDLER, "柳荫社区", {}, "body_needed"),
    ("王桂英", Role.UNIT_HANDLER, "望江街道", {"body": "区城市管理局"}, "body_elsewhere"),
    ("王桂英", Role.DISPATCHER, "石桥社区", {"body": "柳荫社区居委会"}, "body_elsewhere"),
    ("王桂英", Role.MEMBER, "柳荫社区", {}, "seat_body_needed"),
    ("王桂英", Role.MEMBER, "清河区", {"body": "区水务公司"}, "body_without_seats"),
    ("王桂英", Role.CONVENER, "望江街道", {"body": "柳荫社区居委会"}, "seat_elsewhere"),
    ("王桂英", Role.SECRETARY, "望江街道", {}, "community_needed"),
    ("王桂英", Role.LEGAL_ADVISER, "清河区", {}, "community_needed"),
    ("审计员", Role.MEMBER, "柳荫社区", {"body": "柳荫社区居委会"}, "roles_apart"),
    ("王桂英", Role.LEADER, "清河区", {"until_on": MARCH}, "term_backwards"),
    ("王桂英", Role.LEADER, "清河区", {"until_on": date(2026, 3, 1)}, "term_backwards"),
]


@pytest.mark.parametrize(("who", "role", "place", "more", "refused"), REFUSED)
def test_a_post_that_may_not_be_is_refused(
    world: World, who: str, role: Role, place: str, more: dict[str, Any], refused: str
) -> None:
    count = Appointment.objects.count()
    answer = appointment.give(world.ask("管理员"), offer(world, who, role, place, **more))
    assert code(answer) == refused
    assert Appointment.objects.count() == count


def test_refusals_of_separation_name_their_source(world: World) -> None:
    for who, role in (("管理员", Role.AUDITOR), ("审计员", Role.LEADER)):
        answer = appointment.give(world.ask("管理员"), offer(world, who, role, "清河区"))
        assert answer.source == "norms.md §5 等保 level 3"  # type: ignore[union-attr]


def test_an_administrator_appoints_in_their_own_place_only(world: World) -> None:
    world.appoint("街道管理员", Role.ADMINISTRATOR, "望江街道")
    allowed = offer(world, "王桂英", Role.LEADER, "柳荫社区")
    assert isinstance(appointment.give(world.ask("街道管理员"), allowed), Done)
    above = offer(world, "李建国", Role.LEADER, "清河区")
    assert code(appointment.give(world.ask("街道管理员"), above)) == "not_yours"
    row = the(world, "督查员老冯", Role.SUPERVISORY_OFFICER)
    assert code(appointment.end(world.ask("街道管理员"), row.uid, MARCH)) == "not_yours"


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(2025, 12, 31), "term_backwards"),
        (date(2026, 1, 1), None),
        (date(2026, 3, 11), None),
    ],
)
def test_a_post_ends_no_earlier_than_it_began(world: World, on: date, refused: str | None) -> None:
    row = the(world, "分拨员老赵", Role.DISPATCHER)
    answer = appointment.end(world.ask("管理员"), row.uid, on)
    if refused:
        assert code(answer) == refused
        return
    assert isinstance(answer, Done)
    assert Role.DISPATCHER not in roles_on(world, "分拨员老赵", on)
    assert code(appointment.end(world.ask("管理员"), row.uid, on)) == "already_ended"


def test_after_a_post_has_ended_another_may_begin_the_same_day(world: World) -> None:
    row = the(world, "审计员", Role.AUDITOR)
    appointment.end(world.ask("管理员"), row.uid, MARCH)
    done = appointment.give(world.ask("管理员"), offer(world, "审计员", Role.LEADER, "清河区"))
    assert isinstance(done, Done), done


def hand_over(world: World, place: str, giver: str, taker: str, on: date, *rows: str) -> Any:
    who = (world.people[giver].uid, world.people[taker].uid)
    return appointment.hand_over(
        world.ask("管理员"), world.places[place].uid, *who, on, rows or None
    )


def test_everything_is_handed_over_in_one_act(world: World) -> None:
    done = hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH)
    assert isinstance(done, Done), done
    both = {Role.COMMUNITY_DESK, Role.UNIT_HANDLER}
    assert roles_on(world, "社区小周", date(2026, 3, 10)) == both
    assert roles_on(world, "社区小周", MARCH) == set()
    assert roles_on(world, "王桂英", date(2026, 3, 10)) == set()
    assert roles_on(world, "王桂英", MARCH) == both
    entry = Entry.objects.get(code="appointment.handed_over")
    assert (entry.params["posts"], Seal.objects.filter(entry=entry).count()) == (2, 5)


def test_chosen_posts_pass_and_the_others_stay(world: World) -> None:
    row = the(world, "社区小周", Role.COMMUNITY_DESK)
    assert isinstance(hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH, row.uid), Done)
    assert roles_on(world, "社区小周", MARCH) == {Role.UNIT_HANDLER}
    assert roles_on(world, "王桂英", MARCH) == {Role.COMMUNITY_DESK}


def test_a_post_keeps_the_last_day_it_had(world: World) -> None:
    Appointment.objects.filter(person=world.people["社区小周"]).update(until_on=date(2026, 12, 1))
    assert isinstance(hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH), Done)
    rows = Appointment.objects.filter(person=world.people["王桂英"])
    assert set(rows.values_list("from_on", "until_on")) == {(MARCH, date(2026, 12, 1))}


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(2025, 12, 31), "nothing_to_hand_over"),
        (date(2026, 1, 1), None),  # the day it began: it was never held by the one
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), "nothing_to_hand_over"),  # it has ended by then
    ],
)
def test_the_days_at_the_edges_of_a_term(world: World, on: date, refused: str | None) -> None:
    Appointment.objects.filter(person=world.people["社区小周"]).update(until_on=date(2026, 12, 1))
    answer = hand_over(world, "柳荫社区", "社区小周", "王桂英", on)
    assert (code(answer) if refused else isinstance(answer, Done)) == (refused or True)


def test_a_chosen_post_cannot_pass_before_it_begins_or_after_it_ended(world: World) -> None:
    row = the(world, "社区小周", Role.COMMUNITY_DESK)
    early = hand_over(world, "柳荫社区", "社区小周", "王桂英", date(2025, 12, 31), row.uid)
    assert code(early) == "term_backwards"
    Appointment.objects.filter(pk=row.pk).update(until_on=MARCH)
    late = hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH, row.uid)
    assert code(late) == "already_ended"


def test_handing_over_is_all_or_nothing(world: World) -> None:
    world.appoint("王桂英", Role.COMMUNITY_DESK, "柳荫社区", "柳荫社区居委会")
    answer = hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH)
    assert code(answer) == "already_appointed"
    assert roles_on(world, "社区小周", MARCH) == {Role.COMMUNITY_DESK, Role.UNIT_HANDLER}
    assert roles_on(world, "王桂英", MARCH) == {Role.COMMUNITY_DESK}


@pytest.mark.parametrize(
    ("place", "giver", "taker", "refused"),
    [
        ("柳荫社区", "社区小周", "社区小周", "same_person"),
        ("柳荫社区", "社区小周", "管理员", "self_appointment"),
        ("柳荫社区", "社区小周", "审计员", "roles_apart"),
        ("石桥社区", "社区小周", "王桂英", "nothing_to_hand_over"),
        ("柳荫社区", "王桂英", "李建国", "nothing_to_hand_over"),
    ],
)
def test_who_may_not_hand_over_to_whom(
    world: World, place: str, giver: str, taker: str, refused: str
) -> None:
    assert code(hand_over(world, place, giver, taker, MARCH)) == refused


def test_seats_of_two_rolls_are_handed_over_one_after_the_other(world: World) -> None:
    world.body("中共柳荫社区委员会", BodyKind.PARTY_COMMITTEE, "柳荫社区")
    for body in ("中共柳荫社区委员会", "柳荫社区居委会"):
        world.appoint("书记老唐", Role.MEMBER, "柳荫社区", body)
    world.appoint("书记老唐", Role.SECRETARY, "柳荫社区", "中共柳荫社区委员会")
    answer = hand_over(world, "柳荫社区", "书记老唐", "王桂英", MARCH)
    assert code(answer) == "rolls_apart"
    rows = Appointment.objects.filter(person=world.people["书记老唐"]).order_by("id")
    party, residents, post = rows.values_list("uid", flat=True)
    for chosen in ((party, post), (residents,)):
        answer = hand_over(world, "柳荫社区", "书记老唐", "王桂英", MARCH, *chosen)
        assert isinstance(answer, Done), answer
    assert roles_on(world, "书记老唐", MARCH) == set()
    assert roles_on(world, "王桂英", MARCH) == {Role.MEMBER, Role.SECRETARY}


def topic(world: World, number: str, place: str, state: TopicState, carried: bool) -> Topic:
    return Topic.objects.create(
        uid=world.uid(),
        number=number,
        place=world.places[place],
        state=state,
        title="业委会与居委会交叉任职",
        words="居委会委员杜若兰能不能参选业委会委员",
        raised_as="desk",
        raised_at=NOW,
        is_carried_out=carried,
    )


@pytest.fixture
def crossing(world: World) -> World:
    """Du Ruolan sits in the residents' committee; there are topics of every kind."""
    world.body("柳荫苑业主委员会", BodyKind.OWNERS_COMMITTEE, "柳荫社区")
    world.body("安和物业", BodyKind.PROPERTY_FIRM, "柳荫社区")
    world.appoint("杜若兰", Role.MEMBER, "柳荫社区", "柳荫社区居委会")
    topic(world, "T-DONE", "柳荫社区", TopicState.ENDED, True)
    topic(world, "T-NOT", "柳荫社区", TopicState.ENDED, False)
    topic(world, "T-RUNS", "柳荫社区", TopicState.RUNNING, False)
    topic(world, "T-THERE", "石桥社区", TopicState.ENDED, True)
    return world


@pytest.mark.parametrize(
    ("ground", "refused"),
    [
        ("", "cross_ground_needed"),
        ("T-NONE", "cross_topic_unknown"),
        ("T-RUNS", "cross_topic_open"),
        ("T-NOT", "cross_topic_open"),
        ("T-THERE", "cross_topic_elsewhere"),
        ("T-DONE", None),
    ],
)
def test_a_cross_appointment_names_the_topic_that_decided_it(
    crossing: World, ground: str, refused: str | None
) -> None:
    wanted = offer(
        crossing, "杜若兰", Role.MEMBER, "柳荫社区", body="柳荫苑业主委员会", ground=ground
    )
    answer = appointment.give(crossing.ask("管理员"), wanted)
    if refused:
        assert code(answer) == refused
        return
    assert isinstance(answer, Done), answer
    row = Appointment.objects.get(uid=answer.uid)
    assert row.ground == "T-DONE"
    leaf = json.loads(bytes(Entry.objects.get(code="appointment.given").leaf))
    assert leaf["facts"]["ground"] == "T-DONE"


def test_one_after_the_other_crosses_nothing(crossing: World) -> None:
    row = the(crossing, "杜若兰", Role.MEMBER)
    appointment.end(crossing.ask("管理员"), row.uid, MARCH)
    wanted = offer(crossing, "杜若兰", Role.CONVENER, "柳荫社区", body="安和物业")
    assert isinstance(appointment.give(crossing.ask("管理员"), wanted), Done)


def test_a_ground_does_not_pass_to_another_person(crossing: World) -> None:
    wanted = offer(
        crossing, "杜若兰", Role.MEMBER, "柳荫社区", body="柳荫苑业主委员会", ground="T-DONE"
    )
    assert isinstance(appointment.give(crossing.ask("管理员"), wanted), Done)
    answer = hand_over(crossing, "柳荫社区", "杜若兰", "王桂英", MARCH)
    assert code(answer) == "cross_ground_needed"
    assert roles_on(crossing, "王桂英", MARCH) == set()


def test_a_list_names_the_ground_in_a_column_of_its_own(crossing: World) -> None:
    who = crossing.people["杜若兰"]
    who.phone = "+8613912340003"
    who.save()
    row = {
        "手机": "13912340003",
        "角色": "委员",
        "区划编码": "p2",
        "单位编码": crossing.bodies["安和物业"].code,
        "起始日": MARCH,
    }
    assert cells(load(crossing, row)) == [("任职", 2, "依据议题", "cross_ground_needed")]
    assert isinstance(load(crossing, {**row, "依据议题": "T-DONE"}), Done)
    assert Appointment.objects.get(body=crossing.bodies["安和物业"]).ground == "T-DONE"


def test_somebody_who_has_left_is_given_nothing(world: World) -> None:
    world.people["王桂英"].is_active = False
    world.people["王桂英"].save()
    assert code(hand_over(world, "柳荫社区", "社区小周", "王桂英", MARCH)) == "not_active"


def load(world: World, *rows: dict[str, Any], who: Any = SYSTEM) -> Any:
    root = None if who is SYSTEM else "p0"
    return appointment.load(world.ask(who), root, {"任职": list(rows)})


ROW = {
    "手机": "13912340001",
    "角色": "网格员",
    "区划编码": "p2",
    "单位编码": "b0",
    "分组编码": "g1",
    "起始日": "2026年1月1日",
}


@pytest.fixture
def people(world: World) -> World:
    """Two more people, known by phone."""
    rows = [
        {"手机": "13912340001", "姓名": "陈秀兰"},
        {"手机": "13912340002", "姓名": "何永福"},
    ]
    assert isinstance(person.load(world.ask(SYSTEM), None, {"人员": rows}), Done)
    return world


def test_posts_are_loaded_from_a_list_and_a_second_time_change_nothing(people: World) -> None:
    second = {
        "手机": "139 1234 0002",
        "角色": "dispatcher",
        "区划编码": "p1",
        "起始日": MARCH,
        "截止日": "2027/3/11",
    }
    before = Appointment.objects.count()
    assert isinstance(load(people, ROW, second), Done)
    assert Appointment.objects.count() == before + 2
    row = Appointment.objects.get(role=Role.DISPATCHER, place__code="p1", from_on=MARCH)
    assert (row.office, row.until_on) == ("望江街道", date(2027, 3, 11))
    assert row.person.is_staff_member
    appointment.end(people.ask(SYSTEM), row.uid, date(2026, 6, 1))
    assert isinstance(load(people, ROW, second), Done)
    assert Appointment.objects.count() == before + 2
    row.refresh_from_db()
    assert row.until_on == date(2026, 6, 1)


WRONG_ROWS: list[tuple[dict[str, Any], str, str]] = [
    ({"手机": "13912349999"}, "手机", "person_unknown"),
    ({"角色": "村长"}, "角色", "cell_unknown_value"),
    ({"区划编码": "p9"}, "区划编码", "code_unknown"),
    ({"单位编码": "b9"}, "单位编码", "code_unknown"),
    ({"分组编码": ""}, "分组编码", "grid_needed"),
    ({"区划编码": "p3", "单位编码": ""}, "分组编码", "grid_elsewhere"),
    ({"角色": "承办人", "单位编码": ""}, "单位编码", "body_needed"),
    ({"角色": "承办人", "单位编码": "b1"}, "单位编码", "body_elsewhere"),
    ({"角色": "委员", "单位编码": ""}, "单位编码", "seat_body_needed"),
    (
        {"角色": "召集人", "区划编码": "p0", "单位编码": "b1", "分组编码": ""},
        "单位编码",
        "body_without_seats",
    ),
    ({"角色": "代表委员", "区划编码": "p1", "分组编码": ""}, "区划编码", "seat_elsewhere"),
    ({"角色": "法律顾问", "区划编码": "p1"}, "区划编码", "community_needed"),
    ({"起始日": "明天"}, "起始日", "cell_not_day"),
    ({"起始日": "2026-02-30"}, "起始日", "cell_not_day"),
    ({"截止日": "2026-01-01"}, "截止日", "term_backwards"),
]


@pytest.mark.parametrize(("spoilt", "column", "problem"), WRONG_ROWS)
def test_one_wrong_row_is_named_and_nobody_is_appointed(
    people: World, spoilt: dict[str, Any], column: str, problem: str
) -> None:
    count = Appointment.objects.count()
    right = {**ROW, "手机": "13912340002"}
    assert cells(load(people, right, {**ROW, **spoilt})) == [("任职", 3, column, problem)]
    assert Appointment.objects.count() == count


def test_rows_of_one_list_are_held_against_each_other(people: World) -> None:
    apart = {"手机": "13912340001", "角色": "审计员", "区划编码": "p0", "起始日": "2026-02-01"}
    again = {**ROW, "起始日": "2026-02-01"}
    assert cells(load(people, ROW, apart, again)) == [
        ("任职", 3, "角色", "roles_apart"),
        ("任职", 4, "起始日", "already_appointed"),
    ]


def test_nobody_appoints_themself_by_a_list(people: World) -> None:
    me = people.people["管理员"]
    me.phone = "+8613912340009"
    me.save()
    row = {"手机": "13912340009", "角色": "领导", "区划编码": "p0", "起始日": MARCH}
    assert cells(load(people, row, who="管理员")) == [("任职", 2, "手机", "self_appointment")]
    assert code(load(people, ROW, who="社区小周")) == "not_yours"


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((date(2026, 1, 1), None), (date(2027, 1, 1), None), True),
        ((date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None), False),
        ((date(2026, 1, 1), date(2026, 2, 2)), (date(2026, 2, 1), None), True),
        ((date(2026, 1, 1), date(2026, 1, 1)), (date(2025, 1, 1), None), False),
    ],
)
def test_terms_overlap_when_both_hold_on_a_day(one: Any, other: Any, overlap: bool) -> None:
    assert Term(*one).overlaps(Term(*other)) is overlap
    assert Term(*other).overlaps(Term(*one)) is overlap
