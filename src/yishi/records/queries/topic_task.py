"""Parts of a carrying out (呼叫响应): those of a try, who may speak for one, who is told."""

from datetime import date
from typing import Any

from django.db.models import F

from yishi.core.person import Actor, Role
from yishi.core.topic.kinds.parts import Part
from yishi.records.models import Appointment, Body, TopicTask
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.body import handles_in
from yishi.records.queries.paging import plain
from yishi.records.queries.topic import LockedTopic

# Who answers for a body that is called: whoever handles its matters, or convenes it.
ANSWERS = (Role.UNIT_HANDLER, Role.CONVENER)
MOST = 100


def may_be_called(held: LockedTopic, uid: str) -> Body | None:
    """The body of that uid, where it handles matters in the topic's place or a local unit."""
    return handles_in(held.topic.place).filter(uid=uid).first()


def task_of(held: LockedTopic, uid: str) -> TopicTask | None:
    """A part of the try that is going on, with its body."""
    rows = TopicTask.objects.filter(uid=uid, attempt=held.attempt).select_related("body")
    return rows.first() if held.attempt else None


def speaks(actor: Actor, held: LockedTopic, body_id: int) -> bool:
    """Whether the actor answers for the body; the desk of the place writes down for anybody."""
    if any(seat.body_id == body_id for role in ANSWERS for seat in actor.seats_as(role)):
        return True
    path = held.topic.place.ids
    return any(seat.place_id in path for seat in actor.seats_as(Role.COMMUNITY_DESK))


def to_tell(body_id: int, day: date) -> list[int]:
    """The people who answer for a body on `day`. One query."""
    rows = Appointment.objects.filter(
        in_force_on(day), role__in=ANSWERS, body_id=body_id, person__is_active=True
    )
    return sorted(set(rows.values_list("person_id", flat=True)[:MOST]))


def mine_open(actor: Actor, held: LockedTopic, state: Part) -> list[dict[str, Any]]:
    """The parts that stand so and are the actor's to answer for, oldest first: {uid, body, words,
    due_at, until_at}. One query."""
    if held.attempt is None:
        return []
    rows = TopicTask.objects.filter(attempt=held.attempt, state=state).order_by("id")
    columns = ("uid", "body_id", "words", "called_at", "due_at", "until_at")
    found = plain(rows.annotate(body_name=F("body__name")).values("body_name", *columns)[:MOST])
    return [row for row in found if speaks(actor, held, row["body_id"])]
