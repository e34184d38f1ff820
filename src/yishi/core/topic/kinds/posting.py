"""comment 征求意见 and notice 公示: hung out for a period; everything said is answered first.

While it is open for comment, a comment may be taken up in the text; where that matters, the period
begins again. A notice is not changed: an objection that is upheld takes the topic back. Source:
H10; norms.md §2, a notice period blocks the next step until it has run, objections received in it
must be answered first. Worked through in docs/algorithms/texts.md.
"""

from __future__ import annotations

from datetime import datetime

from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.doors import FOUND
from yishi.core.topic.facts import Answered, Closing, DoorsCalled, Posted, TakenUp, Voiced
from yishi.core.topic.kinds.base import Decider, event, must_attach, number_in
from yishi.core.topic.now import Leave, OptionState, Stay, TopicNow


def post(stage: Stage, topic: TopicNow, facts: Posted, now: datetime) -> Stay | Refusal:
    """Hung out: the period runs from now. Refused: `already_posted`, `where_missing`,
    `options_missing`."""
    assert stage.period is not None
    if "until" in topic.tally:
        return Refusal("already_posted", "", topic.tally["until"], "moment", stage.id)
    if not facts.where.strip():
        return Refusal("where_missing", 1, 0, "place", stage.id)
    if not topic.options and not stage.in_round:
        return Refusal("options_missing", 1, 0, "option", stage.id)
    return Stay(
        event("posted", stage, topic, until=facts.until_at.isoformat()),
        _hung_out(topic, facts.until_at, now),
    )


def comment(stage: Stage, topic: TopicNow, facts: Voiced, now: datetime) -> Stay | Refusal:
    """A comment on the plan. Refused: `not_posted`, `period_over`, `words_missing`."""
    return _voiced(stage, topic, facts, now, "commented")


def object_to(stage: Stage, topic: TopicNow, facts: Voiced, now: datetime) -> Stay | Refusal:
    """An objection to it. Refused: as `comment`."""
    return _voiced(stage, topic, facts, now, "objected")


def answer_comment(stage: Stage, topic: TopicNow, facts: Answered, now: datetime) -> Stay | Refusal:
    """A comment is answered. Refused: `nothing_open`, `words_missing`."""
    return _answered(stage, topic, facts, "comment_answered")


def rule_objection(stage: Stage, topic: TopicNow, facts: Answered, now: datetime) -> Stay | Refusal:
    """An objection is upheld or not, with the reason. Refused: as `answer_comment`."""
    return _answered(stage, topic, facts, "objection_ruled")


