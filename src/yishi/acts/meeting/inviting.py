"""Who is called to a meeting, and who is told of it at once."""

from collections.abc import Iterable, Sequence
from datetime import date

from yishi.acts.door import Ask
from yishi.acts.meeting.asked import Guest
from yishi.core.meeting.inviting import invited
from yishi.core.meeting.sitting import Part, Told
from yishi.core.meeting.terms import Terms
from yishi.core.method.language import Stage
from yishi.core.outcome import Notice
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Appointment, Body, Invitee, Meeting, Person
from yishi.records.queries.appointment import handlers_of
from yishi.records.queries.seat import conveners_of, sitting

NAME_MAX = 40
SOURCE = "practice H2 主体清单"


def invite_all(
    ask: Ask,
    row: Meeting,
    terms: Terms,
    calls: Iterable[BodyKind],
    stages: Iterable[Stage],
    guests: Sequence[Guest],
) -> list[Invitee] | Refusal:
    """The list of participants and the guests, saved. Refuses as `guest_row`."""
    wanted = invited(terms, BodyKind(row.body.kind), calls, stages)
    made = []
    for body in bodies_called(row, wanted):
        as_what = wanted[BodyKind(body.kind)]
        made.append(
            Invitee(
                uid=new_uid(ask.entropy),
                meeting=row,
                body=body,
                part=as_what.part,
                must_come=as_what.must_come,
            )
        )
    for guest in guests:
        one = guest_row(ask, row, guest)
        if isinstance(one, Refusal):
            return one
        same = (one.body_id, one.person_id)
        if same == (None, None) or same not in {(two.body_id, two.person_id) for two in made}:
            made.append(one)
    for one in made:
        one.save(force_insert=True)
    return made


def invite_again(ask: Ask, old: Meeting, row: Meeting) -> list[Invitee]:
    """The same people, to be told and to answer anew; saved."""
    made = []
    for one in Invitee.objects.filter(meeting=old).select_related("body").order_by("id"):
        fresh = Invitee(
            uid=new_uid(ask.entropy),
            meeting=row,
            body=one.body,
            person_id=one.person_id,
            name=one.name,
            part=one.part,
            must_come=one.must_come,
        )
        fresh.save(force_insert=True)
        made.append(fresh)
    return made


def bodies_called(row: Meeting, wanted: Iterable[BodyKind]) -> list[Body]:
    """The bodies of those kinds: of the place itself; the sub-district's office is the one above.
    A department or a company is invited by name, there are many."""
    kinds = set(wanted)
    own = Body.objects.filter(place_id=row.place_id, kind__in=kinds)
    above = Body.objects.filter(
        place_id__in=row.place.ids, kind=BodyKind.SUBDISTRICT_OFFICE
    ).exclude(place_id=row.place_id)
    found = list(own.order_by("id"))
    if BodyKind.SUBDISTRICT_OFFICE in kinds:
        found += list(above.order_by("id"))
    if row.body not in found:
        found.insert(0, row.body)
    return found


def guest_row(ask: Ask, row: Meeting, guest: Guest) -> Invitee | Refusal:
    """Somebody invited besides, unsaved. Refuses with `not_found`, `guest_missing`,
    `title_too_long`, `part_unknown`, `invited_already`."""
    body = Body.objects.filter(uid=guest.body).first() if guest.body else None
    person = Person.objects.filter(uid=guest.person, is_active=True).first()
    if (guest.body and body is None) or (guest.person and person is None):
        return Refusal("not_found", have="body" if guest.body else "person")
    name = guest.name.strip()
    if body is None and person is None and not name:
        return Refusal("guest_missing", source=SOURCE)
    if len(name) > NAME_MAX:
        return Refusal("title_too_long", NAME_MAX, len(name), "characters")
    part = guest.part or (Part.PARTY if body is not None else Part.GUEST)
    if part not in set(Part) - {Part.DECIDES}:
        return Refusal("part_unknown", tuple(Part), part, "part", SOURCE)
    known = Invitee.objects.filter(meeting=row)
    if (body and known.filter(body=body).exists()) or (
        person and known.filter(person=person).exists()
    ):
        return Refusal("invited_already", source=SOURCE)
    return Invitee(
        uid=new_uid(ask.entropy), meeting=row, body=body, person=person, name=name, part=part
    )


def told_by_message(
    ask: Ask,
    row: Meeting,
    people: Sequence[Invitee],
    template: str,
    day: date,
    *,
    calls: bool = True,
    **more: str,
) -> list[Notice]:
    """A message to whoever speaks for each; the seats of a body that decides are each told.

    Where it `calls` them it counts as delivered, before the rows are sealed. Whoever has nobody
    here is told by hand.
    """
    bodies = [one.body_id for one in people if one.body_id is not None]
    conveners, handlers = conveners_of(bodies, day), handlers_of(bodies, day)
    deciding = [one.body_id for one in people if one.body_id and one.part == Part.DECIDES]
    seats: dict[int, list[int]] = {}
    members = Appointment.objects.filter(sitting(day), body_id__in=deciding)
    for body_id, person_id in members.values_list("body_id", "person_id"):
        seats.setdefault(body_id or 0, []).append(person_id)
    params = {
        "number": row.number,
        "title": row.title,
        "at": row.starts_at.isoformat(),
        "where": row.where,
        **more,
    }
    notices = []
    for one in people:
        to = [one.person_id] if one.person_id else []
        if one.body_id is not None:
            to += [*(c.person_id for c in conveners[one.body_id]), *handlers[one.body_id]]
            to += seats.get(one.body_id, [])
        if to and calls and not one.told_how:
            one.told_how, one.told_at = Told.MESSAGE, ask.now
            one.save(update_fields=["told_how", "told_at"])
        notices += [Notice(template, person, params) for person in dict.fromkeys(to)]
    return notices
