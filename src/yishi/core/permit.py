"""Who may do what: one table of act × role × scope × states × unless. Default is no.

Each row stands with its noun, in `case/grants.py` and the like; joined here they are one table.
The same rows answer a single question (`permit`) and make the list filters (`reach`), so a list
never shows what a page would refuse. Source: norms.md §1, who may; architecture, decision 5.
"""

from yishi.core.case.grants import CASES
from yishi.core.grant import Grant, Permitted, Scope, Subject
from yishi.core.meeting.grants import MEETINGS
from yishi.core.method.grants import METHODS
from yishi.core.oversight_grants import OVERSIGHT
from yishi.core.person import Actor, Role, Seat
from yishi.core.place_grants import PLACES
from yishi.core.project.grants import PROJECTS
from yishi.core.project.works_grants import WORKS
from yishi.core.refusal import Refusal
from yishi.core.round.grants import ROUNDS
from yishi.core.topic.grants import TOPICS
from yishi.core.vote.grants import VOTES

__all__ = ["ACTS", "TABLE", "Grant", "Permitted", "Scope", "Subject", "grants", "permit", "reach"]

TABLE: tuple[Grant, ...] = (
    *CASES,
    *OVERSIGHT,
    *PLACES,
    *TOPICS,
    *METHODS,
    *VOTES,
    *MEETINGS,
    *ROUNDS,
    *WORKS,
    *PROJECTS,
)

ACTS: frozenset[str] = frozenset(row.act for row in TABLE)


def grants(act: str) -> tuple[Grant, ...]:
    """The rows for `act`. Raises KeyError for an act the table does not know: default is no."""
    rows = _BY_ACT.get(act)
    if rows is None:
        raise KeyError(f"{act} is not in the permit table")
    return rows


def permit(actor: Actor, act: str, subject: Subject) -> Permitted | Refusal:
    """May `actor` do `act` to `subject`? Permitted names the role and seat used.

    Refuses with `not_yours` (no grant reaches it), `not_now` (a grant reaches, the state does
    not allow it) or `not_independent` (the actor had a part that excludes this one).
    """
    refusal: Refusal | None = None
    for row in grants(act):
        seat = _reaching(actor, row, subject)
        if seat is None:
            continue
        barred = [
            part for part in sorted(row.unless) if actor.person_id in subject.parties.get(part, ())
        ]
        if row.states and subject.state not in row.states:
            refusal = refusal or Refusal(
                "not_now",
                need=tuple(sorted(row.states)),
                have=subject.state,
                unit="state",
                source="norms.md §1",
            )
        elif barred:
            refusal = Refusal(
                "not_independent", need=act, have=barred[0], source="norms.md §1 Independence"
            )
        else:
            return Permitted(row.role, seat if isinstance(seat, Seat) else None)
    return refusal or Refusal("not_yours", need=act, source="permit")


def reach(actor: Actor, act: str) -> tuple[tuple[Grant, Seat | None], ...]:
    """The rows of `act` this actor holds, each with the seat it holds from.

    A list shows a thing when any of them reaches it; `records.queries.permit` turns each into a
    condition, and a test compares the two on random data.
    """
    found: list[tuple[Grant, Seat | None]] = []
    roles = actor.roles()
    for row in grants(act):
        if row.role is None or row.role in (Role.RESIDENT, Role.SYSTEM):
            if row.role is None or row.role in roles:
                found.append((row, None))
        else:
            found.extend((row, seat) for seat in actor.seats_as(row.role))
    return tuple(found)


def _reaching(actor: Actor, row: Grant, subject: Subject) -> Seat | bool | None:
    """The seat from which `row` reaches `subject`; True where the role needs no seat."""
    if row.role is None:
        return True if row.scope is Scope.ALL or subject.public else None
    if row.role not in actor.roles():
        return None
    if row.role in (Role.RESIDENT, Role.SYSTEM):
        own = actor.person_id in subject.parties.get("raised", ())
        return True if row.scope is Scope.ALL or own else None
    for seat in actor.seats_as(row.role):
        if covers(seat, row.scope, subject):
            return seat
    return None


def covers(seat: Seat, scope: Scope, subject: Subject) -> bool:
    """Whether a grant of `scope` held from `seat` reaches `subject`."""
    match scope:
        case Scope.ALL:
            return True
        case Scope.PLACE:
            return seat.place_id in subject.path
        case Scope.GRID:
            return seat.grouping_id is not None and seat.grouping_id == subject.grid
        case Scope.UNIT:
            return seat.body_id is not None and seat.body_id in subject.units
        case Scope.CALLED:
            # A body that handles is at home in a place on the line of the case, or below it.
            return subject.called and seat.body_id is not None and seat.place_id in subject.path
        case Scope.DRAWN:
            return subject.drawn and seat.place_id in subject.path
        case _:
            return False


_BY_ACT: dict[str, tuple[Grant, ...]] = {
    act: tuple(row for row in TABLE if row.act == act) for act in sorted(ACTS)
}
