"""A roll: who may stand on it, its lines written, and the digest it is frozen by."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from yishi.core.method.language import Stage, Unit
from yishi.core.person import Level
from yishi.core.vote.alike import alike_lines
from yishi.core.vote.roll import Account, Roll
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Appointment, Building, Holder, Person, Place, Vote, Voter
from yishi.records.queries.seat import sitting

BATCH = 1_000
VOTES = (Level.RESIDENT, Level.OWNER)


def accounts_for(stage: Stage, place: Place, day: date) -> list[Account]:
    """The accounts that stand on a roll of this stage: those checked by the community who live in
    its buildings, its owners, or those with a seat in a body that decides. One statement.
    Source: norms.md §5, identity levels."""
    assert stage.voting is not None
    if stage.voting.unit is Unit.DELEGATE:
        return _delegates(stage, place, day)
    levels = (Level.OWNER,) if stage.voting.unit is Unit.OWNER else VOTES
    rows = Person.objects.filter(
        home__community=place, level__in=levels, is_active=True, erased_at=None
    ).order_by("id")
    columns = ("id", "name", "room", "area_cm2", "home_id", "home__name")
    return [
        Account(id, name, building, home, room, area or 0)
        for id, name, room, area, home, building in rows.values_list(*columns).iterator(BATCH)
    ]


def _delegates(stage: Stage, place: Place, day: date) -> list[Account]:
    """Who has several seats stands on the roll once, with their home as on any other roll; but
    they are few and vote together, so they are called as one list and not building by building."""
    rows = Appointment.objects.filter(
        sitting(day), body__place=place, body__kind__in=stage.decides
    ).order_by("person_id", "id")
    found: dict[int, Account] = {}
    columns = ("person_id", "person__name", "person__home__name", "person__room")
    for person, name, building, room in rows.values_list(*columns):
        found.setdefault(person, Account(person, name, building or "", None, room))
    return list(found.values())


def buildings_named(place: Place) -> dict[str, int]:
    """The buildings of a community, name → id. One statement."""
    return dict(Building.objects.filter(community=place).values_list("name", "id"))


def write_roll(vote: Vote, roll: Roll, entropy: Entropy) -> None:
    """Saves the lines of a new roll and who may cast each."""
    voters = [
        Voter(
            uid=new_uid(entropy),
            vote=vote,
            no=no,
            name=line.name,
            label=line.label,
            building_id=line.building_id,
            area_cm2=line.area_cm2,
        )
        for no, line in enumerate(roll.lines, 1)
    ]
    Voter.objects.bulk_create(voters, BATCH)
    Holder.objects.bulk_create(
        [
            Holder(vote=vote, voter=voter, person_id=person)
            for voter, line in zip(voters, roll.lines, strict=True)
            for person in line.holders
        ],
        BATCH,
    )


def alike_of(vote: Vote) -> list[tuple[int, int]]:
    """Pairs of lines that are probably one home, by number; of seats none. One statement."""
    unit = Unit(vote.unit)
    if unit is Unit.DELEGATE:
        return []
    rows = Voter.objects.filter(vote=vote, is_struck=False).order_by("no")
    return alike_lines(unit, rows.values_list("no", "label", "name").iterator(BATCH))


def digest_of_roll(vote: Vote) -> str:
    """sha256 over the lines as they stand, one JSON array a line: number, uid, name, label, area,
    and the uids of those who may cast it. What is struck is not on it."""
    holders: dict[int, list[str]] = {}
    rows = Holder.objects.filter(vote=vote).order_by("voter_id", "person__uid")
    for voter, uid in rows.values_list("voter_id", "person__uid").iterator(BATCH):
        holders.setdefault(voter, []).append(uid)
    found = hashlib.sha256()
    for id, *line in _lines(vote):
        text = json.dumps([*line, holders.get(id, [])], ensure_ascii=False, separators=(",", ":"))
        found.update(text.encode() + b"\n")
    return found.hexdigest()


def _lines(vote: Vote) -> Iterator[tuple[int, int, str, str, str, int]]:
    rows = Voter.objects.filter(vote=vote, is_struck=False).order_by("no")
    columns = ("id", "no", "uid", "name", "label", "area_cm2")
    yield from rows.values_list(*columns).iterator(BATCH)
