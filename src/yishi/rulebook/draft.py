"""A method as data that is still being written: read, judged key by key, written as a rule file.

`Data` is what a rule file of kind ``methods`` says, as JSON keeps it: days as ISO words. It may
be wrong anywhere; nothing here refuses it but :func:`bundle`, which reads it as any rule file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import tomli_w

from yishi.core.method.language import ANY_KIND, LEADS_TO, Method, StageKind
from yishi.rulebook.kinds.methods import COMMON, FILE, StageField, method_of, stage_table
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.problem import MISSING, NOT_LIST, NOT_TABLE, TWICE, UNKNOWN_KEY, At
from yishi.rulebook.problem import RuleFileError as Wrong
from yishi.rulebook.schema import (
    Field,
    ListOf,
    Number,
    PlainShare,
    SpanField,
    Table,
    TextField,
    Whole,
    Words,
    YesNo,
)

Data = dict[str, Any]
KIND = "methods"
DAYS = ("valid_from", "repealed_on")
# What a draft has instead of an id and a version until it is published.
UNPUBLISHED = "draft"
NOWHERE = "?"
ELLIPSIS = "…"
EDGES = frozenset(edge.value for edges in LEADS_TO.values() for edge in edges) | {
    edge.value for edge in ANY_KIND
}


def data_of(made: Bundle) -> Data:
    """A kept method as data to be changed."""
    return {
        key: value.isoformat() if isinstance(value, date) else deepcopy(value)
        for key, value in made.data.items()
    }


def texts_of(made: Bundle) -> dict[str, str]:
    """The texts beside it: name below the folder → words."""
    return {
        name.partition("/")[2]: body.decode("utf-8", "replace")
        for name, body in made.files.items()
        if name.endswith(".md")
    }


def copied(made: Bundle, name: str) -> Data:
    """What a draft copied from a kept method begins with: the community's own, under its name."""
    data = data_of(made)
    data |= {"id": UNPUBLISHED, "version": UNPUBLISHED, "layer": "community"}
    data |= {"based_on": f"{made.id} {made.version} {made.sha256[:12]}"[:120]}
    return renamed(data, name)


def renamed(data: Data, name: str) -> Data:
    """The same under another name; what it is called in English is said anew."""
    return {**data, "name": text(name, data.get("name"))}


def text(words: str, before: Any = None) -> dict[str, str]:
    """Words in Chinese; the English of the same words stays, of others it goes."""
    words = words.replace("\r\n", "\n").strip()
    if isinstance(before, Mapping) and before.get("zh") == words:
        return dict(before)
    return {"zh": words}


