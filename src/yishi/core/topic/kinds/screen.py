"""screen 审查: whoever leads says whether it is fit, or on which ground not. Source: H8, H9."""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Screened
from yishi.core.topic.kinds.base import Decider, event, must_attach
from yishi.core.topic.now import Leave, TopicNow


def screen(stage: Stage, topic: TopicNow, facts: Screened, now: datetime) -> Leave | Refusal:
    """Fit, or not on a ground the method lists. Refused: `ground_missing`, `attach_missing`."""
    if not facts.fit and facts.ground not in stage.grounds:
        return Refusal("ground_missing", tuple(stage.grounds), facts.ground, "ground", stage.id)
    edge = Edge.PASS if facts.fit else Edge.FAIL
    ground = "" if facts.fit else facts.ground
    said = event("screened", stage, topic, fit=int(facts.fit), ground=ground)
    return must_attach(stage, facts) or Leave(edge, said)


ACTS: dict[str, Decider] = {"topic.screen": screen}
