"""The acts of the stages: each brings its facts, and the interpreter decides.

What each needs stands with its kind in `core.topic.kinds`; refusals are the same.
"""

from collections.abc import Mapping
from datetime import datetime

from yishi.acts.door import Ask, Done
from yishi.acts.topic import adopting
from yishi.acts.topic.act import Written, ending, step_on
from yishi.acts.topic.passing import stop_parts
from yishi.core.calendar import CalendarMissing, due
from yishi.core.method.language import Paper, Stage, StageKind
from yishi.core.outcome import Notice
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.round.announcing import must_have_funds
from yishi.core.topic import facts as f
from yishi.core.topic.now import Advanced
from yishi.core.voices import COMMENT, OBJECTION, one_more
from yishi.records.entropy import new_uid
from yishi.records.models import Attempt, Body, Voice
from yishi.records.prepared import insert
from yishi.records.queries.accounts import funds_of
from yishi.records.queries.round_stage import left_open
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic import LockedTopic, speaks_for
from yishi.records.queries.topic_doors import at_home, reached_of
from yishi.records.queries.voice_rules import voice_rules_at
from yishi.records.queries.voices import said_by

CARRIED, VOICED = "carried", {"topic.comment": COMMENT, "topic.object": OBJECTION}
TRYING, FAILED, DONE = "trying", "failed", "done"


def collect(ask: Ask, uid: str, people: int, words: str = "") -> Done | Refusal:
    """So many people were heard; `words` say how and what of."""
    return step_on(ask, "topic.collect", uid, lambda h, s: f.Heard(people=people, words=words))


def end_collecting(ask: Ask, uid: str) -> Done | Refusal:
    """Enough were heard."""
    return step_on(ask, "topic.end_collecting", uid, lambda h, s: f.Closing(attached=h.attached))


def screen(ask: Ask, uid: str, *, fit: bool, ground: str, words: str) -> Done | Refusal:
    """Fit for the next stage, or not on a ground of the method."""
    return step_on(
        ask,
        "topic.screen",
        uid,
        lambda h, s: f.Screened(fit=fit, ground=ground, words=words, attached=h.attached),
    )


def confer(
    ask: Ask,
    uid: str,
    present: Mapping[BodyKind, int],
    agreed: Mapping[BodyKind, int],
    words: str,
    dissent: str = "",
    option: str = "",
) -> Done | Refusal:
    """The bodies talked it over. `option`: uid of the one they agreed on, "" for none."""
    return step_on(
        ask,
        "topic.confer",
        uid,
        lambda h, s: f.Conferred(
            present=present, agreed=agreed, words=words, dissent=dissent, option=option,
            attached=h.attached,
        ),
    )  # fmt: skip


def meet(
    ask: Ask,
    uid: str,
    came: frozenset[BodyKind],
    present: Mapping[BodyKind, int],
    people: int,
    words: str,
    *,
    agreed: bool,
    settled: bool = False,
    option: str = "",
) -> Done | Refusal:
    """They sat down together."""
    return step_on(
        ask,
        "topic.meet",
        uid,
        lambda h, s: f.Met(
            came=came, present=present, people=people, words=words, agreed=agreed,
            settled=settled, option=option, attached=h.attached,
        ),
    )  # fmt: skip


