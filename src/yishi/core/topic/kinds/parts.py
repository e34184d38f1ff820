"""呼叫响应: a unit is called for a part of carrying out, answers, and reports it done or not.

The stage keeps of each unit how its part stands: called, taken, declined, done, failed. A part is
open while it is called or taken. Source: H11; norms.md §1, lead is responsible.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from yishi.core.method.language import Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import CallAnswered, Called, PartReported
from yishi.core.topic.kinds.base import Decider, event
from yishi.core.topic.now import Stay, TopicNow


class Part(StrEnum):
    """How a part stands. STOPPED: the try it belonged to ended before it did."""

    CALLED = "called"
    TAKEN = "taken"
    DECLINED = "declined"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = (Part.CALLED, Part.TAKEN)


def parts_of(topic: TopicNow) -> Mapping[str, str]:
    """Unit → how its part stands."""
    found = topic.tally.get("parts", {})
    assert isinstance(found, Mapping)
    return found


def parts_open(topic: TopicNow) -> int:
    """How many parts are neither done nor given back."""
    return sum(state in OPEN for state in parts_of(topic).values())


def call_unit(stage: Stage, topic: TopicNow, facts: Called, now: datetime) -> Stay | Refusal:
    """A unit is called for a part. Refused: `not_assigned`, `words_missing`, `already_called`
    (the lead, or called before), `part_too_late` (past the time of the stage, or of today)."""
    lead = topic.tally.get("unit")
    if not lead:
        return Refusal("not_assigned", 1, 0, "unit", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    if facts.unit == lead or facts.unit in parts_of(topic):
        return Refusal("already_called", 1, 2, "unit", stage.id)
    until, due = facts.until_at, topic.due_at
    if until is not None and (until <= now or (due is not None and until > due)):
        last = due.isoformat() if due else ""
        return Refusal("part_too_late", last, until.isoformat(), "moment", stage.id)
    return _set(stage, topic, facts.unit, Part.CALLED, "unit_called")


def answer_call(
    stage: Stage, topic: TopicNow, facts: CallAnswered, now: datetime
) -> Stay | Refusal:
    """Taken on, or not and why. Refused: `part_unknown`, `call_answered`, `words_missing`."""
    state = parts_of(topic).get(facts.unit)
    if state is None:
        return Refusal("part_unknown", 1, 0, "part", stage.id)
    if state != Part.CALLED:
        return Refusal("call_answered", Part.CALLED, state, "part_state", stage.id)
    if not facts.yes and not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    if facts.yes:
        return _set(stage, topic, facts.unit, Part.TAKEN, "call_taken")
    return _set(stage, topic, facts.unit, Part.DECLINED, "call_declined")


def report_task(
    stage: Stage, topic: TopicNow, facts: PartReported, now: datetime
) -> Stay | Refusal:
    """A part is done, with a photo, or not and why. Refused: `part_unknown`, `part_not_taken`,
    `part_over`, `words_missing`, `proof_missing`."""
    state = parts_of(topic).get(facts.unit)
    if state is None:
        return Refusal("part_unknown", 1, 0, "part", stage.id)
    if state != Part.TAKEN:
        code = "part_not_taken" if state == Part.CALLED else "part_over"
        return Refusal(code, Part.TAKEN, state, "part_state", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    if not facts.done:
        return _set(stage, topic, facts.unit, Part.FAILED, "part_failed")
    if not facts.proof:
        return Refusal("proof_missing", 1, 0, "photos", stage.id)
    return _set(stage, topic, facts.unit, Part.DONE, "part_done")


def _set(stage: Stage, topic: TopicNow, unit: str, state: Part, code: str) -> Stay:
    tally = {**topic.tally, "parts": {**parts_of(topic), unit: state.value}}
    return Stay(event(code, stage, topic), tally)


PART_ACTS: dict[str, Decider] = {
    "topic.call_unit": call_unit,
    "topic.answer_call": answer_call,
    "topic.report_task": report_task,
}
