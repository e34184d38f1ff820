"""The shape every act on a topic has: hold it, let the interpreter decide, write what it decided.

Rows, passages, entry in the stage, journal and messages go in one transaction; the version is
claimed, so that of two people at one topic one is told that it has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from yishi.acts.apply import speak
from yishi.acts.door import Ask, Done, Stale, Step, enter
from yishi.acts.topic.passing import SAID, entered, moved
from yishi.acts.vote.telling import tell_roll
from yishi.core.method.language import Method, Procedure, Stage, StageKind
from yishi.core.outcome import Notice, RollNotice
from yishi.core.permit import Permitted
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Facts
from yishi.core.topic.now import Advanced, TopicNow, TopicState
from yishi.core.topic.step import step
from yishi.core.vote.telling import called_off
from yishi.records.index import index_topics
from yishi.records.journal import Said, write_entry
from yishi.records.models import (
    Message,
    Option,
    OptionText,
    Place,
    Topic,
    Vote,
)
from yishi.records.models.base import Kept
from yishi.records.prepared import insert_all, update
from yishi.records.queries.lately import lately
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic import LockedTopic, lock_topic
from yishi.records.queries.topic_concerned import concerned
from yishi.records.queries.voice_rules import voice_rules_at
from yishi.tlog.leaf import Rule

# So many messages in one statement.
SOME = 500
Make = Callable[[LockedTopic, Stage], "Facts | Refusal"]
Also = Callable[[LockedTopic, Advanced], "Written"]


@dataclass
class Written:
    """What an act adds to what the interpreter decided: rows to seal, already saved; people to
    tell, and the roll of a vote; columns of the topic."""

    rows: Sequence[Kept] = ()
    notices: Sequence[Notice] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    roll: RollNotice | None = None


@dataclass
class Plan:
    """A yes: what the interpreter decided, what is kept of the act in the stage, and the rest."""

    advanced: Advanced
    facts: Facts | None = None
    also: "Also | None" = None
    part: str = "acted"
    name: str = ""
    method: Method | None = None


def act_on(
    ask: Ask, act: str, uid: str, decide: Callable[[LockedTopic], "Plan | Refusal"]
) -> Done | Refusal:
    """Does `act` to the topic. Refuses: `not_found`, what `decide` refuses, `words_too_long`."""

    def hold() -> LockedTopic | Refusal:
        return lock_topic(uid, act, today_of(ask.now)) or Refusal("not_found", have="topic")

    def plan(held: LockedTopic) -> Plan | Refusal:
        made = decide(held)
        if isinstance(made, Refusal):
            return made
        return too_long(held.topic.place, ask.now, *_words(made.facts)) or made

    def write(held: LockedTopic, made: Plan, granted: Permitted) -> Done:
        return _write_plan(ask, act, held, made, granted)

    return enter(ask, Step(act, hold, plan, write, subject=uid))


def step_on(
    ask: Ask,
    act: str,
    uid: str,
    make: Make,
    also: "Also | None" = None,
    part: str = "acted",
) -> Done | Refusal:
    """One act of a stage: `make` turns what was typed into facts, the interpreter decides."""

    def decide(held: LockedTopic) -> Plan | Refusal:
        procedure, stage = held.procedure, held.stage
        if procedure is None or stage is None:
            ended = held.topic.state == TopicState.ENDED
            return Refusal("topic_ended" if ended else "topic_proposed", source="practice H8")
        facts = make(held, stage)
        if isinstance(facts, Refusal):
            return facts
        advanced = step(procedure, held.now, act, facts, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        return Plan(advanced, facts, also, part)

    return act_on(ask, act, uid, decide)


def too_long(place: Place, now: datetime, *words: str) -> Refusal | None:
    """Whatever was written fits the adopted length. Refused: `words_too_long`."""
    longest = max((len(one) for one in words), default=0)
    if longest == 0:
        return None
    day = today_of(now)
    most, source = lately("words_max", (place.pk, day), lambda: _words_max(place, day))
    if longest > most:
        return Refusal("words_too_long", most, longest, "characters", source)
    return None


def text_too_long(place: Place, now: datetime, words: str) -> Refusal | None:
    """A plan, charter or covenant fits its length. Refused: `words_too_long`."""
    if not words:
        return None
    rules = voice_rules_at(place, today_of(now))
    if len(words) > rules.text_max:
        have = len(words)
        return Refusal("words_too_long", rules.text_max, have, "characters", rules.text_source)
    return None


def _words_max(place: Place, day: date) -> tuple[int, str]:
    rules = in_force(place, day).terms.rules
    return rules.words_max, rules.id


def _write_plan(ask: Ask, act: str, held: LockedTopic, plan: Plan, granted: Permitted) -> Done:
    """Writes what was decided. Raises Stale where somebody else was first."""
    topic, after = held.topic, plan.advanced.topic
    before, method = topic.stage or topic.state, plan.method or held.method
    speaker = speak(ask, topic.uid, granted, plan.part, held.aliases, held.parts)
    speaker = replace(speaker, name=plan.name)
    rows: list[Kept] = []
    if held.passage is not None and plan.facts is not None:
        office = granted.seat.office if granted.seat else ""
        rows.append(entered(ask, act, held.passage, plan.facts, office))
    if method is not None:
        rows += moved(ask, held, plan.advanced, plan.facts, method)
    rows += _options(held.options, after)
    written = plan.also(held, plan.advanced) if plan.also else Written()
    _take(topic, held.options, after, written.values, ask.now)
    _claim(topic, held.before)
    if _reads_anew(topic, held.before, written.rows):
        index_topics([topic.pk], ask.now)
    entry = write_entry(
        Said(
            act=act,
            code=plan.advanced.event.code,
            kind="topic",
            uid=topic.uid,
            no=topic.version,
            at=ask.now,
            speaker=speaker,
            before=before,
            after=topic.stage or topic.outcome or topic.state,
            rule=_rule_of(topic),
            params={**plan.advanced.event.params, **_told(plan)},
            facts=plan.advanced.event.facts,
        ),
        [topic, *rows, *written.rows],
        ask.entropy,
    )
    _tell(entry, topic, [*written.notices, *_asked_to_score(held, plan)], ask.now)
    tell_roll(entry, written.roll or _left_behind(rows))
    return Done(topic.uid, topic.number, topic.version, plan.advanced.event.code)


def _rule_of(topic: Topic) -> Rule | None:
    """The method a topic is decided by, as the log names it."""
    row = topic.method
    return Rule(f"{row.kind}/{row.name}", row.version, row.sha256) if row else None


def _tell(entry: Any, topic: Topic, notices: Sequence[Notice], now: datetime) -> None:
    """The messages of an act, in its transaction."""
    rows = [
        Message(
            entry=entry,
            recipient_id=one.to,
            channel="in_app",
            template=one.template,
            about=one.about,
            params={"number": topic.number, "title": topic.title, **one.params},
            not_before=now,
        )
        for one in notices
    ]
    for start in range(0, len(rows), SOME):
        insert_all(rows[start : start + SOME])


def _words(facts: Facts | None) -> list[str]:
    return [getattr(facts, name, "") for name in SAID] if facts else []


def _told(plan: Plan) -> dict[str, str]:
    if plan.facts is not None and plan.facts.APART:
        return {}
    words = dict(zip(SAID, _words(plan.facts), strict=False))
    return {name: text for name, text in words.items() if text}


def _reads_anew(topic: Topic, before: Mapping[str, object], rows: Sequence[Kept]) -> bool:
    """Whether what everybody reads of the topic is another text now, so that it is found by it."""
    texts = any(isinstance(row, Option | OptionText) for row in rows)
    return texts or any(
        getattr(topic, name) != before[name] for name in ("title", "words", "result")
    )


def _left_behind(rows: Sequence[Kept]) -> RollNotice | None:
    """Whoever was called to a vote is told that its topic went on without it."""
    votes = [row for row in rows if isinstance(row, Vote) and (row.opened_at or row.handed_at)]
    return called_off(votes[-1].uid) if votes else None


def _asked_to_score(held: LockedTopic, plan: Plan) -> list[Notice]:
    """Where those concerned score it: each with an account is asked once, as the stage begins. In a
    round those who use a project score that, and nobody the round."""
    if not plan.advanced.passed or held.topic.stage_kind != StageKind.APPRAISE:
        return []
    if held.procedure is not None and held.procedure.round is not None:
        return []
    people = concerned(held.topic).values_list("pk", flat=True)
    return [Notice("topic.score_asked", person) for person in people.iterator()]


def _options(rows: list[Option], after: TopicNow) -> list[Kept]:
    """The options that changed, saved."""
    by_uid = {one.uid: one for one in rows}
    changed: list[Kept] = []
    for option in after.options:
        row = by_uid[option.uid]
        if (row.state, row.rank, row.tries) != (option.state, option.rank, option.tries):
            row.state, row.rank, row.tries = option.state, option.rank, option.tries
            values = {"state": row.state, "rank": row.rank, "tries": row.tries}
            update(Option, {"id": row.pk}, values)
            changed.append(row)
    return changed


def _take(
    topic: Topic,
    options: list[Option],
    after: TopicNow,
    values: Mapping[str, object],
    now: datetime,
) -> None:
    """The topic's columns as the interpreter left them."""
    topic.competence = after.competence or ""
    topic.procedure, topic.stage = after.procedure, after.stage
    topic.visits, topic.tally = dict(after.visits), dict(after.tally)
    topic.entered_at = after.entered_at
    topic.chosen = next((one for one in options if one.uid == after.chosen), None)
    topic.outcome = after.outcome
    if after.state is TopicState.ENDED and topic.state != TopicState.ENDED:
        topic.ended_at, topic.due_at, topic.amber_at = now, None, None
        topic.stage_kind, topic.stage_name, topic.lead = "", {}, ""
    topic.state = after.state
    for name, value in values.items():
        setattr(topic, name, value)


CLAIMED = tuple(
    f.attname
    for f in Topic._meta.concrete_fields
    if f.attname not in ("id", "uid", "number", "version", "place_id", "raised_at", "raised_by_id")
)


def _claim(topic: Topic, before: Mapping[str, object]) -> None:
    """Takes the version and writes what changed in one statement. Raises Stale if it moved on."""
    values = {
        name: getattr(topic, name) for name in CLAIMED if getattr(topic, name) != before[name]
    }
    values["version"] = topic.version + 1
    if not update(Topic, {"id": topic.pk, "version": topic.version}, values):
        raise Stale
    topic.version += 1


def ending(procedure: Procedure, advanced: Advanced, words: str) -> dict[str, object]:
    """The columns an end of the procedure sets: its name, whether it was carried out, what was
    published."""
    if advanced.topic.state is not TopicState.ENDED:
        return {}
    end = procedure.end(advanced.topic.outcome)
    assert end is not None
    return {
        "outcome_name": {"zh": end.name.zh, "en": end.name.en},
        "is_carried_out": end.carried_out,
        "result": words,
    }
