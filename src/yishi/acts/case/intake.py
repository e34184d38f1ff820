"""The dispatcher's acts: refuse, accept, set aside as a topic, dispatch, split."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.case.burden import Guard
from yishi.acts.case.giving import duty_of, duty_row, find_bodies, new_works
from yishi.acts.door import Ask, Done
from yishi.core.case import intake, splitting
from yishi.core.case.splitting import Part
from yishi.core.place import COMMUNITY_BODIES
from yishi.core.refusal import Refusal
from yishi.records.models import Body, Case, DutyRow
from yishi.records.queries.rule import InForce, today_of


@dataclass(frozen=True)
class PartAsked:
    """One part as a form names it: its words, the uid of its row and, where that leaves it open,
    of its unit."""

    title: str
    duty: str
    unit: str = ""


def refuse(ask: Ask, case_uid: str, reason: str, words: str = "") -> Done | Refusal:
    """Not accepted, with the words and the route shown to the resident."""
    return act_on(
        ask,
        "case.refuse",
        case_uid,
        lambda held, rules: intake.refuse(held.locked.now, reason, words, rules.terms, ask.now),
        values=lambda held: first_asked(ask, held.locked.case),
    )


def accept(ask: Ask, case_uid: str, duty_uid: str) -> Done | Refusal:
    """Filed (立案) under an item of the responsibility list. Refuses with `item_missing`."""

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = duty_row(held.locked.case, duty_uid, today_of(ask.now))
        if isinstance(row, Refusal):
            return row
        advanced = intake.accept(held.locked.now, row.code, row.title)
        if isinstance(advanced, Refusal):
            return advanced
        values = {"item": row.code, "item_title": row.title, "duty_id": row.pk}
        return Plan(advanced, values | first_asked(ask, held.locked.case))

    return act_on(ask, "case.accept", case_uid, decide)


def set_aside(ask: Ask, case_uid: str, why: str) -> Done | Refusal:
    """Set aside as a topic; its answer clock runs."""
    return act_on(
        ask,
        "case.set_aside",
        case_uid,
        lambda held, rules: intake.set_aside(held.locked.now, why, rules.terms, ask.now),
        values=lambda held: first_asked(ask, held.locked.case),
    )


def dispatch(
    ask: Ask,
    case_uid: str,
    duty_uid: str,
    lead_uid: str = "",
    co_uids: Sequence[str] = (),
    *,
    urgent: bool = False,
    suggested: int | None = None,
) -> Done | Refusal:
    """Given to the units the responsibility list names, which the case keeps with the row.

    `lead_uid` is needed only where the list names nobody in particular (各产权单位); `co_uids`
    are further co-handlers; `urgent` gives it the urgent limit; `suggested` is the rank at which
    its item was suggested, 0 for not at all, where any was. Refuses with `item_missing`,
    `lead_missing` (the list leaves the lead open and none was chosen), `lead_not_listed`,
    `unit_unknown`, `duty_not_for_community` (counted, see `acts.case.burden`).
    """
    guard = Guard()

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = duty_row(held.locked.case, duty_uid, today_of(ask.now))
        if isinstance(row, Refusal):
            return row
        bodies = find_bodies(held.locked.case, row, lead_uid, co_uids)
        if isinstance(bodies, Refusal):
            return bodies
        if barred := guard.look(held.locked.case, row, bodies):
            return barred
        duty = duty_of(row, bodies)
        now = replace(held.locked.now, urgent=urgent or held.locked.now.urgent)
        advanced = intake.dispatch(now, duty, rules.terms, ask.now, suggested)
        if isinstance(advanced, Refusal):
            return advanced
        values = {
            "item": row.code,
            "item_title": row.title,
            "duty_id": row.pk,
            "lead_id": duty.lead_id,
            "urgent": now.urgent,
            "kind": intake.kind_of(duty.lead_is_community),
        }
        works = new_works(ask, held, bodies)
        return Plan(advanced, values | first_asked(ask, held.locked.case), works)

    return guard.count(ask, act_on(ask, "case.dispatch", case_uid, decide))


def split(ask: Ask, case_uid: str, parts: Sequence[PartAsked]) -> Done | Refusal:
    """拆分: each part to its own unit by its own row; the first part's unit leads a new case.

    Refuses as `core.case.splitting.split` does, and as `dispatch` for each part's unit.
    """
    guard = Guard()

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        case = held.locked.case
        rows: list[DutyRow] = []
        bodies: list[Body] = []
        made: list[Part] = []
        for part in parts:
            row = duty_row(case, part.duty, today_of(ask.now))
            if isinstance(row, Refusal):
                return row
            found = find_bodies(case, row, part.unit)
            if isinstance(found, Refusal):
                return found
            if barred := guard.look(case, row, found[:1]):
                return barred
            rows.append(row)
            bodies.append(found[0])
            unit = found[0]
            limit = duty_of(row, found).limit
            made.append(Part(part.title.strip(), row.uid, row.title, unit.pk, unit.name, limit))
        advanced = splitting.split(held.locked.now, tuple(made), rules.terms, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        works = new_works(ask, held, bodies, leads=not held.locked.assignments)
        for work, given, row in zip(works, made, rows, strict=True):
            work.title, work.duty = given.title, row
        if held.locked.assignments:
            return Plan(advanced, {}, works)
        values = {
            "item": rows[0].code,
            "item_title": rows[0].title,
            "duty_id": rows[0].pk,
            "lead_id": bodies[0].pk,
            "kind": intake.kind_of(bodies[0].kind in COMMUNITY_BODIES),
        }
        return Plan(advanced, values | first_asked(ask, case), works)

    return guard.count(ask, act_on(ask, "case.split", case_uid, decide))


def first_asked(ask: Ask, case: Case) -> dict[str, object]:
    """The first member of staff who takes a matter up is named with it (首问负责)."""
    return {} if case.first_asked_id else {"first_asked_id": ask.actor.person_id}
