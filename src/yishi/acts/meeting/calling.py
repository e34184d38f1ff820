"""A meeting is called, called off, called again; people are invited, told, and answer."""

from dataclasses import replace
from datetime import datetime

from yishi.acts.at_place import Beside, Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.acts.meeting.act import KIND, Changed, on_meeting, too_personal, worded
from yishi.acts.meeting.asked import Called, Guest, ItemAsk
from yishi.acts.meeting.inviting import guest_row, invite_again, invite_all, told_by_message
from yishi.acts.meeting.made import ItemMade, Made, made_of, new_items, new_meeting
from yishi.core.meeting import calling as core
from yishi.core.meeting import sitting
from yishi.core.meeting.now import Form, MeetingState
from yishi.core.meeting.sitting import Comes, Told
from yishi.core.meeting.terms import read_terms, terms_for
from yishi.core.number import SERIALS, make_number
from yishi.core.outcome import Event
from yishi.core.permit import Subject, permit
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, Building, Doorstep, Invitee, Meeting, Place
from yishi.records.models.base import Kept
from yishi.records.queries.meeting import (
    LockedMeeting,
    counted,
    lock_meeting,
    meeting_row,
    rules_for,
    subject_of,
)
from yishi.records.queries.rule import in_force, today_of

__all__ = ["Called", "Guest", "ItemAsk"]

FOUND = ("delivered", "absent", "refused")
FLAT_MAX = 40


def call(ask: Ask, place_uid: str, body_uid: str, called: Called) -> Done | Refusal:
    """会议通知 by the body that convenes it. Everybody on the list of participants is invited and
    told; what the last meeting of its rhythm put off comes on its agenda by itself.

    Refuses as `core.meeting.calling.call` and `acts.meeting.made.made_of`, and with `not_found`,
    `body_elsewhere`, `form_unknown`, `title_personal`, `rules_missing`, `words_too_long`.
    """
    place = Place.objects.filter(uid=place_uid).first()
    body = Body.objects.filter(uid=body_uid).first()
    if place is None or body is None:
        return Refusal("not_found", have="body" if place else "place")
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        one_at_a_time(place)
        if body.place_id != place.pk:
            return Refusal("body_elsewhere", have=body.name, source=core.SOURCE)
        today = today_of(ask.now)
        rules = rules_for(place, today)
        made = made_of(place, called, today)
        if isinstance(made, Refusal):
            return made
        # Whoever convenes it: the quorum is that of the body whose meeting it is.
        whose = made.body or BodyKind(body.kind)
        terms = terms_for(rules, made.form, whose, made.stage)
        assert terms is not None
        terms = replace(terms, urgent=called.urgent.strip())
        titles = [called.title, *(one.title for one in made.items)]
        asked = core.Call(
            make_number(today, ask.entropy.below(SERIALS)),
            called.title,
            called.where,
            called.starts_at,
            called.ends_at,
            len(made.items),
            called.urgent,
        )
        said = core.call(asked, terms, in_force(place, today).terms.calendar, ask.now)
        event = fitting(ask, place, said, called.words)
        if isinstance(event, Refusal):
            return event
        wrong = too_personal(ask, place, *titles, called.where)
        if wrong:
            return wrong
        row = new_meeting(ask, uid, asked, place, body, made, terms)
        row.words = called.words.strip()
        row.save(force_insert=True)
        items = new_items(ask, row, made.items)
        calls = (*rules.forms[made.form].calls, *made.calls)
        people = invite_all(ask, row, terms, calls, made.stages, called.guests)
        if isinstance(people, Refusal):
            return people
        notices = told_by_message(ask, row, people, "meeting.called", today)
        return Written(event, (row, *items, *people), row.state, row.number, notices)

    # The body that convenes a meeting still to be called.
    convenes = Subject(units=frozenset({body.pk}))
    return act_at(ask, "meeting.call", place, KIND, uid, do, about=convenes)


