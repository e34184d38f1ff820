"""What the form that calls a meeting offers: bodies, topics that wait, meetings of the rhythm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from yishi.core.method.language import Method, Rhythm
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.place import HANDLES, PlaceKind
from yishi.core.topic.now import OptionState, TopicState
from yishi.records.models import (
    AgendaItem,
    Appointment,
    Body,
    Invitee,
    Meeting,
    Option,
    Place,
    Topic,
)
from yishi.records.queries.paging import plain
from yishi.records.queries.place import below, seats_for
from yishi.records.queries.rule import methods_at, parsed
from yishi.records.queries.seat import sitting

ACT = "meeting.call"
MOST, TOPICS_MOST = 200, 30


@dataclass
class Offer:
    """`place`: where it is called; `places`: where the actor may call one. `own`: bodies of the
    place that may convene; `bodies`: those that may be called besides: {uid, name, kind}.
    `topics`: running ones, those that stand in a meeting first. `rhythms`: code → (name of the
    method, the meeting that comes round)."""

    place: Place
    places: list[dict[str, Any]]
    own: list[dict[str, Any]]
    bodies: list[dict[str, Any]]
    topics: list[dict[str, Any]]
    rhythms: dict[str, tuple[str, Rhythm]] = field(default_factory=dict)


def places_to_call(actor: Actor) -> list[dict[str, Any]]:
    """Communities in which the actor may call a meeting: {id, uid, code, name}. One statement."""
    convened = [
        seat.body_id for grant, seat in reach(actor, ACT) if seat is not None and seat.body_id
    ]
    within = below(seats_for(actor, ACT)) | Q(
        pk__in=Body.objects.filter(pk__in=convened).values("place_id")
    )
    rows = Place.objects.filter(within, kind=PlaceKind.COMMUNITY).order_by("code")
    return plain(rows.values("id", "uid", "code", "name")[:MOST])


def offer_at(actor: Actor, code: str, day: date) -> Offer | None:
    """What is offered at the place of that code, the actor's first where none is named; None
    where they may call no meeting. Five statements."""
    places = places_to_call(actor)
    chosen = next((row for row in places if row["code"] == code), None)
    if chosen is None and (code or not places):
        return None
    place = Place.objects.get(pk=(chosen or places[0])["id"])
    near = Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)
    rows = plain(
        Body.objects.filter(near)
        .filter(Q(place=place) | Q(kind__in=HANDLES))
        .order_by("place__line", "id")
        .values("id", "uid", "name", "kind", "place_id")[:MOST]
    )
    lines = seats_for(actor, ACT)
    everywhere = any(place.line.startswith(line) for line in lines)
    bodies = actor.bodies()
    own = [
        row for row in rows if row["place_id"] == place.pk and (everywhere or row["id"] in bodies)
    ]
    meets = Case(
        When(stage_kind__in=("meet", "confer"), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    topics = Topic.objects.filter(place=place, state=TopicState.RUNNING).annotate(first=meets)
    return Offer(
        place,
        places,
        own,
        rows,
        plain(topics.order_by("first", "due_at", "-id").values("uid", "title")[:TOPICS_MOST]),
        rhythms_at(place, day),
    )


def rhythms_at(place: Place, day: date) -> dict[str, tuple[str, Rhythm]]:
    """Code → (name of the method, the meeting) of the methods a place works by on `day`; the
    first method that has a code keeps it. One statement."""
    found: dict[str, tuple[str, Rhythm]] = {}
    for name, row in sorted(methods_at(place, day).items()):
        method: Method = parsed(row)
        for one in method.rhythm:
            found.setdefault(one.code, (name, one))
    return found


def topic_running(place: Place, uid: str) -> Topic | None:
    """The topic of the place with its method, while it runs. One statement, none for ""."""
    rows = Topic.objects.filter(uid=uid, place=place, state=TopicState.RUNNING)
    return rows.select_related("method").first() if uid else None


def topics_for(row: Meeting, items: Iterable[AgendaItem]) -> list[tuple[str, str]]:
    """Running topics of the place that are not on the agenda yet: (uid, title). One statement."""
    taken = [one.topic_id for one in items if one.topic_id]
    topics = Topic.objects.filter(place_id=row.place_id, state=TopicState.RUNNING)
    rows = topics.exclude(pk__in=taken).order_by("due_at", "-id").values_list("uid", "title")
    return list(rows[:TOPICS_MOST])


def bodies_for(place: Place, invitees: Iterable[Invitee]) -> list[dict[str, Any]]:
    """Bodies that may still be called: of the place, and those that handle matters there. One
    statement."""
    called = [one.body_id for one in invitees if one.body_id]
    near = Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)
    rows = Body.objects.filter(near).filter(Q(place=place) | Q(kind__in=HANDLES))
    found = rows.exclude(pk__in=called).order_by("place__line", "id")
    return plain(found.values("uid", "name")[:MOST])


def seated_named(place_id: int, name: str, day: date) -> list[str]:
    """Uids of those of that name who have a seat in a body of the place on `day`. Names are kept
    encrypted, so they are compared here. One statement."""
    rows = Appointment.objects.filter(sitting(day), body__place_id=place_id)
    found = {row.person.uid: row.person.name for row in rows.select_related("person")}
    return [uid for uid, known in found.items() if known == name.strip()]


def open_options(topic_id: int) -> list[tuple[str, str]]:
    """Options of a topic that may still be agreed on: (uid, "1 title"). One statement."""
    rows = Option.objects.filter(topic_id=topic_id).exclude(state=OptionState.DONE)
    return [(uid, f"{no} {title}") for uid, no, title in rows.values_list("uid", "no", "title")]
