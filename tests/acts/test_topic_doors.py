"""上门送达: a stage that is carried from door to door is not ended before each building was."""

from datetime import timedelta

import pytest

from tests.acts.covenant import DESK, covenant_hall, option_of, running, voice_of
from tests.acts.hall import COMMUNITY, Hall
from tests.acts.world import World
from yishi.acts.topic import doors, staging, texts
from yishi.core.refusal import Refusal
from yishi.records.models import Building, Doorstep
from yishi.records.queries.topic_doors import doors_done

GRID = "网格员小陈"


@pytest.fixture
def hall(world: World) -> Hall:
    return covenant_hall(world, doors=True)


def hung_out(hall: Hall) -> str:
    uid = running(hall, stage="comment")
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    return uid


def buildings(hall: Hall) -> list[str]:
    rows = Building.objects.filter(community=hall.world.places[COMMUNITY]).order_by("code")
    return list(rows.values_list("code", flat=True))


def test_each_door_stands_as_the_last_call_found_it(hall: Hall) -> None:
    w, uid = hall.world, hung_out(hall)
    one = buildings(hall)[0]
    hall.did(
        doors.call_at_doors(w.ask(GRID, hall.now), uid, one, "delivered", ["101", "102", "101"])
    )
    hall.did(doors.call_at_doors(w.ask(GRID, hall.now), uid, one, "absent", ["201"], "敲门没人"))
    tally = hall.topic(uid).tally
    assert (tally["delivered"], tally["absent"]) == (2, 1)
    hall.now += timedelta(hours=8)
    hall.did(doors.call_at_doors(w.ask(GRID, hall.now), uid, one, "delivered", ["201"]))
    tally = hall.topic(uid).tally
    assert (tally["delivered"], tally["absent"], tally.get("refused")) == (3, 0, None)
    rows = Doorstep.objects.order_by("id").values_list("label", "found", "building__code")
    assert list(rows) == [
        ("101", "delivered", one),
        ("102", "delivered", one),
        ("201", "absent", one),
        ("201", "delivered", one),
    ]


def test_the_period_does_not_end_before_every_building_has_an_entry(hall: Hall) -> None:
    w, uid = hall.world, hung_out(hall)
    hall.now += timedelta(days=8)
    every = buildings(hall)
    assert len(every) > 1
    for code in every[:-1]:
        hall.did(doors.call_at_doors(w.ask(GRID, hall.now), uid, code, "delivered"))
    refused = staging.end_posting(w.ask(DESK, hall.now), uid)
    assert refused == Refusal("doors_missing", len(every), len(every) - 1, "building", "comment")
    hall.did(doors.call_at_doors(w.ask(DESK, hall.now), uid, every[-1], "refused"))
    hall.did(staging.end_posting(w.ask(DESK, hall.now), uid))
    assert hall.topic(uid).stage == "resolve"


def test_the_tick_waits_for_the_last_building(hall: Hall) -> None:
    w, uid = hall.world, hung_out(hall)
    for code in buildings(hall):
        assert not doors_done(hall.topic(uid).pk, hall.topic(uid).tally)
        hall.did(doors.call_at_doors(w.ask(GRID, hall.now), uid, code, "delivered"))
    assert doors_done(hall.topic(uid).pk, hall.topic(uid).tally)


def test_a_text_that_was_changed_is_carried_round_again(hall: Hall) -> None:
    w, uid = hall.world, hung_out(hall)
    for code in buildings(hall):
        hall.did(doors.call_at_doors(w.ask(GRID, hall.now), uid, code, "delivered"))
    hall.did(staging.comment(w.ask("王桂英", hall.now), uid, "九点就该安静了"))
    hall.now += timedelta(days=1)
    changed = "第一条 爱护花木。\n第二条 晚九点后不跳广场舞。"
    option, voice = option_of(hall, uid).uid, voice_of(uid).uid
    ask = w.ask(DESK, hall.now)
    hall.did(texts.take_up_comment(ask, uid, voice, option, changed, "采纳", matters=True))
    assert "delivered" not in hall.topic(uid).tally
    hall.now += timedelta(days=8)
    refused = staging.end_posting(w.ask(DESK, hall.now), uid)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.have) == ("doors_missing", 0)


def test_what_cannot_be_entered_is_refused(hall: Hall) -> None:
    w, uid = hall.world, hung_out(hall)
    one = buildings(hall)[0]
    ask = w.ask(GRID, hall.now)
    nowhere = doors.call_at_doors(ask, uid, "nowhere", "delivered")
    assert nowhere == Refusal("not_found", have="building")
    many = [str(n) for n in range(301)]
    refused = doors.call_at_doors(w.ask(GRID, hall.now), uid, one, "delivered", many)
    assert refused == Refusal("doors_many", 300, 301, "door")
    refused = doors.call_at_doors(w.ask(GRID, hall.now), uid, one, "burnt")
    assert isinstance(refused, Refusal) and refused.code == "found_unknown"
    refused = doors.call_at_doors(w.ask("王桂英", hall.now), uid, one, "delivered")
    assert isinstance(refused, Refusal) and refused.code == "not_yours"
    assert not Doorstep.objects.exists()


def test_a_group_leader_goes_round_too(hall: Hall) -> None:
    uid = hung_out(hall)
    leader = "柳荫社区居民小组长会议召集人"
    one = buildings(hall)[0]
    hall.did(doors.call_at_doors(hall.world.ask(leader, hall.now), uid, one, "delivered", ["101"]))
