"""What is wrong with how a stage votes by roll, before the method is published.

Source: norms.md §2; architecture, decision 12.
"""

from __future__ import annotations

from collections.abc import Iterator

from yishi.core.method.language import Stage, Unit
from yishi.core.place import SEATED, BodyKind
from yishi.core.vote.now import Way


def voting_faults(stage: Stage) -> Iterator[tuple[str, object, tuple[object, ...]]]:
    """(code, have, allowed) of each fault of a stage's `voting`; a missing quorum or threshold is
    a fault of any vote and said there.

    `voting_ways_missing`, `voting_secret_hands` (everybody sees a hand), `voting_secret_owner`
    (an area tells whose ballot it is), `voting_owner_hands` (hands have no area),
    `voting_owner_body` and `voting_owner_only` (owners vote in the owners' assembly, and only
    owners there), `voting_delegate_seats` (a body without seats has no delegates).
    """
    voting = stage.voting
    if voting is None:
        return
    if not voting.ways and not voting.handed:
        yield "voting_ways_missing", None, tuple(way.value for way in Way)
    if voting.secret and Way.HANDS in voting.ways:
        yield "voting_secret_hands", Way.HANDS.value, _without_hands(voting.ways)
    if voting.unit is Unit.OWNER:
        if voting.secret:
            yield "voting_secret_owner", Unit.OWNER.value, ()
        if Way.HANDS in voting.ways:
            yield "voting_owner_hands", Way.HANDS.value, _without_hands(voting.ways)
        if BodyKind.OWNERS_ASSEMBLY not in stage.decides:
            yield "voting_owner_body", stage.decides, (BodyKind.OWNERS_ASSEMBLY,)
    elif BodyKind.OWNERS_ASSEMBLY in stage.decides and voting.unit is not Unit.DELEGATE:
        yield "voting_owner_only", voting.unit.value, (Unit.OWNER.value,)
    if voting.unit is Unit.DELEGATE:
        unseated = tuple(body for body in stage.decides if body not in SEATED)
        if unseated or not stage.decides:
            seated = tuple(sorted(SEATED))
            yield "voting_delegate_seats", unseated, seated


def _without_hands(ways: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(way for way in ways if way != Way.HANDS)
