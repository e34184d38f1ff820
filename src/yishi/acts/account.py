"""Accounts: a resident joins, corrects their name, is checked by the desk; slips are issued."""

from dataclasses import dataclass
from datetime import timedelta

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.outcome import Event
from yishi.core.person import Actor, Level, SlipPurpose
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.index import index_cases
from yishi.records.models import Building, Link, Person, Place, Slip
from yishi.records.queries.actor import actor_of
from yishi.records.queries.rule import today_of
from yishi.records.queries.slip import slip_index

SLIP_HOURS = 24
"""Ours: long enough to walk home, short enough not to lie about."""
NAME_MAX = 40
ROOM_MAX = 20
AREA_MAX_CM2 = 100_000_000  # 10,000 square metres


def join(ask: Ask, phone: str) -> Done | Refusal:
    """A person who has just proven that `phone` (+86…) is theirs gets an account, level phone.

    Refuses with `phone_known` where somebody has this phone already.
    """
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        if Person.objects.with_phone(phone) is not None:
            return Refusal("phone_known")
        person = _newcomer(ask, uid, phone)
        return Written(Event("account.joined"), (person,), state=Level.PHONE)

    return act_at(ask, "account.join", None, "person", uid, do)


def _newcomer(ask: Ask, uid: str, phone: str) -> Person:
    person = Person(uid=uid, login=uid, phone=phone, level=Level.PHONE, joined_at=ask.now)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def correct_name(ask: Ask, name: str) -> Done | Refusal:
    """The person who asks corrects their own name. Source: personal-information law, correction.

    Refuses with `name_missing` and `name_too_long`.
    """
    if ask.actor.person_id is None:
        return Refusal("not_yours", need="account.correct")
    person = Person.objects.get(pk=ask.actor.person_id)
    name = " ".join(name.split())

    def do() -> Written | Refusal:
        if not name:
            return Refusal("name_missing")
        if len(name) > NAME_MAX:
            return Refusal("name_too_long", need=NAME_MAX, have=len(name), unit="character")
        person.name = name
        person.save(update_fields=["name", "phone_index"])
        # What they wrote may name them: the index has to know the name to leave it out.
        own = Link.objects.filter(report__person=person).values_list("case_id", flat=True)
        index_cases(list(own.distinct()), ask.now)
        return Written(Event("account.corrected"), (person,))

    return act_at(ask, "account.correct", None, "person", person.uid, do)


@dataclass(frozen=True)
class Checked:
    """What the desk saw: the level it proves, where the person lives, what they own."""

    level: Level
    building: Building | None = None
    room: str = ""
    area_cm2: int | None = None


def check_person(ask: Ask, place: Place, person: Person, seen: Checked) -> Done | Refusal:
    """The desk at `place` sets how far `person` is known. Nobody checks themselves.

    Refuses with `not_independent`, `home_missing` (a resident or owner lives or owns
    somewhere), `home_elsewhere` (the building is outside `place`), `room_too_long`,
    `area_missing` and `area_too_large` (an owner votes by area).
    """

    def do() -> Written | Refusal:
        if person.pk == ask.actor.person_id:
            return Refusal("not_independent", need="person.check", have="own")
        wrong = _wrong(place, seen)
        if wrong is not None:
            return wrong
        known = seen.level is not Level.PHONE
        person.level = seen.level
        person.home = seen.building if known else None
        person.room = seen.room if known else ""
        person.area_cm2 = seen.area_cm2 if seen.level is Level.OWNER else None
        person.save(update_fields=["level", "home", "room", "area_cm2", "phone_index"])
        facts = {"level": str(seen.level)}
        return Written(Event("person.checked", dict(facts), facts), (person,), state=seen.level)

    return act_at(ask, "person.check", place, "person", person.uid, do)


def _wrong(place: Place, seen: Checked) -> Refusal | None:
    if seen.level is Level.PHONE:
        return None
    if seen.building is None:
        return Refusal("home_missing")
    if place.pk not in seen.building.community.ids:
        return Refusal("home_elsewhere", need=place.name, have=seen.building.community.name)
    if len(seen.room) > ROOM_MAX:
        return Refusal("room_too_long", need=ROOM_MAX, have=len(seen.room), unit="character")
    if seen.level is Level.OWNER:
        if seen.area_cm2 is None or seen.area_cm2 <= 0:
            return Refusal("area_missing")
        if seen.area_cm2 > AREA_MAX_CM2:
            return Refusal("area_too_large", need=AREA_MAX_CM2, have=seen.area_cm2, unit="cm2")
    return None


def sign_slip(ask: Ask, place: Place, phone: str, code: str) -> Done | Refusal:
    """The desk at `place` prints `code` for the resident with `phone`; who is new joins by it."""
    known = Person.objects.with_phone(phone)
    uid = known.uid if known else new_uid(ask.entropy)

    def do() -> Written | Refusal:
        person = Person.objects.with_phone(phone) or _newcomer(ask, uid, phone)
        if not person.is_active:
            return Refusal("person_closed")
        slip = _slip(ask, person, SlipPurpose.SIGN_IN, code)
        rows = (slip,) if known else (person, slip)
        return Written(Event("person.slip_issued", {"purpose": slip.purpose}), rows)

    return act_at(ask, "person.sign_slip", place, "person", uid, do)


def staff_slip(ask: Ask, person: Person, purpose: SlipPurpose, code: str) -> Done | Refusal:
    """An administrator over every place `person` serves, or the operator, prints `code` for them.

    With `password` they set a password of their own; with `factor` they pass the second factor
    once. Refuses with `not_independent` (for oneself), `not_staff` (no appointment in force),
    `slip_purpose` and `person_closed`.
    """

    def do() -> Written | Refusal:
        if person.pk == ask.actor.person_id:
            return Refusal("not_independent", need="person.staff_slip", have="own")
        if purpose is SlipPurpose.SIGN_IN:
            return Refusal("slip_purpose", have=str(purpose))
        if not person.is_active:
            return Refusal("person_closed")
        slip = _slip(ask, person, purpose, code)
        return Written(Event("person.slip_issued", {"purpose": str(purpose)}), (slip,))

    place = _place_over(actor_of(person, today_of(ask.now)))
    if place is None:
        return Refusal("not_staff")
    return act_at(ask, "person.staff_slip", place, "person", person.uid, do)


def _place_over(staff: Actor) -> Place | None:
    """The lowest place above every seat: who administers less could borrow a higher office."""
    lines = [seat.line.split(".")[:-1] for seat in staff.seats]
    shared = [ids[0] for ids in zip(*lines, strict=False) if len(set(ids)) == 1]
    return Place.objects.get(pk=int(shared[-1])) if shared else None


def _slip(ask: Ask, person: Person, purpose: SlipPurpose, code: str) -> Slip:
    """Keeps a new slip; earlier unused ones for the same purpose are void from now on."""
    Slip.objects.filter(person=person, purpose=purpose, used_at__isnull=True).update(
        used_at=ask.now
    )
    return Slip.objects.create(
        uid=new_uid(ask.entropy),
        person=person,
        purpose=purpose,
        code_index=slip_index(person, purpose, code),
        issued_by_id=ask.actor.person_id,
        issued_at=ask.now,
        expires_at=ask.now + timedelta(hours=SLIP_HOURS),
    )
