"""confer 商议: a body, or several each with its quorum, talk it over and agree or not.

With a threshold those who agree are counted, body by body; without one agreement is by consensus
and dissent is written down. Where the rules of choosing are agreed first there is nothing to
choose from yet: no option is needed and none is agreed on.
Source: G4, C3, N5; norms.md §2, ways of reaching agreement.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Conferred
from yishi.core.topic.kinds.base import (
    Decider,
    event,
    must_attach,
    must_be_open,
    must_be_quorate,
    whole_of,
)
from yishi.core.topic.now import Leave, TopicNow


def confer(stage: Stage, topic: TopicNow, facts: Conferred, now: datetime) -> Leave | Refusal:
    """They met in number and agreed, or not. Refused: `present_wrong`, `quorum_missed`,
    `votes_wrong` (more agreed than were there), `words_missing`, `options_missing`,
    `options_later` (only the rules are agreed here), `dissent_missing`, `option_unknown`,
    `competence_owners`, `competence_duty`, `attach_missing`."""
    short = must_be_quorate(stage, topic, facts.present)
    if short:
        return short
    if not topic.options and not stage.rules_first:
        return Refusal("options_missing", 1, 0, "option", stage.id)
    if facts.option and stage.rules_first:
        return Refusal("options_later", 0, 1, "option", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    agreed = agreement(stage, topic, facts)
    if isinstance(agreed, Refusal):
        return agreed
    wrong = must_be_open(topic, facts.option) if facts.option else None
    return (
        wrong
        or must_attach(stage, facts)
        or Leave(
            Edge.PASS if agreed else Edge.FAIL,
            event(
                "conferred",
                stage,
                topic,
                agreed=int(agreed),
                present=sum(facts.present.get(body, 0) for body in stage.decides),
            ),
            chosen=facts.option or None,
        )
    )


def agreement(stage: Stage, topic: TopicNow, facts: Conferred) -> bool | Refusal:
    """Whether each body that decides agreed, by the threshold or by consensus. Refused:
    `votes_wrong`, `dissent_missing`."""
    agreed = True
    for body in stage.decides:
        here, yes = facts.present.get(body, 0), facts.agreed.get(body, 0)
        if yes < 0 or yes > here:
            return Refusal("votes_wrong", here, yes, body, stage.id)
        if stage.threshold is None:
            agreed = agreed and yes == here
            if yes < here and not facts.dissent.strip():
                return Refusal("dissent_missing", here, yes, body, "norms.md §2")
        else:
            whole = whole_of(stage.threshold, topic.seats.get(body, 0), here)
            agreed = agreed and stage.threshold.is_met(yes, whole)
    return agreed


ACTS: dict[str, Decider] = {"topic.confer": confer}
