"""A method is loaded only where it is sound, and adopted only where it keeps the law and somebody
is appointed for every step."""

from datetime import date

import pytest

from tests.acts.hall import COMMUNITY, SEATS, Hall, make_hall
from tests.acts.world import World
from tests.core.sound_method import SOUND, sound, sound_bundle
from yishi.acts import rule
from yishi.acts.door import Done
from yishi.core.method.check import check
from yishi.core.method.drafting import SOURCE
from yishi.core.method.fault import Fault
from yishi.core.person import SYSTEM
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Adoption, Appointment, Body, BundleRow
from yishi.records.queries.method_fit import lacking_at, unfit_at
from yishi.rulebook.load import Bundle

FROM = date(2026, 3, 11)
ENDLESS = SOUND.replace('exhausted = "tell_dropped"', 'exhausted = "comment"', 1)
TOO_FEW = SOUND.replace('share = "2/3"', 'share = "1/2"')


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def load(world: World, toml: str) -> Bundle:
    bundle = sound_bundle(toml)
    assert isinstance(rule.load_bundle(world.ask(SYSTEM), bundle), Done)
    return bundle


def test_a_method_with_a_fault_is_not_kept(world: World) -> None:
    bundle = sound_bundle(ENDLESS)
    method = sound(ENDLESS)
    (fault,) = check(method)
    assert (fault.code, fault.stage) == ("exhausted_returns", "resolve")
    refused = rule.load_bundle(world.ask(SYSTEM), bundle)
    assert refused == Refusal("method_faulty", have=(fault, method))
    assert BundleRow.objects.filter(name="small").count() == 0
    assert "代表会议表决→征求意见→代表会议表决" in say_refusal(refused)["have"]


def test_a_method_below_the_law_is_not_adopted(hall: Hall) -> None:
    world = hall.world
    bundle = load(world, TOO_FEW)
    for place in (COMMUNITY, "清河区"):
        refused = rule.adopt(world.ask("管理员"), world.places[place], bundle, FROM)
        assert isinstance(refused, Refusal)
        assert isinstance(refused.have, tuple)
        assert (refused.code, refused.have[0].code) == ("method_unfit", "quorum_below_floor")
        assert "村民委员会组织法" in refused.source
    assert not Adoption.objects.filter(name="small").exists()


def test_a_method_is_adopted_where_each_step_has_somebody(hall: Hall) -> None:
    world = hall.world
    bundle, place = load(world, SOUND), world.places[COMMUNITY]
    assert unfit_at(sound(), place, FROM) == ()
    assert lacking_at(sound(), place, FROM) == ()
    overseers = Body.objects.get(name=SEATS[BodyKind.SUPERVISORY_COMMITTEE][0])
    sitting = Appointment.objects.filter(body=overseers)
    sitting.update(until_on=date(2026, 3, 10))
    refused = rule.adopt(world.ask("管理员"), place, bundle, FROM)
    path = ("collect", "screen", "confer", "comment", "resolve", "announce", "work", "accept")
    fault = Fault("seat_empty", "major", "accept", path, BodyKind.SUPERVISORY_COMMITTEE)
    assert refused == Refusal("method_unfit", have=(fault, sound()), source=SOURCE)
    sitting.update(until_on=None)
    assert isinstance(rule.adopt(world.ask("管理员"), place, bundle, FROM), Done)


def test_a_district_may_adopt_before_its_communities_have_bodies(world: World) -> None:
    bundle = load(world, SOUND)
    done = rule.adopt(world.ask("管理员"), world.places["清河区"], bundle, FROM)
    assert isinstance(done, Done)
    lacking = unfit_at(sound(), world.places["柳荫社区"], FROM)
    assert {fault.code for fault in lacking} <= {"body_missing", "seat_empty"}
    assert lacking != ()
