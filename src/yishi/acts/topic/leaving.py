"""Out of the ordinary course: taken back, too late, against the procedure, to another version."""

from dataclasses import replace

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on, ending, too_long
from yishi.core.outcome import Notice
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.core.topic import beside, moving, step
from yishi.core.topic.now import Advanced
from yishi.records.models import Appointment
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.rule import methods_at, parsed, today_of
from yishi.records.queries.topic import LockedTopic


def withdraw(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """Taken back by who raised it, before its review. Its cases are answered with the reason.

    Refuses as `core.topic.beside.withdraw`, and with `words_too_long`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        answer = beside.withdraw(held.now, words)
        if isinstance(answer, Refusal):
            return answer
        return too_long(held.topic.place, ask.now, words) or Plan(
            answer, also=lambda held, advanced: Written(values={"result": words})
        )

    return act_on(ask, "topic.withdraw", uid, decide)


def lapse(ask: Ask, uid: str) -> Done | Refusal:
    """The time of its stage has run out and the method says where that leads; asked by the tick.

    Refuses as `core.topic.step.lapse`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        if held.procedure is None:
            return step.must_run(held.now) or Refusal("topic_proposed", source="practice H8")
        answer = step.lapse(held.procedure, held.now, ask.now)
        if isinstance(answer, Refusal):
            return answer
        return Plan(answer, also=lambda held, advanced: _left(held, advanced, ""))

    return act_on(ask, "topic.lapse", uid, decide)


def override(ask: Ask, uid: str, to: str, why: str) -> Done | Refusal:
    """A leader, by name and for a reason everybody reads, takes it to another stage.

    Who raised it and the supervisory committee are told. Refuses as `core.topic.step.override`,
    and with `words_too_long`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        long = too_long(held.topic.place, ask.now, why)
        if long:
            return long
        if held.procedure is None:
            return step.must_run(held.now) or Refusal("topic_proposed", source="practice H8")
        answer = step.override(held.procedure, held.now, to, why.strip(), ask.now)
        if isinstance(answer, Refusal):
            return answer
        named = replace(answer.event, params={**answer.event.params, "by_name": ask.actor.name})

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            left = _left(held, advanced, why)
            told = [Notice("topic.overridden", to, {"why": why}) for to in told_of(ask, held)]
            return replace(left, notices=told)

        return Plan(replace(answer, event=named), also=also, name=ask.actor.name)

    return act_on(ask, "topic.override", uid, decide)


def move_method(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """To the version of its method the place has adopted, where it has not been yet.

    Refuses as `core.topic.moving.move`, and with `method_unknown`, `words_too_long`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        long = too_long(held.topic.place, ask.now, why)
        if long:
            return long
        standing = step.must_run(held.now)
        if standing or held.method is None or held.topic.method is None:
            return standing or Refusal("topic_proposed", source="practice H8")
        adopted = methods_at(held.topic.place, today_of(ask.now))
        row = adopted.get(held.topic.method.name)
        if row is None:
            return Refusal(
                "method_unknown", tuple(adopted), held.topic.method.name, "method", "adoption"
            )
        answer = moving.move(held.method, parsed(row), held.now, why)
        if isinstance(answer, Refusal):
            return answer
        held.topic.method = row
        return Plan(answer, method=parsed(row))

    return act_on(ask, "topic.move_method", uid, decide)


def told_of(ask: Ask, held: LockedTopic) -> list[int]:
    """Whom an exception is told to: who raised it, and the supervisory committee of its place."""
    seats = Appointment.objects.filter(
        in_force_on(today_of(ask.now)), role=Role.OVERSEER, place_id=held.topic.place_id
    )
    people = dict.fromkeys(seats.order_by("id").values_list("person_id", flat=True))
    raised = [held.topic.raised_by_id] if held.topic.raised_by_id else []
    return list(dict.fromkeys([*raised, *people]))


def _left(held: LockedTopic, advanced: Advanced, why: str) -> Written:
    """What an end sets; a try that is broken off with the stage keeps the reason."""
    assert held.procedure is not None
    row = held.attempt
    if row is not None and why:
        # Ended and sealed with the stage that was left.
        row.words = why
        row.save(update_fields=["words"])
    return Written(values=ending(held.procedure, advanced, ""))