def post(ask: Ask, uid: str, where: str) -> Done | Refusal:
    """Hung out: the period begins. Refuses also with `funds_missing` (terms of a round that name
    no fund), `calendar_missing`."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        assert held.procedure is not None
        missing = must_have_funds(held.procedure, held.now, funds_of(held))
        if missing:
            return missing
        until = runs_until(held, stage, ask.now)
        return until if isinstance(until, Refusal) else f.Posted(until_at=until, where=where)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        return Written(notices=told_at_home(held, advanced))

    return step_on(ask, "topic.post", uid, make, also)


def runs_until(held: LockedTopic, stage: Stage, now: datetime) -> datetime | Refusal:
    """When the period of a stage ends that begins now. Refuses with `calendar_missing`."""
    if stage.period is None:
        return now
    calendar = in_force(held.topic.place, today_of(now)).terms.calendar
    try:
        return due(now, stage.period.span, calendar)
    except CalendarMissing as missing:
        return Refusal("calendar_missing", need=missing.year, source=stage.period.source)


def told_at_home(held: LockedTopic, advanced: Advanced) -> list[Notice]:
    """To everybody with an account who lives in a building of the place: until when it hangs out
    and where to read it. One query."""
    kind = held.topic.stage_kind
    template = "topic.on_notice" if kind == StageKind.NOTICE else "topic.open_for_comment"
    until = {"until": str(advanced.topic.tally["until"])}
    people = at_home(held.topic.place_id).values_list("pk", flat=True)
    return [Notice(template, person, until) for person in people.iterator()]


def comment(ask: Ask, uid: str, words: str, name: str = "") -> Done | Refusal:
    """A comment on the plan; `name`: for whom the desk writes it down. Refuses also with
    `voices_many`."""
    return _voice(ask, "topic.comment", uid, words, name)


def object_to(ask: Ask, uid: str, words: str, name: str = "") -> Done | Refusal:
    """An objection to what is on notice. Refuses also with `voices_many`."""
    return _voice(ask, "topic.object", uid, words, name)


def answer_comment(ask: Ask, uid: str, voice_uid: str, words: str) -> Done | Refusal:
    """A comment is answered. Refuses also with `not_found`, `voice_answered`."""
    return _answer(ask, "topic.answer_comment", uid, voice_uid, words, None)


def rule_objection(
    ask: Ask, uid: str, voice_uid: str, words: str, *, upheld: bool
) -> Done | Refusal:
    """An objection is upheld or not. Refuses also with `not_found`, `voice_answered`."""
    return _answer(ask, "topic.rule_objection", uid, voice_uid, words, upheld)


def end_posting(ask: Ask, uid: str) -> Done | Refusal:
    """The period has run and everything said is answered; where it is carried from door to door,
    every building of the place has an entry."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts:
        buildings, reached = reached_of(held) if stage.doors else (0, 0)
        return f.Closing(attached=held.attached, buildings=buildings, reached=reached)

    return step_on(ask, "topic.end_posting", uid, make)


def consent(ask: Ask, uid: str, body: BodyKind, *, yes: bool, words: str = "") -> Done | Refusal:
    """One of those asked says yes or no; nobody for another, but the desk, which writes it down.
    Refuses also with `not_yours`."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        if body not in speaks_for(ask.actor, held):
            return Refusal("not_yours", need="topic.consent", source="permit")
        return f.Consented(body=body, yes=yes, words=words, attached=held.attached)

    return step_on(ask, "topic.consent", uid, make)


def count(
    ask: Ask, uid: str, present: Mapping[BodyKind, int], votes: Mapping[str, tuple[int, int, int]]
) -> Done | Refusal:
    """The teller's count: uid of option → for, against, abstained."""
    return _counted(ask, "topic.count", uid, present, votes)


def confirm(
    ask: Ask, uid: str, present: Mapping[BodyKind, int], votes: Mapping[str, tuple[int, int, int]]
) -> Done | Refusal:
    """The second person's own count."""
    return _counted(ask, "topic.confirm", uid, present, votes)


def assign(ask: Ask, uid: str, unit_uid: str, option: str = "") -> Done | Refusal:
    """Given to a unit to be carried out; where it runs on trial, that begins. Refuses also with
    `not_found`, `calendar_missing`."""
    unit = Body.objects.filter(uid=unit_uid).first()

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        if unit is None:
            return Refusal("not_found", have="body")
        until = runs_until(held, stage, ask.now)
        if isinstance(until, Refusal):
            return until
        trial = until if stage.period is not None else None
        return f.Assigned(unit=unit.uid, option=option, not_before=trial)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        chosen = next(one for one in held.options if one.uid == advanced.topic.chosen)
        assert unit is not None and held.passage is not None
        row = Attempt(
            uid=new_uid(ask.entropy),
            topic=held.topic,
            option=chosen,
            passage=held.passage,
            no=Attempt.objects.filter(topic=held.topic).count() + 1,
            unit=unit,
            assigned_at=ask.now,
            state=TRYING,
        )
        insert(row)
        return Written([row])

    return step_on(ask, "topic.assign", uid, make, also)


def report_done(ask: Ask, uid: str, words: str, why: str = "") -> Done | Refusal:
    """Carried out, with what the stage wants as proof; `why` a part that others took on is still
    open, where one is."""
    said = "\n".join(one for one in (words.strip(), why.strip()) if one)
    return _carried(ask, "topic.report_done", uid, said, DONE, excused=bool(why.strip()))


