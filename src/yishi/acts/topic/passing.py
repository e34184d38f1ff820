"""What is kept of the way a topic takes: each act in its stage, the passage it left, those it
passed by and the one it entered, and what ends with a stage that is left."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from yishi.acts.door import Ask
from yishi.acts.topic.stage_clock import times_of
from yishi.acts.vote.ending import stop_votes
from yishi.core.method.language import Edge, Method, Publicity, Stage
from yishi.core.topic.facts import Facts, Projects
from yishi.core.topic.kinds.parts import OPEN, Part
from yishi.core.topic.now import Advanced, Passed
from yishi.records.entropy import new_uid
from yishi.records.models import (
    Attempt,
    Passage,
    StageEntry,
    Topic,
    TopicTask,
)
from yishi.records.models.base import Kept
from yishi.records.prepared import insert, rows_of, update
from yishi.records.queries.topic import LockedTopic

SAID = ("words", "dissent")
OVERRIDE, STOPPED = "override", "stopped"


def entered(ask: Ask, act: str, passage: Passage, facts: Facts, office: str) -> StageEntry:
    """One act in its stage, saved."""
    row = StageEntry(
        uid=new_uid(ask.entropy),
        passage=passage,
        act=act,
        at=ask.now,
        by_id=ask.actor.person_id,
        office=office,
        facts=_plain(facts),
        words="" if facts.APART else getattr(facts, "words", ""),
    )
    insert(row)
    return row


def moved(
    ask: Ask, held: LockedTopic, advanced: Advanced, facts: Facts | None, method: Method
) -> list[Kept]:
    """The passage that was left, those passed by, and the one that was entered, saved; and what
    ended with the one that was left."""
    topic, after, passed = held.topic, advanced.topic, advanced.passed
    procedure = method.procedure(after.procedure)
    if procedure is None or not (passed or after.stage != topic.stage):
        return []
    rows: list[Kept] = []
    no = 0
    if held.passage is not None:
        _leave(held.passage, passed[0], advanced, facts, ask.now)
        rows.append(held.passage)
        rows += _stop_trying(held, passed[0], ask.now)
        rows += _stop_voting(held, passed[0], facts, ask.now)
        no = held.passage.no
    for by in passed[1:]:
        no += 1
        skipped = procedure.stage(by.stage)
        assert skipped is not None
        row = _passage(ask, topic, skipped, no, after.visits.get(by.stage, 0))
        row.left_at, row.edge, row.to = ask.now, by.edge, by.to
        insert(row)
        rows.append(row)
    stage = procedure.stage(after.stage)
    if stage is None:
        return rows
    row = _passage(ask, topic, stage, no + 1, after.visits[stage.id])
    times = times_of(topic, stage, ask.now)
    row.due_at = topic.due_at = times["due_at"]
    topic.amber_at = times["amber_at"]
    topic.stage_kind, topic.lead = stage.kind, stage.lead
    topic.stage_name = {"zh": stage.name.zh, "en": stage.name.en}
    insert(row)
    return [*rows, row]


def _leave(
    passage: Passage, by: Passed, advanced: Advanced, facts: Facts | None, now: datetime
) -> None:
    passage.left_at, passage.edge, passage.to = now, by.edge, by.to
    if facts is not None:
        told = advanced.event.facts
        # A number the interpreter worked out goes before the one that was typed towards it.
        typed = {n: v for n, v in _plain(facts).items() if n not in told or type(v) is not int}
        passage.facts = {**told, **typed}
        passage.words = getattr(facts, "words", "")
        passage.dissent = getattr(facts, "dissent", "")
    names = ("left_at", "edge", "to", "facts", "words", "dissent")
    update(Passage, {"id": passage.pk}, {name: getattr(passage, name) for name in names})


def _stop_trying(held: LockedTopic, by: Passed, now: datetime) -> list[Kept]:
    """A try that was neither done nor failed when the stage was left ends with it."""
    if held.attempt is None or by.edge not in (Edge.LATE, OVERRIDE):
        return []
    held.attempt.state, held.attempt.ended_at = STOPPED, now
    values = {"state": STOPPED, "ended_at": now}
    update(Attempt, {"id": held.attempt.pk}, values)
    return [held.attempt, *stop_parts(held.attempt, now)]


def _stop_voting(held: LockedTopic, by: Passed, facts: Facts | None, now: datetime) -> list[Kept]:
    """A vote that runs when its stage is left without it counts for nothing; of a round also where
    there is nothing left to vote on."""
    stage, without = held.stage, by.edge in (Edge.LATE, OVERRIDE) or isinstance(facts, Projects)
    if stage is None or stage.voting is None or not without:
        return []
    assert held.passage is not None
    return [*stop_votes(held.passage.pk, now)]


def stop_parts(attempt: Attempt, now: datetime) -> list[TopicTask]:
    """Parts that are open when a try ends, end with it."""
    rows = [row for row in rows_of(TopicTask, {"attempt_id": attempt.pk}) if row.state in OPEN]
    for row in rows:
        row.state, row.ended_at = Part.STOPPED, now
        update(TopicTask, {"id": row.pk}, {"state": row.state, "ended_at": now})
    return rows


def _passage(ask: Ask, topic: Topic, stage: Stage, no: int, visit: int) -> Passage:
    return Passage(
        uid=new_uid(ask.entropy),
        topic=topic,
        method=topic.method,
        no=no,
        stage=stage.id,
        kind=stage.kind,
        name={"zh": stage.name.zh, "en": stage.name.en},
        visit=visit,
        is_public=stage.publicity is Publicity.PUBLIC,
        entered_at=ask.now,
    )


def _plain(facts: Facts) -> dict[str, Any]:
    """Facts as they are kept: numbers and codes, without the words and whose hand it was."""
    found = {}
    for one in fields(facts):
        if one.name not in (*SAID, "by", "attached"):
            found[one.name] = _kept(getattr(facts, one.name))
    return found


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _kept(one) for key, one in sorted(value.items())}
    if isinstance(value, frozenset | set):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple):
        return [_kept(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
