"""A list shows exactly what one-by-one answers allow, on random cases and every kind of person."""

import random

import pytest

from tests.acts.world import NOW, World
from yishi.core.case.state import CaseState
from yishi.core.number import make_number
from yishi.core.permit import ACTS, Permitted, permit
from yishi.core.person import SYSTEM, VISITOR, Actor
from yishi.records.models import Assignment, Case, Hand, Inspection, Link, Report
from yishi.records.queries.case import lock_case
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import in_force

CASE_ACTS = sorted(
    act for act in ACTS if act.split(".")[0] in ("case", "order", "publication", "report")
)


def scatter(world: World, count: int, seed: int) -> None:
    """Cases of every state, anywhere, raised and handled by anybody."""
    chance = random.Random(seed)
    rules = in_force(world.places["柳荫社区"], NOW.date()).row
    people = list(world.people.values())
    for index in range(count):
        place = chance.choice([*world.places.values()])
        building = chance.choice([None, *world.buildings.values()])
        number = make_number(NOW.date(), index)
        case = Case.objects.create(
            uid=world.uid(),
            number=number,
            state=chance.choice(list(CaseState)),
            nature="complaint",
            place=building.community if building else place,
            grid=building.grid if building else None,
            building=building,
            rules=rules,
            channel="web",
            filed_at=NOW,
            is_public=chance.random() < 0.3,
        )
        report = Report.objects.create(
            uid=world.uid(),
            number=number,
            person=chance.choice([None, *people]),
            words="事",
            nature="complaint",
            channel="web",
            place=case.place,
            filed_at=NOW,
        )
        Link.objects.create(report=report, case=case, from_at=NOW)
        for position, body in enumerate(
            chance.sample(list(world.bodies.values()), chance.randrange(3))
        ):
            Assignment.objects.create(
                uid=world.uid(), case=case, unit=body, is_lead=position == 0, dispatched_at=NOW
            )
        if chance.random() < 0.5:
            Inspection.objects.create(
                uid=world.uid(),
                place=case.place,
                case=case,
                drawn_by=chance.choice([None, *people]),
                drawn_at=NOW,
                looked_at=chance.choice([None, NOW]),
            )
        for person in chance.sample(people, chance.randrange(3)):
            Hand.objects.create(
                subject_uid=case.uid,
                person=person,
                part=chance.choice(["handled", "drafted", "reviewed", "dispatched"]),
                alias=world.uid(),
            )


@pytest.mark.parametrize("seed", [1, 2])
def test_lists_equal_one_by_one_answers(world: World, seed: int) -> None:
    scatter(world, 40, seed)
    subjects = {case.uid: lock_case(case.uid) for case in Case.objects.all()}
    actors: list[Actor] = [VISITOR, SYSTEM, *(world.actor(who) for who in world.people)]
    asked = shown = 0
    for actor in actors:
        for act in CASE_ACTS:
            listed, looked_up = (
                set(Case.objects.filter(condition).values_list("uid", flat=True))
                for condition in (visible(actor, act), visible(actor, act, each=True))
            )
            allowed = {
                uid
                for uid, locked in subjects.items()
                if locked and isinstance(permit(actor, act, locked.subject), Permitted)
            }
            assert listed == looked_up == allowed, (actor.name, act)
            asked, shown = asked + len(subjects), shown + len(listed)
    assert 0 < shown < asked
