"""Ways through a procedure: what can be reached, by which shortest path, and what goes round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from yishi.core.method.language import Edge, Procedure, Stage

Ways = Mapping[str, tuple[str, ...]]
"""id → the ids one step further, each once. An end leads nowhere."""


def everywhere(stage: Stage, edge: Edge) -> bool:
    """Every edge is gone along."""
    return True


def ways(procedure: Procedure, kept: Callable[[Stage, Edge], bool] = everywhere) -> Ways:
    """Where each stage leads, by the edges that are `kept`; targets that do not exist left out."""
    known = {stage.id for stage in procedure.stages} | {end.id for end in procedure.ends}
    return {
        stage.id: tuple(
            dict.fromkeys(
                target for edge, target in stage.to.items() if target in known and kept(stage, edge)
            )
        )
        for stage in procedure.stages
    }


class Paths(Mapping[str, tuple[str, ...]]):
    """id → a shortest path to it, both ends included; put together when it is asked for."""

    def __init__(self, came_from: dict[str, str]) -> None:
        self._came_from = came_from

    def __getitem__(self, id: str) -> tuple[str, ...]:
        path = [id]
        while (before := self._came_from[path[-1]]) != path[-1]:
            path.append(before)
        return tuple(reversed(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._came_from)

    def __len__(self) -> int:
        return len(self._came_from)

    def __contains__(self, id: object) -> bool:
        return id in self._came_from


def paths_from(start: Iterable[str], found: Ways) -> Paths:
    """Everything reached from `start`, nearest first, with a shortest path to each."""
    came_from = {id: id for id in start}
    waiting = list(came_from)
    for here in waiting:
        for there in found.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return Paths(came_from)


def cycles(found: Ways) -> tuple[tuple[str, ...], ...]:
    """Cycles that between them touch every id that is on any; each begins and ends with the same
    id and is a shortest one through it."""
    left = _going_on(found) & _going_on(backwards(found))
    inner = {id: tuple(to for to in found[id] if to in left) for id in found if id in left}
    rings: list[tuple[str, ...]] = []
    told: set[str] = set()
    for id in inner:
        if id in told:
            continue
        back = paths_from(inner[id], inner).get(id)
        if back is not None:
            rings.append((id, *back))
            told.update(back)
    return tuple(rings)


def _going_on(found: Ways) -> frozenset[str]:
    """Ids whose ways do not all come to a stop: every cycle, and what leads to one. A long
    straight procedure has none, and is not walked again and again."""
    before = backwards(found)
    ways_left = {id: len(found.get(id, ())) for id in {*found, *before}}
    stopped = [id for id, left in ways_left.items() if not left]
    for id in stopped:
        for here in before.get(id, ()):
            ways_left[here] -= 1
            if not ways_left[here]:
                stopped.append(here)
    return frozenset(ways_left) - frozenset(stopped)


def backwards(found: Ways) -> Ways:
    """Every way turned round."""
    before: dict[str, list[str]] = {}
    for here, targets in found.items():
        for there in targets:
            before.setdefault(there, []).append(here)
    return {there: tuple(here) for there, here in before.items()}


def leading_to(goals: Iterable[str], found: Ways) -> frozenset[str]:
    """Every id from which one of `goals` can be reached, the goals included."""
    return frozenset(paths_from(goals, backwards(found)))


def ids_of(procedure: Procedure, holds: Callable[[Stage], bool]) -> tuple[str, ...]:
    """The stages of which something holds, in their order."""
    return tuple(stage.id for stage in procedure.stages if holds(stage))
