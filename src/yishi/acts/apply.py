"""Applies what core decided about a case: rows, clocks, hands, journal, outbox. Decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yishi.acts.door import Ask, Done, Stale
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced, SetClock, StartClock, UnitNotice
from yishi.core.permit import Permitted, Subject
from yishi.core.refusal import Refusal
from yishi.records.entropy import Entropy, new_uid
from yishi.records.index import index_case
from yishi.records.journal import Said, Speaker, write_entry
from yishi.records.models import (
    Assignment,
    BundleRow,
    Call,
    Case,
    Clock,
    Entry,
    Hand,
    Message,
)
from yishi.records.models.base import Kept
from yishi.records.prepared import insert
from yishi.records.queries.appointment import handlers_of
from yishi.records.queries.body import name_of
from yishi.records.queries.case import LockedCase, lock_case
from yishi.records.queries.clock import pauses_kept
from yishi.records.queries.rule import today_of
from yishi.tlog.leaf import Rule

NEW = "new:"
# Staff may be residents of the same case: what each is told stands apart.
TO_STAFF = "staff"


@dataclass
class HeldCase:
    """A locked case as the door holds it."""

    locked: LockedCase

    @property
    def subject(self) -> Subject:
        return self.locked.subject

    @property
    def version(self) -> int | None:
        return self.locked.case.version


def hold(uid: str) -> HeldCase | Refusal:
    """Locks the case `uid`. Refuses with `not_found`."""
    locked = lock_case(uid)
    return HeldCase(locked) if locked else Refusal("not_found", have="case")


@dataclass
class Plan:
    """A yes with the rows the act adds besides what core changes.

    `values` are further columns of the case; `works` new assignments, in the order core named
    them `new:0`, `new:1`; `after` rows are saved once the assignments are.
    """

    advanced: Advanced
    values: dict[str, object] = field(default_factory=dict)
    works: Sequence[Assignment] = ()
    after: Sequence[Kept] = ()
    claimed: Call | None = None


def write_plan(
    ask: Ask,
    act: str,
    held: HeldCase,
    plan: Plan,
    granted: Permitted,
    also: Sequence[Kept] = (),
) -> Done:
    """Applies a plan to a held case: claims its version, then writes everything else.

    `also`: rows the caller wrote in the same act, to be sealed with the others.
    """
    locked, advanced = held.locked, plan.advanced
    case, before = locked.case, CaseState(locked.case.state)
    touched: dict[tuple[str, str], tuple[Kept, set[str]]] = {}
    case_values = dict(plan.values)
    for change in advanced.changes:
        if change.row == "case":
            case_values |= change.values
            continue
        row = locked.row(change.row, change.uid)
        for name, value in change.values.items():
            setattr(row, name, value)
        touched.setdefault((change.row, change.uid), (row, set()))[1].update(change.values)
    _update(touched.values())
    for work in plan.works:
        work.save(force_insert=True)
    if plan.claimed is not None:
        plan.claimed.assignment = plan.works[0]
        plan.claimed.save(update_fields=["assignment"])
    by_uid = {work.uid: work for work in (*locked.assignments, *locked.ended)}
    ended = _set_clocks(locked.clocks, advanced.sets, by_uid, plan.works)
    started = _start_clocks(
        case, case.rules, advanced.starts, [*locked.assignments], plan.works, ask
    )
    _move(case, advanced.state or before, case_values, ask.now)
    head_clock([*locked.clocks, *started], case)
    _claim(case)
    for row in plan.after:
        row.save(force_insert=True)
    sealed = [
        case,
        *(row for row, _ in touched.values()),
        *plan.works,
        *plan.after,
        *also,
        *started,
        *ended,
    ]
    return finish(ask, act, locked, advanced, before, granted, sealed)


def finish(
    ask: Ask,
    act: str,
    locked: LockedCase,
    advanced: Advanced,
    before: CaseState | None,
    granted: Permitted,
    sealed: Iterable[Kept],
) -> Done:
    """The journal entry, the hand the actor had, and the messages: all in the same transaction."""
    case = locked.case
    speaker = speak(ask, case.uid, granted, advanced.part, locked.aliases, locked.parts)
    bundle = case.rules
    entry = write_entry(
        Said(
            act=act,
            code=advanced.event.code,
            kind="case",
            uid=case.uid,
            no=case.version,
            at=ask.now,
            speaker=speaker,
            before=before,
            after=case.state,
            rule=Rule(f"{bundle.kind}/{bundle.name}", bundle.version, bundle.sha256),
            params=advanced.event.params,
            facts=advanced.event.facts,
        ),
        sealed,
        ask.entropy,
    )
    Message.objects.bulk_create(
        [
            Message(
                entry=entry,
                recipient_id=notice.to,
                channel="in_app",
                template=notice.template,
                about=notice.about,
                params=dict(notice.params),
                not_before=notice.not_before or ask.now,
            )
            for notice in advanced.notices
        ]
        + _to_units(entry, case, advanced.unit_notices, ask.now)
    )
    index_case(case, ask.now)
    number = locked.reports[0].number if locked.reports else case.number
    return Done(case.uid, number, case.version, advanced.event.code)


def _to_units(
    entry: Entry, case: Case, notices: Sequence[UnitNotice], now: datetime
) -> list[Message]:
    """One message to each person who handles for a body that is told, whichever they are in."""
    if not notices:
        return []
    handlers = handlers_of([notice.body_id for notice in notices], today_of(now))
    first = {pk: notice for notice in reversed(notices) for pk in handlers[notice.body_id]}
    return [
        Message(
            entry=entry,
            recipient_id=pk,
            channel="in_app",
            template=notice.template,
            about=TO_STAFF,
            params={"number": case.number, **notice.params},
            not_before=now,
        )
        for pk, notice in sorted(first.items())
    ]


def speak(
    ask: Ask,
    subject_uid: str,
    granted: Permitted,
    part: str,
    aliases: dict[int, str],
    parts: frozenset[tuple[int, str]],
) -> Speaker:
    """Who the log says acted: one pseudonym per person and subject, kept with the part they had."""
    person = ask.actor.person_id
    role = str(granted.role or "visitor")
    if person is None:
        return Speaker(alias=role, role=role)
    alias = aliases.get(person) or new_uid(ask.entropy)
    part = part or "acted"
    if (person, part) not in parts:
        insert(Hand(subject_uid=subject_uid, person_id=person, part=part, alias=alias))
    seat = granted.seat
    unit = ""
    if seat is not None and seat.body_id is not None:
        unit = name_of(seat.body_id)
    return Speaker(alias, role, seat.office if seat else "", unit, person_id=person)


def new_clock_rows(
    case: Case, rules: BundleRow, starts: Sequence[StartClock], cause: str, entropy: Entropy
) -> list[Clock]:
    """Unsaved rows for the clocks a decision started; their assignment is set by the caller."""
    return [
        Clock(
            uid=new_uid(entropy),
            case=case,
            kind=start.clock.kind,
            state=start.clock.state,
            started_at=start.clock.started_at,
            span_length=start.clock.span.length,
            span_kind=start.clock.span.kind,
            due_at=start.clock.due_at,
            amber_at=start.clock.amber_at,
            # One that is held from the start was met when it started.
            ended_at=start.clock.started_at if start.clock.state == ClockState.HELD else None,
            calendar=start.clock.calendar,
            rules=rules,
            cause=cause,
        )
        for start in starts
    ]


def _update(touched: Iterable[tuple[Kept, set[str]]]) -> None:
    """Writes changed rows; those that get the same values in one statement.

    Who loses the lead is written before who gets it: there is one lead at a time.
    """
    groups: dict[tuple[type[Kept], str], tuple[dict[str, object], list[int]]] = {}
    for row, names in touched:
        values = {name: getattr(row, name) for name in sorted(names)}
        key = (type(row), repr(values))
        groups.setdefault(key, (values, []))[1].append(row.pk)
    for (model, _), (values, keys) in sorted(
        groups.items(), key=lambda group: group[1][0].get("is_lead") is True
    ):
        model._default_manager.filter(pk__in=keys).update(**values)


def _start_clocks(
    case: Case,
    rules: BundleRow,
    starts: Sequence[StartClock],
    old: list[Assignment],
    new: Sequence[Assignment],
    ask: Ask,
) -> list[Clock]:
    if not starts:
        return []
    rows = new_clock_rows(case, rules, starts, ask.key[:40], ask.entropy)
    by_uid = {work.uid: work for work in (*old, *new)}
    for start, row in zip(starts, rows, strict=True):
        if start.assignment.startswith(NEW):
            row.assignment = new[int(start.assignment.removeprefix(NEW))]
        elif start.assignment:
            row.assignment = by_uid[start.assignment]
    return Clock.objects.bulk_create(rows)


def _set_clocks(
    clocks: list[Clock],
    sets: Sequence[SetClock],
    works: dict[str, Assignment],
    new: Sequence[Assignment],
) -> list[Clock]:
    """Sets states and timings in memory, then in the database in one statement."""
    by_uid = {clock.uid: clock for clock in clocks}
    columns = {"state", "ended_at"}
    for change in sets:
        row = by_uid[change.uid]
        at = change.at if change.state in (ClockState.DONE, ClockState.STOPPED) else None
        # A held clock that ends was met when it was held: its time is the result's time.
        held = row.state == ClockState.HELD and row.ended_at is not None
        if not (held and at):
            row.ended_at = change.at if change.state == ClockState.HELD else at
        row.state = change.state
        if (timing := change.timing) is not None:
            columns |= TIMED
            row.span_length, row.span_kind = timing.span.length, timing.span.kind
            row.extended_by = timing.extended_by
            row.pauses = pauses_kept(timing.pauses, timing.open_pause)
            row.due_at, row.amber_at = timing.due_at, timing.amber_at
            row.calendar = timing.calendar
            if timing.assignment is not None:
                row.assignment = (
                    new[int(timing.assignment.removeprefix(NEW))]
                    if timing.assignment.startswith(NEW)
                    else works[timing.assignment]
                )
    changed = [by_uid[uid] for uid in dict.fromkeys(change.uid for change in sets)]
    if changed:
        Clock.objects.bulk_update(changed, sorted(columns))
    return changed


TIMED = {
    "span_length",
    "span_kind",
    "extended_by",
    "pauses",
    "due_at",
    "amber_at",
    "calendar",
    "assignment",
}


def head_clock(clocks: Iterable[Clock], case: Case) -> None:
    """The earliest running clock becomes the case's own; one that waits shows as waiting."""
    running = [c for c in clocks if c.state == ClockState.RUNNING and c.due_at is not None]
    first = min(running, key=lambda c: (c.due_at, c.kind), default=None)
    waits = any(c.state == ClockState.WAITS for c in clocks)
    case.due_at = first.due_at if first else None
    case.amber_at = first.amber_at if first else None
    case.due_kind = first.kind if first else (ClockKind.HANDLE if waits else "")


