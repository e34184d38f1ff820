"""Who may hold which post: where, with which body and grouping, for what term, beside what else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yishi.core.person import APPOINTED, Role
from yishi.core.place import GroupingKind, PlaceKind
from yishi.core.refusal import Refusal

SEPARATE = "norms.md §5 等保 level 3"


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

    `body_line` is that of the body's place, "" without a body; `grouping_kind` and
    `grouping_place_id` likewise.
    """

    place_id: int
    place_kind: PlaceKind
    place_line: str
    body_line: str = ""
    grouping_kind: GroupingKind | None = None
    grouping_place_id: int | None = None


def must_fit_post(role: Role, where: Where) -> Refusal | None:
    """Refused: `role_not_appointed`, `community_needed`, `grid_needed`, `grid_elsewhere`,
    `body_needed`, `body_elsewhere`.

    A unit's handler sees all of the unit's work, so whoever appoints one must be over the unit's
    own place: the body lies in the appointment's place or below it.
    """
    if role not in APPOINTED:
        return Refusal("role_not_appointed", have=role)
    needs_community = role in (Role.GRID_WORKER, Role.COMMUNITY_DESK)
    if needs_community and where.place_kind != PlaceKind.COMMUNITY:
        return Refusal("community_needed", need=PlaceKind.COMMUNITY, have=where.place_kind)
    if role is Role.GRID_WORKER and where.grouping_kind != GroupingKind.GRID:
        return Refusal("grid_needed", need=GroupingKind.GRID, have=where.grouping_kind)
    if where.grouping_kind is not None and where.grouping_place_id != where.place_id:
        return Refusal("grid_elsewhere")
    if role is Role.UNIT_HANDLER and not where.body_line:
        return Refusal("body_needed")
    below = where.body_line.startswith(where.place_line)
    above = where.place_line.startswith(where.body_line)
    if where.body_line and not below and not (above and role is not Role.UNIT_HANDLER):
        return Refusal("body_elsewhere")
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
