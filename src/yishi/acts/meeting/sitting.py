"""People sign in, are counted, and sit down."""

from dataclasses import replace

from yishi.acts.door import Ask, Done
from yishi.acts.meeting.act import Changed, on_meeting
from yishi.core.meeting import sitting as core
from yishi.core.meeting.now import MeetingState
from yishi.core.meeting.sitting import Part
from yishi.core.outcome import Notice
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Attendance, Body, Invitee, Person
from yishi.records.queries.meeting import LockedMeeting, bodies_of, counted

BY_CODE, AT_DESK = "code", "desk"
NAME_MAX = 40


def open_(ask: Ask, uid: str) -> Done | Refusal:
    """开会. Refuses as `core.meeting.sitting.open_`: below quorum nothing opens by a click."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        event = core.open_(held.now, held.terms, ask.now)
        if isinstance(event, Refusal):
            return event
        held.row.state, held.row.opened_at = MeetingState.SITTING, ask.now
        held.row.counted = counted(held.now)
        return Changed(event)

    return on_meeting(ask, "meeting.open", uid, decide)


def lapse(ask: Ask, uid: str) -> Done | Refusal:
    """Nobody opened it within a day: it counts as not held, and who called it is told. Refuses as
    `core.meeting.sitting.lapse`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        event = core.lapse(held.now, ask.now)
        if isinstance(event, Refusal):
            return event
        row = held.row
        row.counted, row.state = counted(held.now), MeetingState.FAILED
        params = {"number": row.number, "title": row.title, "at": row.starts_at.isoformat()}
        to = row.called_by_id
        return Changed(event, notices=[Notice("meeting.lapsed", to, params)] if to else [])

    return on_meeting(ask, "meeting.lapse", uid, decide)


def sign_in(ask: Ask, uid: str, code: str, body_uid: str = "") -> Done | Refusal:
    """签到 with the code on the sheet, for oneself. `body_uid`: for whom one sits there, of those
    one may; "" takes the first. Refuses as `core.meeting.sitting.sign_in`, and with
    `meeting_code_wrong`, `not_theirs`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        wrong = core.must_know_code(held.row.code, code)
        if wrong:
            return wrong
        person = Person.objects.get(pk=ask.actor.person_id or 0)
        return _signed(ask, held, person, "", body_uid, BY_CODE)

    return on_meeting(ask, "meeting.sign_in", uid, decide, moves=False)


def sign_in_for(
    ask: Ask, uid: str, person_uid: str = "", name: str = "", body_uid: str = ""
) -> Done | Refusal:
    """签到 at the desk: somebody the house knows, or a name. Seats are counted of people the house
    knows alone. Refuses as `core.meeting.sitting.sign_in`, and with `not_found`, `guest_missing`,
    `not_theirs`, `title_too_long`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        person = Person.objects.filter(uid=person_uid, is_active=True).first()
        if person_uid and person is None:
            return Refusal("not_found", have="person")
        if person is None and not name.strip():
            return Refusal("guest_missing", source=core.SOURCE)
        if len(name.strip()) > NAME_MAX:
            return Refusal("title_too_long", NAME_MAX, len(name.strip()), "characters")
        return _signed(ask, held, person, name.strip(), body_uid, AT_DESK)

    return on_meeting(ask, "meeting.sign_in_for", uid, decide, moves=False)


def _signed(
    ask: Ask, held: LockedMeeting, person: Person | None, name: str, body_uid: str, way: str
) -> Changed | Refusal:
    """The row of the sign-in: once a person."""
    row = held.row
    body = _body(held, person, body_uid)
    if isinstance(body, Refusal):
        return body
    part = _part(held, person, body)
    already = person is not None and (
        Attendance.objects.filter(meeting=row, person=person).exists()
    )
    event = core.sign_in(held.now, held.terms, ask.now, already=already, part=part)
    if isinstance(event, Refusal):
        return event
    attendance = Attendance(
        uid=new_uid(ask.entropy),
        meeting=row,
        person=person,
        name="" if person else name,
        body=body,
        part=part,
        way=way,
        at=ask.now,
        by_id=ask.actor.person_id if way == AT_DESK else None,
    )
    attendance.save(force_insert=True)
    unit = body.name if body else ""
    event = replace(
        event,
        params={**event.params, "unit": unit, "way": way},
        facts={**event.facts, "way": way},
    )
    return Changed(event, (attendance,))


def _body(held: LockedMeeting, person: Person | None, uid: str) -> Body | Refusal | None:
    """For whom they sit there: a body they have a seat in or answer for, one that decides first,
    then one that was called. A name without an account is taken at its word by the desk."""
    if person is None:
        body = Body.objects.filter(uid=uid).first() if uid else None
        return Refusal("not_found", have="body") if uid and body is None else body
    theirs = bodies_of(person.pk, held.row.place, held.day)
    if uid:
        chosen = next((one for one in theirs if one.uid == uid), None)
        return chosen or Refusal("not_theirs", source="practice H2")
    called = set(Invitee.objects.filter(meeting=held.row).values_list("body_id", flat=True))
    decides = set(held.terms.decides)

    def rank(body: Body) -> tuple[int, int]:
        first = 0 if body.kind in decides else 1 if body.pk in called else 2
        return first, body.pk

    fitting = [one for one in sorted(theirs, key=rank) if rank(one)[0] < 2]
    return fitting[0] if fitting else None


def _part(held: LockedMeeting, person: Person | None, body: Body | None) -> Part:
    """As what they sit there: with a seat that decides, as the one they were called as, or as
    a guest."""
    if body is not None and person is not None and BodyKind(body.kind) in held.terms.decides:
        return Part.DECIDES
    called = Invitee.objects.filter(meeting=held.row)
    found = called.filter(body=body).first() if body is not None else None
    if found is None and person is not None:
        found = called.filter(person=person).first()
    part = Part(found.part) if found is not None else Part.GUEST
    # Who came for a body without a seat of it does not decide for it.
    return Part.PARTY if part is Part.DECIDES else part
