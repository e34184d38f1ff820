"""Topics and parts of carrying out that are past their time, as anybody may read them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yishi.core.topic.kinds.parts import OPEN
from yishi.core.topic.now import TopicState
from yishi.records.models import Place, Topic, TopicTask
from yishi.records.queries.paging import plain
from yishi.records.queries.topic_list import ROW

PARTS_MOST = 60
PART = {
    "state": "state",
    "due_at": "due_at",
    "amber_at": "amber_at",
    "called_at": "called_at",
    "body__name": "unit",
    "attempt__unit__name": "lead",
    "attempt__topic__uid": "topic",
    "attempt__topic__number": "number",
    "attempt__topic__title": "title",
    "attempt__topic__place__name": "place",
}


def is_late(now: datetime) -> Q:
    """Running topics past their own time, or with a part past its."""
    return Q(state=TopicState.RUNNING) & (Q(due_at__lte=now) | Q(Exists(late_parts_of(now))))


def late_parts_of(now: datetime) -> "QuerySet[TopicTask]":
    """Open parts past their time of the topic of an outer query."""
    return TopicTask.objects.filter(attempt__topic=OuterRef("pk"), state__in=OPEN, due_at__lte=now)


def late_topics(place: str, now: datetime) -> "QuerySet[Topic, Any]":
    """Those past their own time in a place and below, the longest late first, as dicts of
    `topic_list.ROW`. Not asked yet."""
    rows = Topic.objects.filter(_in(place, "place"), state=TopicState.RUNNING, due_at__lte=now)
    return rows.order_by("due_at", "id").values(*ROW)


def late_parts(place: str, now: datetime) -> list[Mapping[str, Any]]:
    """Parts past their time in a place and below, the longest late first: {unit, lead, topic,
    number, title, place, state, due_at, amber_at, called_at}. One statement."""
    rows = TopicTask.objects.filter(
        _in(place, "attempt__topic__place"), state__in=OPEN, due_at__lte=now
    )
    found = plain(rows.order_by(F("due_at").asc(), "id").values(*PART)[:PARTS_MOST])
    return [{PART[name]: value for name, value in row.items()} for row in found]


def _in(place: str, at: str) -> Q:
    if not place:
        return Q()
    line = Place.objects.filter(code=place).values("line")[:1]
    return Q(**{f"{at}__in": Place.objects.filter(line__startswith=line).values("pk")})
