"""What every load of a list shares: its place, and rows made new or brought up to date."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from yishi.core.refusal import Refusal
from yishi.core.table import Line, Tables
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Place
from yishi.records.models.base import Kept

INSTALLATION = "installation"
BATCH = 500

K = TypeVar("K", bound=Kept)


def root_place(root_code: str | None) -> Place | Refusal | None:
    """The place of that code; None for the whole installation. Refuses with `not_found`."""
    if root_code is None:
        return None
    return Place.objects.filter(code=root_code).first() or Refusal("not_found", have=root_code)


def mentioned_codes(tables: Tables) -> frozenset[str]:
    """Every code that stands in the tables, in rows that can be read and in others."""
    return frozenset(str(row.get("编码") or "").strip() for rows in tables.values() for row in rows)


def put(
    model: type[K],
    kept: dict[str, K],
    lines: Sequence[Line],
    values: Callable[[Line], Mapping[str, Any]],
    entropy: Entropy,
    key: str = "code",
) -> list[K]:
    """Makes or updates one row for each line, found in `kept` by `key`; `kept` grows by the new.

    Rows that already say the same are left alone. Returns the rows made or changed.
    """
    new: list[K] = []
    changed: list[K] = []
    names: set[str] = set()
    for line in lines:
        wanted = values(line)
        row = kept.get(line.text(key))
        if row is None:
            row = model(**{"uid": new_uid(entropy), key: line.text(key), **wanted})
            kept[line.text(key)] = row
            new.append(row)
            continue
        differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        if differing:
            names |= differing.keys()
            changed.append(row)
    manager: Any = model._default_manager
    manager.bulk_create(new, BATCH)
    if changed:
        manager.bulk_update(changed, sorted(names), BATCH)
    return new + changed
