"""The dispatcher's acts: refuse, accept, set aside as a topic, dispatch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from yishi.acts.apply import HeldCase, Plan
from yishi.acts.case.act import act_on
from yishi.acts.door import Ask, Done
from yishi.core.calendar import Span, SpanKind
from yishi.core.case import intake
from yishi.core.place import COMMUNITY_BODIES, GENERIC_BODIES, HANDLES
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Assignment, Body, Case, DutyRow
from yishi.records.queries.duty import standing_on
from yishi.records.queries.rule import InForce, today_of


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
        row = duty_row(held, duty_uid, today_of(ask.now))
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
) -> Done | Refusal:
    """Given to the units the responsibility list names, which the case keeps with the row.

    `lead_uid` is needed only where the list names nobody in particular (各产权单位); `co_uids`
    are further co-handlers; `urgent` gives it the urgent limit. Refuses with `item_missing`,
    `lead_missing` (the list leaves the lead open and none was chosen), `lead_not_listed`,
    `unit_unknown`.
    """

    def decide(held: HeldCase, rules: InForce) -> Plan | Refusal:
        row = duty_row(held, duty_uid, today_of(ask.now))
        if isinstance(row, Refusal):
            return row
        bodies = find_bodies(held.locked.case, row, lead_uid, co_uids)
        if isinstance(bodies, Refusal):
            return bodies
        lead, co = bodies[0], bodies[1:]
        duty = intake.Duty(
            row.uid,
            row.title,
            lead.name,
            lead.pk,
            tuple((body.pk, body.name) for body in co),
            Span(row.limit_length, SpanKind(row.limit_kind)) if row.limit_length else None,
            lead.kind in COMMUNITY_BODIES,
        )
        now = replace(held.locked.now, urgent=urgent or held.locked.now.urgent)
        advanced = intake.dispatch(now, duty, rules.terms, ask.now)
        if isinstance(advanced, Refusal):
            return advanced
        works = [
            Assignment(
                uid=new_uid(ask.entropy),
                case=held.locked.case,
                unit=body,
                is_lead=index == 0,
                dispatched_at=ask.now,
            )
            for index, body in enumerate(bodies)
        ]
        values = {
            "item": row.code,
            "item_title": row.title,
            "duty_id": row.pk,
            "lead_id": lead.pk,
            "urgent": now.urgent,
            "kind": intake.kind_of(duty.lead_is_community),
        }
        return Plan(advanced, values | first_asked(ask, held.locked.case), works)

    return act_on(ask, "case.dispatch", case_uid, decide)


def first_asked(ask: Ask, case: Case) -> dict[str, object]:
    """The first member of staff who takes a matter up is named with it (首问负责)."""
    return {} if case.first_asked_id else {"first_asked_id": ask.actor.person_id}


def duty_row(held: HeldCase, uid: str, day: date) -> DutyRow | Refusal:
    """The row `uid` of a list in force where the case is, on `day`. Refuses with `item_missing`."""
    if not uid:
        return Refusal("item_missing", source="norms.md §1 Responsibility list")
    row = (
        DutyRow.objects.filter(standing_on(day), uid=uid, place_id__in=held.locked.case.place.ids)
        .select_related("lead_body")
        .first()
    )
    return row or Refusal("item_unknown", have=uid, source="norms.md §1 Responsibility list")


def find_bodies(
    case: Case, row: DutyRow, lead_uid: str, co_uids: Sequence[str]
) -> list[Body] | Refusal:
    """Lead first, then co-handlers, each once. One query."""
    generic = {kind for name, kind in GENERIC_BODIES.items() if name in (row.lead, *row.co)}
    known = list(
        Body.objects.filter(kind__in=HANDLES, uid__in=[u for u in (lead_uid, *co_uids) if u])
        | Body.objects.filter(kind__in=HANDLES, name__in=[row.lead, *row.co])
        | Body.objects.filter(kind__in=generic, place_id__in=case.place.ids)
    )
    by_uid = {body.uid: body for body in known}
    lead = row.lead_body or _named(row.lead, case, known)
    chosen = by_uid.get(lead_uid)
    if lead_uid and chosen is None:
        return Refusal("unit_unknown", have=lead_uid)
    if lead is not None and chosen is not None and chosen.pk != lead.pk:
        return Refusal(
            "lead_not_listed", need=lead.name, have=chosen.name, source=row.basis or row.title
        )
    lead = lead or chosen
    if lead is None:
        return Refusal("lead_missing", need=row.lead, source=row.basis or row.title)
    bodies = [lead]
    for body in [_named(name, case, known) for name in row.co] + [by_uid.get(u) for u in co_uids]:
        if body is not None and body.pk not in [b.pk for b in bodies]:
            bodies.append(body)
    return bodies


def _named(name: str, case: Case, known: list[Body]) -> Body | None:
    """The body a list means by `name`: by that name, or of that kind nearest to the case."""
    exact = next((body for body in known if body.name == name), None)
    if exact is not None or name not in GENERIC_BODIES:
        return exact
    near = [b for b in known if b.kind == GENERIC_BODIES[name] and b.place_id in case.place.ids]
    estate = case.building.estate_id if case.building_id and case.building else None
    near.sort(
        key=lambda b: (b.estate_id == estate and estate is not None, b.place_id == case.place_id)
    )
    return near[-1] if near else None
