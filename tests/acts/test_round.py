"""A round of small works goes through its stages: what ends each of them."""

from datetime import timedelta

from tests.acts.hall import DESK
from tests.acts.rounds import round_at, taken_to
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.round import ending
from yishi.core.refusal import Refusal


def test_a_round_is_posted_before_anybody_is_called(world: World) -> None:
    hall, uid = round_at(world)
    assert hall.topic(uid).stage == "terms"
    assert taken_to(hall, uid, "call").stage == "call"


def test_a_call_runs_its_days_before_it_ends(world: World) -> None:
    hall, uid = round_at(world, "call")
    early = ending.end_projects(hall.world.ask(DESK, hall.now + timedelta(days=29)), uid)
    assert isinstance(early, Refusal) and early.code == "call_runs"
    late = ending.end_projects(hall.world.ask(DESK, hall.now + timedelta(days=31)), uid)
    assert isinstance(late, Done)
    assert hall.topic(uid).stage == "screen"


def test_terms_are_no_stage_of_projects(world: World) -> None:
    hall, uid = round_at(world)
    wrong = ending.end_projects(hall.world.ask(DESK, hall.now), uid)
    assert isinstance(wrong, Refusal) and wrong.code == "step_skipped"
