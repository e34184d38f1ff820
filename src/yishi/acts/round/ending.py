"""A stage of a round that is gone through project by project is over."""

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on
from yishi.acts.topic.staging import runs_until
from yishi.acts.vote.projects import settle, tell_authors
from yishi.core.method.language import Paper, Stage, StageKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds.projects import ACT
from yishi.core.topic.now import Advanced
from yishi.records.queries.round_stage import numbers_of
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote_round import agreed_projects


def end_projects(ask: Ask, uid: str) -> Done | Refusal:
    """The call is over, every wish or project has been through the stage or the time for more
    scores is over, or nothing is left to vote on.

    Refuses as `core.topic.kinds.projects.end_projects`, and with `calendar_missing`.
    """

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        if held.stage is None or held.stage.kind is not StageKind.VOTE:
            return Written()
        # Nothing is left to vote on, or no money: what was agreed on is not chosen.
        paper = [one.option for one in agreed_projects(held.topic)]
        rows = settle(held.topic, paper, (), ask)
        return Written(rows, tell_authors(rows))

    return step_on(ask, ACT, uid, facts_of, also)


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
        few=numbers.few,
        until_at=until,
        # A vote that is not held leaves no papers.
        attached=frozenset(Paper) if stage.kind is StageKind.VOTE else held.attached,
    )
