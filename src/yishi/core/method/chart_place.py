"""Which row and column of the drawing each stage and end stands in, and what leads where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from yishi.core.method.language import Edge, End, Procedure, Stage


@dataclass(frozen=True, slots=True)
class Place:
    """Column 0 is the main line, column 1 what stands beside it."""

    column: int
    row: int


def arrows_of(procedure: Procedure) -> list[tuple[str, str, tuple[Edge, ...]]]:
    """(from, to, why), once for each pair, in the order of the stages. What leads to nothing that
    exists is left out: the checker names it."""
    known = _ids(procedure)
    found: dict[tuple[str, str], list[Edge]] = {}
    for stage in procedure.stages:
        for edge in Edge:
            if stage.to.get(edge) in known:
                found.setdefault((stage.id, stage.to[edge]), []).append(edge)
    return [(source, target, tuple(edges)) for (source, target), edges in found.items()]


def place_all(procedure: Procedure) -> Mapping[str, Place]:
    """The place of every stage and end: the main line, and beside it each row of stages that
    lead on to one another, as near as can be to where it is entered from."""
    main = _line(procedure, procedure.first.id, set())
    placed = {id: Place(0, row) for row, id in enumerate(main)}
    chains = _chains(procedure, main)
    wanted = [(_wanted(procedure, placed, chain[0]), chain) for chain in chains]
    ordered = [chain for _row, chain in sorted(wanted, key=lambda pair: pair[0])]
    rows = {chain[0]: row for row, chain in wanted}
    starts, free = [], 0
    for chain in ordered:
        starts.append(max(rows[chain[0]], free))
        free = starts[-1] + len(chain)
    # What would hang below the main line moves up as far as there is room.
    limit = max(len(main), sum(len(chain) for chain in ordered))
    for at in reversed(range(len(ordered))):
        starts[at] = min(starts[at], limit - len(ordered[at]))
        limit = starts[at]
    for start, chain in zip(starts, ordered, strict=True):
        placed |= {id: Place(1, start + down) for down, id in enumerate(chain)}
    return placed


def main_line(procedure: Procedure) -> tuple[str, ...]:
    """The stages, and at last the end, of a topic that passes everywhere."""
    return line_from(procedure, procedure.first.id)


def line_from(procedure: Procedure, first: str) -> tuple[str, ...]:
    """The same from any stage on, or the one end itself."""
    return tuple(_line(procedure, first, set()))


def nodes_of(procedure: Procedure) -> tuple[Stage | End, ...]:
    """Stages and ends, as the procedure has them."""
    return (*procedure.stages, *procedure.ends)


def _ids(procedure: Procedure) -> set[str]:
    return {node.id for node in nodes_of(procedure)}


def _line(procedure: Procedure, first: str, taken: Iterable[str]) -> list[str]:
    """From `first` on by passing, until an end or what is taken already."""
    known, seen = _ids(procedure), set(taken)
    found, at = [], first
    while at in known and at not in seen:
        found.append(at)
        seen.add(at)
        stage = procedure.stage(at)
        at = stage.to.get(Edge.PASS, "") if stage else ""
    return found


def _chains(procedure: Procedure, main: list[str]) -> list[list[str]]:
    """What is beside the main line, in the order in which it is first led to."""
    chains, taken, queue = [], set(main), list(main)
    while queue:
        stage = procedure.stage(queue.pop(0))
        for edge in Edge if stage else ():
            chain = _line(procedure, stage.to.get(edge, "") if stage else "", taken)
            if chain:
                chains.append(chain)
                taken.update(chain)
                queue.extend(chain)
    for node in nodes_of(procedure):
        chain = _line(procedure, node.id, taken)
        if chain:
            chains.append(chain)
            taken.update(chain)
    return chains


def _wanted(procedure: Procedure, placed: Mapping[str, Place], first: str) -> int:
    """The row in the middle of those that lead there; below all if none of the main line does."""
    rows = [
        placed[source].row
        for source, target, _edges in arrows_of(procedure)
        if target == first and source in placed
    ]
    return median_low(rows) if rows else len(placed)
