"""meet 会议: those concerned sit down together: a talk, a joint meeting, a reporting meeting.

Source: G7, G8, H10, C1.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Met
from yishi.core.topic.kinds.base import Decider, event, must_attach, must_be_open, must_be_quorate
from yishi.core.topic.now import Leave, TopicNow


def meet(stage: Stage, topic: TopicNow, facts: Met, now: datetime) -> Leave | Refusal:
    """They sat down: settled on the spot, agreed, or not. Refused: `must_come` (who is missing),
    `present_wrong`, `quorum_missed`, `people_wrong`, `words_missing`, `not_on_the_spot`,
    `option_unknown`, `competence_owners`, `competence_duty`, `attach_missing`."""
    missing = tuple(body for body in stage.must_come if body not in facts.came)
    if missing:
        return Refusal("must_come", missing, tuple(sorted(facts.came)), "body", stage.id)
    short = must_be_quorate(stage, topic, facts.present)
    if short:
        return short
    if facts.people < 1:
        return Refusal("people_wrong", 1, facts.people, "people", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    if facts.settled and Edge.SETTLED not in stage.to:
        return Refusal("not_on_the_spot", Edge.SETTLED, tuple(sorted(stage.to)), "edge", stage.id)
    wrong = must_be_open(topic, facts.option) if facts.option else None
    if wrong:
        return wrong
    edge = Edge.SETTLED if facts.settled else Edge.PASS if facts.agreed else Edge.FAIL
    said = event("met", stage, topic, people=facts.people, came=len(facts.came), to=edge)
    return must_attach(stage, facts) or Leave(edge, said, chosen=facts.option or None)


ACTS: dict[str, Decider] = {"topic.meet": meet}
