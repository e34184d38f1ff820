"""Writes the entry of an act, in the act's own transaction: public leaf, private rest, seals.

Every row an act writes is digested into the leaf under a salt of its own, so that `yishi verify`
can name a row that was changed behind the door's back. Source: architecture, decisions 6 to 8.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from yishi.core.clock import ClockState
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Entry, Seal
from yishi.records.models.base import Kept
from yishi.records.prepared import insert, insert_all
from yishi.tlog.digest import SALT_BYTES, digest
from yishi.tlog.leaf import Actor as LeafActor
from yishi.tlog.leaf import Leaf, Rule, Subject


@dataclass(frozen=True)
class Speaker:
    """Who acts, as the log names them: a pseudonym on this subject, with role, office, unit."""

    alias: str
    role: str
    office: str = ""
    unit: str = ""
    name: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Said:
    """What is to be written: the act, its subject with running number, before and after."""

    act: str
    code: str
    kind: str
    uid: str
    no: int
    at: datetime
    speaker: Speaker
    before: str | None = None
    after: str | None = None
    rule: Rule | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, int | str] = field(default_factory=dict)


def sealed_values(row: Kept, *, since: bool = True) -> dict[str, object]:
    """The sealed columns of a row as the digest sees them; `since`: as it is sealed now, else as
    it was before `SEALED_SINCE` joined."""
    named = (*row.SEALED, *(row.SEALED_SINCE if since else ()))
    later = [name for name in row.SEALED_LATER if getattr(row, name)]
    return {name: _plain(getattr(row, name)) for name in (*named, *later)}


def seals_of(row: Kept) -> list[tuple[str, str | dict[str, object]]]:
    """(name, value) of every digest a row has: its columns together, each text by itself."""
    found: list[tuple[str, str | dict[str, object]]] = []
    if row.SEALED:
        found.append((f"{row.ROW}:{row.uid}", sealed_values(row)))
    for name in row.SEALED_TEXT:
        if text := getattr(row, name):
            found.append((f"{row.ROW}:{row.uid}.{name}", text))
    return found


def make_entry(said: Said, rows: Iterable[Kept], entropy: Entropy) -> tuple[Entry, list[Seal]]:
    """The entry and its seals, unsaved; the seals refer to the entry.

    The entry seals its own `params` too: the story is private, and cannot be changed unseen.
    """
    speaker = said.speaker
    entry = Entry(
        uid=new_uid(entropy),
        subject_kind=said.kind,
        subject_uid=said.uid,
        subject_no=said.no,
        code=said.code,
        at=said.at,
        person_id=speaker.person_id,
        role=speaker.role,
        office=speaker.office or speaker.unit,
        params=dict(said.params),
    )
    digests, seals = {}, []
    for row in (*rows, entry):
        for name, value in seals_of(row):
            salt = entropy.bytes(SALT_BYTES)
            digests[name] = digest(salt, value)
            seals.append(Seal(entry=entry, name=name, salt=salt))
    entry.leaf = Leaf(
        log=settings.YISHI_LOG_ORIGIN,
        uid=entry.uid,
        act=said.act,
        subject=Subject(said.kind, said.uid),
        no=said.no,
        actor=LeafActor(
            speaker.alias,
            speaker.role,
            speaker.office or None,
            speaker.unit or None,
            speaker.name or None,
        ),
        at=said.at,
        rule=said.rule,
        before=said.before or None,
        after=said.after or None,
        facts={"code": said.code, **said.facts},
        digests=digests,
    ).to_bytes()
    return entry, seals


def write_entry(said: Said, rows: Iterable[Kept], entropy: Entropy) -> Entry:
    """Saves the entry and its seals: two statements."""
    entry, seals = make_entry(said, rows, entropy)
    insert(entry)
    for seal in seals:
        seal.entry = entry
    insert_all(seals)
    return entry


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, ClockState):
        return value.value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        # PostgreSQL keeps the names in an order of its own.
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
