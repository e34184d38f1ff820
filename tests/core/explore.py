"""Every state a procedure can be in, found by doing every act with every kind of facts.

A state is abstract: of the visits only those a bound counts, of an option only what decides.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from tests.core.explore_rooms import (
    LONG_AFTER,
    NOW,
    SOON,
    WAIT,
    owners_decide,
    room_facts,
)
from tests.core.explore_rooms import shortened as short_room
from yishi.core.method.language import Competence, Paper, Procedure, Stage, StageKind
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.kinds import ACTS
from yishi.core.topic.now import Advanced, OptionNow, TopicNow, TopicState
from yishi.core.topic.step import begin, lapse, step

SEATS = dict.fromkeys(BodyKind, 10)
PAPERS = frozenset(Paper)


@dataclass
class Explored:
    """What was found. `moves`: state → states one act away; `ends`: the ends that were reached;
    `given`: the state, act and facts of each act that moved it; `refused`: each refusal of an act
    in a stage once, of `refusals` in all."""

    states: set[TopicNow] = field(default_factory=set)
    moves: dict[TopicNow, set[TopicNow]] = field(default_factory=dict)
    advanced: list[tuple[TopicNow, str, Advanced]] = field(default_factory=list)
    refused: list[tuple[TopicNow, str, Refusal]] = field(default_factory=list)
    refusals: int = 0
    given: list[tuple[TopicNow, str, f.Facts]] = field(default_factory=list)

    @property
    def ends(self) -> set[str]:
        return {state.outcome for state in self.states if state.state is TopicState.ENDED}


class Frozen(dict[Any, Any]):
    """A tally, visits or seats as part of a state."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(repr(sorted(self.items())))


SEATS = Frozen(dict.fromkeys(BodyKind, 10))


def start(procedure: Procedure) -> TopicNow:
    """A topic taken up, with two options of their own and one that is somebody else's to decide:
    the owners' among residents, a duty among owners. A round has projects and no options."""
    theirs = owners_decide(procedure)
    competence = Competence.OWNERS if theirs else Competence.RESIDENTS
    foreign = (Competence.DUTY, "拆违建") if theirs else (Competence.OWNERS, "维修资金")
    options = (
        OptionNow("a", 1),
        OptionNow("b", 2),
        OptionNow("fund", 3, competence=foreign[0], matter=foreign[1], source="民法典 278"),
    )
    options = () if procedure.round else options
    topic = TopicNow("t", TopicState.PROPOSED, competence, options=options, seats=SEATS)
    return begin(procedure, topic, Event("topic.taken_up"), NOW).topic


def explore(procedure: Procedure, most: int = 60_000) -> Explored:
    """Breadth first, until nothing new is found. Raises AssertionError past `most` states.

    A bound is met after two visits at most: never there, once there, full is all that decides.
    """
    procedure = shortened(procedure)
    found = Explored()
    first = abstract(procedure, start(procedure))
    queue, found.states = deque([first]), {first}
    known: set[tuple[str, str, Refusal]] = set()
    while queue:
        state = queue.popleft()
        found.moves[state] = set()
        if state.state is TopicState.ENDED:
            continue
        for act, facts, answer in everything(procedure, state):
            if isinstance(answer, Refusal):
                found.refusals += 1
                if (state.stage, act, answer) not in known:
                    known.add((state.stage, act, answer))
                    found.refused.append((state, act, answer))
                continue
            found.advanced.append((state, act, answer))
            if facts is not None:
                found.given.append((state, act, facts))
            after = abstract(procedure, answer.topic)
            found.moves[state].add(after)
            if after not in found.states:
                assert len(found.states) < most, f"more than {most} states"
                found.states.add(after)
                queue.append(after)
    return found


def shortened(procedure: Procedure) -> Procedure:
    """The same procedure with every bound at two visits or fewer, and one call back."""
    stages = (
        replace(one, times=replace(one.times, number=min(2, one.times.number)))
        if one.times
        else one
        for one in map(short_room, procedure.stages)
    )
    return replace(procedure, stages=tuple(stages))


def abstract(procedure: Procedure, topic: TopicNow) -> TopicNow:
    """The same topic with only what decides."""
    counted = {stage.id: stage.times.number for stage in procedure.stages if stage.times}
    visits = Frozen({k: min(v, counted[k]) for k, v in topic.visits.items() if k in counted})
    options = tuple(replace(option, tries=0) for option in topic.options)
    return replace(
        topic,
        visits=visits,
        options=options,
        tally=Frozen(topic.tally),
        entered_at=NOW,
        due_at=NOW + timedelta(days=1),
        seats=SEATS,
    )


def everything(
    procedure: Procedure, topic: TopicNow
) -> Iterator[tuple[str, f.Facts | None, Advanced | Refusal]]:
    """Every act with every kind of facts, in time and late."""
    stage = procedure.stage(topic.stage)
    assert stage is not None
    for act in sorted({act for acts in ACTS.values() for act in acts}):
        # An act of another kind of stage is refused for its place, before its facts are read.
        many = None if act in ACTS[stage.kind] else 1
        for facts, now in islice(tried(act, stage, topic), many):
            yield act, facts, step(procedure, topic, act, facts, now)
    for now in (NOW, NOW + timedelta(days=2)):
        yield "topic.lapse", None, lapse(procedure, topic, now)


