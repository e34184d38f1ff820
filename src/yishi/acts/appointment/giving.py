"""A post is given to somebody, or ended."""

from dataclasses import dataclass
from datetime import date

from yishi.acts.appointment.post import held_by, hold, mark_staff, may_hold
from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.appointment import Term, must_end_forward
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Appointment, Body, Grouping, Place


@dataclass(frozen=True)
class Offer:
    """A post to be given: to whom, which role, where, for what term; uids of what it names.

    `office` is how the post is called; by default the body's or the place's name. `ground`: the
    number of the topic that decided a cross-appointment.
    """

    person_uid: str
    role: Role
    place_uid: str
    from_on: date
    until_on: date | None = None
    body_uid: str = ""
    grouping_uid: str = ""
    office: str = ""
    ground: str = ""


def give(ask: Ask, offer: Offer) -> Done | Refusal:
    """Gives a post. `Done.uid` is the appointment's.

    Refuses with `not_found`, `not_active`, `self_appointment`, and what `core.appointment`
    refuses: a post that does not fit its place, a term that goes backwards, roles that one
    person may not hold together, a cross-appointment without a topic that decided it.
    """
    place = Place.objects.filter(uid=offer.place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        person = hold(offer.person_uid).get(offer.person_uid)
        if person is None:
            return Refusal("not_found", have="person")
        body = Body.objects.filter(uid=offer.body_uid).select_related("place").first()
        grouping = Grouping.objects.filter(uid=offer.grouping_uid).first()
        if (offer.body_uid and body is None) or (offer.grouping_uid and grouping is None):
            return Refusal("not_found", have="body" if offer.body_uid and not body else "grouping")
        row = Appointment(
            uid=uid,
            person=person,
            role=offer.role,
            place=place,
            body=body,
            grouping=grouping,
            office=(offer.office.strip() or (body.name if body else place.name))[:60],
            from_on=offer.from_on,
            until_on=offer.until_on,
            given_at=ask.now,
            ground=offer.ground.strip()[:20],
        )
        refusal = may_hold(ask, row, held_by([person.pk]).get(person.pk, []))
        if refusal:
            return refusal
        row.save(force_insert=True)
        mark_staff([person])
        facts = {"role": str(row.role), "from": row.from_on.isoformat()}
        if row.ground:
            facts["ground"] = row.ground
        return Written(Event("appointment.given", {"place": place.name, **facts}, facts), (row,))

    return act_at(ask, "appointment.give", place, "appointment", uid, do)


def end(ask: Ask, appointment_uid: str, on: date) -> Done | Refusal:
    """Ends a post: `on` is the first day without it; its first day means it was never held.

    Refuses with `not_found`, `term_backwards` (it begins later), `already_ended`.
    """
    row = Appointment.objects.filter(uid=appointment_uid).select_related("place", "person").first()
    if row is None:
        return Refusal("not_found", have="appointment")

    def do() -> Written | Refusal:
        hold(row.person.uid)
        row.refresh_from_db(fields=["from_on", "until_on"])
        refusal = must_end_forward(Term(row.from_on, row.until_on), on)
        if refusal:
            return refusal
        row.until_on = on
        row.save(update_fields=["until_on"])
        facts = {"role": str(row.role), "until": on.isoformat()}
        params = {"place": row.place.name, **facts}
        return Written(Event("appointment.ended", params, facts), (row,))

    return act_at(ask, "appointment.end", row.place, "appointment", row.uid, do)
