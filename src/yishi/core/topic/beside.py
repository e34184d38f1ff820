"""The acts beside the stages: one more option, a paper, taken back, its cases told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yishi.core.method.floors import Matter
from yishi.core.method.language import Paper, Procedure, StageKind
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, OptionState, Outcome, TopicNow, TopicState
from yishi.core.topic.step import must_run, stage_of

# Where it is still being talked over which way to go.
OPEN_TO_OPTIONS = (
    StageKind.COLLECT,
    StageKind.SCREEN,
    StageKind.CONFER,
    StageKind.MEET,
    StageKind.COMMENT,
    StageKind.VOTE,
)

# What may hang out with everything else of a public stage; the others hold names.
PUBLIC_PAPERS = frozenset({Paper.PHOTO, Paper.PLAN, Paper.ACCEPTANCE})


def add_option(
    procedure: Procedure, topic: TopicNow, title: str, matter: Matter | None
) -> Advanced | Refusal:
    """One more way of settling it, and what it is about by the law's list.

    Refused: `topic_proposed`, `topic_ended`, `option_title_missing`, `options_closed` (what is
    already decided, on notice or being done), `options_later` (the rules are being agreed first),
    `round_has_projects`, `count_begun` (hands were counted over others).
    """
    standing = must_run(topic)
    if standing:
        return standing
    stage = stage_of(procedure, topic)
    if not title.strip():
        return Refusal("option_title_missing", source="practice C4")
    if stage.in_round:
        return Refusal("round_has_projects", source="practice G10")
    if stage.kind not in OPEN_TO_OPTIONS:
        return Refusal("options_closed", OPEN_TO_OPTIONS, stage.kind, "stage_kind", stage.id)
    if stage.rules_first:
        return Refusal("options_later", 0, 1, "option", stage.id)
    if "votes" in topic.tally or topic.tally.get("state") in ("open", "handed"):
        return Refusal("count_begun", 0, 1, "count", stage.id)
    facts: dict[str, int | str] = {"stage": stage.id, "option": len(topic.options) + 1}
    if matter is not None:
        facts |= {"matter": matter.code, "competence": matter.competence}
    return Advanced(Event("topic.option_added", {**facts, "title": title}, facts), topic)


# Where a text is still being made; later it is changed only where an objection was upheld.
OPEN_TO_CHANGE = (StageKind.COLLECT, StageKind.SCREEN, StageKind.CONFER, StageKind.MEET)


def change_option(
    procedure: Procedure,
    topic: TopicNow,
    option: str,
    why: str,
    *,
    changes: bool,
    upheld: bool = False,
) -> Advanced | Refusal:
    """The text of an option is another one, for a reason everybody reads. `changes`: it differs;
    `upheld`: it answers an objection that was upheld.

    Refused: `topic_proposed`, `topic_ended`, `option_unknown`, `why_missing`, `text_same`,
    `text_hangs_out` (open for comment: only by taking up one), `text_fixed` (decided, on notice
    or being done; before a vote only what an upheld objection asks for), `count_begun`.
    """
    standing = must_run(topic)
    if standing:
        return standing
    stage, row = stage_of(procedure, topic), topic.option(option)
    if row is None or row.state is OptionState.DONE:
        known = tuple(one.no for one in topic.options if one.state is not OptionState.DONE)
        return Refusal("option_unknown", known, option, "option", topic.procedure)
    if stage.kind is StageKind.COMMENT and "until" in topic.tally:
        return Refusal("text_hangs_out", "", stage.kind, "stage_kind", stage.id)
    before_vote = stage.kind is StageKind.VOTE and upheld
    if stage.kind not in (*OPEN_TO_CHANGE, StageKind.COMMENT) and not before_vote:
        return Refusal("text_fixed", OPEN_TO_CHANGE, stage.kind, "stage_kind", stage.id)
    if stage.kind is StageKind.VOTE and topic.tally:
        return Refusal("count_begun", 0, 1, "count", stage.id)
    if not why.strip():
        return Refusal("why_missing", source="practice G5")
    if not changes:
        return Refusal("text_same", 1, 0, "words", stage.id)
    facts: dict[str, int | str] = {"stage": stage.id, "option": row.no, "upheld": int(upheld)}
    return Advanced(Event("topic.option_changed", {**facts, "why": why}, facts), topic)


def attach(procedure: Procedure, topic: TopicNow, kind: Paper) -> Advanced | Refusal:
    """A paper is laid with the stage it stands in. Refused: `topic_proposed`, `topic_ended`."""
    standing = must_run(topic)
    if standing:
        return standing
    facts: Mapping[str, int | str] = {"stage": stage_of(procedure, topic).id, "paper": kind}
    return Advanced(Event("topic.attached", facts, facts), topic)


def withdraw(topic: TopicNow, words: str) -> Advanced | Refusal:
    """Taken back by who raised it, before its review, with the reason everybody reads.

    Refused: `topic_reviewed`, `why_missing`.
    """
    if topic.state is not TopicState.PROPOSED:
        return Refusal("topic_reviewed", TopicState.PROPOSED, topic.state, "state", "practice H8")
    if not words.strip():
        return Refusal("why_missing", source="practice H8")
    after = replace(topic, state=TopicState.ENDED, outcome=Outcome.WITHDRAWN)
    facts = {"outcome": Outcome.WITHDRAWN.value}
    return Advanced(Event("topic.withdrawn", {**facts, "words": words}, facts), after)


def join(topic: TopicNow, cases: int) -> Advanced | Refusal:
    """More cases are deliberated in it. Refused: `topic_ended`, `cases_missing`."""
    if topic.state is TopicState.ENDED:
        return Refusal(
            "topic_ended", TopicState.RUNNING, topic.state, "state", "norms.md §1 The fork"
        )
    if cases < 1:
        return Refusal("cases_missing", 1, cases, "case", "practice H8")
    return Advanced(Event("topic.cases_joined", {"cases": cases}, {"cases": cases}), topic)


def end_cases(topic: TopicNow, cases: int, waiting: int) -> Advanced | Refusal:
    """Everybody whose case was deliberated in it has an answer.

    Refused: `topic_runs`, `cases_wait` (how many still have none). Source: 上海市居民委员会工作条例
    art. 23; promise 件件有回音.
    """
    if topic.state is not TopicState.ENDED:
        return Refusal("topic_runs", TopicState.ENDED, topic.state, "state", topic.procedure)
    if waiting:
        return Refusal("cases_wait", 0, waiting, "case", "norms.md §1 The fork")
    return Advanced(Event("topic.cases_answered", {"cases": cases}, {"cases": cases}), topic)
