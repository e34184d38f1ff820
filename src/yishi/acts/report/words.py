"""What a form about a new matter carries, and where the matter will be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from yishi.acts.door import Ask
from yishi.core.channel import Channel
from yishi.core.instant import AtOnce
from yishi.core.permit import Subject
from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile
from yishi.records.models import (
    Building,
    Place,
)
from yishi.records.queries.rule import InForce, in_force, today_of


@dataclass(frozen=True)
class Words:
    """What a form carries. `building` or `place` is a uid; `photos` are already in the store.

    `name`, `phone`, `consent` are of the resident when somebody files for them. `lon`, `lat`
    in millionths of a degree.
    """

    text: str
    nature: str = "complaint"
    channel: str = "web"
    building: str = ""
    place: str = ""
    spot: str = ""
    photos: Sequence[NewFile] = ()
    name: str = ""
    phone: str = ""
    consent: bool = False
    lon: int | None = None
    lat: int | None = None


@dataclass
class HeldPlace:
    """Where a new case will be: nothing to lock, a place to be permitted in. `at_once`: the text
    that answers it."""

    place: Place
    building: Building | None
    rules: InForce
    subject: Subject = field(default_factory=Subject)
    version: int | None = None
    at_once: AtOnce | None = None


def with_phone(words: Words) -> Words | Refusal:
    """The same with the resident's phone in one form, so that they find it when they sign in."""
    if not words.phone.strip():
        return words
    phone = read_phone(words.phone)
    return phone if isinstance(phone, Refusal) else replace(words, phone=phone)


def open_channels(ask: Ask, held: HeldPlace) -> dict[str, Channel]:
    """The channels somebody in the actor's roles may enter a matter by."""
    roles = frozenset(str(role) for role in ask.actor.roles())
    return {code: c for code, c in held.rules.channels.items() if c.may_enter(roles)}


def hold_place(words: Words, now: datetime) -> HeldPlace | Refusal:
    """The place a form names, with the rules there. Refuses: `place_missing`, `place_unknown`."""
    building = None
    if words.building:
        building = (
            Building.objects.filter(uid=words.building).select_related("community", "grid").first()
        )
        place = building.community if building else None
    else:
        place = Place.objects.filter(uid=words.place).first() if words.place else None
        if not words.place:
            return Refusal("place_missing", source="norms.md §1")
    if place is None:
        return Refusal("place_unknown", have=words.building or words.place)
    subject = Subject(path=place.ids, grid=building.grid_id if building else None)
    return HeldPlace(place, building, in_force(place, today_of(now)), subject)
