"""The review of a topic by the community party organisation: whose it is, how large, which course.

Every topic passes it first, whoever raised it. Source: practice H8, H13; norms.md §2, Competence
first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from yishi.core.method.language import Competence, Method, Procedure, StageKind
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, Outcome, TopicNow, TopicState
from yishi.core.topic.step import begin

SOURCE = "practice H8"


class Verdict(StrEnum):
    """Taken up; not the community's; a duty of somebody; for the owners together."""

    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    DUTY = "duty"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the review says. `size` and `entry` are codes of the method; `words` are published,
    with the `clause` they rest on where it is not taken up."""

    verdict: Verdict
    competence: Competence = Competence.RESIDENTS
    size: str = ""
    entry: str = ""
    words: str = ""
    clause: str = ""


ENDS = {
    Verdict.DECLINED: Outcome.DECLINED,
    Verdict.DUTY: Outcome.HANDED_OVER,
    Verdict.OWNERS: Outcome.TO_OWNERS,
}


def review(method: Method, topic: TopicNow, facts: Reviewed, now: datetime) -> Advanced | Refusal:
    """Taken up and begun, or ended with a published reason.

    Refused: `topic_reviewed`, `review_words_missing`, `clause_missing`, `size_unknown`,
    `entry_unknown`, `competence_duty` (a duty is never taken up), `competence_no_course` (the
    owners' decision in a course without their vote).
    """
    if topic.state is not TopicState.PROPOSED:
        return Refusal("topic_reviewed", TopicState.PROPOSED, topic.state, "state", SOURCE)
    if facts.verdict in ENDS:
        return _ended(topic, facts)
    if facts.competence is Competence.DUTY:
        return Refusal(
            "competence_duty",
            Competence.RESIDENTS,
            Competence.DUTY,
            "topic",
            "norms.md §2 Competence first",
        )
    size, entry = method.size(facts.size), method.entry(facts.entry)
    if size is None:
        return Refusal(
            "size_unknown", tuple(s.code for s in method.sizes), facts.size, "size", method.id
        )
    if entry is None:
        return Refusal(
            "entry_unknown",
            tuple(e.code for e in method.catalogue),
            facts.entry,
            "entry",
            method.id,
        )
    placed = replace(topic, competence=facts.competence)
    procedure = method.procedure(size.procedure)
    if procedure is None:
        if not facts.words.strip():
            return Refusal("review_words_missing", 1, 0, "words", SOURCE)
        return _end(placed, Outcome.PRIVATE, "topic.helped_with")
    if facts.competence is Competence.OWNERS and not _owners_vote(procedure):
        return Refusal(
            "competence_no_course",
            Competence.OWNERS,
            procedure.id,
            "procedure",
            "norms.md §2 Competence first",
        )
    said: dict[str, int | str] = {
        "competence": facts.competence,
        "size": size.code,
        "entry": entry.code,
        "procedure": procedure.id,
    }
    return begin(procedure, placed, Event("topic.taken_up", said, said), now)


def _ended(topic: TopicNow, facts: Reviewed) -> Advanced | Refusal:
    if not facts.words.strip():
        return Refusal("review_words_missing", 1, 0, "words", SOURCE)
    if not facts.clause.strip():
        return Refusal("clause_missing", 1, 0, "clause", SOURCE)
    competence = {Verdict.DUTY: Competence.DUTY, Verdict.OWNERS: Competence.OWNERS}.get(
        facts.verdict
    )
    outcome = ENDS[facts.verdict]
    return _end(replace(topic, competence=competence), outcome, f"topic.{outcome}")


def _end(topic: TopicNow, outcome: Outcome, code: str) -> Advanced:
    after = replace(topic, state=TopicState.ENDED, outcome=outcome)
    return Advanced(Event(code, {"outcome": outcome}, {"outcome": outcome}), after)


def _owners_vote(procedure: Procedure) -> bool:
    return any(
        stage.kind is StageKind.VOTE and BodyKind.OWNERS_ASSEMBLY in stage.decides
        for stage in procedure.stages
    )
