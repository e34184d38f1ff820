"""Who stands on a roll: accounts and the rows of a file put together, one line a vote.

Co-owners of a property are one line and one head; one owner of several properties is one head
with all their area. In a file the same name, without a mark that tells two apart, is the same
owner. Source: norms.md §2, a unit with several owners counts as one head; 民法典 278.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yishi.core.method.language import Unit

Home = tuple[str, str]
# Buildings of the place, by name without blanks or width.
Known = Mapping[str, int]
# 5栋, 5幢 and 5号楼 are one building.
_NUMBERED = re.compile(r"(?<=[0-9])(?:栋|幢|号楼)$")


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may stand on a roll. `building`: its name; `area_cm2`: what it owns."""

    person_id: int
    name: str
    building: str = ""
    building_id: int | None = None
    room: str = ""
    area_cm2: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: somebody without an account, or the area the register has of them.

    `mark` tells apart people of one name: a number of the register, a phone.
    """

    name: str
    building: str = ""
    room: str = ""
    area_cm2: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a roll: who, of which household or property, and the accounts that may cast."""

    name: str
    label: str = ""
    building_id: int | None = None
    area_cm2: int = 0
    holders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    """The lines in the order they stand, and how many accounts could not be placed on it."""

    lines: tuple[Line, ...]
    unplaced: int = 0


def make_roll(
    unit: Unit,
    accounts: Sequence[Account],
    rows: Sequence[Row] = (),
    buildings: Mapping[str, int] | None = None,
) -> Roll:
    """The roll of a vote by `unit`. Deterministic: buildings, rooms and names in order.

    `buildings`: name → id of the place's buildings, by which a row of the file is known to be of
    one: whoever is only in the file votes on paper, and is called at building by building.
    """
    known = {_norm(a.building): a.building_id for a in accounts if a.building_id is not None}
    known |= {_norm(name): pk for name, pk in (buildings or {}).items()}
    rows = _as_named(rows, [*(buildings or {}), *dict.fromkeys(one.building for one in accounts)])
    if unit is Unit.OWNER:
        return _owners(accounts, rows, known)
    if unit is Unit.HOUSEHOLD:
        return _households(accounts, rows, known)
    return _persons(accounts, rows, known)


def _as_named(rows: Sequence[Row], names: Sequence[str]) -> Sequence[Row]:
    """The rows with their buildings as the community names them: 5幢 and 5号楼 are 柳荫苑5栋 where
    no other building of the community has that number. Any other stays as it was written."""
    by_key: dict[str, set[str]] = {}
    for name in dict.fromkeys(filter(None, names)):
        whole = _NUMBERED.sub("栋", _norm(name))
        number = re.search(r"[0-9]+栋$", whole)
        for key in {whole, number.group() if number else whole}:
            by_key.setdefault(key, set()).add(name)
    found: dict[str, str] = {}
    for written in dict.fromkeys(row.building for row in rows):
        same = by_key.get(_NUMBERED.sub("栋", _norm(written)), set())
        found[written] = next(iter(same)) if len(same) == 1 else written
    return [replace(row, building=found[row.building]) for row in rows]


def _persons(accounts: Sequence[Account], rows: Sequence[Row], known_at: Known) -> Roll:
    lines = [
        Line(one.name, _label(one.building, one.room), one.building_id, 0, (one.person_id,))
        for one in accounts
    ]
    known = {(_norm(one.name), _home(one.building, one.room)) for one in accounts}
    for row in rows:
        key = (_norm(row.name), _home(row.building, row.room))
        if key not in known:
            known.add(key)
            label = _label(row.building, row.room)
            lines.append(Line(row.name, label, known_at.get(_norm(row.building))))
    return Roll(tuple(sorted(lines, key=_order)))


def _households(accounts: Sequence[Account], rows: Sequence[Row], known_at: Known) -> Roll:
    """A household is a room of a building; who has no room has no household to vote for."""
    homes: dict[Home, list[Account | Row]] = {}
    unplaced = 0
    everybody: list[Account | Row] = [*accounts, *rows]
    for one in everybody:
        if one.building and one.room:
            homes.setdefault(_home(one.building, one.room), []).append(one)
        elif isinstance(one, Account):
            unplaced += 1
    lines = [_line(members, 0, known_at) for members in homes.values()]
    return Roll(tuple(sorted(lines, key=_order)), unplaced)


@dataclass(slots=True)
class _Owner:
    members: list[Account | Row] = field(default_factory=list)
    areas: dict[Home, tuple[int, int]] = field(default_factory=dict)


def _owners(accounts: Sequence[Account], rows: Sequence[Row], known_at: Known) -> Roll:
    """Who owns something together, or several things, is one line: joined by property and name.

    A property's area is the register's where the file has it, else the largest an owner has.
    """
    leader: dict[object, object] = {}

    def lead(key: object) -> object:
        leader.setdefault(key, key)
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    known = {_home(row.building, row.room) for row in rows if row.area_cm2 > 0 and row.room}
    placed: list[Account | Row] = []
    unplaced = 0
    for account in accounts:
        home = _home(account.building, account.room)
        if account.area_cm2 <= 0 and not (home[1] and home in known):
            unplaced += 1
            continue
        placed.append(account)
        # An account without a room owns something no other account can be joined by.
        own = ("home", home) if home[1] else ("account", account.person_id)
        leader[lead(("account", account.person_id))] = lead(own)
    for no, row in enumerate(rows):
        if row.area_cm2 <= 0:
            continue
        placed.append(row)
        home = _home(row.building, row.room)
        who = ("named", _norm(row.name), row.mark)
        leader[lead(who)] = lead(("home", home) if home[1] else ("row", no))
    groups: dict[object, _Owner] = {}
    for no, one in enumerate(placed):
        home = _home(one.building, one.room)
        if isinstance(one, Account):
            key = lead(("account", one.person_id))
        else:
            key = lead(("named", _norm(one.name), one.mark))
        owner = groups.setdefault(key, _Owner())
        owner.members.append(one)
        rank = (int(isinstance(one, Row)), one.area_cm2)
        slot = home if home[1] else (f"#{no}", "")
        owner.areas[slot] = max(owner.areas.get(slot, (0, 0)), rank)
    lines = [
        _line(owner.members, sum(area for _, area in owner.areas.values()), known_at)
        for owner in groups.values()
    ]
    return Roll(tuple(sorted(lines, key=_order)), unplaced)


def _line(members: Sequence[Account | Row], area_cm2: int, known_at: Known) -> Line:
    names = dict.fromkeys(one.name.strip() for one in members if one.name.strip())
    labels = dict.fromkeys(_label(one.building, one.room) for one in members)
    buildings = [
        one.building_id if isinstance(one, Account) else known_at.get(_norm(one.building))
        for one in members
    ]
    holders = sorted({one.person_id for one in members if isinstance(one, Account)})
    return Line(
        "、".join(names),
        "、".join(filter(None, labels)),
        next((pk for pk in buildings if pk is not None), None),
        area_cm2,
        tuple(holders),
    )


def _label(building: str, room: str) -> str:
    return " ".join(filter(None, (building.strip(), room.strip())))


def _home(building: str, room: str) -> Home:
    return _norm(building), _norm(room).removesuffix("室").removesuffix("号")


def _norm(text: str) -> str:
    """Full and half width are one, and no blank counts."""
    if text.isascii() and " " not in text:
        return text.casefold()
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _order(line: Line) -> tuple[str, str, tuple[int, ...]]:
    return line.label, line.name, line.holders
