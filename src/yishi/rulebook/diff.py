"""What changed between two bundles of a kind, for the one who is about to adopt the second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yishi.rulebook.load import Bundle

NAMES_AN_ENTRY = ("code", "id", "day", "from", "item")


class ChangeKind(StrEnum):
    """How a key differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One key that differs. ``before`` and ``after`` are as written, "" where absent."""

    key: str
    change: ChangeKind
    before: str
    after: str


def diff(before: Bundle, after: Bundle) -> tuple[Difference, ...]:
    """Every key and text that differs, by key. Raises ValueError for two different kinds.

    Entries of a list are matched by their code, id or day, so that a row put in at the top does
    not make every row below it look changed.
    """
    if before.kind != after.kind:
        raise ValueError(f"{before.kind} and {after.kind} are different kinds of rule file")
    old, new = dict(_flat("", before.data)), dict(_flat("", after.data))
    for bundle, flat in ((before, old), (after, new)):
        for path, content in bundle.files.items():
            if path.endswith(".md"):
                flat[path.split("/", 1)[1]] = content.decode("utf-8", "replace")
    return tuple(
        Difference(key, _change(key, old, new), old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )


def _change(key: str, old: Mapping[str, str], new: Mapping[str, str]) -> ChangeKind:
    if key not in old:
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if key in new else ChangeKind.REMOVED


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{prefix}.{key}" if prefix else str(key), item)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        seen: dict[str, int] = {}
        for number, item in enumerate(value, 1):
            name = str(_entry_name(item) or number)
            seen[name] = seen.get(name, 0) + 1
            again = f"#{seen[name]}" if seen[name] > 1 else ""
            yield from _flat(f"{prefix}[{name}{again}]", item)
    elif isinstance(value, list):
        yield prefix, "、".join(str(item) for item in value)
    else:
        yield prefix, str(value)


def _entry_name(item: Any) -> object:
    if not isinstance(item, Mapping):
        return None
    return next((item[key] for key in NAMES_AN_ENTRY if key in item), None)
