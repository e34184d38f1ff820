"""publish 公布: what came of it is told to everybody. Source: C3, H12, G6."""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Published
from yishi.core.topic.kinds.base import Decider, event, must_attach
from yishi.core.topic.now import Leave, TopicNow

SOURCE = "norms.md §3"


def publish(stage: Stage, topic: TopicNow, facts: Published, now: datetime) -> Leave | Refusal:
    """Told in words. Refused: `projects_open` (so many of a round are neither done nor given up),
    `words_missing`, `attach_missing`."""
    if facts.undecided:
        return Refusal("projects_open", 0, facts.undecided, "project", SOURCE)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    return must_attach(stage, facts) or Leave(Edge.PASS, event("published", stage, topic))


ACTS: dict[str, Decider] = {"topic.publish": publish}
