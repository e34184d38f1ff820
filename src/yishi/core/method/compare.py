"""How two methods differ, part by part; and which stages a running topic would find changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from yishi.core.method.language import Entry, Method, Procedure, Rhythm, Size
from yishi.core.method.round import Round


class Part(StrEnum):
    """What of a method differs."""

    METHOD = "method"
    PROCEDURE = "procedure"
    STAGE = "stage"
    END = "end"
    SIZE = "size"
    ENTRY = "entry"
    RHYTHM = "rhythm"


class Way(StrEnum):
    """How it differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Field:
    """One field that differs: values of the language, before and after. A stage's `to` is given
    edge by edge, as `to.pass`; "" is no target. How a vote is held is given part by part, as
    `voting.secret`, where it was by roll before and still is; the terms of a round likewise, a list
    entry by entry, as `round.kinds.works`, where None stands for an entry that is not there."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs. `procedure` is "" for what belongs to the whole method; `fields`
    is empty for what was added or removed."""

    part: Part
    way: Way
    procedure: str
    id: str
    fields: tuple[Field, ...] = ()


# Which file it is does not tell how it differs.
IDENTITY = frozenset({"id", "version", "sha256", "valid_from"})
LISTED = frozenset({"procedures", "catalogue", "sizes", "rhythm"})
OF_PROCEDURE = frozenset({"stages", "ends"})


def compare(old: Method, new: Method) -> tuple[Difference, ...]:
    """Every difference, in the order of the new method; what was removed comes after its kind."""
    return tuple(_compare(old, new))


def touched(old: Procedure, new: Procedure) -> frozenset[str]:
    """Ids of the stages that differ in anything at all, were added or removed.

    A running topic may be moved only where none of those it has been in is among them.
    """
    before = {stage.id: stage for stage in old.stages}
    after = {stage.id: stage for stage in new.stages}
    return frozenset(id for id in before.keys() | after.keys() if before.get(id) != after.get(id))


def _compare(old: Method, new: Method) -> Iterator[Difference]:
    changed = _fields(old, new, IDENTITY | LISTED)
    if changed:
        yield Difference(Part.METHOD, Way.CHANGED, "", new.id, changed)
    before = {one.id: one for one in old.procedures}
    for procedure in new.procedures:
        earlier = before.pop(procedure.id, None)
        if earlier is None:
            yield Difference(Part.PROCEDURE, Way.ADDED, procedure.id, procedure.id)
        else:
            yield from _procedure(earlier, procedure)
    for id in before:
        yield Difference(Part.PROCEDURE, Way.REMOVED, id, id)
    yield from _listed(Part.SIZE, _by_code(old.sizes), _by_code(new.sizes))
    yield from _listed(Part.ENTRY, _by_code(old.catalogue), _by_code(new.catalogue))
    yield from _listed(Part.RHYTHM, _by_code(old.rhythm), _by_code(new.rhythm))


def _procedure(old: Procedure, new: Procedure) -> Iterator[Difference]:
    changed = _fields(old, new, OF_PROCEDURE)
    if old.first.id != new.first.id:
        changed = (*changed, Field("first", old.first.id, new.first.id))
    if changed:
        yield Difference(Part.PROCEDURE, Way.CHANGED, new.id, new.id, changed)
    stages = ({one.id: one for one in old.stages}, {one.id: one for one in new.stages})
    yield from _listed(Part.STAGE, *stages, procedure=new.id)
    ends = ({one.id: one for one in old.ends}, {one.id: one for one in new.ends})
    yield from _listed(Part.END, *ends, procedure=new.id)


def _listed(
    part: Part, old: Mapping[str, object], new: Mapping[str, object], procedure: str = ""
) -> Iterator[Difference]:
    for id, after in new.items():
        if id not in old:
            yield Difference(part, Way.ADDED, procedure, id)
        elif old[id] != after:
            yield Difference(part, Way.CHANGED, procedure, id, _fields(old[id], after))
    for id in old:
        if id not in new:
            yield Difference(part, Way.REMOVED, procedure, id)


def _fields(old: Any, new: Any, without: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """What differs between two values of one class, in the order the class says its fields."""
    found: list[Field] = []
    for one in fields(old):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name in without or before == after:
            continue
        if one.name == "to":
            edges = dict.fromkeys((*before, *after))
            found.extend(
                Field(f"to.{edge.value}", before.get(edge, ""), after.get(edge, ""))
                for edge in edges
                if before.get(edge) != after.get(edge)
            )
        elif one.name == "voting" and before is not None and after is not None:
            found.extend(
                replace(field, name=f"voting.{field.name}") for field in _fields(before, after)
            )
        elif isinstance(before, Round) and isinstance(after, Round):
            found.extend(_terms(before, after))
        else:
            found.append(Field(one.name, before, after))
    return tuple(found)


def _terms(old: Round, new: Round) -> Iterator[Field]:
    """What differs between the terms of two rounds."""
    for one in _fields(old, new):
        if isinstance(one.before, tuple) and isinstance(one.after, tuple):
            before = {entry.code: entry for entry in one.before}
            after = {entry.code: entry for entry in one.after}
        elif isinstance(one.before, Mapping) and isinstance(one.after, Mapping):
            before, after = dict(one.before), dict(one.after)
        else:
            yield replace(one, name=f"round.{one.name}")
            continue
        for code in dict.fromkeys((*after, *before)):
            if before.get(code) != after.get(code):
                yield Field(f"round.{one.name}.{code}", before.get(code), after.get(code))


def _by_code(entries: Iterable[Size | Entry | Rhythm]) -> dict[str, object]:
    return {one.code: one for one in entries}
