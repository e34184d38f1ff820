"""Which bodies a row of the responsibility list means here, and the work they are given."""

from collections.abc import Sequence
from datetime import date

from yishi.acts.apply import HeldCase
from yishi.acts.door import Ask
from yishi.core.calendar import Span, SpanKind
from yishi.core.case.giving import Duty
from yishi.core.place import COMMUNITY_BODIES, GENERIC_BODIES, HANDLES
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Assignment, Body, Case, DutyRow
from yishi.records.queries.duty import standing_on


def duty_of(row: DutyRow, bodies: Sequence[Body]) -> Duty:
    """The row with its bodies found, as core decides by it."""
    lead, *co = bodies
    return Duty(
        row.uid,
        row.title,
        lead.name,
        lead.pk,
        tuple((body.pk, body.name) for body in co),
        Span(row.limit_length, SpanKind(row.limit_kind)) if row.limit_length else None,
        lead.kind in COMMUNITY_BODIES,
    )


def new_works(
    ask: Ask, held: HeldCase, bodies: Sequence[Body], *, leads: bool = True
) -> list[Assignment]:
    """Unsaved work for those of `bodies` that have none on the case yet.

    `leads`: the first of `bodies` is the lead from now on.
    """
    has = {row.unit_id for row in held.locked.assignments}
    return [
        Assignment(
            uid=new_uid(ask.entropy),
            case=held.locked.case,
            unit=body,
            is_lead=leads and index == 0,
            dispatched_at=ask.now,
        )
        for index, body in enumerate(bodies)
        if body.pk not in has
    ]


def duty_row(case: Case, uid: str, day: date) -> DutyRow | Refusal:
    """The row `uid` of a list in force where the case is, on `day`. Refuses with `item_missing`."""
    if not uid:
        return Refusal("item_missing", source="norms.md §1 Responsibility list")
    row = (
        DutyRow.objects.filter(standing_on(day), uid=uid, place_id__in=case.place.ids)
        .select_related("lead_body")
        .first()
    )
    return row or Refusal("item_unknown", have=uid, source="norms.md §1 Responsibility list")


def find_bodies(
    case: Case,
    row: DutyRow,
    lead_uid: str,
    co_uids: Sequence[str] = (),
    *,
    free: bool = False,
) -> list[Body] | Refusal:
    """Lead first, then co-handlers, each once. One query.

    `free`: whoever decides may name another lead and other co-handlers than the row does.
    """
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
    if free:
        lead = chosen or lead
    if lead is not None and chosen is not None and chosen.pk != lead.pk:
        return Refusal(
            "lead_not_listed", need=lead.name, have=chosen.name, source=row.basis or row.title
        )
    lead = lead or chosen
    if lead is None:
        return Refusal("lead_missing", need=row.lead, source=row.basis or row.title)
    bodies = [lead]
    listed = [] if free else [_named(name, case, known) for name in row.co]
    for body in listed + [by_uid.get(uid) for uid in co_uids]:
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
