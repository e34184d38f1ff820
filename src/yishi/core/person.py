"""Who acts: a person wears the roles their appointments give, in a place and for a term."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an appointment lets a person be. `RESIDENT` and `SYSTEM` are never appointed."""

    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    COMMUNITY_DESK = "community_desk"
    DISPATCHER = "dispatcher"
    UNIT_HANDLER = "unit_handler"
    CALL_BACK_OFFICER = "call_back_officer"
    ARBITRATOR = "arbitrator"
    SUPERVISORY_OFFICER = "supervisory_officer"
    OVERSEER = "overseer"
    LEADER = "leader"
    SECRETARY = "secretary"
    CONVENER = "convener"
    MEMBER = "member"
    LEGAL_ADVISER = "legal_adviser"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


APPOINTED = tuple(r for r in Role if r not in (Role.RESIDENT, Role.SYSTEM))


class Level(StrEnum):
    """How far a person's identity is known. Source: norms.md §5, identity levels."""

    PHONE = "phone"
    RESIDENT = "resident"
    OWNER = "owner"


class SlipPurpose(StrEnum):
    """What a printed one-time slip is good for."""

    SIGN_IN = "sign_in"  # a resident signs in with it
    PASSWORD = "password"  # noqa: S105  staff set a new password with it
    FACTOR = "factor"  # stands for the second factor, once


@dataclass(frozen=True, slots=True)
class Seat:
    """One appointment in force: role, and where it holds.

    `line` is the place's line of ids from the district down, such as `1.4.9.`.
    """

    role: Role
    place_id: int
    line: str = ""
    body_id: int | None = None
    grouping_id: int | None = None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for an act. `person_id` is None for a visitor and for the system."""

    person_id: int | None = None
    seats: tuple[Seat, ...] = ()
    level: Level | None = None
    system: bool = False
    name: str = ""

    def roles(self) -> frozenset[Role]:
        """The roles this actor can speak in now."""
        if self.system:
            return frozenset({Role.SYSTEM})
        own = {Role.RESIDENT} if self.person_id is not None else set()
        return frozenset(own | {seat.role for seat in self.seats})

    def bodies(self) -> frozenset[int]:
        """The ids of the bodies this actor speaks for."""
        return frozenset(seat.body_id for seat in self.seats if seat.body_id is not None)

    def seats_as(self, role: Role) -> tuple[Seat, ...]:
        """The seats in which the actor has `role`."""
        return tuple(seat for seat in self.seats if seat.role == role)


VISITOR = Actor()
SYSTEM = Actor(system=True)
