"""A leaf: what the public log keeps of one act, without a word of anybody's text.

Source: architecture decisions 7 and 8.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from yishi.tlog.canonical import canonical, parse
from yishi.tlog.tiles import MAX_ENTRY_BYTES

FORMAT = "yishi/1"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
Part = TypeVar("Part")


@dataclass(frozen=True)
class Subject:
    """What was acted on: its kind (`case`) and random uid."""

    kind: str
    uid: str

    def __post_init__(self) -> None:
        _need_text(("subject.kind", self.kind), ("subject.uid", self.uid))


@dataclass(frozen=True)
class Actor:
    """Who acted: `who` is a random pseudonym per person and subject, `role` what they acted as.

    Officials add `office` and `unit`; an override adds the `name`.
    """

    who: str
    role: str
    office: str | None = None
    unit: str | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        _need_text(("actor.who", self.who), ("actor.role", self.role))
        for member in ("office", "unit", "name"):
            if (value := getattr(self, member)) is not None:
                _need_text((f"actor.{member}", value))


@dataclass(frozen=True)
class Rule:
    """The rule bundle an act was decided by: id, version, sha256 in hex."""

    id: str
    version: str | int
    sha256: str

    def __post_init__(self) -> None:
        _need_text(("rule.id", self.id))
        if isinstance(self.version, bool) or not isinstance(self.version, str | int):
            raise ValueError("leaf: rule.version is neither text nor number")
        _need_hex("rule.sha256", self.sha256)


@dataclass(frozen=True)
class Leaf:
    """One entry of the log.

    `no` counts the acts on one subject from 1. `at` is kept in UTC, to the second. `before`
    and `after` are states, None where there is none. `facts` are the public ones the decision
    used: codes, ids and integers, never free text. `digests` name fields (`case:UID`) and give
    64 hex digits each. Raises ValueError naming the member that does not fit.
    """

    log: str
    uid: str
    act: str
    subject: Subject
    no: int
    actor: Actor
    at: datetime
    rule: Rule | None = None
    before: str | None = None
    after: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _need_text(("log", self.log), ("uid", self.uid), ("act", self.act))
        for member, state in (("before", self.before), ("after", self.after)):
            if state is not None:
                _need_text((member, state))
        if isinstance(self.no, bool) or not isinstance(self.no, int) or self.no < 1:
            raise ValueError("leaf: no is not a whole number from 1")
        if self.at.tzinfo is None:
            raise ValueError("leaf: at has no time zone")
        object.__setattr__(self, "at", self.at.astimezone(UTC).replace(microsecond=0))
        for name, value in self.digests.items():
            _need_hex(f"digests.{name}", value)

    def to_bytes(self) -> bytes:
        """The canonical JSON that is hashed into the tree.

        Raises ValueError above 65,535 bytes, and what `canonical` raises for `facts`.
        """
        data = canonical(self._members())
        if len(data) > MAX_ENTRY_BYTES:
            raise ValueError(
                f"leaf: {len(data):,} bytes, at most {MAX_ENTRY_BYTES:,}; "
                "long facts belong in a document kept by digest"
            )
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> "Leaf":
        """Read a leaf back. Raises ValueError when not canonical or a member does not fit."""
        value = _object("", parse(data))
        if value.get("format") != FORMAT:
            raise ValueError(f"leaf: format is not {FORMAT}")
        odd = value.keys() ^ {"format", *(member.name for member in fields(cls))}
        if odd:
            raise ValueError(f"leaf: members missing or unknown: {', '.join(sorted(odd))}")
        rule = value["rule"]
        return cls(
            log=value["log"],
            uid=value["uid"],
            act=value["act"],
            subject=_part(Subject, "subject", value["subject"]),
            no=value["no"],
            actor=_part(Actor, "actor", value["actor"]),
            at=_moment(value["at"]),
            rule=None if rule is None else _part(Rule, "rule", rule),
            before=value["before"],
            after=value["after"],
            facts=_object("facts", value["facts"]),
            digests=_object("digests", value["digests"]),
        )

    def _members(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "log": self.log,
            "uid": self.uid,
            "act": self.act,
            "subject": vars(self.subject),
            "no": self.no,
            "actor": {name: value for name, value in vars(self.actor).items() if value is not None},
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "rule": None if self.rule is None else vars(self.rule),
            "before": self.before,
            "after": self.after,
            "facts": dict(self.facts),
            "digests": dict(self.digests),
        }


def _object(member: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"leaf: {member or 'it'} is not an object")
    return value


def _part(kind: type[Part], member: str, value: object) -> Part:
    members = _object(member, value)
    if None in members.values():
        raise ValueError(f"leaf: {member} has an empty member; it is left out instead")
    try:
        return kind(**members)
    except TypeError as error:
        raise ValueError(f"leaf: {member} has members missing or unknown") from error


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("leaf: at is not a moment like 2026-11-21T08:00:00Z")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"leaf: at is no moment: {error}") from error


def _need_text(*members: tuple[str, object]) -> None:
    for name, value in members:
        if not isinstance(value, str) or not value:
            raise ValueError(f"leaf: {name} is not text, or is empty")


def _need_hex(name: str, value: object) -> None:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"leaf: {name} is not 64 lower-case hex digits")
