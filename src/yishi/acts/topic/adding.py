"""One more option, with whose it is to decide; a paper laid with a stage."""

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Plan, Written, act_on, text_too_long
from yishi.acts.topic.raising import TITLE_MAX, new_option
from yishi.core.method.floors import matter_of
from yishi.core.method.language import Paper
from yishi.core.refusal import Refusal
from yishi.core.topic import beside
from yishi.core.topic.now import Advanced
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import TopicPaper
from yishi.records.queries.rule import floors_at, today_of
from yishi.records.queries.topic import LockedTopic


def add_option(ask: Ask, uid: str, title: str, words: str, matter: str = "") -> Done | Refusal:
    """One more way of settling it. `matter`: the code of what it is about in the law's list, ""
    for nothing that is anybody else's.

    Refuses as `core.topic.beside.add_option`, and with `matter_unknown`, `title_too_long`,
    `words_too_long`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        if len(title.strip()) > TITLE_MAX:
            return Refusal("title_too_long", TITLE_MAX, len(title.strip()), "characters")
        long = text_too_long(held.topic.place, ask.now, words)
        if long:
            return long
        layers = floors_at(held.topic.place, today_of(ask.now))
        about = matter_of(layers, matter) if matter else None
        if matter and about is None:
            known = tuple(one.code for layer in layers for one in layer.matters)
            return Refusal("matter_unknown", known, matter, "matter", "norms.md §2")
        if held.procedure is None:
            return _must_run(held)
        answer = beside.add_option(held.procedure, held.now, title.strip(), about)
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            row = new_option(ask, held.topic, len(held.options) + 1, title.strip(), words.strip())
            if about is not None:
                row.matter, row.matter_name = about.code, about.name.zh
                row.competence, row.source = about.competence, about.source
                row.save(update_fields=["matter", "matter_name", "competence", "source"])
            return Written([row])

        return Plan(answer, also=also)

    return act_on(ask, "topic.add_option", uid, decide)


def attach(ask: Ask, uid: str, kind: Paper, title: str, new: NewFile) -> Done | Refusal:
    """A paper is laid with the stage the topic stands in; its bytes are in the store already.

    Refuses as `core.topic.beside.attach`, and with `title_too_long`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        if len(title.strip()) > TITLE_MAX:
            return Refusal("title_too_long", TITLE_MAX, len(title.strip()), "characters")
        if held.procedure is None:
            return _must_run(held)
        answer = beside.attach(held.procedure, held.now, kind)
        if isinstance(answer, Refusal):
            return answer

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            assert held.passage is not None
            row = TopicPaper(
                uid=new_uid(ask.entropy),
                passage=held.passage,
                kind=kind,
                title=title.strip(),
                file=keep_file(new, ask.now),
                added_by_id=ask.actor.person_id,
                added_at=ask.now,
            )
            row.save(force_insert=True)
            return Written([row])

        return Plan(answer, also=also)

    return act_on(ask, "topic.attach", uid, decide)


def _must_run(held: LockedTopic) -> Refusal:
    ended = bool(held.now.outcome)
    return Refusal("topic_ended" if ended else "topic_proposed", source="practice H8")
