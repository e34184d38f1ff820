"""A stage of a round that is gone through project by project is over."""

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import step_on
from yishi.acts.topic.staging import runs_until
from yishi.core.method.language import Stage, StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds.projects import ACT
from yishi.records.queries.round_stage import numbers_of
from yishi.records.queries.topic import LockedTopic


def end_projects(ask: Ask, uid: str) -> Done | Refusal:
    """The call is over, or every wish or project has been through the stage.

    Refuses as `core.topic.kinds.projects.end_projects`, and with `calendar_missing`.
    """
    return step_on(ask, ACT, uid, facts_of)


def facts_of(held: LockedTopic, stage: Stage) -> f.Projects | Refusal:
    """How far the wishes and projects are in the stage. Refuses with `calendar_missing`."""
    until = None
    if stage.kind is StageKind.COLLECT and held.topic.entered_at is not None:
        ends = runs_until(held, stage, held.topic.entered_at)
        if isinstance(ends, Refusal):
            return ends
        until = ends
    numbers = numbers_of(held.topic, stage)
    return f.Projects(
        waiting=numbers.waiting,
        going=numbers.going,
        stopped=numbers.stopped,
        until_at=until,
        attached=held.attached,
    )
