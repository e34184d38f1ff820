"""A method is proved before it is published: no way through it can leave it, stay in it for ever,
skip its deliberation or end in silence.

Loops. A stage with `times` lets a topic in so often; after that whoever arrives is sent on to
`exhausted`. So a procedure ends on every way if, and only if, nothing goes round (a) among the
stages without `times`, and (b) where every stage with `times` leads to `exhausted` alone.
Source: practice C3 (seven strict steps), G4 (no step may be skipped); norms.md §2.
"""

from __future__ import annotations

from collections.abc import Iterator

from yishi.core.calendar import SpanKind
from yishi.core.method import room
from yishi.core.method.fault import Fault
from yishi.core.method.graph import cycles, ids_of, leading_to, paths_from, ways
from yishi.core.method.language import Edge, Method, Procedure, Stage, StageKind
from yishi.core.method.measure import Bar, Limit, Of
from yishi.core.method.order import in_order
from yishi.core.method.round_sound import round_faults
from yishi.core.vote.sound import voting_faults

# Where the other verdict has to lead elsewhere: a meeting or an appraisal may go on either way.
VERDICT_COUNTS = frozenset(
    {
        StageKind.SCREEN,
        StageKind.CONSENT,
        StageKind.VOTE,
        StageKind.NOTICE,
        StageKind.CARRY_OUT,
        StageKind.ACCEPT,
    }
)
HOURS_OF_DAY = 24


def check(method: Method) -> tuple[Fault, ...]:
    """Everything that keeps a method from being published; empty where it is sound."""
    return tuple(
        fault
        for part in (*(_procedure(one) for one in method.procedures), _sizes(method))
        for fault in part
    )


def _sizes(method: Method) -> Iterator[Fault]:
    known = tuple(one.id for one in method.procedures)
    for size in method.sizes:
        if size.procedure and size.procedure not in known:
            yield Fault("size_leads_nowhere", size.procedure, "", (), size.code, known)
    chosen = {size.procedure for size in method.sizes}
    for id in known:
        if id not in chosen:
            sizes = tuple(size.code for size in method.sizes)
            yield Fault("procedure_unchosen", id, "", (), id, sizes)


def _procedure(procedure: Procedure) -> Iterator[Fault]:
    unknown = tuple(_targets(procedure))
    yield from unknown
    if not unknown:  # what hangs in the air makes everything behind it look wrong too
        yield from _reached(procedure)
        yield from _bounded(procedure)
        yield from in_order(procedure)
        yield from room.of_procedure(procedure)
        yield from round_faults(procedure)
    paths = paths_from((procedure.first.id,), ways(procedure))
    for stage in procedure.stages:
        for code, have, allowed in _stage(stage):
            path = paths.get(stage.id, (stage.id,))
            yield Fault(code, procedure.id, stage.id, path, have, allowed)
        for code, have, allowed, source in room.of_stage(stage):
            path = paths.get(stage.id, (stage.id,))
            yield Fault(code, procedure.id, stage.id, path, have, allowed, source)


def _targets(procedure: Procedure) -> Iterator[Fault]:
    known = (*(one.id for one in procedure.stages), *(one.id for one in procedure.ends))
    paths = paths_from((procedure.first.id,), ways(procedure))
    for stage in procedure.stages:
        for edge, target in stage.to.items():
            if target not in known:
                path = (*paths.get(stage.id, (stage.id,)), target)
                yield Fault(
                    "target_unknown", procedure.id, stage.id, path, (edge.value, target), known
                )


def _reached(procedure: Procedure) -> Iterator[Fault]:
    """Everything is reached, every end through a stage that publishes it, and from everywhere."""
    found = ways(procedure)
    paths = paths_from((procedure.first.id,), found)
    ends = tuple(end.id for end in procedure.ends)
    for stage in procedure.stages:
        if stage.id not in paths:
            yield Fault("stage_unreached", procedure.id, stage.id, (stage.id,))
    for end in ends:
        if end not in paths:
            yield Fault("end_unreached", procedure.id, end, (end,))
    for stage in procedure.stages:
        if stage.id not in paths:
            continue
        for edge, target in stage.to.items():
            if target in ends and (stage.kind, edge) != (StageKind.PUBLISH, Edge.PASS):
                have = (stage.kind.value, edge.value)
                path = (*paths[stage.id], target)
                publishing = ids_of(procedure, lambda one: one.kind is StageKind.PUBLISH)
                yield Fault("end_unpublished", procedure.id, stage.id, path, have, publishing)
    open_ = leading_to(ends, found)
    stuck = next((id for id in paths if id not in open_), None)
    if stuck is not None:
        yield Fault("no_way_out", procedure.id, stuck, paths[stuck], None, ends)


