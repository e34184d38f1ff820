"""appraise 评议: those concerned score it; their scores, not self-praise, are the measure.

Who has an account scores from it, once; the others on sheets, whose numbers are entered when it
ends. Nobody does both. Source: C6, H12.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import SCORES, Appraised, Scored
from yishi.core.topic.kinds.base import Decider, event, must_attach, number_in
from yishi.core.topic.now import Leave, Stay, TopicNow


def score(stage: Stage, topic: TopicNow, facts: Scored, now: datetime) -> Stay | Refusal:
    """One account's score; that it is the only one is the act's to hold. Refused:
    `score_unknown`."""
    if facts.score not in SCORES:
        return Refusal("score_unknown", SCORES, facts.score, "score", stage.id)
    # What was said stays out of what is told of it: a single score is nobody else's.
    tally = {**topic.tally, facts.score: number_in(topic.tally, facts.score) + 1}
    return Stay(event("scored", stage, topic), tally)


def appraise(stage: Stage, topic: TopicNow, facts: Appraised, now: datetime) -> Leave | Refusal:
    """Enough scored it, from accounts and on sheets together; those at least basically satisfied
    reach the share, or not. Refused: `votes_wrong`, `scores_few`, `attach_missing`."""
    assert stage.least is not None
    typed = (facts.satisfied, facts.basically, facts.dissatisfied)
    if min(typed) < 0:
        return Refusal("votes_wrong", 0, min(typed), "votes", stage.id)
    by_account = [number_in(topic.tally, code) for code in SCORES]
    satisfied, basically, dissatisfied = (
        own + sheet for own, sheet in zip(by_account, typed, strict=True)
    )
    whole = satisfied + basically + dissatisfied
    if whole < stage.least.number:
        return Refusal("scores_few", stage.least.number, whole, "people", stage.least.source)
    good = stage.threshold is None or stage.threshold.is_met(satisfied + basically, whole)
    said = event(
        "appraised",
        stage,
        topic,
        satisfied=satisfied,
        basically=basically,
        dissatisfied=dissatisfied,
        by_account=sum(by_account),
    )
    return must_attach(stage, facts) or Leave(Edge.PASS if good else Edge.FAIL, said)


ACTS: dict[str, Decider] = {"topic.appraise": appraise, "topic.score": score}
