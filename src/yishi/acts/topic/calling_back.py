"""电话回访 and 满意度测评: those a topic concerns are called, or score it from their own account.

What one person said is a row of its own and nowhere else: neither in the story nor in the journal.
"""

from collections.abc import Callable

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on, too_long
from yishi.core.method.language import Stage
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds import kinds_of
from yishi.core.topic.now import Advanced, TopicState
from yishi.core.topic.step import step
from yishi.records.entropy import new_uid
from yishi.records.models import Attempt, Person, TopicCallBack
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.topic_concerned import concerned, has_scored, is_concerned

NAME_MAX = 40


def call_back(
    ask: Ask, uid: str, score: str, words: str = "", person_uid: str = "", name: str = ""
) -> Done | Refusal:
    """Somebody concerned was called: by account, or by name where they have none. Who could not
    be reached may be called again; who was reached is not.

    Refuses as `kinds.accept.call_back`, and with `not_independent` (of the body that carried it
    out), `name_missing`, `name_too_long`, `not_concerned`, `called_back_before`, `words_too_long`.
    """
    known: list[TopicCallBack] = []
    person: list[Person] = []

    def check(held: LockedTopic, stage: Stage) -> Refusal | None:
        units = Attempt.objects.filter(topic=held.topic).order_by("-no")
        if set(units.values_list("unit_id", flat=True)[:1]) & ask.actor.bodies():
            return Refusal(
                "not_independent", "topic.call_back", "carried", source="norms.md §1 Independence"
            )
        rows = TopicCallBack.objects.filter(passage=held.passage)
        if person_uid:
            person.extend(concerned(held.topic).filter(uid=person_uid))
            if not person:
                return Refusal("not_concerned", source="practice H12")
            known.extend(rows.filter(person=person[0]))
        else:
            if not name.strip():
                return Refusal("name_missing", 1, 0, "words", stage.id)
            if len(name.strip()) > NAME_MAX:
                return Refusal("name_too_long", NAME_MAX, len(name.strip()), "characters")
            unnamed = rows.filter(person=None)
            known.extend(row for row in unnamed if row.name == name.strip())
        if known and known[0].score != f.Score.UNREACHED:
            return Refusal("called_back_before", source="practice H12")
        return None

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        row = known[0] if known else TopicCallBack(uid=new_uid(ask.entropy), passage=held.passage)
        row.person = person[0] if person else None
        row.name = "" if person else name.strip()
        row.score, row.words = score, words.strip()
        row.by_id, row.at = ask.actor.person_id, ask.now
        row.save()
        return Written([row])

    facts = f.CalledBack(score=score, words=words)
    return _said(ask, "topic.call_back", uid, facts, check, also, "checked")


def score(ask: Ask, uid: str, said: str, words: str = "") -> Done | Refusal:
    """One of those concerned scores it, once. Refuses as `kinds.appraise.score`, and with
    `not_concerned`, `scored_before`, `words_too_long`."""

    def check(held: LockedTopic, stage: Stage) -> Refusal | None:
        if not is_concerned(held.topic, ask.actor.person_id):
            return Refusal("not_concerned", source="practice H12")
        if has_scored(held.passage, ask.actor.person_id):
            return Refusal("scored_before", source="practice H12")
        return None

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.passage is not None
        row = TopicCallBack(
            uid=new_uid(ask.entropy),
            passage=held.passage,
            person_id=ask.actor.person_id,
            score=said,
            words=words.strip(),
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        return Written([row])

    facts = f.Scored(score=said, words=words)
    return _said(ask, "topic.score", uid, facts, check, also, "acted")


def _said(
    ask: Ask,
    act: str,
    uid: str,
    facts: f.CalledBack | f.Scored,
    check: Callable[[LockedTopic, Stage], Refusal | None],
    also: Callable[[LockedTopic, Advanced], Written],
    part: str,
) -> Done | Refusal:
    """As `step_on`, but nothing of what was said is kept with the stage."""

    def decide(held: LockedTopic) -> Plan | Refusal:
        procedure, stage = held.procedure, held.stage
        if procedure is None or stage is None:
            ended = held.topic.state == TopicState.ENDED
            return Refusal("topic_ended" if ended else "topic_proposed", source="practice H8")
        # Another stage refuses it by itself, before anybody is looked up.
        wrong = check(held, stage) if stage.kind in kinds_of(act) else None
        if wrong is not None:
            return wrong
        long = too_long(held.topic.place, ask.now, facts.words)
        if long is not None:
            return long
        advanced = step(procedure, held.now, act, facts, ask.now)
        return advanced if isinstance(advanced, Refusal) else Plan(advanced, None, also, part)

    return act_on(ask, act, uid, decide)
