"""The latest digest of every sealed thing, kept on disk so that memory does not grow.

A small SQLite of its own in a temporary folder: a district's ten years do not fit in memory.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_NAMES = 500


@dataclass(frozen=True)
class Sealed:
    """One digest as the last entry that sealed it says; `salt` None once it was erased."""

    entry: int
    digest: str
    salt: bytes | None


@dataclass(frozen=True)
class Told:
    """What the last entry of a subject says: its running number and the state after it."""

    no: int
    after: str


class Digests:
    """name → `Sealed`, and subject → `Told`; later additions win."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"
            "CREATE TABLE sealed (name TEXT PRIMARY KEY, entry INT, digest TEXT, salt BLOB)"
            " WITHOUT ROWID;"
            "CREATE TABLE told (uid TEXT PRIMARY KEY, no INT, after TEXT) WITHOUT ROWID;"
            "BEGIN"
        )

    def add(self, sealed: Iterable[tuple[str, int, str, bytes | None]]) -> None:
        """Rows (name, entry, digest, salt), in the order of the entries."""
        self._base.executemany("INSERT OR REPLACE INTO sealed VALUES (?, ?, ?, ?)", sealed)

    def tell(self, told: Iterable[tuple[str, int, str]]) -> None:
        """Rows (subject uid, running number, state after), in the order of the entries."""
        self._base.executemany(
            "INSERT INTO told VALUES (?, ?, ?) ON CONFLICT (uid) DO UPDATE"
            " SET no = excluded.no, after = excluded.after WHERE excluded.no > no",
            told,
        )

    def sealed(self, names: Sequence[str]) -> dict[str, Sealed]:
        """The latest digests of `names` that have one."""
        found = self._in("SELECT name, entry, digest, salt FROM sealed WHERE name IN", names)
        return {name: Sealed(entry, digest, salt) for name, entry, digest, salt in found}

    def told(self, uids: Sequence[str]) -> dict[str, Told]:
        """What was last said of each of `uids`."""
        found = self._in("SELECT uid, no, after FROM told WHERE uid IN", uids)
        return {uid: Told(no, after) for uid, no, after in found}

    def rows_of(self, kind: str) -> Iterator[list[tuple[str, int]]]:
        """(uid, entry) of every row of `kind` that was ever sealed, in batches."""
        last = f"{kind}:"
        while True:
            batch = self._base.execute(
                "SELECT name, entry FROM sealed WHERE name > ? AND name < ?"
                " AND instr(name, '.') = 0 ORDER BY name LIMIT ?",
                (last, f"{kind};", MOST_NAMES),
            ).fetchall()
            if not batch:
                return
            last = batch[-1][0]
            yield [(name.partition(":")[2], entry) for name, entry in batch]

    def close(self) -> None:
        self._base.close()

    def _in(self, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(values), MOST_NAMES):
            some = values[start : start + MOST_NAMES]
            found += self._base.execute(f"{query} ({','.join('?' * len(some))})", some)
        return found


@contextmanager
def digests() -> Iterator[Digests]:
    """An empty one, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yishi-verify-") as folder:
        index = Digests(Path(folder) / "digests.sqlite3")
        try:
            yield index
        finally:
            index.close()
