"""Where a topic stands in one line: what it came through, where it is, what lies before it."""

from __future__ import annotations

from collections.abc import Mapping

from yishi.core.method.chart_place import line_from, main_line
from yishi.core.method.chart_shape import Mark
from yishi.core.method.language import Procedure


def step_line(
    procedure: Procedure, here: str, visited: Mapping[str, int]
) -> tuple[tuple[str, Mark], ...]:
    """Stages and ends with their marks: those of the main line the topic came through, where it
    stands, and the way on if all passes. Without a topic (`here` empty) the main line, unmarked.

    A stage it fell back behind lies before it again, though it was there once.
    """
    main = main_line(procedure)
    if not here:
        return tuple((id, Mark.NONE) for id in main)
    onward = line_from(procedure, here)
    behind = main[: main.index(here)] if here in main else main
    done = [id for id in behind if visited.get(id) and id not in onward]
    return (
        *((id, Mark.DONE) for id in done),
        (here, Mark.HERE),
        *((id, Mark.TO_COME) for id in onward[1:]),
    )