def digest(data: Data, texts: Mapping[str, str]) -> str:
    """SHA-256, in hex, of what is written in a draft, the texts beside it included."""
    whole = json.dumps([data, dict(texts)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def slug(place_code: str, name: str) -> str:
    """The id of a community's own method: in ASCII, the same for the same name there."""
    place = re.sub(r"[^a-z0-9]+", "-", place_code.lower()).strip("-")
    return f"{place}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def bundle(data: Data, texts: Mapping[str, str], id: str = UNPUBLISHED) -> Bundle:
    """The rule file of this data, read back by the loader. Raises RuleFileError."""
    plain = {key: value for key, value in data.items() if value not in (None, "")}
    plain["id"] = id
    for key in DAYS:
        if key in plain:
            plain[key] = date.fromisoformat(plain[key])
    files = {f"{id}.toml": tomli_w.dumps(plain, multiline_strings=False).encode()}
    files |= {f"{id}/{name}": words.encode() for name, words in texts.items() if words.strip()}
    return read_bundle(KIND, files)


def problems(data: Data) -> tuple[Wrong, ...]:
    """Every key that does not say what it has to, not only the first; empty where all do."""
    skip = {"kind", "id", "version", *DAYS, "source"}
    table = Table({key: field for key, field in FILE.fields.items() if key not in skip})
    content = {key: value for key, value in data.items() if key not in skip}
    return tuple(_every(table, content, At("")))


def method(data: Data) -> Method:
    """The method the data says. Raises RuleFileError where it says none."""
    return method_of(bundle(data, {}))


def sketch(data: Data) -> Method | None:
    """The same where something is still open: what is missing stands as `…`, and what leads
    nowhere as `?`. For drawing alone. None where not even that can be read."""
    try:
        return method(_filled(data))
    except (Wrong, ValueError, TypeError):
        return None


def _every(field: Field, value: Any, at: At) -> Iterator[Wrong]:
    if isinstance(field, StageField):
        if not isinstance(value, Mapping):
            yield at.error(NOT_TABLE, value)
            return
        kind = value.get("kind")
        known = isinstance(kind, str) and kind in set(StageKind)
        field = stage_table(StageKind(str(kind))) if known else Table({"kind": COMMON["kind"]})
    if isinstance(field, Table) and isinstance(value, Mapping):
        yield from _of_table(field, value, at)
    elif isinstance(field, ListOf) and isinstance(value, list):
        yield from _of_list(field, value, at)
    else:
        try:
            field.check(value, at)
        except Wrong as wrong:
            yield wrong


def _of_table(table: Table, value: Mapping[str, Any], at: At) -> Iterator[Wrong]:
    for key in value:
        if key not in table.fields:
            yield at.under(key).error(UNKNOWN_KEY, allowed=tuple(table.fields))
    for key, field in table.fields.items():
        if key in value:
            yield from _every(field, value[key], at.under(key))
        elif not field.optional:
            yield at.under(key).error(MISSING)


def _of_list(field: ListOf, value: list[Any], at: At) -> Iterator[Wrong]:
    if not value and not field.may_be_empty:
        yield at.error(NOT_LIST)
    seen: set[Any] = set()
    for number, item in enumerate(value, 1):
        here = at.under(number)
        yield from _every(field.item, item, here)
        name = item.get(field.unique) if field.unique and isinstance(item, Mapping) else None
        if name is not None and name in seen:
            yield here.under(field.unique).error(TWICE, name)
        seen.add(name)


def _filled(data: Data) -> Data:
    """The same with something in every place that has nothing that can be read."""
    filled = deepcopy(data)
    for wrong in problems(data):
        *way, last = wrong.key.split(".")
        holder = _at(filled, way)
        if isinstance(holder, list) and isinstance(last, str):
            continue
        if not isinstance(holder, dict):
            continue
        made = _stand_in(way, last, filled)
        if made is None:
            holder.pop(last, None)
        else:
            holder[last] = made
    return filled


def _at(data: Any, way: Iterable[str]) -> Any:
    for part in way:
        if isinstance(data, list):
            data = data[int(part) - 1] if part.isdigit() and int(part) <= len(data) else None
        elif isinstance(data, Mapping):
            data = data.get(part)
    return data


def _stand_in(way: list[str], key: str, data: Data) -> Any:
    """Something a key may say; None where it may say nothing."""
    if key in EDGES:
        return NOWHERE
    field = _field(way, key, data)
    if field is None or field.optional:
        return None
    return _any(field)


def _field(way: list[str], key: str, data: Data) -> Field | None:
    """The schema's field at a key."""
    field: Field | None = FILE
    here: Any = data
    for part in (*way, key):
        if isinstance(field, StageField):
            kind = here.get("kind") if isinstance(here, Mapping) else None
            field = stage_table(StageKind(kind)) if kind in set(StageKind) else None
        if isinstance(field, ListOf):
            field = field.item
        elif isinstance(field, Table):
            field = field.fields.get(part)
        elif isinstance(field, TextField):
            field = Words()
        elif isinstance(field, Number | SpanField):
            field = {"source": Words(), "number": Whole(1, 1), "length": Whole(1, 1)}.get(part)
        here = _at(here, (part,))
    return field


def _any(field: Field) -> Any:
    match field:
        case Words():
            return field.choices[0] if field.choices else ELLIPSIS
        case TextField():
            return {"zh": ELLIPSIS}
        case Number():
            return {"number": field.least, "source": ELLIPSIS}
        case SpanField():
            return {"length": 1, "kind": "day", "source": ELLIPSIS}
        case PlainShare():
            return "1/2"
        case Whole():
            return field.least
        case YesNo():
            return False
        case ListOf():
            return [_any(field.item)]
        case Table():
            return {key: _any(one) for key, one in field.fields.items() if not one.optional}
    return None
