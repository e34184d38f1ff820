"""The order of a procedure: deliberated, then decided, then carried out, then accepted by others.

Source: practice C3 (协商在前，决策在后), C4 (falling back), G4 (no step may be skipped).
"""

from __future__ import annotations

from collections.abc import Iterator

from yishi.core.method.fault import Fault
from yishi.core.method.graph import ids_of, paths_from, ways
from yishi.core.method.language import Edge, Fallback, Procedure, Stage, StageKind
from yishi.core.method.room import DECIDES_NOTHING

CHOOSES = frozenset({StageKind.VOTE, StageKind.CONFER, StageKind.MEET})
DELIBERATES = frozenset({StageKind.CONFER, StageKind.MEET, StageKind.COMMENT})
DELIBERATION_FIRST = "practice C3"
NOT_ONESELF = "norms.md §1 Independence"


def in_order(procedure: Procedure) -> Iterator[Fault]:
    """Deliberated, then decided, then carried out, then accepted by others, on every way."""
    yield from _undeliberated(procedure)
    yield from _undecided(procedure)
    yield from _undone(procedure)
    yield from _judges_itself(procedure)
    yield from _falls_back(procedure)


def _undone(procedure: Procedure) -> Iterator[Fault]:
    """Nothing is accepted, and nothing ends as done, that was not carried out."""
    not_done = ways(procedure, lambda stage, edge: not _does(procedure, stage, edge))
    undone = paths_from((procedure.first.id,), not_done)
    doers = ids_of(procedure, lambda one: one.kind is StageKind.CARRY_OUT)
    for stage in procedure.stages:
        if stage.kind is StageKind.ACCEPT and stage.id in undone:
            path = undone[stage.id]
            yield Fault("accepted_undone", procedure.id, stage.id, path, None, doers)
    for end in procedure.ends:
        if end.carried_out and end.id in undone:
            yield Fault("end_not_carried_out", procedure.id, end.id, undone[end.id], None, doers)


def _undeliberated(procedure: Procedure) -> Iterator[Fault]:
    """No vote is come to past every deliberation. A round that was missed is none; that rounds
    were held and are used up, is one."""
    short = paths_from(
        (procedure.first.id,),
        ways(procedure, lambda one, edge: one.kind not in DELIBERATES or edge is Edge.LATE),
    )
    rounds = ids_of(procedure, lambda one: one.kind in DELIBERATES)
    for id in ids_of(procedure, lambda one: one.kind is StageKind.VOTE and one.id in short):
        yield Fault(
            "vote_undeliberated", procedure.id, id, short[id], None, rounds, DELIBERATION_FIRST
        )


def _undecided(procedure: Procedure) -> Iterator[Fault]:
    """Nothing is carried out that nobody decided, or that whoever was asked last did not pass."""
    choosing = ids_of(procedure, _chooses)
    paths = paths_from((procedure.first.id,), ways(procedure))
    undecided = ways(
        procedure,
        lambda one, edge: one.id not in choosing or edge not in (Edge.PASS, Edge.SETTLED),
    )
    for work in ids_of(procedure, lambda one: one.kind is StageKind.CARRY_OUT):
        for start in (procedure.first.id, *choosing):
            short = paths_from((start,), undecided)
            if start in paths and work in short:
                path = (*paths[start], *short[work][1:])
                yield Fault(
                    "carried_undecided", procedure.id, work, path, None, choosing,
                    DELIBERATION_FIRST,
                )  # fmt: skip
                break


def _chooses(stage: Stage) -> bool:
    """Whether something is decided there: not where people are only heard, advised or told, nor
    where only the rules of deciding are agreed."""
    return stage.kind in CHOOSES and stage.form not in DECIDES_NOTHING and not stage.rules_first


def _does(procedure: Procedure, stage: Stage, edge: Edge) -> bool:
    """Whether leaving so means that something has been done: carried out, or settled at once; a
    text is done once it is adopted by vote."""
    if procedure.text and stage.kind is StageKind.VOTE and edge is Edge.PASS:
        return True
    return (stage.kind is StageKind.CARRY_OUT and edge is Edge.PASS) or edge is Edge.SETTLED


def _judges_itself(procedure: Procedure) -> Iterator[Fault]:
    found = ways(procedure)
    for work in procedure.stages:
        if work.kind is not StageKind.CARRY_OUT:
            continue
        doers = (work.lead, *((work.carry,) if work.carry else ()))
        paths = paths_from((work.id,), found)
        for stage in procedure.stages:
            if stage.kind is StageKind.ACCEPT and stage.id in paths and stage.lead in doers:
                yield Fault(
                    "accepted_by_doer", procedure.id, stage.id, paths[stage.id], stage.lead,
                    (), NOT_ONESELF,
                )  # fmt: skip


def _falls_back(procedure: Procedure) -> Iterator[Fault]:
    """What falls back to whoever decided gets there. Source: practice C4."""
    found = ways(procedure)
    paths = paths_from((procedure.first.id,), found)
    choosing = ids_of(procedure, _chooses)
    for stage in procedure.stages:
        target = stage.to.get(Edge.FAIL, "")
        if stage.fallback is Fallback.BODY and not paths_from((target,), found).keys() & choosing:
            path = (*paths.get(stage.id, (stage.id,)), target)
            yield Fault(
                "fallback_undecided", procedure.id, stage.id, path, target, choosing, "practice C4"
            )
