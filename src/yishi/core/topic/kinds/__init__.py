"""Each kind of stage: its acts and what each needs. One file a kind; this is their register."""

from collections.abc import Mapping

from yishi.core.method.language import Stage, StageKind
from yishi.core.topic.kinds import (
    accept,
    appraise,
    carry_out,
    collect,
    confer,
    consent,
    meet,
    posting,
    projects,
    publish,
    screen,
    vote,
    voting,
)
from yishi.core.topic.kinds.base import Decider

ACTS: Mapping[StageKind, Mapping[str, Decider]] = {
    StageKind.COLLECT: {**collect.ACTS, **projects.ACTS},
    StageKind.SCREEN: {**screen.ACTS, **projects.ACTS},
    StageKind.CONFER: {**confer.ACTS, **projects.ACTS},
    StageKind.MEET: meet.ACTS,
    StageKind.COMMENT: posting.COMMENT_ACTS,
    StageKind.CONSENT: consent.ACTS,
    StageKind.VOTE: {**vote.ACTS, **voting.ACTS},
    StageKind.NOTICE: posting.NOTICE_ACTS,
    StageKind.CARRY_OUT: {**carry_out.ACTS, **projects.ACTS},
    StageKind.ACCEPT: accept.ACTS,
    StageKind.PUBLISH: publish.ACTS,
    StageKind.APPRAISE: {**appraise.ACTS, **projects.ACTS},
}


def kinds_of(act: str) -> frozenset[StageKind]:
    """The kinds of stages an act belongs to."""
    return frozenset(kind for kind, acts in ACTS.items() if act in acts)


def acts_of(stage: Stage) -> Mapping[str, Decider]:
    """The acts of a stage: a vote is held by roll or by a show of hands, never by both; a stage of
    a round is gone through project by project, and ended, and so is its vote where there is
    nothing to vote on."""
    if stage.by_project:
        return projects.ACTS
    if stage.kind is StageKind.VOTE:
        if stage.voting is None:
            return vote.ACTS
        return {**voting.ACTS, **projects.ACTS} if stage.voting.ballot else voting.ACTS
    return {act: decider for act, decider in ACTS[stage.kind].items() if act != projects.ACT}
