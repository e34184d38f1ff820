"""The text of an option is changed, each time as one more version beside those before it.

Open for comment, by taking up a comment; before that by whoever leads; before a vote that was held
already, only as an upheld objection asks. Source: practice H10, G5; docs/algorithms/texts.md.
"""

from django.db.models import QuerySet

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on, step_on, text_too_long, too_long
from yishi.acts.topic.staging import runs_until, told_at_home
from yishi.core.method.language import Stage
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.core.textdiff import figures_changed, is_changed
from yishi.core.topic import beside
from yishi.core.topic import facts as f
from yishi.core.topic.now import Advanced
from yishi.core.topic.step import must_run
from yishi.records.entropy import new_uid
from yishi.records.models import Option, OptionText, Voice
from yishi.records.models.base import Kept
from yishi.records.queries.topic import LockedTopic


def take_up_comment(
    ask: Ask,
    uid: str,
    voice_uid: str,
    option_uid: str,
    text: str,
    answer: str,
    *,
    matters: bool,
) -> Done | Refusal:
    """A comment is answered and the option's text changed in one act. `matters`: the period begins
    again and everybody is told.

    Refuses as `core.topic.kinds.posting.take_up_comment`, and with `not_found`, `voice_answered`,
    `words_too_long`, `calendar_missing`.
    """
    found: list[Voice] = []
    text = text.strip()

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        voice = Voice.objects.filter(uid=voice_uid, passage=held.passage).first()
        if voice is None:
            return Refusal("not_found", have="voice")
        if voice.answered_at is not None:
            return Refusal("voice_answered", source=stage.id)
        wrong = text_too_long(held.topic.place, ask.now, text)
        if wrong:
            return wrong
        until = runs_until(held, stage, ask.now)
        if isinstance(until, Refusal):
            return until
        found.append(voice)
        option = _option(held, option_uid)
        return f.TakenUp(
            words=answer,
            option=option_uid,
            changes=option is not None and is_changed(option.words, text) and bool(text),
            figures=option is not None and figures_changed(option.words, text),
            matters=matters,
            until_at=until,
        )

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        voice, option = found[-1], _option(held, option_uid)
        assert option is not None
        voice.answer, voice.answered_at = answer, ask.now
        voice.answered_by_id, voice.is_upheld = ask.actor.person_id, True
        voice.save()
        told = []
        if voice.person_id:
            told.append(Notice("topic.voice_taken_up", voice.person_id, {"answer": answer}))
        if matters:
            # Whoever said it is told once, of what became of their words.
            again = told_at_home(held, advanced)
            told += [one for one in again if one.to != voice.person_id]
        return Written([voice, *new_text(ask, option, text, voice)], told)

    return step_on(ask, "topic.take_up_comment", uid, make, also)


def change_option(
    ask: Ask, uid: str, option_uid: str, text: str, why: str, voice_uid: str = ""
) -> Done | Refusal:
    """The text of an option is another one, for a public reason. `voice_uid`: the upheld objection
    it answers, "" for none.

    Refuses as `core.topic.beside.change_option`, and with `not_found`, `words_too_long`.
    """
    text = text.strip()

    def decide(held: LockedTopic) -> Plan | Refusal:
        long = text_too_long(held.topic.place, ask.now, text)
        long = long or too_long(held.topic.place, ask.now, why)
        if long:
            return long
        voice = None
        if voice_uid:
            voice = upheld_in(held).filter(uid=voice_uid).first()
            if voice is None:
                return Refusal("not_found", have="voice")
        if held.procedure is None:
            return must_run(held.now) or Refusal("topic_proposed")
        option = _option(held, option_uid)
        changes = option is not None and is_changed(option.words, text) and bool(text)
        answer = beside.change_option(
            held.procedure, held.now, option_uid, why, changes=changes, upheld=voice is not None
        )
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            assert option is not None
            return Written(new_text(ask, option, text, voice))

        return Plan(answer, also=also)

    return act_on(ask, "topic.change_option", uid, decide)


def new_text(ask: Ask, option: Option, text: str, voice: Voice | None) -> list[Kept]:
    """One more version of an option's words, and the first as it was put forward; saved."""
    rows: list[Kept] = []
    last = OptionText.objects.filter(option=option).order_by("-no").first()
    if last is None:
        last = OptionText(
            uid=new_uid(ask.entropy),
            option=option,
            no=1,
            words=option.words,
            by_id=option.added_by_id,
            at=option.added_at,
        )
        last.save(force_insert=True)
        rows.append(last)
    row = OptionText(
        uid=new_uid(ask.entropy),
        option=option,
        no=last.no + 1,
        words=text,
        voice=voice,
        by_id=ask.actor.person_id,
        at=ask.now,
    )
    row.save(force_insert=True)
    option.words = text
    option.save(update_fields=["words"])
    return [*rows, row, option]


def upheld_in(held: LockedTopic) -> "QuerySet[Voice]":
    """The objections that were upheld in this topic."""
    return Voice.objects.filter(passage__topic=held.topic, kind="objection", is_upheld=True)


def _option(held: LockedTopic, uid: str) -> Option | None:
    return next((one for one in held.options if one.uid == uid), None)
