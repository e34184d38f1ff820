"""A voice is not shown on a ground everybody reads, or shown again; whoever said it is told."""

from collections.abc import Callable

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.core.topic import moderating
from yishi.core.topic.now import Advanced
from yishi.records.models import Voice
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.voice_rules import voice_rules_at


def hide_voice(ask: Ask, uid: str, voice_uid: str, ground: str) -> Done | Refusal:
    """Not shown any more, on a ground of the rules in force; counted and answered all the same.

    Refuses as `core.topic.moderating.hide`, and with `not_found`.
    """

    def decide(held: LockedTopic, voice: Voice) -> Advanced | Refusal:
        rules = voice_rules_at(held.topic.place, today_of(ask.now))
        hidden = voice.hidden_at is not None
        return moderating.hide(held.now, voice.kind, ground, tuple(rules.grounds), hidden=hidden)

    def write(held: LockedTopic, voice: Voice) -> list[Notice]:
        rules = voice_rules_at(held.topic.place, today_of(ask.now))
        voice.hidden_ground, voice.hidden_at = ground, ask.now
        voice.hidden_by_id = ask.actor.person_id
        said = {"ground": rules.grounds[ground].name.zh}
        return [Notice("topic.voice_hidden", voice.person_id, said)] if voice.person_id else []

    return _moderate(ask, "topic.hide_voice", uid, voice_uid, decide, write)


def restore_voice(ask: Ask, uid: str, voice_uid: str) -> Done | Refusal:
    """Shown again. Refuses as `core.topic.moderating.restore`, and with `not_found`."""

    def decide(held: LockedTopic, voice: Voice) -> Advanced | Refusal:
        return moderating.restore(held.now, voice.kind, hidden=voice.hidden_at is not None)

    def write(held: LockedTopic, voice: Voice) -> list[Notice]:
        voice.hidden_ground, voice.hidden_at, voice.hidden_by = "", None, None
        return [Notice("topic.voice_restored", voice.person_id)] if voice.person_id else []

    return _moderate(ask, "topic.restore_voice", uid, voice_uid, decide, write)


def _moderate(
    ask: Ask,
    act: str,
    uid: str,
    voice_uid: str,
    decide_on: Callable[[LockedTopic, Voice], Advanced | Refusal],
    write: Callable[[LockedTopic, Voice], list[Notice]],
) -> Done | Refusal:
    def decide(held: LockedTopic) -> Plan | Refusal:
        voice = Voice.objects.filter(uid=voice_uid, passage__topic=held.topic).first()
        if voice is None:
            return Refusal("not_found", have="voice")
        answer = decide_on(held, voice)
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            told = write(held, voice)
            voice.save(update_fields=["hidden_ground", "hidden_by", "hidden_at"])
            return Written([voice], told)

        return Plan(answer, also=also)

    return act_on(ask, act, uid, decide)
