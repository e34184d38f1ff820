"""One row of the permit table, and what it is asked of: the words, without any table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yishi.core.person import Role, Seat


class Scope(StrEnum):
    """How far a grant reaches from the seat that holds it."""

    OWN = "own"  # raised by the actor
    GRID = "grid"  # in the grid the seat is for
    PLACE = "place"  # in the place the seat is for, or below it
    UNIT = "unit"  # the seat's body has work on it
    CALLED = "called"  # help is called for in a place the seat's body belongs to
    DRAWN = "drawn"  # drawn by lot, and the committee of the seat's place is still to look
    PUBLIC = "public"  # signed off for publication
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Grant:
    """One row of the table. Empty `states` means every state."""

    act: str
    role: Role | None
    scope: Scope
    states: frozenset[StrEnum] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """What permission needs to know of the thing acted on.

    `path`: ids of the places from the district down. `parties`: part → ids of the persons who
    had that part in it (raised, handled, checked, drafted, reviewed). `called`: help is called
    for on it. `drawn`: the committee drew it by lot and has not looked yet.
    """

    state: StrEnum | None = None
    path: frozenset[int] = frozenset()
    grid: int | None = None
    units: frozenset[int] = frozenset()
    parties: Mapping[str, frozenset[int]] = field(default_factory=dict)
    public: bool = False
    called: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Permitted:
    """Yes, speaking in this role and, for an appointed role, from this seat."""

    role: Role | None
    seat: Seat | None = None


def rows(
    act: str,
    *grants: tuple[Role | None, Scope],
    states: Iterable[StrEnum] = (),
    unless: Iterable[str] = (),
) -> list[Grant]:
    """The rows of one act: each role and how far, all with the same states and exclusions."""
    return [Grant(act, r, s, frozenset(states), frozenset(unless)) for r, s in grants]
