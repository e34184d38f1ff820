"""Topics that wait for somebody, by role, for the first screen. Two statements, five for seats."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from yishi.core.method.language import Stage, StageKind
from yishi.core.person import Actor, Role
from yishi.core.place import BodyKind
from yishi.core.round.now import ProposalState
from yishi.core.topic.kinds.parts import OPEN
from yishi.core.topic.now import TopicState
from yishi.records.models import (
    Attempt,
    Body,
    BundleRow,
    Passage,
    Place,
    Proposal,
    Topic,
    TopicTask,
    Watch,
)
from yishi.records.queries.rule import parsed
from yishi.records.queries.topic import part_in
from yishi.records.queries.topic_late import is_late
from yishi.records.queries.topic_list import ROW

R = Role
OVERRIDE = "override"
# The queue whose rows lead to the screening of a round.
SCREENING = "wishes_screen"
# All that is under way in one place; more than these nobody looks through on a first screen.
MOST = 200
RUNNING = Q(state=TopicState.RUNNING)


class Standing:
    """Where topics stand in the places of somebody's bodies; asked once, where it is asked for."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def bodies(self) -> list[tuple[int, str, int]]:
        """(id, kind, place) of the actor's bodies. One statement."""
        rows = Body.objects.filter(pk__in=self.actor.bodies())
        return list(rows.values_list("pk", "kind", "place_id"))

    @cached_property
    def stages(self) -> list[tuple[int, int, str, Stage]]:
        """(place, method, procedure, stage) topics stand in there. Two statements."""
        places = {place for _, _, place in self.bodies}
        rows = Topic.objects.filter(RUNNING, place_id__in=places)
        stands = list(rows.values_list("place_id", "method_id", "procedure", "stage").distinct())
        wanted = {method for _, method, _, _ in stands}
        methods = {row.pk: parsed(row) for row in BundleRow.objects.filter(pk__in=wanted)}
        found = []
        for place, method, procedure, stage in stands:
            course = methods[method].procedure(procedure)
            one = course.stage(stage) if course else None
            if one is not None:
                found.append((place, method, procedure, one))
        return found


Condition = Callable[[Actor, datetime, Standing], Q]


@dataclass(frozen=True)
class TopicQueue:
    """Topics a role may have to do something about. `condition` gets the actor in that role only.
    `to`, `asked`: the name of the list behind it and its query. `tone`: the colour of a count."""

    code: str
    role: Role
    condition: Condition
    asked: str = "state=running&order=due"
    tone: str = ""
    to: str = "topics"


def _due(actor: Actor, now: datetime, standing: Standing) -> Q:
    return RUNNING & (Q(amber_at__lte=now) | Q(due_at__lte=now))


def _not_yet_due(actor: Actor, now: datetime, standing: Standing) -> Q:
    return RUNNING & ~_due(actor, now, standing)


def _overridden(actor: Actor, now: datetime, standing: Standing) -> Q:
    left = Passage.objects.filter(topic=OuterRef("pk"), edge=OVERRIDE)
    return RUNNING & Q(Exists(left))


def _accepted(actor: Actor, now: datetime, standing: Standing) -> Q:
    return RUNNING & Q(stage_kind=StageKind.ACCEPT)


def _counted_once(actor: Actor, now: datetime, standing: Standing) -> Q:
    return RUNNING & Q(stage_kind=StageKind.VOTE, tally__has_key="votes")


def _given(actor: Actor, now: datetime, standing: Standing) -> Q:
    """Given to the actor's unit, which has not said yet what came of it."""
    own = Attempt.objects.filter(
        topic=OuterRef("pk"), unit_id__in=actor.bodies(), ended_at__isnull=True
    )
    return RUNNING & Q(Exists(own))


def _to_screen(actor: Actor, now: datetime, standing: Standing) -> Q:
    """A round in which wishes wait to be screened."""
    filed = Proposal.objects.filter(topic=OuterRef("pk"), state=ProposalState.FILED)
    return RUNNING & Q(stage_kind=StageKind.SCREEN) & Q(Exists(filed))


def _called(actor: Actor, now: datetime, standing: Standing) -> Q:
    """The actor's body was called for a part that is open."""
    own = TopicTask.objects.filter(
        attempt__topic=OuterRef("pk"), body_id__in=actor.bodies(), state__in=OPEN
    )
    return RUNNING & Q(Exists(own))


def _late(actor: Actor, now: datetime, standing: Standing) -> Q:
    return is_late(now)


def _ours(actor: Actor, now: datetime, standing: Standing) -> Q:
    """The actor's body leads, keeps or decides the stage it stands in."""
    return _stands(actor, standing, part_in)


