"""呼叫响应 and looking on: parts of a carrying out are called for, answered, reported; committees
that look on write what they saw."""

from datetime import date, datetime, time, timedelta

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on
from yishi.core.case.now import Terms
from yishi.core.clock import ClockKind, amber_moment, start_clock
from yishi.core.method.language import Stage
from yishi.core.outcome import Notice
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds.parts import Part
from yishi.core.topic.now import Advanced
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Body, TopicTask, Watch
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic import LockedTopic, watches_for
from yishi.records.queries.topic_task import may_be_called, speaks, task_of, to_tell

# A call is answered as soon as a request of a unit is: the adopted casework rules say when.
ANSWER = (ClockKind.REQUEST, ClockKind.INTAKE)
TO_STAFF = "staff"


def call_unit(
    ask: Ask, uid: str, unit_uid: str, words: str, by: date | None = None
) -> Done | Refusal:
    """A body is called for a part, to be done on the day `by` at the latest, None for the time of
    the stage. Refuses as `kinds.parts.call_unit`, and with `not_found`."""
    unit: list[Body] = []
    until: list[datetime | None] = []

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        body = may_be_called(held, unit_uid)
        if body is None:
            return Refusal("not_found", have="body")
        unit.append(body)
        until.append(_until(held, by, _terms(held, ask)))
        return f.Called(unit=body.uid, words=words, until_at=until[-1])

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.attempt is not None
        terms = _terms(held, ask)
        kind = next(one for one in ANSWER if one in terms.rules.clocks)
        clock = start_clock(
            kind, ask.now, terms.rules.clocks[kind], terms.calendar, terms.rules.amber
        )
        row = TopicTask(
            uid=new_uid(ask.entropy),
            attempt=held.attempt,
            body=unit[-1],
            state=Part.CALLED,
            words=words.strip(),
            called_by_id=ask.actor.person_id,
            called_at=ask.now,
            until_at=until[-1],
            due_at=min((at for at in (clock.due_at, until[-1]) if at is not None), default=None),
            amber_at=clock.amber_at,
            rule=f"{terms.rules.id} {terms.rules.version} clocks.{kind}",
        )
        row.save(force_insert=True)
        told = {"unit": held.attempt.unit.name, "words": row.words}
        notices = [
            Notice("topic.called", person, told, TO_STAFF)
            for person in to_tell(unit[-1].pk, today_of(ask.now))
        ]
        return Written([row], notices)

    return step_on(ask, "topic.call_unit", uid, make, also)


def answer_call(ask: Ask, uid: str, task_uid: str, words: str = "", *, yes: bool) -> Done | Refusal:
    """响应: the body takes the part on, or says why not. Refuses as `kinds.parts.answer_call`,
    and with `not_found`, `not_yours` (of another body)."""

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        row = _row(held, task_uid)
        row.answer, row.answered_at = words.strip(), ask.now
        row.answered_by_id = ask.actor.person_id
        if yes:
            row.state, row.due_at = Part.TAKEN, row.until_at
            row.rule = held.stage.id if held.stage else ""
            share = _terms(held, ask).rules.amber
            row.amber_at = row.due_at and amber_moment(ask.now, row.due_at, share)
        else:
            row.state, row.ended_at = Part.DECLINED, ask.now
        row.save()
        return Written([row], _to_caller(row, "topic.call_answered", words))

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        row = _theirs(ask, held, "topic.answer_call", task_uid)
        if isinstance(row, Refusal):
            return row
        return f.CallAnswered(unit=row.body.uid, yes=yes, words=words)

    return step_on(ask, "topic.answer_call", uid, make, also, "carried" if yes else "acted")


def report_task(
    ask: Ask, uid: str, task_uid: str, words: str, photo: NewFile | None = None, *, done: bool
) -> Done | Refusal:
    """A part is done, with its photo, or not and why. Refuses as `kinds.parts.report_task`, and
    with `not_found`, `not_yours`."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        row = _theirs(ask, held, "topic.report_task", task_uid)
        if isinstance(row, Refusal):
            return row
        return f.PartReported(unit=row.body.uid, done=done, words=words, proof=photo is not None)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        row = _row(held, task_uid)
        row.result, row.ended_at = words.strip(), ask.now
        row.state = Part.DONE if done else Part.FAILED
        row.proof = keep_file(photo, ask.now) if photo else None
        row.save()
        return Written([row], _to_caller(row, "topic.part_reported", words))

    return step_on(ask, "topic.report_task", uid, make, also, "carried")


def watch(
    ask: Ask, uid: str, words: str, body_uid: str = "", photo: NewFile | None = None
) -> Done | Refusal:
    """A committee that looks on says what it saw. `body_uid`: which of them, where the actor sits
    in more than one. Refuses as `kinds.watching.watch`, and with `not_independent` (of the body
    that carries it out)."""
    seen: list[Body] = []

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        if held.attempt is not None and held.attempt.unit_id in ask.actor.bodies():
            return Refusal(
                "not_independent", "topic.watch", "carried", source="norms.md §1 Independence"
            )
        own = watches_for(ask.actor, held)
        body = next((one for one in own if body_uid in ("", one.uid)), None)
        if body is None:
            return Refusal("not_yours", need="topic.watch", source="permit")
        seen.append(body)
        return f.Watched(body=BodyKind(body.kind), words=words)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.attempt is not None
        row = Watch(
            uid=new_uid(ask.entropy),
            attempt=held.attempt,
            body=seen[-1],
            person_id=ask.actor.person_id,
            words=words.strip(),
            photo=keep_file(photo, ask.now) if photo else None,
            at=ask.now,
        )
        row.save(force_insert=True)
        return Written([row])

    return step_on(ask, "topic.watch", uid, make, also, "watched")


def _terms(held: LockedTopic, ask: Ask) -> Terms:
    return in_force(held.topic.place, today_of(ask.now)).terms


def _until(held: LockedTopic, by: date | None, terms: Terms) -> datetime | None:
    """The end of that day, and no later than the stage's own on its last day."""
    due = held.topic.due_at
    if by is None:
        return due
    zone = terms.calendar.zone
    begins = datetime.combine(by, time(), tzinfo=zone)
    ends = begins + timedelta(days=1)
    return due if due is not None and begins < due < ends else ends


def _row(held: LockedTopic, uid: str) -> TopicTask:
    row = task_of(held, uid)
    assert row is not None
    return row


def _theirs(ask: Ask, held: LockedTopic, act: str, uid: str) -> TopicTask | Refusal:
    row = task_of(held, uid)
    if row is None:
        return Refusal("not_found", have="part")
    if not speaks(ask.actor, held, row.body_id):
        return Refusal("not_yours", need=act, source="permit")
    return row


def _to_caller(row: TopicTask, template: str, words: str) -> list[Notice]:
    if row.called_by_id is None:
        return []
    told = {"unit": row.body.name, "words": words.strip(), "state": row.state}
    return [Notice(template, row.called_by_id, told, TO_STAFF)]
