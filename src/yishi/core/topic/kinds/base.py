"""What the kinds of stages share: bars counted of seats, papers, and the shape of a decider."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from yishi.core.method.language import Competence, Stage
from yishi.core.method.measure import Bar, Of
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Facts
from yishi.core.topic.now import Leave, OptionState, Stay, TopicNow

# Decides one act of a kind: stage, topic, facts, moment.
Decider = Callable[[Stage, TopicNow, Any, datetime], "Stay | Leave | Refusal"]


def event(code: str, stage: Stage, topic: TopicNow, **facts: int | str) -> Event:
    """What is said of an act in a stage; its numbers go into the public leaf."""
    known = {"stage": stage.id, "no": topic.visits.get(stage.id, 1), **facts}
    return Event(f"topic.{code}", known, known)


def must_attach(stage: Stage, facts: Facts) -> Refusal | None:
    """Everything the stage wants attached is there. Refused: `attach_missing`."""
    missing = tuple(paper for paper in stage.attach if paper not in facts.attached)
    if missing:
        return Refusal("attach_missing", missing, tuple(sorted(facts.attached)), "paper", stage.id)
    return None


def must_be_quorate(
    stage: Stage, topic: TopicNow, present: Mapping[BodyKind, int]
) -> Refusal | None:
    """Each body that decides is there in number. Refused: `present_wrong` (more than have a
    seat), `quorum_missed` (need and have, of which body, by which rule)."""
    for body in stage.decides:
        seats, here = topic.seats.get(body, 0), present.get(body, 0)
        if here < 0 or here > seats:
            return Refusal("present_wrong", seats, here, body, stage.id)
        if stage.quorum is not None and not stage.quorum.is_met(here, seats):
            need = stage.quorum.need(seats) if seats else 1
            return Refusal("quorum_missed", need, here, body, stage.quorum.source)
    return None


def whole_of(bar: Bar, seats: int, present: int) -> int:
    """What a bar counts of."""
    return seats if bar.of is Of.SEATS else present


def must_be_open(topic: TopicNow, uid: str, mine: Competence | None = None) -> Refusal | None:
    """An option that may be chosen here. Refused: `option_unknown`, `competence_owners`,
    `competence_duty` (the option's matter is somebody else's to decide, and by which rule)."""
    option = topic.option(uid)
    if option is None or option.state is OptionState.DONE:
        known = tuple(one.no for one in topic.options if one.state is not OptionState.DONE)
        return Refusal("option_unknown", known, uid, "option", topic.procedure)
    theirs = option.competence
    if theirs is not None and theirs is not (mine or topic.competence):
        return Refusal(f"competence_{theirs}", option.no, option.matter, "option", option.source)
    return None


def number_in(tally: Mapping[str, object], key: str) -> int:
    """A number of a tally, 0 where it has none."""
    value = tally.get(key, 0)
    assert isinstance(value, int)
    return value
