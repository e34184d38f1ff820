"""What suggestions have learned, in memory: one index to a list in force and process.

A process takes up the worker's snapshot where there is one, and before each answer learns what was
dispatched since, at most `AT_ONCE` works to a request. The worker makes each snapshot anew every
day from what the record then holds: nothing of a person who was erased is in it, and every process
takes the new one up.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any
from zipfile import BadZipFile

import numpy as np
from django.conf import settings

from yishi.assist.routing import Item, Items, Units
from yishi.assist.routing.snapshot import from_arrays, to_arrays
from yishi.records.dispatched import dispatches, rows_after

AT_ONCE = 300
# Works read again each time: an act that took longer to commit is not passed over.
AGAIN = 100
# Lists one process holds; an installation has one, and a second while a new version comes in.
LISTS = 4
BATCH = 5_000
FOLDER = "suggest"


@dataclass
class Learned:
    """An index of `listed`, the last works it has learned (their uids by key), and the snapshot
    it came from (its time, 0 for none)."""

    listed: Sequence[Item]
    items: Items
    units: Units
    seen: dict[int, str] = field(default_factory=dict)
    stamp: int = 0
    lock: Any = field(default_factory=RLock)

    def catch_up(self, day: date, most: int = AT_ONCE) -> int:
        """Learns what was dispatched since, at most `most` works; how many were new. One statement
        where there is nothing, two where there is. It begins anew where works are missing that
        were there: the database is another one, or was restored."""
        with self.lock:
            newest = max(self.seen, default=0)
            rows = rows_after(max(0, newest - AGAIN), most + AGAIN)
            now = {row["id"]: row["uid"] for row in rows}
            if any(now.get(pk) != uid for pk, uid in self.seen.items()):
                self.items, self.units, self.seen = Items.of(self.listed), Units(), {}
                return self.catch_up(day, most)
            fresh = [row for row in rows if row["id"] not in self.seen]
            for one in dispatches(fresh, day):
                self.items.learn(one.case)
                self.units.learn(one.where, one.lead, one.co)
            self.seen = last_of(now)
            return len(fresh)


def last_of(works: dict[int, str]) -> dict[int, str]:
    """Those that are read again the next time."""
    newest = max(works, default=0)
    return {pk: uid for pk, uid in works.items() if pk > newest - AGAIN}


_KNOWN: dict[tuple[str, str], Learned] = {}
_LOCK = RLock()


def learned(listed: Sequence[Item], day: date) -> Learned:
    """The index of a list with everything dispatched by now, or as much as a request may learn."""
    name = name_of(listed)
    key, path = (str(settings.YISHI_VAR), name), path_of(name)
    stamp = _stamp(path)
    with _LOCK:
        found = _KNOWN.pop(key, None)
        if found is None or stamp > found.stamp:
            found = (
                _read(listed, path, stamp) or found or Learned(listed, Items.of(listed), Units())
            )
        _KNOWN[key] = found
        while len(_KNOWN) > LISTS:
            _KNOWN.pop(next(iter(_KNOWN)))
    found.catch_up(day)
    return found


def rebuild(listed: Sequence[Item], day: date) -> int:
    """Makes the index of a list anew from the record and keeps it as a snapshot, replacing the
    one before at once; how many cases it holds."""
    upto, cases, units = 0, [], Units()
    seen: dict[int, str] = {}
    while rows := rows_after(upto, BATCH):
        # Works of one case are given in one transaction, but a batch may end between them.
        last = rows[-1]["case_id"]
        whole = [row for row in rows if row["case_id"] != last] if len(rows) == BATCH else rows
        whole = whole or rows
        for one in dispatches(whole, day):
            cases.append(one.case)
            units.learn(one.where, one.lead, one.co)
        upto = max(row["id"] for row in whole)
        seen = last_of(seen | {row["id"]: row["uid"] for row in whole})
    items = Items.of(listed, cases)
    path = path_of(name_of(listed))
    path.parent.mkdir(parents=True, exist_ok=True)
    into = io.BytesIO()
    np.savez(into, **to_arrays(items, units, seen))  # type: ignore[arg-type]
    draft = path.with_suffix(".new")
    draft.write_bytes(into.getvalue())
    draft.replace(path)
    return len(cases)


def forget_but(names: set[str]) -> None:
    """Removes the snapshots of lists that are no longer in force."""
    for path in (Path(settings.YISHI_VAR) / FOLDER).glob("*.npz"):
        if path.stem not in names:
            path.unlink(missing_ok=True)


def name_of(listed: Sequence[Item]) -> str:
    """A list by its own words: another version of it is another list."""
    said = "\n".join(f"{item.code}\t{item.words}" for item in listed)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def path_of(name: str) -> Path:
    """Where the snapshot of a list lies."""
    return Path(settings.YISHI_VAR) / FOLDER / f"{name}.npz"


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _read(listed: Sequence[Item], path: Path, stamp: int) -> Learned | None:
    """None where there is no snapshot, or one of another format: it is learned again."""
    if not stamp:
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            made = from_arrays(arrays)
    except (OSError, KeyError, ValueError, BadZipFile):
        return None
    if made is None:
        return None
    return Learned(listed, *made, stamp)