def take_up_comment(stage: Stage, topic: TopicNow, facts: TakenUp, now: datetime) -> Stay | Refusal:
    """A comment is answered by changing the text. Where that matters, the period begins again and
    every door is called at again; a figure that is another one always matters.

    Refused: `not_posted`, `nothing_open`, `words_missing`, `option_unknown`, `text_same`,
    `change_matters`, `change_past_limit` (the period would run past the time of the stage).
    """
    assert stage.period is not None
    if "until" not in topic.tally:
        return Refusal("not_posted", 1, 0, "notice", stage.period.source)
    if not number_in(topic.tally, "open"):
        return Refusal("nothing_open", 1, 0, "voice", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    option = topic.option(facts.option)
    if option is None or option.state is OptionState.DONE:
        known = tuple(one.no for one in topic.options if one.state is not OptionState.DONE)
        return Refusal("option_unknown", known, facts.option, "option", topic.procedure)
    if not facts.changes:
        return Refusal("text_same", 1, 0, "words", stage.id)
    if facts.figures and not facts.matters:
        return Refusal("change_matters", "", "", "", stage.period.source)
    if facts.matters and topic.due_at is not None and facts.until_at > topic.due_at:
        due, until = topic.due_at.isoformat(), facts.until_at.isoformat()
        return Refusal("change_past_limit", due, until, "moment", stage.id)
    tally = {**topic.tally} if not facts.matters else _hung_out(topic, facts.until_at, now)
    tally["open"] = number_in(topic.tally, "open") - 1
    tally["taken_up"] = number_in(topic.tally, "taken_up") + 1
    if facts.matters:
        tally["again"] = number_in(topic.tally, "again") + 1
    said = event("comment_taken_up", stage, topic, option=option.no, again=int(facts.matters))
    return Stay(said, tally)


def call_at_doors(
    stage: Stage, topic: TopicNow, facts: DoorsCalled, now: datetime
) -> Stay | Refusal:
    """It was carried to doors, with what came of it. Refused: `not_posted`, `found_unknown`,
    `doors_none`."""
    assert stage.period is not None
    if "until" not in topic.tally:
        return Refusal("not_posted", 1, 0, "notice", stage.period.source)
    if facts.found not in FOUND:
        return Refusal("found_unknown", FOUND, facts.found, "", stage.id)
    if facts.doors < 1:
        return Refusal("doors_none", 1, facts.doors, "door", stage.id)
    tally = {**topic.tally}
    for found in FOUND:
        moved = facts.moved.get(found, 0)
        if moved:
            tally[found] = number_in(topic.tally, found) + moved
    known = event(
        "doors_called", stage, topic, building=facts.building, found=facts.found, doors=facts.doors
    )
    said: dict[str, object] = {**known.params, "name": facts.name}
    return Stay(Event(known.code, said, known.facts), tally)


def end_posting(stage: Stage, topic: TopicNow, facts: Closing, now: datetime) -> Leave | Refusal:
    """The period has run and nothing is open. An upheld objection takes the topic back at once.

    Refused: `not_posted`, `voices_open`, `period_runs`, `doors_missing` (so many buildings of so
    many have no entry in the register of doors), `attach_missing`.
    """
    assert stage.period is not None
    if "until" not in topic.tally:
        return Refusal("not_posted", 1, 0, "notice", stage.period.source)
    waiting = number_in(topic.tally, "open")
    if waiting:
        return Refusal("voices_open", 0, waiting, "voice", "norms.md §2")
    upheld = stage.kind is StageKind.NOTICE and number_in(topic.tally, "upheld") > 0
    until = datetime.fromisoformat(str(topic.tally["until"]))
    if now < until and not upheld:
        return Refusal(
            "period_runs", until.isoformat(), now.isoformat(), "moment", stage.period.source
        )
    if stage.doors and not upheld and facts.reached < facts.buildings:
        return Refusal("doors_missing", facts.buildings, facts.reached, "building", stage.id)
    edge = Edge.OBJECTION if upheld else Edge.PASS
    counted = {
        name: number_in(topic.tally, name)
        for name in ("taken_up", "again", *FOUND)
        if name in topic.tally
    }
    voices = number_in(topic.tally, "voices")
    said = event("posting_ended", stage, topic, voices=voices, to=edge, **counted)
    return must_attach(stage, facts) or Leave(edge, said)


def _hung_out(topic: TopicNow, until_at: datetime, now: datetime) -> dict[str, object]:
    """What is gathered once it hangs out, or hangs out anew: no door has been called at yet."""
    kept = {name: value for name, value in topic.tally.items() if name not in FOUND}
    return {**kept, "since": now.isoformat(), "until": until_at.isoformat()}


def _voiced(
    stage: Stage, topic: TopicNow, facts: Voiced, now: datetime, code: str
) -> Stay | Refusal:
    assert stage.period is not None
    if "until" not in topic.tally:
        return Refusal("not_posted", 1, 0, "notice", stage.period.source)
    until = datetime.fromisoformat(str(topic.tally["until"]))
    if now >= until:
        return Refusal(
            "period_over", until.isoformat(), now.isoformat(), "moment", stage.period.source
        )
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    tally = {
        **topic.tally,
        "open": number_in(topic.tally, "open") + 1,
        "voices": number_in(topic.tally, "voices") + 1,
    }
    return Stay(event(code, stage, topic), tally)


def _answered(stage: Stage, topic: TopicNow, facts: Answered, code: str) -> Stay | Refusal:
    waiting = number_in(topic.tally, "open")
    if not waiting:
        return Refusal("nothing_open", 1, 0, "voice", stage.id)
    if not facts.words.strip():
        return Refusal("words_missing", 1, 0, "words", stage.id)
    tally = {**topic.tally, "open": waiting - 1}
    if facts.upheld:
        tally["upheld"] = number_in(topic.tally, "upheld") + 1
    return Stay(event(code, stage, topic, upheld=int(facts.upheld)), tally)


COMMENT_ACTS: dict[str, Decider] = {
    "topic.post": post,
    "topic.comment": comment,
    "topic.answer_comment": answer_comment,
    "topic.take_up_comment": take_up_comment,
    "topic.call_at_doors": call_at_doors,
    "topic.end_posting": end_posting,
}
NOTICE_ACTS: dict[str, Decider] = {
    "topic.post": post,
    "topic.object": object_to,
    "topic.rule_objection": rule_objection,
    "topic.call_at_doors": call_at_doors,
    "topic.end_posting": end_posting,
}