def _bounded(procedure: Procedure) -> Iterator[Fault]:
    """Nothing goes round for ever."""
    counted = ids_of(procedure, lambda one: one.times is not None)
    for ring in cycles(ways(procedure, lambda stage, edge: stage.id not in counted)):
        yield Fault("loop_unbounded", procedure.id, ring[0], ring, None, ring[:-1])
    spent = ways(
        procedure,
        lambda stage, edge: stage.id not in counted or edge is Edge.EXHAUSTED,
    )
    for ring in cycles(spent):
        stage = next((id for id in ring if id in counted), None)
        if stage is not None:
            yield Fault("exhausted_returns", procedure.id, stage, _turned(ring, stage))


def _turned(ring: tuple[str, ...], first: str) -> tuple[str, ...]:
    """The same cycle, beginning at `first`."""
    at = ring.index(first)
    return (*ring[at:-1], *ring[:at], first)


def _stage(stage: Stage) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """(code, have, allowed) of what is wrong with a stage by itself."""
    if stage.limit is None and stage.unlimited is None:
        yield "limit_missing", None, ("limit", "unlimited")
    if stage.limit is not None and stage.unlimited is not None:
        yield "limit_and_none", stage.limit, ("limit", "unlimited")
    if Edge.LATE in stage.to and stage.limit is None:
        yield "late_without_limit", stage.to[Edge.LATE], ("limit",)
    if stage.times is not None and Edge.EXHAUSTED not in stage.to:
        yield "exhausted_missing", stage.times.number, ("exhausted",)
    if stage.times is None and Edge.EXHAUSTED in stage.to:
        yield "times_missing", stage.to[Edge.EXHAUSTED], ("times",)
    if stage.kind is StageKind.COLLECT:
        key, other = ("period", "least") if stage.by_project else ("least", "period")
        if getattr(stage, key) is None:
            yield f"{key}_missing", None, (key,)
        if getattr(stage, other) is not None:
            yield "key_misplaced", other, (key,)
    if stage.kind is StageKind.VOTE:
        # Which projects win is counted within the money, and no share of votes decides it.
        names = ("quorum",) if stage.in_round else ("quorum", "threshold")
        for name in names:
            if getattr(stage, name) is None:
                yield "vote_without_" + name, None, (name,)
    for bar in (stage.quorum, stage.threshold):
        if bar is not None and not _can_be_missed_and_met(bar):
            yield "bar_empty", bar, ()
    if stage.quorum is not None and stage.quorum.of is Of.PRESENT:
        yield "quorum_of_present", stage.quorum, (Of.SEATS.value,)
    voting = stage.voting
    for period in (stage.period, *((voting.roll, voting.period) if voting else ())):
        if period is not None and stage.limit is not None and _longer(period, stage.limit):
            yield "period_longer", period, (stage.limit,)
    yield from voting_faults(stage)
    for body in stage.decides:
        if body in stage.observers:
            yield "observer_decides", body, tuple(one for one in stage.decides if one is not body)
    if stage.kind in VERDICT_COUNTS:
        for edge in (Edge.FAIL, Edge.OBJECTION):
            if edge in stage.to and stage.to[edge] == stage.to.get(Edge.PASS):
                yield "verdict_ignored", (edge.value, stage.to[edge]), ()


def _can_be_missed_and_met(bar: Bar) -> bool:
    """Nothing reaches more than the whole; and anything reaches at least nothing."""
    return bar.share < 1 if bar.more_than else bar.share > 0


def _longer(period: Limit, limit: Limit) -> bool:
    """Whether a period surely does not end before the limit; kinds that do not compare pass."""
    hours = {SpanKind.DAY: HOURS_OF_DAY, SpanKind.HOUR: 1}
    one, other = period.span, limit.span
    if one.kind is other.kind:
        return one.length > other.length
    if one.kind in hours and other.kind in hours:
        return one.length * hours[one.kind] > other.length * hours[other.kind]
    return False
