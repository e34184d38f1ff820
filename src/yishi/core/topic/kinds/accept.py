"""accept 验收: enough of others look whether it is as decided, and enough are called back.

Source: C5, H12.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import CalledBack, Inspected, Score
from yishi.core.topic.kinds.base import Decider, event, must_attach, number_in
from yishi.core.topic.now import Leave, Stay, TopicNow


def accept(stage: Stage, topic: TopicNow, facts: Inspected, now: datetime) -> Leave | Refusal:
    """As decided, or not. Who carried it out is kept out by the permit table. Refused:
    `inspectors_few`, `words_missing`, `calls_few` (before it is found fit), `attach_missing`."""
    assert stage.least is not None
    if facts.inspectors < stage.least.number:
        return Refusal(
            "inspectors_few", stage.least.number, facts.inspectors, "people", stage.least.source
        )
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    reached = number_in(topic.tally, "reached")
    if facts.fit and stage.calls is not None and reached < stage.calls.number:
        return Refusal("calls_few", stage.calls.number, reached, "people", stage.calls.source)
    said = event("inspected", stage, topic, fit=int(facts.fit), inspectors=facts.inspectors)
    return must_attach(stage, facts) or Leave(Edge.PASS if facts.fit else Edge.FAIL, said)


def call_back(stage: Stage, topic: TopicNow, facts: CalledBack, now: datetime) -> Stay | Refusal:
    """Somebody concerned was called; only who was reached counts. Who carried it out is kept out
    by the permit table. Refused: `score_unknown`, `words_missing` (why not satisfied)."""
    if facts.score not in set(Score):
        return Refusal("score_unknown", tuple(Score), facts.score, "score", stage.id)
    if facts.score == Score.DISSATISFIED and not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    reached = facts.score != Score.UNREACHED
    tally = {**topic.tally, "reached": number_in(topic.tally, "reached") + reached}
    return Stay(event("called_back", stage, topic, reached=int(reached)), tally)


ACTS: dict[str, Decider] = {"topic.accept": accept, "topic.call_back": call_back}
