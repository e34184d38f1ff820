"""The interpreter: the one function that moves a topic through its procedure.

`step(procedure, topic, act, facts, now)` answers Advanced or a Refusal that names what is needed,
what there is and by which rule. It reads nothing and changes nothing. Source: architecture,
"A method is data"; decision 3, a case is never run by the method interpreter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from yishi.core.method.language import Edge, Procedure, Stage, StageKind
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Facts
from yishi.core.topic.kinds import acts_of, kinds_of
from yishi.core.topic.kinds.base import must_be_open
from yishi.core.topic.now import Advanced, Leave, OptionState, Passed, TopicNow, TopicState


def step(
    procedure: Procedure, topic: TopicNow, act: str, facts: Facts, now: datetime
) -> Advanced | Refusal:
    """Does `act` in the stage the topic stands in.

    Refuses with `topic_proposed` (it waits for its review), `topic_ended`, `step_skipped` (need:
    the stage it stands in, have: the stages the act, or the bodies who met, belong to),
    `voted_otherwise` (by roll and not by hands, or the other way round), `done_by_project` (the
    stage of a round is gone through project by project, or it is of no round), and what the kind
    of the stage refuses. Raises KeyError for a topic in no stage of its procedure.
    """
    standing = must_run(topic)
    if standing:
        return standing
    stage = stage_of(procedure, topic)
    decider = acts_of(stage).get(act)
    if decider is None:
        kinds = kinds_of(act)
        if stage.kind in kinds:
            code = "voted_otherwise" if stage.kind is StageKind.VOTE else "done_by_project"
            return Refusal(code, stage.id, act, "act", stage.id)
        theirs = tuple(one.id for one in procedure.stages if one.kind in kinds)
        return Refusal("step_skipped", stage.id, theirs, "stage", procedure.id)
    meant = _meant_for_another(procedure, stage, facts)
    if meant:
        return Refusal("step_skipped", stage.id, meant, "stage", procedure.id)
    answer = decider(stage, topic, facts, now)
    if isinstance(answer, Refusal):
        return answer
    options = topic.options if answer.options is None else answer.options
    chosen = topic.chosen if answer.chosen is None else answer.chosen
    after = replace(topic, options=options, chosen=chosen)
    if isinstance(answer, Leave):
        if answer.tally and answer.tally.get("again"):
            # The next option of the ranking: the same visit, with nothing gathered yet.
            return Advanced(answer.event, replace(after, tally={}))
        return leave(procedure, after, answer.edge, answer.event, now)
    return Advanced(answer.event, replace(after, tally=answer.tally))


def begin(procedure: Procedure, topic: TopicNow, event: Event, now: datetime) -> Advanced:
    """The topic, reviewed, comes to the first stage."""
    running = replace(topic, state=TopicState.RUNNING, procedure=procedure.id)
    return Advanced(event, _enter(running, procedure.first, now))


def lapse(procedure: Procedure, topic: TopicNow, now: datetime) -> Advanced | Refusal:
    """The time of a stage has run out and the method says where that leads.

    Refuses with `topic_ended`, `topic_proposed`, `not_late`, `late_stays` (the method leaves it
    where it is; it shows in red).
    """
    standing = must_run(topic)
    if standing:
        return standing
    stage = stage_of(procedure, topic)
    if topic.due_at is None or now < topic.due_at:
        due = topic.due_at.isoformat() if topic.due_at else ""
        return Refusal("not_late", due, now.isoformat(), "moment", stage.id)
    if Edge.LATE not in stage.to:
        return Refusal("late_stays", Edge.LATE, stage.id, "stage", procedure.id)
    known: dict[str, int | str] = {"stage": stage.id, "no": topic.visits.get(stage.id, 1)}
    return leave(procedure, topic, Edge.LATE, Event("topic.lapsed", known, known), now)


def override(
    procedure: Procedure, topic: TopicNow, to: str, why: str, now: datetime
) -> Advanced | Refusal:
    """Somebody named takes it to another stage against the procedure, for a public reason.

    Refuses with `topic_ended`, `topic_proposed`, `why_missing`, `stage_unknown`, `stage_same`.
    """
    standing = must_run(topic)
    if standing:
        return standing
    stage, target = stage_of(procedure, topic), procedure.stage(to)
    if not why.strip():
        return Refusal("why_missing", 1, 0, "words", "architecture: no silent bypass")
    if target is None:
        known = tuple(one.id for one in procedure.stages)
        return Refusal("stage_unknown", known, to, "stage", procedure.id)
    if target is stage:
        return Refusal("stage_same", "", to, "stage", procedure.id)
    said: dict[str, int | str] = {"stage": stage.id, "to": to}
    event = Event("topic.overridden", {**said, "why": why}, said)
    passed = Passed(stage.id, "override", to)
    return Advanced(event, _enter(topic, target, now), (passed,))


def must_run(topic: TopicNow) -> Refusal | None:
    """It is in its procedure. Refused: `topic_proposed`, `topic_ended`."""
    if topic.state is TopicState.PROPOSED:
        return Refusal(
            "topic_proposed",
            need=TopicState.RUNNING,
            have=topic.state,
            unit="state",
            source="practice H8",
        )
    if topic.state is TopicState.ENDED:
        return Refusal(
            "topic_ended",
            need=TopicState.RUNNING,
            have=topic.state,
            unit="state",
            source=topic.procedure,
        )
    return None


def stage_of(procedure: Procedure, topic: TopicNow) -> Stage:
    """The stage a topic stands in. Raises KeyError where its procedure has none such."""
    stage = procedure.stage(topic.stage)
    if stage is None:
        raise KeyError(f"{procedure.id} has no stage {topic.stage}")
    return stage


def leave(
    procedure: Procedure, topic: TopicNow, edge: Edge, event: Event, now: datetime
) -> Advanced:
    """Out of the stage by `edge`: into the next, past a stage whose bound is met, or to an end."""
    stage = stage_of(procedure, topic)
    passed = [Passed(stage.id, edge, stage.to[edge])]
    while True:
        target = procedure.stage(passed[-1].to)
        if target is None:
            end = procedure.end(passed[-1].to)
            assert end is not None
            after = replace(
                topic, state=TopicState.ENDED, stage="", due_at=None, tally={}, outcome=end.id
            )
            return Advanced(event, after, tuple(passed))
        full = target.times is not None and topic.visits.get(target.id, 0) >= target.times.number
        if not full:
            return Advanced(event, _enter(topic, target, now), tuple(passed))
        passed.append(Passed(target.id, Edge.EXHAUSTED, target.to[Edge.EXHAUSTED]))


def _meant_for_another(procedure: Procedure, stage: Stage, facts: Facts) -> tuple[str, ...]:
    """The stages of this kind that the bodies who met decide, where none of them decides here; the
    stage of a round whose projects were counted, where it is not this one."""
    counted_for = getattr(facts, "stage", "")
    if counted_for and counted_for != stage.id:
        return (counted_for,)
    present: Mapping[BodyKind, int] = getattr(facts, "present", {})
    met = {body for body, number in present.items() if number > 0}
    if not met or met & set(stage.decides):
        return ()
    return tuple(
        one.id for one in procedure.stages if one.kind is stage.kind and met & set(one.decides)
    )


def _enter(topic: TopicNow, stage: Stage, now: datetime) -> TopicNow:
    """Into a stage, once more. Where nobody has chosen yet and one option is open, it is that,
    unless its matter is somebody else's to decide."""
    visits = {**topic.visits, stage.id: topic.visits.get(stage.id, 0) + 1}
    free = [option for option in topic.options if option.state is OptionState.OPEN]
    alone = stage.kind is StageKind.CARRY_OUT and len(free) == 1
    only = free[0].uid if alone and must_be_open(topic, free[0].uid) is None else ""
    return replace(
        topic,
        stage=stage.id,
        entered_at=now,
        due_at=None,
        visits=visits,
        tally={},
        chosen=topic.chosen or only,
    )