def cancel(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """取消, and everybody who was called is told why. Refuses as `core.meeting.calling.cancel`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        event = core.cancel(held.now, why)
        if isinstance(event, Refusal):
            return event
        held.row.state, held.row.why = MeetingState.CANCELLED, why.strip()
        called = list(Invitee.objects.filter(meeting=held.row).order_by("id"))
        notices = told_by_message(
            ask,
            held.row,
            called,
            "meeting.cancelled",
            held.day,
            calls=False,
            words=why.strip(),
        )
        return Changed(event, notices=notices)

    return on_meeting(ask, "meeting.cancel", uid, decide)


def call_again(
    ask: Ask, uid: str, starts_at: datetime, where: str = "", ends_at: datetime | None = None
) -> Done | Refusal:
    """流会, and the next one is called from it, once: the same items, the same people. The answer
    is the new meeting. Refuses as `core.meeting.sitting.fail` and `core.meeting.calling.call`,
    and with `called_again_already`."""
    found = meeting_row(uid)
    if found is None:
        return Refusal("not_found", have="meeting")
    fresh = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        held = lock_meeting(found.pk, today_of(ask.now))
        old = held.row
        now = permit(ask.actor, "meeting.call_again", subject_of(old))
        if isinstance(now, Refusal):
            return now
        if ask.version is not None and old.version != ask.version:
            return Refusal("stale")
        if Meeting.objects.filter(again_of=old).exists():
            return Refusal("called_again_already", source=sitting.SOURCE)
        failed = sitting.fail(held.now, ask.now)
        if isinstance(failed, Refusal):
            return failed
        terms = replace(read_terms(old.rule), urgent="")
        asked = core.Call(
            make_number(held.day, ask.entropy.below(SERIALS)),
            old.title,
            where.strip() or old.where,
            starts_at,
            ends_at,
            len(held.items),
            again=True,
        )
        calendar = in_force(old.place, held.day).terms.calendar
        event = core.call(asked, terms, calendar, ask.now)
        if isinstance(event, Refusal):
            return event
        if old.state == MeetingState.CALLED:
            old.counted = counted(held.now)
        old.state = MeetingState.FAILED
        old.version += 1
        old.save()
        same = [ItemMade(one.title, one.words, one.topic, one.before) for one in held.items]
        made = Made(Form(old.form), old.method, old.rhythm, old.topic, items=same)
        row = new_meeting(ask, fresh, asked, old.place, old.body, made, terms)
        row.words, row.again_of = old.words, old
        row.save(force_insert=True)
        items = new_items(ask, row, made.items)
        people = invite_again(ask, old, row)
        notices = told_by_message(ask, row, people, "meeting.called_again", held.day)
        rows: list[Kept] = [row, *items, *people]
        beside = Beside("meeting.call_again", KIND, old.uid, failed, (old,))
        return Written(event, rows, row.state, row.number, notices, (beside,))

    unseen = replace(ask, version=None)
    about_old = subject_of(found)
    return worded(
        act_at(unseen, "meeting.call_again", found.place, KIND, fresh, do, about=about_old)
    )


def invite(
    ask: Ask, uid: str, body_uid: str = "", person_uid: str = "", name: str = "", part: str = ""
) -> Done | Refusal:
    """One more is called: a body, somebody with an account, or somebody by name (两代表一委员).

    Refuses with `not_found`, `invited_already`, `guest_missing`.
    """
    guest = Guest(body_uid, person_uid, name, part)

    def decide(held: LockedMeeting) -> Changed | Refusal:
        row = guest_row(ask, held.row, guest)
        if isinstance(row, Refusal):
            return row
        row.save(force_insert=True)
        notices = told_by_message(ask, held.row, [row], "meeting.called", held.day)
        facts: dict[str, int | str] = {"part": row.part}
        event = Event(
            "meeting.invited", {**facts, "unit": row.body.name if row.body else ""}, facts
        )
        return Changed(event, (row,), notices)

    return on_meeting(ask, "meeting.invite", uid, decide)


def record_told(ask: Ask, invitee_uid: str, how: str) -> Done | Refusal:
    """送达登记: told by telephone, at the door, on paper. Refuses with `not_found`,
    `told_how_unknown`."""
    found = Invitee.objects.filter(uid=invitee_uid).values_list("meeting__uid", flat=True).first()
    if found is None:
        return Refusal("not_found", have="invitee")

    def decide(held: LockedMeeting) -> Changed | Refusal:
        if how not in set(Told) - {Told.MESSAGE}:
            return Refusal("told_how_unknown", tuple(Told)[1:], how, source="practice H10")
        row = Invitee.objects.get(uid=invitee_uid)
        row.told_how, row.told_at, row.told_by_id = how, ask.now, ask.actor.person_id
        row.save()
        facts: dict[str, int | str] = {"how": how}
        return Changed(Event("meeting.told", facts, facts), (row,))

    return on_meeting(ask, "meeting.record_told", found, decide, moves=False)


def record_door(
    ask: Ask, uid: str, building_uid: str, label: str, found: str, words: str = ""
) -> Done | Refusal:
    """上门登记: the call was carried to a door; `label`: the flat, for staff alone.

    Refuses with `not_found`, `door_found_unknown`, `words_too_long`.
    """

    def decide(held: LockedMeeting) -> Changed | Refusal:
        building = Building.objects.filter(uid=building_uid, community=held.row.place).first()
        if building is None:
            return Refusal("not_found", have="building")
        if found not in FOUND:
            return Refusal("door_found_unknown", FOUND, found, source="practice H10")
        row = Doorstep(
            uid=new_uid(ask.entropy),
            meeting=held.row,
            building=building,
            label=label.strip()[:FLAT_MAX],
            found=found,
            words=words.strip(),
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        facts: dict[str, int | str] = {"how": Told.DOOR.value, "found": found}
        return Changed(Event("meeting.told", {**facts, "words": words.strip()}, facts), (row,))

    return on_meeting(ask, "meeting.record_told", uid, decide, moves=False)


def answer(ask: Ask, invitee_uid: str, comes: bool, words: str = "") -> Done | Refusal:
    """An invited body or person says whether it comes, and who. A later answer replaces it.

    Refuses as `core.meeting.sitting.answer`, and with `not_found`, `not_yours`.
    """
    row = Invitee.objects.select_related("meeting").filter(uid=invitee_uid).first()
    if row is None:
        return Refusal("not_found", have="invitee")

    def decide(held: LockedMeeting) -> Changed | Refusal:
        found = Invitee.objects.get(pk=row.pk)
        event = sitting.answer(Comes.COMES if comes else Comes.AWAY, words)
        if isinstance(event, Refusal):
            return event
        found.answer = Comes.COMES if comes else Comes.AWAY
        found.answer_words, found.answered_at = words.strip(), ask.now
        found.save()
        unit = found.body.name if found.body else ""
        return Changed(replace(event, params={**event.params, "unit": unit}), (found,))

    units = [row.body_id] if row.body_id else []
    uid = row.meeting.uid
    return on_meeting(
        ask, "meeting.answer", uid, decide, units=units, own=row.person_id, moves=False
    )
