"""An index as plain arrays, to be kept in a file and taken up again by another process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yishi.assist.routing.bags import Bags
from yishi.assist.routing.items import Items
from yishi.assist.routing.unit import Units

FORMAT = 1

Arrays = dict[str, NDArray[Any]]


def to_arrays(items: Items, units: Units, seen: Mapping[int, str]) -> Arrays:
    """Everything learned, and `seen`, the last works it was learned from. No texts, no names."""
    items.bags.settle()
    kept = [(at, key, s) for at, rows in sorted(items.kept.items()) for key, s in rows]
    counts = {
        name: [[list(context), dict(seen)] for context, seen in table.items()]
        for name, table in (("leads", units.leads), ("co", units.co))
    }
    said = {"format": FORMAT, "codes": items.codes, "seen": [*seen.items()], **counts}
    empty = np.zeros(0, np.int32)
    return {
        "said": np.frombuffer(json.dumps(said).encode(), np.uint8),
        "starts": items.bags.starts,
        "items": items.bags.items,
        "counts": items.bags.counts,
        "used": items.bags.used,
        "size": items.bags.size,
        "cases": items.cases,
        "kept": np.array([(at, key, len(s)) for at, key, s in kept], np.int64).reshape(-1, 3),
        "samples": np.concatenate([empty, *(sample for _, _, sample in kept)]),
    }


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> tuple[Items, Units, dict[int, str]] | None:
    """What `to_arrays` gave; None for arrays of another format."""
    said = json.loads(arrays["said"].tobytes())
    if said["format"] != FORMAT:
        return None
    bags = Bags(
        np.array(arrays["starts"]),
        np.array(arrays["items"]),
        np.array(arrays["counts"]),
        np.array(arrays["used"]),
        np.array(arrays["size"]),
    )
    items = Items(tuple(said["codes"]), bags, np.array(arrays["cases"]))
    begin = 0
    for at, key, long in arrays["kept"].tolist():
        items.kept.setdefault(at, []).append((key, arrays["samples"][begin : begin + long]))
        begin += long
    leads, co = (
        {tuple(context): Counter(seen) for context, seen in said[name]} for name in ("leads", "co")
    )
    return items, Units(leads, co), dict(said["seen"])
