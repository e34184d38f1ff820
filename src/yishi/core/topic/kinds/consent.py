"""consent 征得同意: each of those asked says yes; one no, and it is not to be had. Source: C4."""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Consented
from yishi.core.topic.kinds.base import Decider, event, must_attach
from yishi.core.topic.now import Leave, Stay, TopicNow


def consent(
    stage: Stage, topic: TopicNow, facts: Consented, now: datetime
) -> Stay | Leave | Refusal:
    """One says yes or no. Refused: `not_asked`, `already_said`, `words_missing` (a no without a
    reason), `attach_missing`."""
    said_yes = topic.tally.get("yes", [])
    assert isinstance(said_yes, list | tuple)
    if facts.body not in stage.asked:
        return Refusal("not_asked", stage.asked, facts.body, "body", stage.id)
    if facts.body in said_yes:
        return Refusal("already_said", "", facts.body, "body", stage.id)
    if not facts.yes and not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    told = event("consented", stage, topic, body=facts.body, yes=int(facts.yes))
    if not facts.yes:
        return Leave(Edge.FAIL, told)
    agreed = [*said_yes, str(facts.body)]
    if len(agreed) < len(stage.asked):
        return Stay(told, {"yes": agreed})
    return must_attach(stage, facts) or Leave(Edge.PASS, told, tally={"yes": agreed})


ACTS: dict[str, Decider] = {"topic.consent": consent}
