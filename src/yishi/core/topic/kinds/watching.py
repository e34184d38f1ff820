"""The carrying out is looked at by bodies of its own, together, while it goes on. Source: C5."""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Stage
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Watched
from yishi.core.topic.kinds.base import Decider, event
from yishi.core.topic.now import Stay, TopicNow


def watched(stage: Stage, topic: TopicNow) -> tuple[BodyKind, ...]:
    """The bodies that look on and have looked, in the order of the stage."""
    seen = topic.tally.get("watched", ())
    assert isinstance(seen, list | tuple)
    return tuple(body for body in stage.watch if body in seen)


def watch(stage: Stage, topic: TopicNow, facts: Watched, now: datetime) -> Stay | Refusal:
    """A body that looks on says what it saw; as often as it likes. Refused: `not_watching`,
    `not_assigned`, `words_missing`."""
    if facts.body not in stage.watch:
        return Refusal("not_watching", stage.watch, facts.body, "body", stage.id)
    if not topic.tally.get("unit"):
        return Refusal("not_assigned", 1, 0, "unit", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    seen = {*watched(stage, topic), facts.body}
    tally = {**topic.tally, "watched": [body.value for body in stage.watch if body in seen]}
    return Stay(event("watched", stage, topic, body=facts.body.value), tally)


WATCH_ACTS: dict[str, Decider] = {"topic.watch": watch}
