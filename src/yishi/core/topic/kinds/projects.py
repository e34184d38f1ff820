"""A stage of a round of small works: it is over when every project has been through it.

What happens to a project by itself stands in `core.project`; here only how many still wait and
how many go on. Source: practice G10; norms.md §3.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Projects
from yishi.core.topic.kinds.base import Decider, event, must_attach
from yishi.core.topic.now import Leave, TopicNow

ACT = "topic.end_projects"


def end_projects(stage: Stage, topic: TopicNow, facts: Projects, now: datetime) -> Leave | Refusal:
    """Every project has been through; where none goes on and the method says where to, it goes
    there. One that too few scored goes on when the limit of the stage is over, as neither good nor
    bad. Refused: `call_runs` (proposals are taken until then), `projects_waiting` (so many have
    not been through), `scores_run` (until when more may score, and how many are short of scores),
    `attach_missing`."""
    if facts.until_at is not None and now < facts.until_at:
        source = stage.period.source if stage.period else stage.id
        until = facts.until_at.isoformat()
        return Refusal("call_runs", until, now.isoformat(), "moment", source)
    if facts.waiting:
        return Refusal("projects_waiting", 0, facts.waiting, "project", stage.id)
    if facts.few and (open_until := _scored_until(stage, topic, now)) is not None:
        return Refusal("scores_run", open_until, facts.few, "project", stage.id)
    goes_on = facts.going or facts.few or Edge.FAIL not in stage.to
    edge = Edge.PASS if goes_on else Edge.FAIL
    few = {"few": facts.few} if facts.few else {}
    said = event("projects_ended", stage, topic, going=facts.going, stopped=facts.stopped, **few)
    return must_attach(stage, facts) or Leave(edge, said)


def _scored_until(stage: Stage, topic: TopicNow, now: datetime) -> str | None:
    """Until when the limit of the stage leaves time for more scores; None where it has run out, or
    the method sets none."""
    if stage.limit is None or (topic.due_at is not None and now >= topic.due_at):
        return None
    return topic.due_at.isoformat() if topic.due_at else ""


ACTS: dict[str, Decider] = {ACT: end_projects}
