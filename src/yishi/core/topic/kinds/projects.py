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
    there. Refused: `call_runs` (proposals are taken until then), `projects_waiting` (so many have
    not been through), `attach_missing`."""
    if facts.until_at is not None and now < facts.until_at:
        source = stage.period.source if stage.period else stage.id
        until = facts.until_at.isoformat()
        return Refusal("call_runs", until, now.isoformat(), "moment", source)
    if facts.waiting:
        return Refusal("projects_waiting", 0, facts.waiting, "project", stage.id)
    edge = Edge.PASS if facts.going or Edge.FAIL not in stage.to else Edge.FAIL
    said = event("projects_ended", stage, topic, going=facts.going, stopped=facts.stopped)
    return must_attach(stage, facts) or Leave(edge, said)


ACTS: dict[str, Decider] = {ACT: end_projects}
