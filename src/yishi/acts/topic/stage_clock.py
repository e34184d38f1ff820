"""The clock of a stage: how long a visit to it may take, from a moment on."""

from collections.abc import Mapping
from datetime import datetime

from yishi.core.clock import ClockKind, start_clock
from yishi.core.method.language import Stage
from yishi.records.models import Passage, Topic
from yishi.records.prepared import update
from yishi.records.queries.rule import in_force, today_of

# The columns of a topic that say until when, and from when on it is urgent.
Times = Mapping[str, datetime | None]


def times_of(topic: Topic, stage: Stage, now: datetime) -> Times:
    """`due_at` and `amber_at` of a stage whose time begins now; None where it has no limit."""
    if stage.limit is None:
        return {"due_at": None, "amber_at": None}
    terms = in_force(topic.place, today_of(now)).terms
    clock = start_clock(ClockKind.TOPIC, now, stage.limit.span, terms.calendar, terms.rules.amber)
    return {"due_at": clock.due_at, "amber_at": clock.amber_at}


def begin_again(topic: Topic, passage: Passage, stage: Stage, now: datetime) -> Times:
    """The time of the visit begins again now: saved with the visit; the columns of the topic."""
    times = times_of(topic, stage, now)
    passage.due_at = times["due_at"]
    update(Passage, {"id": passage.pk}, {"due_at": passage.due_at})
    return times
