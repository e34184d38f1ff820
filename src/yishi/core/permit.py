"""Who may do what: one table of act × role × scope × states × unless. Default is no.

The same rows answer a single question (`permit`) and make the list filters (`reach`), so a list
never shows what a page would refuse. Source: norms.md §1, who may; architecture, decision 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yishi.core.case.state import AWAITED, GIVEN, INTAKE, MOVABLE, STANDING, WORKING
from yishi.core.case.state import CaseState as S
from yishi.core.oversight import FINISHED
from yishi.core.person import Actor, Role, Seat
from yishi.core.refusal import Refusal


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
    states: frozenset[S] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """What permission needs to know of the thing acted on.

    `path`: ids of the places from the district down. `parties`: part → ids of the persons who
    had that part in it (raised, handled, checked, drafted, reviewed). `called`: help is called
    for on it. `drawn`: the committee drew it by lot and has not looked yet.
    """

    state: S | None = None
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


BEFORE_RESULT = frozenset({S.DISPATCHED, S.SIGNED, S.HANDLING})
OPEN = frozenset(s for s in S if s.is_open)
INVOLVED = frozenset({"handled"})

R = Role


def _rows(
    act: str,
    *grants: tuple[Role | None, Scope],
    states: Iterable[S] = (),
    unless: Iterable[str] = (),
) -> list[Grant]:
    return [Grant(act, r, s, frozenset(states), frozenset(unless)) for r, s in grants]


_STAFF_VIEW: tuple[tuple[Role | None, Scope], ...] = (
    (R.GRID_WORKER, Scope.GRID),
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.DISPATCHER, Scope.PLACE),
    (R.UNIT_HANDLER, Scope.UNIT),
    (R.CALL_BACK_OFFICER, Scope.PLACE),
    (R.ARBITRATOR, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
    (R.OVERSEER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)
_CLOSES: tuple[tuple[Role | None, Scope], ...] = (
    (R.COMMUNITY_DESK, Scope.PLACE),
    (R.DISPATCHER, Scope.PLACE),
    (R.SUPERVISORY_OFFICER, Scope.PLACE),
)
_OVERSIGHT: tuple[tuple[Role | None, Scope], ...] = (
    *_CLOSES,
    (R.OVERSEER, Scope.PLACE),
    (R.LEADER, Scope.PLACE),
)
_EVERYONE: tuple[tuple[Role | None, Scope], ...] = ((None, Scope.ALL),)

TABLE: tuple[Grant, ...] = tuple(
    row
    for rows in (
        # Reports: what one person raises
        _rows("report.file", (R.RESIDENT, Scope.ALL)),
        _rows("report.join", (R.RESIDENT, Scope.ALL), states=MOVABLE),
        _rows(
            "report.file_for",
            (R.GRID_WORKER, Scope.GRID),
            (R.COMMUNITY_DESK, Scope.PLACE),
            (R.DISPATCHER, Scope.PLACE),
        ),
        _rows("report.settle_on_spot", (R.GRID_WORKER, Scope.GRID)),
        _rows("report.view", (R.RESIDENT, Scope.OWN)),
        _rows("report.list", (R.RESIDENT, Scope.OWN)),
        _rows("message.list", (R.RESIDENT, Scope.OWN)),
        _rows("photo.view", (R.RESIDENT, Scope.OWN), *_STAFF_VIEW),
        _rows("report.rate", (R.RESIDENT, Scope.OWN), states=[S.ANSWERED]),
        _rows("report.still_unsolved", (R.RESIDENT, Scope.OWN), states=[S.ANSWERED]),
        _rows("report.urge", (R.RESIDENT, Scope.OWN), states=AWAITED),
        _rows("report.supplement", (R.RESIDENT, Scope.OWN), states=AWAITED),
        _rows("report.withdraw", (R.RESIDENT, Scope.OWN), states=INTAKE),
        _rows(
            "report.read_contact",
            (R.DISPATCHER, Scope.PLACE),
            (R.COMMUNITY_DESK, Scope.PLACE),
            states=[S.SUBMITTED, S.FILED, S.TOPIC],
        ),
        _rows("report.read_contact", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
        _rows("report.read_contact", (R.CALL_BACK_OFFICER, Scope.PLACE), states=[S.ANSWERED]),
        _rows("report.read_contact", (R.OVERSEER, Scope.DRAWN), states=FINISHED),
        # The line to a higher system: what it signed speaks as the system
        *(
            _rows(act, (R.ADMINISTRATOR, Scope.PLACE))
            for act in ("outside.add_system", "outside.end_system")
        ),
        *(
            _rows(act, (R.DISPATCHER, Scope.PLACE), (R.SYSTEM, Scope.ALL))
            for act in ("outside.receive", "outside.send_back")
        ),
        _rows("outside.list", (R.DISPATCHER, Scope.PLACE)),
        _rows("outside.view", (R.DISPATCHER, Scope.PLACE), (R.ADMINISTRATOR, Scope.PLACE)),
        # Cases: what is handled
        _rows("case.view", *_STAFF_VIEW),
        _rows("case.list", *_STAFF_VIEW),
        _rows("case.refuse", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED]),
        _rows("case.accept", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED]),
        _rows(
            "case.set_aside",
            (R.DISPATCHER, Scope.PLACE),
            (R.COMMUNITY_DESK, Scope.PLACE),
            states=[S.SUBMITTED, S.FILED],
        ),
        _rows("case.dispatch", (R.DISPATCHER, Scope.PLACE), states=[S.SUBMITTED, S.FILED, S.TOPIC]),
        _rows("case.split", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
        _rows("case.merge", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
        _rows("case.take_in", (R.DISPATCHER, Scope.PLACE), states=MOVABLE),
        _rows("case.unmerge", (R.DISPATCHER, Scope.PLACE), states=[S.MERGED]),
        _rows("case.let_go", (R.DISPATCHER, Scope.PLACE), states=AWAITED),
        # Call and answer: the community calls, bodies of the place claim (呼叫响应)
        *(
            _rows(
                act,
                (R.COMMUNITY_DESK, Scope.PLACE),
                (R.DISPATCHER, Scope.PLACE),
                (R.UNIT_HANDLER, Scope.UNIT),
                states=GIVEN,
            )
            for act in ("case.call", "case.end_call")
        ),
        _rows("case.claim", (R.UNIT_HANDLER, Scope.CALLED), states=GIVEN),
        _rows("call.list", (R.UNIT_HANDLER, Scope.CALLED)),
        # Returns and rulings
        _rows("case.ask_return", (R.UNIT_HANDLER, Scope.UNIT), states=BEFORE_RESULT),
        _rows("case.decide_return", (R.DISPATCHER, Scope.PLACE), states=[S.RETURNING, *GIVEN]),
        _rows("case.contest_return", (R.UNIT_HANDLER, Scope.UNIT), states=BEFORE_RESULT),
        _rows("case.rule", (R.ARBITRATOR, Scope.PLACE), states=[S.DISPUTED], unless=INVOLVED),
        # More time, or time that stands still: never decided by whoever handles it
        _rows("case.ask_extension", (R.UNIT_HANDLER, Scope.UNIT), states=GIVEN),
        _rows("case.decide_extension", (R.DISPATCHER, Scope.PLACE), states=GIVEN, unless=INVOLVED),
        _rows("case.ask_suspension", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
        _rows(
            "case.decide_suspension", (R.DISPATCHER, Scope.PLACE), states=WORKING, unless=INVOLVED
        ),
        _rows(
            "case.resume",
            (R.UNIT_HANDLER, Scope.UNIT),
            (R.DISPATCHER, Scope.PLACE),
            (R.SYSTEM, Scope.ALL),
            states=[S.SUSPENDED],
        ),
        _rows("case.interim", (R.UNIT_HANDLER, Scope.UNIT), states=GIVEN | STANDING),
        _rows("case.sign", (R.UNIT_HANDLER, Scope.UNIT), states=[S.DISPATCHED, *WORKING]),
        _rows("case.sign", (R.SYSTEM, Scope.ALL), states=[S.DISPATCHED, *WORKING]),
        _rows("case.contact", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
        _rows("case.submit_result", (R.UNIT_HANDLER, Scope.UNIT), states=WORKING),
        _rows(
            "case.check",
            (R.GRID_WORKER, Scope.GRID),
            (R.COMMUNITY_DESK, Scope.PLACE),
            (R.DISPATCHER, Scope.PLACE),
            states=[S.CHECKING],
            unless=INVOLVED,
        ),
        _rows("case.answer", (R.UNIT_HANDLER, Scope.UNIT), states=[S.SETTLED]),
        _rows("case.answer", (R.COMMUNITY_DESK, Scope.PLACE), states=[S.SETTLED, S.TOPIC]),
        _rows(
            "case.call_back",
            (R.CALL_BACK_OFFICER, Scope.PLACE),
            states=[S.ANSWERED],
            unless=INVOLVED,
        ),
        _rows(
            "case.still_unsolved",
            (R.CALL_BACK_OFFICER, Scope.PLACE),
            states=[S.ANSWERED],
            unless=INVOLVED,
        ),
        _rows("case.close_silent", (R.SYSTEM, Scope.ALL), states=[S.ANSWERED]),
        _rows("case.archive", (R.SYSTEM, Scope.ALL), states=[S.CALLED_BACK]),
        _rows("case.set_clock", (R.SYSTEM, Scope.ALL)),
        _rows("burden.record", (R.DISPATCHER, Scope.PLACE), (R.ARBITRATOR, Scope.PLACE)),
        *(
            _rows(
                act,
                *(
                    (role, Scope.PLACE)
                    for role in (
                        R.DISPATCHER,
                        R.ARBITRATOR,
                        R.SUPERVISORY_OFFICER,
                        R.LEADER,
                        R.COMMUNITY_DESK,
                    )
                ),
            )
            for act in ("request.list", "burden.list")
        ),
        _rows("request.list", (R.UNIT_HANDLER, Scope.UNIT)),
        # What a ruling would have the list say: read by the group, published by the administrator
        _rows("amendment.list", (R.ARBITRATOR, Scope.PLACE), (R.ADMINISTRATOR, Scope.PLACE)),
        _rows("duties.amend", (R.ADMINISTRATOR, Scope.PLACE)),
        _rows("duties.drop", (R.ADMINISTRATOR, Scope.PLACE)),
        # Supervision
        _rows("order.issue", (R.SUPERVISORY_OFFICER, Scope.PLACE), states=OPEN),
        _rows("order.answer", (R.UNIT_HANDLER, Scope.UNIT)),
        _rows("finding.record", (R.SUPERVISORY_OFFICER, Scope.PLACE), unless=INVOLVED),
        # The affairs supervisory committee: it looks and writes, and orders nobody
        _rows("oversight.sample", (R.OVERSEER, Scope.PLACE)),
        _rows("oversight.inspect", (R.OVERSEER, Scope.PLACE), states=FINISHED, unless=INVOLVED),
        _rows("opinion.write", (R.OVERSEER, Scope.PLACE)),
        _rows("opinion.reply", (R.UNIT_HANDLER, Scope.UNIT)),
        _rows("oversight.view", *_OVERSIGHT),
        *(
            _rows(act, *_OVERSIGHT, (R.UNIT_HANDLER, Scope.UNIT))
            for act in ("opinion.list", "order.list", "finding.list", "listed.list")
        ),
        _rows("duty.view", *_OVERSIGHT, (R.ADMINISTRATOR, Scope.PLACE)),
        # A rating left out of the rates: asked by one, decided by another
        _rows(
            "exclusion.ask",
            (R.UNIT_HANDLER, Scope.UNIT),
            (R.DISPATCHER, Scope.PLACE),
            (R.CALL_BACK_OFFICER, Scope.PLACE),
        ),
        _rows(
            "exclusion.decide", (R.SUPERVISORY_OFFICER, Scope.PLACE), unless=["asked", "handled"]
        ),
        _rows(
            "exclusion.list",
            *_OVERSIGHT,
            (R.CALL_BACK_OFFICER, Scope.PLACE),
            (R.UNIT_HANDLER, Scope.UNIT),
        ),
        # The dated list: who closes an entry never reported it done
        _rows("listed.open", *_CLOSES),
        _rows("listed.report_done", (R.UNIT_HANDLER, Scope.UNIT)),
        _rows("listed.close", *_CLOSES, unless=["reported"]),
        # 秒回: who drafts a text never puts it in force
        _rows("instant.draft", (R.DISPATCHER, Scope.PLACE), (R.COMMUNITY_DESK, Scope.PLACE)),
        *(
            _rows(
                act,
                (R.LEADER, Scope.PLACE),
                (R.SUPERVISORY_OFFICER, Scope.PLACE),
                unless=["drafted"],
            )
            for act in ("instant.approve", "instant.refuse")
        ),
        *(_rows(act, *_CLOSES, (R.LEADER, Scope.PLACE)) for act in ("instant.end", "instant.list")),
        # Forms of the trade: two hold name and phone, so they go where a contact may be read
        _rows("form.print", *_STAFF_VIEW),
        _rows("form.dossier", *_STAFF_VIEW),
        _rows("form.print_own", (R.RESIDENT, Scope.OWN)),
        _rows(
            "form.print_registration",
            (R.DISPATCHER, Scope.PLACE),
            (R.COMMUNITY_DESK, Scope.PLACE),
            states=INTAKE,
        ),
        _rows(
            "form.print_call_back",
            (R.CALL_BACK_OFFICER, Scope.PLACE),
            states=[S.ANSWERED, S.REDO, S.CALLED_BACK],
        ),
        _rows("form.set_template", (R.ADMINISTRATOR, Scope.PLACE)),
        # Publication of a case
        _rows(
            "publication.draft",
            (R.COMMUNITY_DESK, Scope.PLACE),
            (R.DISPATCHER, Scope.PLACE),
            states=[S.ANSWERED, S.CALLED_BACK, S.ARCHIVED],
        ),
        _rows(
            "publication.review",
            (R.DISPATCHER, Scope.PLACE),
            (R.SUPERVISORY_OFFICER, Scope.PLACE),
            unless=["drafted"],
        ),
        _rows("publication.sign_off", (R.LEADER, Scope.PLACE), unless=["drafted", "reviewed"]),
        _rows(
            "publication.take_down",
            (R.LEADER, Scope.PLACE),
            (R.DISPATCHER, Scope.PLACE),
            (R.COMMUNITY_DESK, Scope.PLACE),
        ),
        # Figures: counts are for staff of a place; the public board shows published ones
        _rows(
            "figures.view",
            *(
                (role, Scope.PLACE)
                for role in (
                    R.LEADER,
                    R.SUPERVISORY_OFFICER,
                    R.DISPATCHER,
                    R.COMMUNITY_DESK,
                    R.CALL_BACK_OFFICER,
                )
            ),
        ),
        # Sheets asked for from above: matters one by one, so only where one may see them
        _rows(
            "sheet.take",
            *(
                (role, Scope.PLACE)
                for role in (R.LEADER, R.SUPERVISORY_OFFICER, R.DISPATCHER, R.COMMUNITY_DESK)
            ),
        ),
        # Places, people, appointments, rules: the administrator; never casework
        *(
            _rows(act, (R.ADMINISTRATOR, Scope.PLACE))
            for act in ("place.view", "person.list", "rules.view")
        ),
        # … and by the operator at the machine itself, before there is an administrator
        *(
            _rows(act, (R.ADMINISTRATOR, Scope.PLACE), (R.SYSTEM, Scope.ALL))
            for act in (
                "place.load",
                "person.load",
                "appointment.give",
                "appointment.end",
                "appointment.hand_over",
                "appointment.load",
                "rules.load",
                "rules.adopt",
                "duties.load",
                "calendar.load",
                "case.import",
            )
        ),
        _rows("person.check", (R.COMMUNITY_DESK, Scope.PLACE)),
        _rows("person.sign_slip", (R.COMMUNITY_DESK, Scope.PLACE)),
        _rows("person.staff_slip", (R.ADMINISTRATOR, Scope.PLACE), (R.SYSTEM, Scope.ALL)),
        _rows("account.join", *_EVERYONE),
        _rows("account.correct", (R.RESIDENT, Scope.ALL)),
        _rows("account.erase", (R.RESIDENT, Scope.ALL)),
        _rows("account.set_address", (R.RESIDENT, Scope.ALL)),
        _rows("account.set_wishes", (R.RESIDENT, Scope.ALL)),
        _rows("audit.view", (R.AUDITOR, Scope.PLACE)),
        # Open to anyone
        *(
            _rows(act, *_EVERYONE)
            for act in (
                "home.view",
                "board.view",
                "record.view",
                "prefs.set",
                "account.use",
                "help.view",
                "health.view",
            )
        ),
        _rows("publication.view", (None, Scope.PUBLIC)),
        _rows("work.view", *((role, Scope.ALL) for role in R if role != R.SYSTEM)),
    )
    for row in rows
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
