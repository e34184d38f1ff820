"""Whether a place has who a method calls for: a step nobody can take would never be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yishi.core.method.fault import Fault
from yishi.core.method.graph import paths_from, ways
from yishi.core.method.language import Method, Stage, Unit
from yishi.core.place import BodyKind


def fit(method: Method, seats: Mapping[BodyKind, int]) -> tuple[Fault, ...]:
    """What keeps a place from adopting a method. `seats`: the filled seats of each kind of body
    there; a kind that is not in it does not exist there.

    Every body that leads, carries, decides, is asked, must come or looks on has to be there
    (`body_missing`) with somebody appointed (`seat_empty`); who votes by a roll of residents,
    households or owners needs no seat.
    """
    return tuple(
        Fault(code, procedure, stage.id, path, body)
        for procedure, stage, path in _stages(method)
        for body in needed(stage)
        for code in _lack(seats.get(body), by_roll=body in _on_a_roll(stage))
    )


def may_lack(method: Method, seats: Mapping[BodyKind, int]) -> tuple[Fault, ...]:
    """Who would take part or observe and is not there (`party_missing`): said, and no hindrance;
    a place without a property firm may still deliberate."""
    return tuple(
        Fault("party_missing", procedure, stage.id, path, body)
        for procedure, stage, path in _stages(method)
        for body in stage.bodies
        if body not in needed(stage) and body not in seats
    )


def needed(stage: Stage) -> tuple[BodyKind, ...]:
    """The bodies without which the stage cannot be done, each once."""
    carry = (stage.carry,) if stage.carry else ()
    return tuple(
        dict.fromkeys(
            (
                stage.lead,
                *carry,
                *stage.decides,
                *stage.must_come,
                *stage.asked,
                *stage.watch,
            )
        )
    )


def _on_a_roll(stage: Stage) -> tuple[BodyKind, ...]:
    """The bodies whose roll is of people, households or owners, not of seats."""
    seated = stage.voting is None or stage.voting.unit is Unit.DELEGATE
    return () if seated else tuple(body for body in stage.decides if body is not stage.lead)


def _lack(filled: int | None, *, by_roll: bool) -> tuple[str, ...]:
    if filled is None:
        return ("body_missing",)
    return () if filled or by_roll else ("seat_empty",)


def _stages(method: Method) -> Iterator[tuple[str, Stage, tuple[str, ...]]]:
    for procedure in method.procedures:
        paths = paths_from((procedure.first.id,), ways(procedure))
        for stage in procedure.stages:
            yield procedure.id, stage, paths.get(stage.id, (stage.id,))
