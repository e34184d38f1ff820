"""The line to a higher system: orders become matters once, conflicts overwrite nothing, answers
go back once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q

from tests.acts.world import NOW, World, make_world
from yishi.acts.case import closing, handling, intake, merging
from yishi.acts.door import Done
from yishi.acts.outside.receiving import Received, receive
from yishi.acts.outside.sending import acknowledge, send_back
from yishi.acts.outside.system import Described, add_system, end_system
from yishi.core.number import show_number
from yishi.core.outside import Order
from yishi.core.outside_answer import Outcome
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.records.files import store
from yishi.records.models import Case, Clock, Entry, OutsideOrder, OutsideSystem, Report
from yishi.records.queries.outside import (
    answered_since,
    answers_of,
    case_by_their_number,
    counts,
    sent_at,
    sheets_sent,
    systems_for,
    waiting_back,
)

pytestmark = pytest.mark.django_db

KEY = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
DUE = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
ORDER = Order(
    number="2026031100017",
    words="柳荫苑门口井盖不见了，晚上看不清。",
    nature="complaint",
    due_at=DUE,
    street="望江街道",
    community="柳荫社区",
    address="柳荫路12号门口",
    name="周女士",
    phone="+8613800000009",
)
THEIRS = Actor(system=True, name="区12345平台")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def told(**more: str) -> Described:
    return Described(
        **{
            "code": "12345",
            "name": "区12345平台",
            "channel": "hotline_12345",
            "mapping": "orders_12345",
            **more,
        }
    )


def system(world: World, place: str = "柳荫社区", **more: str) -> OutsideSystem:
    done = add_system(world.ask("管理员"), world.places[place], told(**more))
    assert isinstance(done, Done), done
    return OutsideSystem.objects.get(uid=done.uid)


def sent(
    world: World, line: OutsideSystem, *orders: Order, who: str | Actor = THEIRS
) -> list[Received]:
    answer = receive(world.ask(who), line.uid, orders)
    assert isinstance(answer, list), answer
    return answer


def one(world: World, line: OutsideSystem, order: Order = ORDER, who: str | Actor = THEIRS) -> Case:
    (received,) = sent(world, line, order, who=who)
    assert isinstance(received.answer, Done), received
    return Case.objects.get(uid=received.answer.uid)


def code(received: Received) -> str:
    assert isinstance(received.answer, Refusal), received
    return received.answer.code


def answer(world: World, case: Case, minutes: int = 30, words: str = "井盖已换好。") -> datetime:
    """Dispatched, handled, checked and answered."""
    now = NOW + timedelta(minutes=minutes)
    ask, proof = world.ask, [store(b"a picture", "image/jpeg", 1, 1)]
    for done in (
        intake.dispatch(ask("分拨员老赵", now), case.uid, world.duties["楼道堆物"].uid),
        handling.sign(ask("社区小周", now), case.uid),
        handling.contact(ask("社区小周", now), case.uid, True, "说好了"),
        handling.submit_result(ask("社区小周", now), case.uid, "已装好", proof),
        closing.check(ask("网格员小陈" if case.grid_id else "分拨员老赵", now), case.uid, True),
        closing.answer(ask("社区小周", now), case.uid, words),
    ):
        assert isinstance(done, Done), done
    return now


def test_an_order_becomes_a_matter_like_any_other(world: World) -> None:
    case = one(world, system(world))
    report = Report.objects.get()
    order = OutsideOrder.objects.get()
    assert (case.state, case.place.name, case.channel) == ("submitted", "柳荫社区", "hotline_12345")
    assert (report.words, report.spot) == (ORDER.words, "柳荫路12号门口")
    assert (report.name, report.phone, report.consent) == ("周女士", "+8613800000009", False)
    assert (order.their_number, order.due_at, order.case_id) == (ORDER.number, DUE, case.pk)
    clocks = dict(Clock.objects.filter(case=case).values_list("kind", "due_at"))
    assert sorted(clocks) == ["intake", "outside"]
    assert clocks["outside"] == DUE
    entry = Entry.objects.get(subject_uid=case.uid)
    assert (entry.code, entry.role) == ("outside.received", "system")
    assert entry.params["their_number"] == ORDER.number
    assert ORDER.number.encode() not in bytes(entry.leaf)


def test_their_deadline_heads_the_case_where_it_is_the_earliest(world: World) -> None:
    soon = replace(ORDER, due_at=NOW + timedelta(hours=1))
    case = one(world, system(world), soon)
    assert (case.due_kind, case.due_at) == ("outside", NOW + timedelta(hours=1))


def test_whoever_brings_the_sheet_is_the_first_asked(world: World) -> None:
    case = one(world, system(world), who="分拨员老赵")
    assert case.first_asked == world.people["分拨员老赵"]
    assert Report.objects.get().filed_by == world.people["分拨员老赵"]


@pytest.mark.parametrize("who", ["王桂英", "社区小周", "城管小孙", "管理员", "街道主任"])
def test_nobody_else_brings_orders_in(world: World, who: str) -> None:
    line = system(world)
    refused = receive(world.ask(who), line.uid, [ORDER])
    assert isinstance(refused, Refusal)
    assert refused.code == "not_yours"
    assert Case.objects.count() == 0


def test_the_same_order_again_is_the_same_matter_whoever_brings_it(world: World) -> None:
    line = system(world)
    case = one(world, line)
    for who in (THEIRS, "分拨员老赵"):
        (again,) = sent(world, line, ORDER, who=who)
        assert isinstance(again.answer, Done)
        assert (again.answer.uid, again.answer.again) == (case.uid, True)
    assert (Case.objects.count(), Report.objects.count(), OutsideOrder.objects.count()) == (1, 1, 1)


def test_a_changed_order_is_a_conflict_and_overwrites_nothing(world: World) -> None:
    line = system(world)
    case = one(world, line)
    (told_twice,) = sent(world, line, replace(ORDER, words="是两个井盖"))
    assert told_twice.answer == Refusal(
        "order_changed", have=show_number(case.number), source="区12345平台"
    )
    (moved,) = sent(world, line, replace(ORDER, due_at=DUE + timedelta(days=1)))
    assert code(moved) == "order_changed"
    assert Report.objects.get().words == ORDER.words
    assert OutsideOrder.objects.get().due_at == DUE


def test_what_one_order_refuses_stops_no_other(world: World) -> None:
    line = system(world)
    orders = (
        replace(ORDER, number="1"),
        replace(ORDER, number="2", community="滨江社区"),
        replace(ORDER, number="3", nature="joke"),
        replace(ORDER, number="4", community=""),
        replace(ORDER, number="5", street="", community="", address=""),
        replace(ORDER, number="6"),
    )
    results = sent(world, line, *orders)
    codes = [r.answer.code for r in results if isinstance(r.answer, Refusal)]
    assert codes == ["place_unknown", "nature_unknown", "place_elsewhere", "place_missing"]
    assert [r.number for r in results if isinstance(r.answer, Done)] == ["1", "6"]


def test_the_same_number_of_two_systems_is_two_orders(world: World) -> None:
    one(world, system(world))
    one(world, system(world, code="dpt", name="区平台", channel="district_platform"))
    assert sorted(Case.objects.values_list("channel", flat=True)) == [
        "district_platform",
        "hotline_12345",
    ]


def test_a_system_that_was_ended_sends_nothing_more(world: World) -> None:
    line = system(world)
    one(world, line)
    assert isinstance(end_system(world.ask("管理员"), line.uid), Done)
    refused = receive(world.ask(THEIRS), line.uid, [replace(ORDER, number="9")])
    assert refused == Refusal("system_ended", have="区12345平台")
    twice = end_system(world.ask("管理员"), line.uid)
    assert isinstance(twice, Refusal) and twice.code == "system_ended"


def test_a_system_added_again_gets_its_new_key_and_keeps_what_came_in(world: World) -> None:
    line = system(world)
    one(world, line)
    end_system(world.ask("管理员"), line.uid)
    again = system(world, name="区热线", public_key=KEY)
    assert (again.uid, again.name, again.public_key, again.is_active) == (
        line.uid,
        "区热线",
        KEY,
        True,
    )
    assert again.orders.count() == 1


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"code": "a b"}, "system_code_wrong"),
        ({"channel": "telepathy"}, "channel_unknown"),
        ({"mapping": "pingshan"}, "map_unknown"),
        ({"public_key": "x"}, "public_key_wrong"),
    ],
)
def test_a_system_is_added_with_what_the_rules_know(
    world: World, more: dict[str, str], refused: str
) -> None:
    answer = add_system(world.ask("管理员"), world.places["柳荫社区"], told(**more))
    assert isinstance(answer, Refusal)
    assert answer.code == refused
    assert OutsideSystem.objects.count() == 0


def test_only_the_administrator_adds_and_ends_a_system(world: World) -> None:
    place = world.places["柳荫社区"]
    refused = add_system(world.ask("分拨员老赵"), place, told())
    assert isinstance(refused, Refusal) and refused.code == "not_yours"
    line = system(world)
    refused = end_system(world.ask("分拨员老赵"), line.uid)
    assert isinstance(refused, Refusal) and refused.code == "not_yours"


def test_an_answer_goes_back_once_and_can_be_taken_again(world: World) -> None:
    line = system(world)
    case = one(world, line)
    one(world, line, replace(ORDER, number="2"))
    nothing = send_back(world.ask("分拨员老赵"), line.uid)
    assert isinstance(nothing, Refusal) and nothing.code == "nothing_to_send"
    at = answer(world, case)
    assert counts([line]) == {line.pk: (2, 1)}
    (told_back,) = answers_of(waiting_back(line), 10)
    assert (told_back.number, told_back.outcome, told_back.words, told_back.unit) == (
        ORDER.number,
        Outcome.ANSWERED,
        "井盖已换好。",
        "柳荫社区居委会",
    )
    assert (told_back.answered_at, told_back.due_at, told_back.late) == (at, DUE, False)
    done = send_back(world.ask("分拨员老赵", NOW + timedelta(hours=1)), line.uid)
    assert isinstance(done, Done)
    assert list(waiting_back(line)) == []
    order = OutsideOrder.objects.get(their_number=ORDER.number)
    assert order.sent_back_by == world.people["分拨员老赵"]
    assert order.sent_back_at is not None
    assert done.number == order.sent_back_at.isoformat()
    assert sheets_sent(line) == [{"sent_back_at": order.sent_back_at, "name": "分拨员老赵", "n": 1}]
    assert answers_of(sent_at(line, order.sent_back_at), 10) == [told_back]


def test_an_answer_after_their_deadline_is_said_to_be_late(world: World) -> None:
    line = system(world)
    case = one(world, line, replace(ORDER, due_at=NOW + timedelta(minutes=10)))
    answer(world, case)
    assert [a.late for a in answers_of(waiting_back(line), 10)] == [True]


def test_a_refused_order_goes_back_with_its_ground(world: World) -> None:
    line = system(world)
    case = one(world, line)
    intake.refuse(world.ask("分拨员老赵"), case.uid, "emergency")
    (told_back,) = answers_of(waiting_back(line), 10)
    assert told_back.outcome == Outcome.REFUSED
    assert told_back.words != ""


def test_a_merged_order_goes_back_with_the_answer_of_the_main_matter(world: World) -> None:
    line = system(world)
    main = one(world, line, replace(ORDER, number="1"))
    case = one(world, line, replace(ORDER, number="2", due_at=NOW + timedelta(minutes=5)))
    (merged,) = merging.merge(world.ask("分拨员老赵"), main.uid, [case.uid], "同一件事")
    assert isinstance(merged, Done), merged
    main.refresh_from_db()
    assert (main.due_kind, main.due_at) == ("outside", NOW + timedelta(minutes=5))
    answer(world, main)
    back = {a.number: (a.words, a.late) for a in answers_of(waiting_back(line), 10)}
    assert back == {"1": ("井盖已换好。", False), "2": ("井盖已换好。", True)}
    assert case_by_their_number(world.actor("分拨员老赵"), "2") == main.uid
    assert case_by_their_number(world.actor("水务小吴"), "2") is None


def test_what_the_system_acknowledges_counts_as_sent_back(world: World) -> None:
    line = system(world, public_key=KEY)
    other = system(world, code="dpt", name="区平台")
    at = answer(world, one(world, line))
    open_ = one(world, line, replace(ORDER, number="2"))
    read = [(ORDER.number, at), ("2", NOW), ("none", NOW)]
    ask = world.ask(THEIRS, NOW + timedelta(hours=1))
    assert acknowledge(ask, other, read) == dict.fromkeys((ORDER.number, "2", "none"), "unknown")
    early = [(ORDER.number, at - timedelta(seconds=1))]
    assert acknowledge(world.ask(THEIRS), line, early) == {ORDER.number: "changed"}
    assert acknowledge(ask, line, read) == {
        ORDER.number: "received",
        "2": "unknown",
        "none": "unknown",
    }
    assert acknowledge(world.ask(THEIRS), line, read[:1]) == {ORDER.number: "again"}
    assert list(answered_since(line, None)) == []
    assert [o.their_number for o in answered_since(line, at)] == [ORDER.number]
    assert sheets_sent(line)[0]["name"] == ""
    assert open_.state == "submitted"


def test_a_newer_answer_goes_back_again(world: World) -> None:
    line = system(world)
    case = one(world, line)
    answer(world, case)
    send_back(world.ask("分拨员老赵", NOW + timedelta(hours=1)), line.uid)
    Report.objects.filter(Q(outside_order__case=case)).update(answered_at=NOW + timedelta(hours=2))
    assert [o.their_number for o in waiting_back(line)] == [ORDER.number]


def test_a_line_is_seen_by_those_of_its_place(world: World) -> None:
    system(world)
    assert [s.code for s in systems_for(world.actor("分拨员老赵"))] == ["12345"]
    assert [s.code for s in systems_for(world.actor("管理员"))] == ["12345"]
    assert list(systems_for(world.actor("社区小周"))) == []
    assert list(systems_for(world.actor("管理员"), "outside.list")) == []