def _move(case: Case, state: str, values: dict[str, object], now: datetime) -> None:
    """State, the moments that go with it, and any further columns."""
    for name, value in values.items():
        setattr(case, name, value)
    if state != case.state:
        case.state = state
        match state:
            case CaseState.DISPATCHED:
                # A refused return, or a merger undone, brings back a state and gives no new date.
                case.dispatched_at = case.dispatched_at or now
            case CaseState.SETTLED:
                case.settled_at = now
            case CaseState.ANSWERED:
                case.answered_at = now
            case CaseState.CALLED_BACK | CaseState.REFUSED | CaseState.WITHDRAWN | CaseState.MERGED:
                case.closed_at = now
    case.is_open = CaseState(state).is_open
    if case.is_open:
        case.closed_at = None


CLAIMED = tuple(
    f.attname
    for f in Case._meta.concrete_fields
    if f.attname not in ("id", "uid", "number", "version", "filed_at", "rules_id", "place_id")
)


def _claim(case: Case) -> None:
    """Takes the version and writes the case in one statement. Raises Stale if it moved on."""
    values = {name: getattr(case, name) for name in CLAIMED}
    taken = Case.objects.filter(pk=case.pk, version=case.version).update(
        version=case.version + 1, **values
    )
    if not taken:
        raise Stale
    case.version += 1
