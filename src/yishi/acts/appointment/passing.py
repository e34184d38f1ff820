"""Posts pass from one person to another: handing over takes a day, not a month."""

from collections.abc import Sequence
from datetime import date

from yishi.acts.appointment.post import held_by, hold, in_force, mark_staff, may_hold
from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.appointment import SEATS, Term, must_be_one_roll, must_end_forward
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Appointment, Person, Place


def hand_over(
    ask: Ask,
    place_uid: str,
    from_uid: str,
    to_uid: str,
    on: date,
    chosen: Sequence[str] | None = None,
) -> Done | Refusal:
    """What one person holds at a place and below passes to another on the day `on`, in one act.

    Without `chosen` (uids of appointments) everything held on that day passes. Each post ends
    for the one and begins for the other on `on`, and keeps its last day. Refuses with
    `not_found`, `same_person`, `not_active`, `self_appointment`, `nothing_to_hand_over`,
    `rolls_apart` (seats of the party's roll and of the residents' roll at once),
    `term_backwards` (a chosen post begins later), `already_ended`, `roles_apart`,
    `already_appointed`, `cross_ground_needed` (the ground was for the one who leaves: it does not
    pass); then nothing passes.
    """
    place = Place.objects.filter(uid=place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")

    def do() -> Written | Refusal:
        people = hold(from_uid, to_uid)
        giver, taker = people.get(from_uid), people.get(to_uid)
        if giver is None or taker is None:
            return Refusal("not_found", have="person")
        if giver == taker:
            return Refusal("same_person")
        held = held_by([giver.pk, taker.pk])
        here = [row for row in held.get(giver.pk, []) if row.place.line.startswith(place.line)]
        if chosen is None:
            passing = [row for row in here if in_force(row, on)]
        else:
            passing = [row for row in here if row.uid in set(chosen)]
            if len(passing) != len(set(chosen)):
                return Refusal("not_found", have="appointment")
        if not passing:
            return Refusal("nothing_to_hand_over", have=on, unit="day")
        refusal = must_be_one_roll(
            BodyKind(row.body.kind) for row in passing if row.body and row.role in SEATS
        )
        if refusal:
            return refusal
        own = held.get(taker.pk, [])
        new: list[Appointment] = []
        for row in passing:
            refusal = must_end_forward(Term(row.from_on, row.until_on), on)
            if refusal:
                return refusal
            given = _copy(row, taker, on, ask)
            refusal = may_hold(ask, given, [*own, *new])
            if refusal:
                return refusal
            new.append(given)
        for row in passing:
            row.until_on = on
        Appointment.objects.filter(pk__in=[row.pk for row in passing]).update(until_on=on)
        Appointment.objects.bulk_create(new)
        mark_staff([taker])
        facts: dict[str, int | str] = {"posts": len(new), "on": on.isoformat()}
        params = {"from": giver.uid, "to": taker.uid, "place": place.name, **facts}
        return Written(Event("appointment.handed_over", params, facts), [*passing, *new])

    return act_at(ask, "appointment.hand_over", place, "place", place.uid, do)


def _copy(row: Appointment, taker: Person, on: date, ask: Ask) -> Appointment:
    return Appointment(
        uid=new_uid(ask.entropy),
        person=taker,
        role=row.role,
        place=row.place,
        body=row.body,
        grouping=row.grouping,
        office=row.office,
        from_on=on,
        until_on=row.until_on,
        given_at=ask.now,
    )
