"""Who may hold which post: where, with which body and grouping, for what term, beside what else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yishi.core.person import APPOINTED, Role
from yishi.core.place import (
    CROSSING,
    PARTY_ROLL,
    RESIDENTS_ROLL,
    SEATED,
    BodyKind,
    GroupingKind,
    PlaceKind,
)
from yishi.core.refusal import Refusal

SEPARATE = "norms.md §5 等保 level 3"
ELECTED = "practice.md G2"
# A seat in a body: the convener has one too, and speaks for the body.
SEATS = frozenset({Role.CONVENER, Role.MEMBER})
# Posts that are compared when somebody serves two of the bodies that may cross.
SERVES = SEATS | {Role.UNIT_HANDLER}
IN_COMMUNITY = frozenset(
    {Role.GRID_WORKER, Role.COMMUNITY_DESK, Role.SECRETARY, Role.LEGAL_ADVISER}
)


@dataclass(frozen=True, slots=True)
class Term:
    """From `from_on` until `until_on` (the first day without it), or without end."""

    from_on: date
    until_on: date | None = None

    def overlaps(self, other: Term) -> bool:
        """Whether both hold on some day. A term that ended the day it began never held."""
        if self.from_on == self.until_on or other.from_on == other.until_on:
            return False
        return (self.until_on is None or other.from_on < self.until_on) and (
            other.until_on is None or self.from_on < other.until_on
        )


@dataclass(frozen=True, slots=True)
class Post:
    """A role and where it is held: ids of place, body, grouping (None where it has none)."""

    role: Role
    place_id: int
    body_id: int | None = None
    grouping_id: int | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """What a post's place, body and grouping are. Lines are ids from the district down, `1.4.`.

    `body_line` and `body_kind` are of the body's place and the body, "" and None without one;
    `grouping_kind` and `grouping_place_id` likewise.
    """

    place_id: int
    place_kind: PlaceKind
    place_line: str
    body_line: str = ""
    grouping_kind: GroupingKind | None = None
    grouping_place_id: int | None = None
    body_kind: BodyKind | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """That somebody serves a body of a kind in a role, for a term."""

    role: Role
    kind: BodyKind | None
    term: Term


@dataclass(frozen=True, slots=True)
class Ground:
    """The topic a cross-appointment names: its number, the line of its community, and whether it
    ended with what was decided carried out and published."""

    number: str
    line: str
    carried: bool


def must_fit_post(role: Role, where: Where) -> Refusal | None:
    """Refused: `role_not_appointed`, `community_needed`, `grid_needed`, `grid_elsewhere`,
    `body_needed`, `seat_body_needed`, `body_without_seats`, `seat_elsewhere`, `body_elsewhere`.

    A unit's handler sees all of the unit's work, so whoever appoints one must be over the unit's
    own place: the body lies in the appointment's place or below it. A seat is held in the body's
    own place, so that it reaches no further than the body.
    """
    if role not in APPOINTED:
        return Refusal("role_not_appointed", have=role)
    if role in IN_COMMUNITY and where.place_kind != PlaceKind.COMMUNITY:
        return Refusal("community_needed", need=PlaceKind.COMMUNITY, have=where.place_kind)
    if role is Role.GRID_WORKER and where.grouping_kind != GroupingKind.GRID:
        return Refusal("grid_needed", need=GroupingKind.GRID, have=where.grouping_kind)
    if where.grouping_kind is not None and where.grouping_place_id != where.place_id:
        return Refusal("grid_elsewhere")
    if role is Role.UNIT_HANDLER and not where.body_line:
        return Refusal("body_needed")
    if role in SEATS:
        return _must_fit_seat(where)
    below = where.body_line.startswith(where.place_line)
    above = where.place_line.startswith(where.body_line)
    if where.body_line and not below and not (above and role is not Role.UNIT_HANDLER):
        return Refusal("body_elsewhere")
    return None


def _must_fit_seat(where: Where) -> Refusal | None:
    if not where.body_line:
        return Refusal("seat_body_needed", source=ELECTED)
    if where.body_kind not in SEATED:
        return Refusal("body_without_seats", have=where.body_kind)
    if where.body_line != where.place_line:
        return Refusal("seat_elsewhere")
    return None


def must_go_forward(term: Term) -> Refusal | None:
    """Refused: `term_backwards` (need: the day it begins, have: the day it ends)."""
    if term.until_on is not None and term.until_on <= term.from_on:
        return Refusal("term_backwards", need=term.from_on, have=term.until_on, unit="day")
    return None


def must_not_be_self(actor_id: int | None, person_id: int) -> Refusal | None:
    """Nobody appoints themself, not even an administrator. Refused: `self_appointment`."""
    if actor_id is not None and actor_id == person_id:
        return Refusal("self_appointment", source=SEPARATE)
    return None


def must_stay_apart(post: Post, term: Term, held: Iterable[tuple[Post, Term]]) -> Refusal | None:
    """Refused: `roles_apart` (have: the role held that excludes this one), `already_appointed`.

    Whoever keeps accounts of people and rules handles no cases, and whoever audits does nothing
    else. Source: norms.md §5, separated administrator, security and audit roles.
    """
    for other, during in held:
        if not term.overlaps(during):
            continue
        if other == post:
            return Refusal("already_appointed", have=during.from_on, unit="day")
        if not _go_together(post.role, other.role):
            return Refusal("roles_apart", need=post.role, have=other.role, source=SEPARATE)
    return None


def must_have_ground(
    service: Service, body_line: str, held: Iterable[Service], ground: Ground | None
) -> Refusal | None:
    """Refused: `cross_ground_needed`, `cross_topic_elsewhere`,
    `cross_topic_open`.

    Members of the residents' committee, the owners' committee and the property firm hold each
    other's posts only after a democratic procedure (交叉任职): whoever serves one of them and is
    given a post in another for the same time is given it on the ground of a topic of that
    community that ended carried out and published. `body_line` is the line of the body's place.
    A post that crosses nothing needs no ground; one that is named holds all the same, so that
    what the record shows is true. Source: practice.md G2.
    """
    if ground is None:
        crossed = _crossed(service, held)
        if crossed is None:
            return None
        return Refusal("cross_ground_needed", need=service.kind, have=crossed, source=ELECTED)
    if not ground.line.startswith(body_line):
        return Refusal("cross_topic_elsewhere", have=ground.number, source=ELECTED)
    if not ground.carried:
        return Refusal("cross_topic_open", have=ground.number, source=ELECTED)
    return None


def _crossed(service: Service, held: Iterable[Service]) -> BodyKind | None:
    """The kind of the other body that is served in the same time."""
    if service.role not in SERVES or service.kind not in CROSSING:
        return None
    for other in held:
        crosses = other.role in SERVES and other.kind in CROSSING and other.kind != service.kind
        if crosses and service.term.overlaps(other.term):
            return other.kind
    return None


def must_be_one_roll(seats: Iterable[BodyKind]) -> Refusal | None:
    """May seats in bodies of these kinds be filled in one act for one person?

    Party members elect the party committee, residents the residents' committee: a seat of the
    one is never filled along with a seat of the other. The seats of each body are separate, and
    a row of a list names exactly one body. Refused: `rolls_apart`. Source: practice.md G2.
    """
    kinds = sorted(set(seats))
    party = next((kind for kind in kinds if kind in PARTY_ROLL), None)
    residents = next((kind for kind in kinds if kind in RESIDENTS_ROLL), None)
    if party and residents:
        return Refusal("rolls_apart", need=party, have=residents, source=ELECTED)
    return None


def must_end_forward(term: Term, on: date) -> Refusal | None:
    """May this term end on `on`, the first day without it?

    Refused: `term_backwards` (it begins later than that), `already_ended` (it ends by then).
    """
    if on < term.from_on:
        return Refusal("term_backwards", need=term.from_on, have=on, unit="day")
    if term.until_on is not None and term.until_on <= on:
        return Refusal("already_ended", have=term.until_on, unit="day")
    return None


def _go_together(one: Role, other: Role) -> bool:
    if one == other:
        return True
    if Role.AUDITOR in (one, other):
        return False
    return Role.ADMINISTRATOR not in (one, other)
