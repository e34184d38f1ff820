"""A running topic goes over to another version of its method, only where it has not been yet.

Source: architecture, "A method is data": a running topic pins version and sha256.
"""

from __future__ import annotations

from yishi.core.method.compare import touched
from yishi.core.method.language import Method, StageKind
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, TopicNow
from yishi.core.topic.step import must_run

SOURCE = "architecture: a published version never changes"


def move(old: Method, new: Method, topic: TopicNow, why: str) -> Advanced | Refusal:
    """To the version `new`, for a reason.

    Refused: `topic_proposed`, `topic_ended`, `version_same`, `why_missing`, `procedure_gone`,
    `stage_reached` (which of the stages it has been in would differ), `round_terms_fixed` (terms
    of a round that hang out, or by which proposals were called for).
    """
    standing = must_run(topic)
    if standing:
        return standing
    if (old.id, old.sha256) == (new.id, new.sha256):
        return Refusal("version_same", have=old.version, unit="version", source=SOURCE)
    course = new.procedure(topic.procedure)
    if course is None:
        known = tuple(one.id for one in new.procedures)
        return Refusal("procedure_gone", known, topic.procedure, "procedure", new.id)
    reached = stages_reached(old, new, topic)
    if reached:
        return Refusal("stage_reached", have=reached, unit="stage", source=SOURCE)
    if are_terms_fixed(old, new, topic):
        return Refusal("round_terms_fixed", source="practice G10")
    if not why.strip():
        return Refusal("why_missing", source=SOURCE)
    facts: dict[str, int | str] = {"from": old.version, "to": new.version}
    return Advanced(Event("topic.moved", {**facts, "why": why}, facts), topic)


def are_terms_fixed(old: Method, new: Method, topic: TopicNow) -> bool:
    """Whether the terms of a round differ and may not any more: they are set before they hang out,
    and again where an objection to them was upheld."""
    before, after = old.procedure(topic.procedure), new.procedure(topic.procedure)
    if before is None or after is None or before.round == after.round:
        return False
    calls = [one.id for one in before.stages if one.kind is StageKind.COLLECT]
    return "until" in topic.tally or any(topic.visits.get(call) for call in calls)


def stages_reached(old: Method, new: Method, topic: TopicNow) -> tuple[str, ...]:
    """Ids of the stages it has been in, or stands in, that differ between the two versions."""
    before, after = old.procedure(topic.procedure), new.procedure(topic.procedure)
    if before is None or after is None:
        return ()
    been = {stage for stage, times in topic.visits.items() if times} | {topic.stage}
    return tuple(sorted(touched(before, after) & been))