def _watched(actor: Actor, now: datetime, standing: Standing) -> Q:
    """The actor's body looks on, somebody is at work, and it has not looked yet."""
    own = Watch.objects.filter(
        attempt__topic=OuterRef("pk"), attempt__ended_at=None, body_id__in=actor.bodies()
    )
    at_work = Q(stage_kind=StageKind.CARRY_OUT, tally__has_key="unit")
    return _stands(actor, standing, lambda stage: stage.watch, at_work) & ~Q(Exists(own))


def _stands(
    actor: Actor,
    standing: Standing,
    kinds_of: Callable[[Stage], Collection[BodyKind]],
    within: Q = RUNNING,
) -> Q:
    """It stands in a stage in which a body of the actor's has that part."""
    own = actor.bodies()
    bodies = [(kind, place) for pk, kind, place in standing.bodies if pk in own]
    found = Q(pk__in=())
    for place, method, procedure, stage in standing.stages if bodies else ():
        if any(p == place and k in kinds_of(stage) for k, p in bodies):
            found |= Q(place_id=place, method_id=method, procedure=procedure, stage=stage.id)
    return RUNNING & within & found


QUEUES: tuple[TopicQueue, ...] = (
    TopicQueue(
        "topic_review", R.SECRETARY, lambda a, n, s: Q(state=TopicState.PROPOSED), "state=proposed"
    ),
    TopicQueue(SCREENING, R.SECRETARY, _to_screen, "", "soon", "rounds"),
    TopicQueue("topic_running", R.SECRETARY, lambda a, n, s: RUNNING),
    TopicQueue(SCREENING, R.COMMUNITY_DESK, _to_screen, "", "soon", "rounds"),
    TopicQueue("topic_due", R.COMMUNITY_DESK, _due, tone="soon"),
    TopicQueue("topic_running", R.COMMUNITY_DESK, _not_yet_due),
    TopicQueue("topic_called", R.UNIT_HANDLER, _called, tone="soon"),
    TopicQueue("topic_called", R.CONVENER, _called, tone="soon"),
    TopicQueue("topic_watch", R.OVERSEER, _watched),
    TopicQueue("topic_watch", R.CONVENER, _watched),
    TopicQueue("topic_ours", R.CONVENER, _ours),
    TopicQueue("topic_ours", R.MEMBER, _ours),
    TopicQueue("topic_carry", R.UNIT_HANDLER, _given),
    TopicQueue("topic_confirm", R.OVERSEER, _counted_once),
    TopicQueue("topic_accept", R.OVERSEER, _accepted),
    TopicQueue("topic_late", R.SUPERVISORY_OFFICER, _late, "", "late", "topics_late"),
    TopicQueue("topic_overridden", R.OVERSEER, _overridden, "", "late", "topic_exceptions"),
    TopicQueue("topic_overridden", R.LEADER, _overridden, "", "late", "topic_exceptions"),
)


def topics_waiting(actor: Actor, now: datetime) -> list[tuple[TopicQueue, list[Mapping[str, Any]]]]:
    """The queues of the actor's roles that are not empty, each with its rows, the earliest due
    first. Two statements, three more for whoever has a seat in a body."""
    mine = [queue for queue in QUEUES if actor.seats_as(queue.role)]
    standing = Standing(actor)
    flags = {
        f"in_{no}": _within(actor, queue.role)
        & queue.condition(_only(actor, queue.role), now, standing)
        for no, queue in enumerate(mine)
    }
    if not flags:
        return []
    any_of = Q()
    for condition in flags.values():
        any_of |= condition
    marked = {
        name: ExpressionWrapper(condition, BooleanField()) for name, condition in flags.items()
    }
    rows = list(
        Topic.objects.filter(any_of)
        .annotate(**marked)
        .order_by(F("due_at").asc(nulls_last=True), "-raised_at", "-id")
        .values(*ROW, *flags)[:MOST]
    )
    found = [
        (queue, [row for row in rows if row[name]]) for queue, name in zip(mine, flags, strict=True)
    ]
    return [(queue, each) for queue, each in found if each]


def _within(actor: Actor, role: Role) -> Q:
    found = Q(pk__in=())
    for seat in actor.seats_as(role):
        places = Place.objects.filter(line__startswith=seat.line)
        found |= Q(place_id__in=places.values("pk"))
    return found


def _only(actor: Actor, role: Role) -> Actor:
    """The actor in that role alone."""
    return Actor(actor.person_id, actor.seats_as(role), actor.level, name=actor.name)
