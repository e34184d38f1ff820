"""上门登记: what may be found at a door, and how a call moves the count of what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Found(StrEnum):
    """What came of a call at a door: it was handed over, nobody was in, it was not taken."""

    DELIVERED = "delivered"
    ABSENT = "absent"
    REFUSED = "refused"


FOUND: tuple[str, ...] = tuple(one.value for one in Found)
WHOLE = ""  # a call at a building as a whole, without its rooms


def moved(standing: Mapping[str, str], labels: Iterable[str], found: str) -> dict[str, int]:
    """How many doors more or fewer stand at each finding once `labels` were found so. `standing`:
    door → what the last call there found. A door counts once, by its last call."""
    counts: dict[str, int] = {}
    for label in dict.fromkeys(labels):
        before = standing.get(label)
        if before == found:
            continue
        counts[found] = counts.get(found, 0) + 1
        if before is not None:
            counts[before] = counts.get(before, 0) - 1
    return counts


def doors_in(typed: str) -> tuple[str, ...]:
    """The doors somebody typed, each once, in order: between them spaces, commas, 、 or lines."""
    parts = typed
    for mark in ",，、;；\t\n":
        parts = parts.replace(mark, " ")
    return tuple(dict.fromkeys(part for part in parts.split(" ") if part))
