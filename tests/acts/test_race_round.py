"""Two people at one wish at once, in real processes: one succeeds, the other is told."""

from collections.abc import Iterator

import pytest

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.rounds import round_at, taken_to, wish
from tests.acts.test_race import race
from tests.acts.test_race_course import one_of
from tests.acts.world import World, make_world
from yishi.records.models import Entry, Option, Project, Proposal

pytestmark = pytest.mark.django_db(transaction=True)
RESIDENT = "王桂英"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def order(hall: Hall, act: str, who: str, uid: str = "", **more: str) -> dict[str, str]:
    """One act, at the moment the hall stands at."""
    known = {"act": act, "who": who, "wish": uid, "at": hall.now.isoformat()}
    return {**known, "key": f"{act}-{who}-{uid}", **more}


def test_two_who_screen_one_wish_at_once_judge_it_once(world: World) -> None:
    hall, uid = round_at(world, "call")
    one = wish(hall, uid, "门口装一盏路灯")
    taken_to(hall, uid, "screen")
    told = one_of(
        [
            order(hall, "pass_wish", SECRETARY, one, version="1"),
            order(hall, "refuse_wish", DESK, one, version="1"),
        ]
    )
    assert told in ("stale", "not_now", "proposal_decided")
    state = Proposal.objects.get(uid=one).state
    assert (state, Project.objects.count()) in {("passed", 1), ("refused", 0)}
    assert Entry.objects.filter(subject_uid=one).count() == 2


def test_two_wishes_passed_at_once_are_two_projects_with_numbers_of_their_own(
    world: World,
) -> None:
    hall, uid = round_at(world, "call")
    first, second = wish(hall, uid, "门口装一盏路灯"), wish(hall, uid, "院内路面修平")
    taken_to(hall, uid, "screen")
    answers = race(
        [
            order(hall, "pass_wish", SECRETARY, first),
            order(hall, "pass_wish", DESK, second),
        ]
    )
    assert [answer["kind"] for answer in answers] == ["Done", "Done"]
    assert sorted(Option.objects.values_list("no", flat=True)) == [1, 2]


def test_a_sixth_wish_sent_beside_the_fifth_is_one_too_many(world: World) -> None:
    hall, uid = round_at(world, "call")
    for no in range(4):
        wish(hall, uid, f"第{no}件")
    told = one_of(
        [
            order(hall, "propose", RESIDENT, round=uid, key="five"),
            order(hall, "propose", RESIDENT, round=uid, key="six"),
        ]
    )
    assert told == "proposals_many"
    assert Proposal.objects.filter(topic__uid=uid).count() == 5
