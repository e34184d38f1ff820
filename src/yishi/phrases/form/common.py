"""What the forms share: their foot, the matter they are about, and plain words."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypedDict

from yishi.core.number import show_number
from yishi.core.redaction import Redaction, redact
from yishi.phrases.clock import say_full, say_full_by
from yishi.phrases.rule import say_text
from yishi.records.models import Case, Entry, Place
from yishi.records.queries.case import LockedCase
from yishi.records.queries.rule import parsed
from yishi.rulebook.kinds import parse
from yishi.rulebook.shipped import shipped_bundle
from yishi.tlog.leaf import Leaf

# What the file format of Word takes for an order to begin a line, a page or a cell, and what no
# reader sees; ends of line stay.
CONTROL = {
    sign: None
    for sign in (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    )
    if chr(sign) not in "\n\t"
} | {ord("\t"): " "}
PHONES = frozenset({"mobile", "landline"})


@dataclass(frozen=True)
class Foot:
    """How the sheet is checked: its code, and the address of its entry in the public record."""

    check_code: str
    address: str


class Head(TypedDict):
    """What every form carries."""

    number: str
    check_code: str
    address: str
    office: str
    signed_on: str


class Matter(TypedDict):
    """The matter a form is about."""

    case_number: str
    item: str
    nature: str
    place: str
    words: str


def plain(text: str) -> str:
    """Words without signs that a file format or a reader could take for something else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROL).strip()


def leaving(text: str) -> str:
    """Words on a sheet that leaves the office: a phone written into them is not shown."""
    return redact(plain(text), _phones())[0]


def full(moment: datetime | None) -> str:
    """A moment in full, empty where there is none."""
    return say_full(moment) if moment else ""


def full_by(moment: datetime | None) -> str:
    """A due moment in full, empty where there is none."""
    return say_full_by(moment) if moment else ""


def where(case: Case, spot: str = "") -> str:
    """Community, building and spot."""
    building = case.building.name if case.building else ""
    return plain(" ".join(part for part in (case.place.name, building, spot) if part))


def matter(held: LockedCase) -> Matter:
    """The matter as a sheet to another office tells it: the first words that raised it."""
    case = held.case
    first = held.reports[0] if held.reports else None
    nature = parsed(case.rules).natures.get(case.nature)
    return {
        "case_number": show_number(case.number),
        "item": item(case),
        "nature": say_text(nature) if nature else "",
        "place": where(case, first.spot if first else ""),
        "words": leaving(first.words if first else case.line),
    }


def item(case: Case) -> str:
    """The item of the responsibility list the case is filed under."""
    grade = case.duty.grade if case.duty else ""
    title = case.item_title or (case.duty.title if case.duty else "")
    return plain(" · ".join(part for part in (title, grade) if part))


def issuer(entry: Entry | None, place: Place) -> str:
    """The body that acted, as the public record names it; else the office of the place."""
    if entry is not None:
        try:
            actor = Leaf.from_bytes(bytes(entry.leaf)).actor
        except ValueError:
            return entry.office or office(place)
        if actor.unit or actor.office:
            return actor.unit or actor.office or ""
    return office(place)


def office(place: Place) -> str:
    """Whoever answers for a place: the one above a community, where there is one."""
    return place.parent.name if place.parent else place.name


@lru_cache(maxsize=1)
def _phones() -> Redaction:
    rules: Redaction = parse(shipped_bundle("redaction", "standard"))
    kept = tuple(pattern for pattern in rules.patterns if pattern.code in PHONES)
    return Redaction(kept, rules.name_mask)