def tried(act: str, stage: Stage, topic: TopicNow) -> Iterator[tuple[f.Facts, datetime]]:
    """Facts an act may bring: what is enough, exactly enough, one below, and nonsense."""
    for facts in _facts(act, stage, topic):
        for attached in (PAPERS, frozenset[Paper]()):
            yield replace(facts, attached=attached), NOW
    if act in WAIT:
        for facts in _facts(act, stage, topic):
            yield replace(facts, attached=PAPERS), LONG_AFTER


def _facts(act: str, stage: Stage, topic: TopicNow) -> Iterator[f.Facts]:
    bodies = stage.decides or (stage.lead,)
    match act:
        case "topic.collect":
            least = stage.least.number if stage.least else 1
            heard = int(str(topic.tally.get("people", 0)))
            if heard < least or stage.kind is not StageKind.COLLECT:
                yield f.Heard(people=least - heard)
                yield f.Heard(people=max(1, least - heard - 1))
            yield f.Heard(people=0)
        case "topic.end_collecting" | "topic.end_posting":
            for reached in (2, 1) if stage.doors else (2,):
                yield f.Closing(buildings=2, reached=reached)
        case "topic.screen":
            yield f.Screened(fit=True)
            for ground in (*stage.grounds, "no such ground"):
                yield f.Screened(fit=False, ground=ground)
        case "topic.confer":
            for here in presences(stage):
                for yes in {need(stage, here) - 1, need(stage, here), here + 1}:
                    for option in ("", "fund"):
                        yield f.Conferred(
                            present=dict.fromkeys(bodies, here),
                            agreed=dict.fromkeys(bodies, yes),
                            words="议过了",
                            dissent="有人不同意",
                            option=option,
                        )
            yield f.Conferred(present={}, agreed={}, words="")
        case "topic.meet":
            for here in presences(stage):
                for came in (frozenset(BodyKind), frozenset[BodyKind]()):
                    for agreed, settled in ((True, False), (False, False), (False, True)):
                        for option in ("", "fund"):
                            yield f.Met(
                                came=came, present=dict.fromkeys(bodies, here), people=12,
                                words="谈过了", agreed=agreed, settled=settled, option=option,
                            )  # fmt: skip
        case "topic.post":
            yield f.Posted(until_at=NOW + timedelta(days=7), where="楼道口")
            yield f.Posted(until_at=NOW + timedelta(days=7), where="")
        case "topic.comment" | "topic.object":
            if not topic.tally.get("voices"):
                yield f.Voiced(words="我有话说")
            yield f.Voiced(words="")
        case "topic.answer_comment" | "topic.rule_objection":
            yield f.Answered(words="答复")
            yield f.Answered(words="答复", upheld=True)
        case "topic.consent":
            for body in (*stage.asked, BodyKind.ADVISERS):
                yield f.Consented(body=body, yes=True)
                yield f.Consented(body=body, yes=False, words="不同意")
        case "topic.count" | "topic.confirm":
            yield from _counts(act, stage, bodies)
        case "topic.assign":
            yield f.Assigned(unit="u", not_before=SOON if stage.period else None)
            yield f.Assigned(unit="u", option="b")
            yield f.Assigned(unit="u", option="fund")
        case "topic.report_done":
            yield f.CarriedOut(done=True, words="办好了")
            yield f.CarriedOut(done=True, words="")
            yield f.CarriedOut(done=True, words="办好了", excused=True)
        case "topic.report_failed":
            yield f.CarriedOut(done=False, words="办不成")
            yield f.CarriedOut(done=False, words="")
        case "topic.accept":
            least = stage.least.number if stage.least else 1
            for number in (least, least - 1):
                for fit in (True, False):
                    yield f.Inspected(inspectors=number, fit=fit, words="看过了")
        case "topic.publish":
            yield f.Published(words="公布")
            yield f.Published(words=" ")
        case "topic.appraise":
            least = stage.least.number if stage.least else 1
            yield f.Appraised(satisfied=least, basically=0, dissatisfied=0)
            yield f.Appraised(satisfied=0, basically=0, dissatisfied=least)
            yield f.Appraised(satisfied=0, basically=0, dissatisfied=0)
        case _:
            yield from room_facts(act, stage, topic)


def _counts(act: str, stage: Stage, bodies: tuple[BodyKind, ...]) -> Iterator[f.Counted]:
    tellers = ("one",) if act == "topic.count" else ("one", "two")
    for by in tellers:
        for here in presences(stage):
            bar = need(stage, here)
            for yes in ((bar, bar), (max(0, bar - 1), bar), (max(0, bar - 1), 0)):
                votes = {uid: (n, here - n, 0) for uid, n in zip("ab", yes, strict=True)}
                yield f.Counted(present=dict.fromkeys(bodies, here), votes=votes, by=by)
        yield f.Counted(present=dict.fromkeys(bodies, 10), votes={"fund": (10, 0, 0)}, by=by)
        yield f.Counted(present=dict.fromkeys(bodies, 10), votes={"a": (10, 1, 0)}, by=by)


def presences(stage: Stage) -> list[int]:
    """Exactly the quorum, one below it, one more than have a seat; all, where seats decide."""
    quorum = stage.quorum.need(10) if stage.quorum else 1
    of_seats = stage.threshold is not None and stage.threshold.of == "seats"
    return sorted({quorum, max(0, quorum - 1), 11, *([10] if of_seats else [])})


def need(stage: Stage, here: int) -> int:
    """How many have to be for it."""
    if stage.threshold is None:
        return here
    return stage.threshold.need(10 if stage.threshold.of == "seats" else here)