def report_failed(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """It cannot be carried out, and why."""
    return _carried(ask, "topic.report_failed", uid, words, FAILED)


def accept(ask: Ask, uid: str, inspectors: int, words: str, *, fit: bool) -> Done | Refusal:
    """Looked at by enough others: as decided, or not. Refuses also with `not_independent`: who
    speaks for the unit that carried it out does not accept its work."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        units = Attempt.objects.filter(topic=held.topic).order_by("-no")
        if set(units.values_list("unit_id", flat=True)[:1]) & ask.actor.bodies():
            return Refusal(
                "not_independent", "topic.accept", CARRIED, source="norms.md §1 Independence"
            )
        return f.Inspected(inspectors=inspectors, fit=fit, words=words, attached=held.attached)

    return step_on(ask, "topic.accept", uid, make, part="checked")


def publish(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """Told to everybody; who raised the topic is told where it ends. Refuses also as
    `adopting.may_adopt`."""

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        # At the end of a charter's or covenant's procedure its text comes into force.
        wrong = adopting.may_adopt(held, stage)
        undecided = undecided_in(held)
        return wrong or f.Published(words=words, undecided=undecided, attached=held.attached)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.procedure is not None
        values = ending(held.procedure, advanced, words)
        person = held.topic.raised_by_id
        told = [Notice("topic.ended", person, {"words": words})] if values and person else []
        return Written(adopting.adopt(ask, held, advanced), told, values)

    return step_on(ask, "topic.publish", uid, make, also)


def undecided_in(held: LockedTopic) -> int:
    """How many projects of a round are neither done nor given up; 0 of another topic. One statement
    at most."""
    in_round = held.procedure is not None and held.procedure.round is not None
    return left_open(held.topic) if in_round else 0


def appraise(
    ask: Ask, uid: str, satisfied: int, basically: int, dissatisfied: int
) -> Done | Refusal:
    """Those concerned scored it."""
    return step_on(
        ask,
        "topic.appraise",
        uid,
        lambda h, s: f.Appraised(
            satisfied=satisfied,
            basically=basically,
            dissatisfied=dissatisfied,
            attached=h.attached,
        ),
    )


def _counted(
    ask: Ask,
    act: str,
    uid: str,
    present: Mapping[BodyKind, int],
    votes: Mapping[str, tuple[int, int, int]],
) -> Done | Refusal:
    teller = str(ask.actor.person_id)

    def make(held: LockedTopic, stage: Stage) -> f.Facts:
        # Two equal counts are a paper of their own: the count, confirmed.
        papers = held.attached | {Paper.COUNT}
        return f.Counted(present=present, votes=votes, by=teller, attached=papers)

    return step_on(ask, act, uid, make)


def _voice(ask: Ask, act: str, uid: str, words: str, name: str) -> Done | Refusal:
    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.passage is not None
        row = Voice(
            uid=new_uid(ask.entropy),
            passage=held.passage,
            kind=VOICED[act],
            person_id=None if name else ask.actor.person_id,
            name=name,
            words=words,
            at=ask.now,
        )
        insert(row)
        return Written([row])

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        many = too_many_of(held, VOICED[act], ask.actor.person_id, ask.now, name)
        return many or f.Voiced(words=words)

    part = "objected" if act == "topic.object" and not name else "acted"
    return step_on(ask, act, uid, make, also, part)


def too_many_of(
    held: LockedTopic, kind: str, person_id: int | None, now: datetime, name: str = ""
) -> Refusal | None:
    """Whoever has said as much of a plan as the rule takes from one person. Refused:
    `voices_many`."""
    if held.passage is None:
        return None
    rules = voice_rules_at(held.topic.place, today_of(now))
    return one_more(rules, kind, said_by(held.passage.pk, kind, person_id, name))


def _answer(
    ask: Ask, act: str, uid: str, voice_uid: str, words: str, upheld: bool | None
) -> Done | Refusal:
    found: list[Voice] = []

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        row = Voice.objects.filter(uid=voice_uid, passage=held.passage).first()
        if row is None:
            return Refusal("not_found", have="voice")
        if row.answered_at is not None:
            return Refusal("voice_answered", source=stage.id)
        found.append(row)
        return f.Answered(words=words, upheld=bool(upheld))

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        row = found[-1]
        row.answer, row.answered_at = words, ask.now
        row.answered_by_id, row.is_upheld = ask.actor.person_id, upheld
        row.save()
        to = row.person_id
        told = [Notice("topic.voice_answered", to, {"answer": words})] if to else []
        return Written([row], told)

    return step_on(ask, act, uid, make, also)


def _carried(
    ask: Ask, act: str, uid: str, words: str, state: str, *, excused: bool = False
) -> Done | Refusal:
    def also(held: LockedTopic, advanced: Advanced) -> Written:
        row = held.attempt
        assert row is not None
        row.state, row.ended_at, row.words = state, ask.now, words
        row.save()
        return Written([row, *stop_parts(row, ask.now)])

    return step_on(
        ask,
        act,
        uid,
        lambda h, s: f.CarriedOut(
            done=state == DONE, words=words, excused=excused, attached=h.attached
        ),
        also,
        CARRIED,
    )
