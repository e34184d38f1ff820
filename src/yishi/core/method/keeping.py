"""Whether a method keeps what stands above it (底线). Source: norms.md §2, Layers of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yishi.core.method.fault import Fault
from yishi.core.method.floors import Floors
from yishi.core.method.graph import paths_from, ways
from yishi.core.method.language import Method, Stage, StageKind
from yishi.core.method.measure import Bar, Limit


def keeps(method: Method, layers: Iterable[Floors]) -> tuple[Fault, ...]:
    """Everything a method asks less for than one of the layers; empty where it keeps them all.

    A vote's quorum and threshold are each at least as strict as every floor of a body that
    decides in it, counted of the same whole; a notice runs at least as long as any floor of the
    same kind of time, and one of another kind is not compared but refused.
    """
    layers = tuple(layers)
    found = []
    for procedure in method.procedures:
        paths = paths_from((procedure.first.id,), ways(procedure))
        for stage in procedure.stages:
            path = paths.get(stage.id, (stage.id,))
            for floors in layers:
                for code, have, need, source in _stage(stage, floors):
                    fault = Fault(code, procedure.id, stage.id, path, have, (need,), source)
                    found.append(fault)
    return tuple(dict.fromkeys(found))


def _stage(stage: Stage, floors: Floors) -> Iterator[tuple[str, object, object, str]]:
    if stage.kind is StageKind.VOTE:
        for body in stage.decides:
            floor = floors.body(body)
            if floor is None:
                continue
            yield from _bar("quorum", stage.quorum, floor.quorum)
            # A ballot of projects has no for and against: who wins is counted within the money.
            if not (stage.voting and stage.voting.ballot):
                yield from _bar("threshold", stage.threshold, floor.threshold)
    if stage.kind is StageKind.NOTICE and stage.period is not None and floors.notice is not None:
        yield from _notice(stage.period, floors.notice)


def _bar(
    name: str, bar: Bar | None, floor: Bar | None
) -> Iterator[tuple[str, object, object, str]]:
    if floor is None:
        return
    if bar is not None and bar.of is not floor.of:
        yield f"{name}_of_other", bar, floor, floor.source
    elif bar is None or not is_as_strict(bar, floor):
        yield f"{name}_below_floor", bar, floor, floor.source


def is_as_strict(bar: Bar, floor: Bar) -> bool:
    """Whether whatever reaches `bar` reaches `floor` too, of any whole; exact, no rounding."""
    if bar.share != floor.share:
        return bar.share > floor.share
    return bar.more_than or not floor.more_than


def _notice(period: Limit, floor: Limit) -> Iterator[tuple[str, object, object, str]]:
    if period.span.kind is not floor.span.kind:
        yield "notice_other_kind", period, floor, floor.source
    elif period.span.length < floor.span.length:
        yield "notice_below_floor", period, floor, floor.source
