"""collect 征集: people are heard, by visits and by asking, until enough were. Source: C2, H8."""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Closing, Heard
from yishi.core.topic.kinds.base import Decider, event, must_attach, number_in
from yishi.core.topic.now import Leave, Stay, TopicNow


def collect(stage: Stage, topic: TopicNow, facts: Heard, now: datetime) -> Stay | Refusal:
    """So many more were heard. Refused: `people_wrong`."""
    if facts.people < 1:
        return Refusal("people_wrong", 1, facts.people, "people", stage.id)
    heard = number_in(topic.tally, "people") + facts.people
    return Stay(event("collected", stage, topic, people=facts.people), {"people": heard})


def end_collecting(stage: Stage, topic: TopicNow, facts: Closing, now: datetime) -> Leave | Refusal:
    """Enough were heard. Refused: `heard_few`, `attach_missing`."""
    heard = number_in(topic.tally, "people")
    assert stage.least is not None
    if heard < stage.least.number:
        return Refusal("heard_few", stage.least.number, heard, "people", stage.least.source)
    return must_attach(stage, facts) or Leave(
        Edge.PASS, event("collecting_ended", stage, topic, people=heard)
    )


ACTS: dict[str, Decider] = {"topic.collect": collect, "topic.end_collecting": end_collecting}
