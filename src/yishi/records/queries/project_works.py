"""What a decision about the works of a project needs to know: who built it, its steps, who looks,
what each funder has left."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from yishi.core.person import Actor, Role
from yishi.core.project.building import Step
from yishi.core.project.now import ChangeState, Form, Look, PledgeState
from yishi.core.project.settling import Held
from yishi.records.models import (
    Account,
    Body,
    Change,
    Milestone,
    Place,
    Pledge,
    Project,
    ProjectLook,
)
from yishi.records.queries.money import held_by
from yishi.records.queries.project import HeldProject
from yishi.records.queries.topic_doors import at_home

# Who sits in a body, and looks on for it.
LOOK = (Role.OVERSEER, Role.CONVENER, Role.MEMBER)
# Who says yes for a body, and who says what it thinks.
ANSWERS = (Role.CONVENER, Role.UNIT_HANDLER)
SPEAKS = (*ANSWERS, Role.LEGAL_ADVISER)
DAY = timedelta(days=1)


def near(place: Place) -> Q:
    """The bodies of a place, of those above it and of those below it."""
    return Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)


def body_near(project: Project, uid: str) -> Body | None:
    """The body of that uid near the round's place. One statement."""
    return Body.objects.filter(near(project.topic.place), uid=uid).first() if uid else None


def bodies_near(project: Project) -> "QuerySet[Body]":
    """All of them, by name. Not asked yet."""
    return Body.objects.filter(near(project.topic.place)).order_by("name", "id")


def answers_for(actor: Actor, body_id: int) -> bool:
    """Whether the actor says yes for that body; who only sits in it does not."""
    return any(seat.body_id == body_id for role in ANSWERS for seat in actor.seats_as(role))


def speaks_for(actor: Actor, body_id: int) -> bool:
    """Whether the actor says what that body thinks."""
    return any(seat.body_id == body_id for role in SPEAKS for seat in actor.seats_as(role))


def watches_for(actor: Actor, held: HeldProject) -> list[Body]:
    """The bodies that look on in the stage its round stands in and in which the actor sits. One
    statement."""
    kinds = held.stage.watch if held.stage else ()
    own = {s.body_id for role in LOOK for s in actor.seats_as(role) if s.body_id is not None}
    rows = Body.objects.filter(place_id=held.topic.place_id, kind__in=kinds, pk__in=own)
    return list(rows.order_by("id"))


def lives_there(actor: Actor, held: HeldProject) -> bool:
    """Whether the actor lives in a building of the round's place. One statement."""
    return at_home(held.topic.place_id).filter(pk=actor.person_id or 0).exists()


def looks_on(project: Project, person_id: int | None, begins: datetime) -> int:
    """How often that person looked on in the day that begins then. One statement."""
    day = ProjectLook.objects.filter(at__gte=begins, at__lt=begins + DAY)
    return day.filter(project=project, on=Look.WATCH, person_id=person_id or 0).count()


def steps_of(project: Project) -> list[Step]:
    """The milestones of a project, as a decision sees them. One statement."""
    rows = Milestone.objects.filter(project=project).order_by("no")
    return [Step(row.no, row.name, row.done_at is not None) for row in rows]


def change_open(project: Project) -> bool:
    """Whether a change of its cost is still to be decided. One statement."""
    return Change.objects.filter(project=project, state=ChangeState.ASKED).exists()


def changes(project: Project) -> bool:
    """Whether a change of its cost is still to be decided, or was approved. One statement."""
    open_ = (ChangeState.ASKED, ChangeState.APPROVED)
    return Change.objects.filter(project=project, state__in=open_).exists()


def parts_of(pledges: Iterable[Pledge]) -> list[Held]:
    """What each funder's part still holds, in the order given. Three statements."""
    rows = list(pledges)
    accounts = {one.pledge_id: one for one in Account.objects.filter(pledge__in=rows)}
    held = held_by(accounts.values())
    return [
        Held(
            row.uid,
            Form(row.form),
            held[accounts[row.pk].pk] if row.pk in accounts else 0,
            row.fund_id is not None,
        )
        for row in rows
    ]


def funders_of(project: Project) -> list[Pledge]:
    """Those who are confirmed, in the order they offered. One statement."""
    rows = Pledge.objects.filter(project=project, state=PledgeState.CONFIRMED)
    return list(rows.select_related("fund").order_by("id"))
