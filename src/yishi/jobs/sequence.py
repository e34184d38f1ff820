"""The sequencer: numbers committed entries, publishes them, signs a checkpoint.

One at a time, under a lock. Three steps, each of which leaves the next run able to go on:
numbers (committed), files (on disk), checkpoint (appended). What is numbered and not yet under
a checkpoint is published again, to the same bytes. Source: architecture, decision 6.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from yishi.records import log as published_log
from yishi.records.log import PublishedLog, Signer
from yishi.records.models import Entry
from yishi.tlog import tiles
from yishi.tlog.checkpoint import Checkpoint
from yishi.tlog.tree import Frontier, leaf_hash

BATCH = 4096
LOCK_NUMBER = 0x5949_5348  # "YISH", our advisory lock on PostgreSQL


class LogAhead(Exception):
    """The signed log counts more entries than the database: an older database was put back."""

    def __init__(self, signed: int, numbered: int) -> None:
        super().__init__(f"the log counts {signed} entries, the database {numbered}")
        self.signed = signed
        self.numbered = numbered


class LogDamaged(Exception):
    """The tiles were changed; signing over them would hide it."""


def sequence(batch: int = BATCH) -> int:
    """Brings every committed entry under a signed checkpoint; how many were added.

    0 also when another sequencer is at work. Raises LogAhead, LogDamaged, and LogKeyMissing
    or LogKeyBroken of `records.log`: nothing is signed then.
    """
    added = 0
    with alone() as mine:
        if not mine:
            return 0
        log = published_log.published()
        signer = published_log.signer(log)
        while True:
            number(batch)
            count = publish(log, signer, batch)
            added += count
            if not count and not Entry.objects.filter(seq__isnull=True).exists():
                return added


def number(batch: int = BATCH) -> int:
    """Gives up to `batch` entries their place; how many. Order of keys, whichever committed."""
    table = Entry._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        first = numbered()
        # One statement: a number is given once, and the unique column holds it.
        cursor.execute(
            f"UPDATE {table} SET seq = %s + fresh.place FROM ("  # noqa: S608
            f" SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM {table}"
            " WHERE seq IS NULL ORDER BY id LIMIT %s) AS fresh"
            f" WHERE fresh.id = {table}.id",
            [first, batch],
        )
        return cursor.rowcount


def numbered() -> int:
    """How many entries have a number."""
    last = Entry.objects.aggregate(last=Max("seq"))["last"]
    return 0 if last is None else last + 1


def publish(log: PublishedLog, signer: Signer, batch: int = BATCH) -> int:
    """Writes numbered entries beyond the newest checkpoint and signs the next; how many."""
    latest = log.latest()
    size = latest[0].size if latest else 0
    total = numbered()
    if total < size:
        raise LogAhead(size, total)
    if latest:
        log.show(latest[1])  # the run before may have ended between the two files
    if total == size and latest:
        return 0
    entries = [
        bytes(leaf)
        for leaf in Entry.objects.filter(seq__gte=size)
        .order_by("seq")
        .values_list("leaf", flat=True)[:batch]
    ]
    hashes = [leaf_hash(entry) for entry in entries]
    frontier = tiles.TileReader(size, log.read).frontier() if size else Frontier()
    if latest and frontier.root() != latest[0].root:
        raise LogDamaged(f"the tiles do not give the root signed for {size} entries")
    write(log, size, entries, hashes)
    for each in hashes:
        frontier.append(each)
    log.append(signer.note(Checkpoint(settings.YISHI_LOG_ORIGIN, frontier.size, frontier.root())))
    log.clear_partials(size, frontier.size)
    return len(entries)


def write(log: PublishedLog, size: int, entries: list[bytes], hashes: list[bytes]) -> None:
    """The files of what follows `size` entries: entries first, then tiles."""
    for path, data in tiles.new_bundles(size, entries, log.read):
        log.write(path, data)
    for path, data in tiles.new_tiles(size, hashes, log.read):
        log.write(path, data)


@contextmanager
def alone(wait_seconds: float = 0) -> Iterator[bool]:
    """True for one at a time in this installation; the system frees the lock of a dead one."""
    path = Path(settings.YISHI_LOG_DIR) / "sequencer.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    with path.open("w") as lock:
        while not (mine := _take(lock)) and time.monotonic() < deadline:
            time.sleep(0.1)
        try:
            yield mine
        finally:
            if mine and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


def _take(lock: IO[str]) -> bool:
    """The lock on the file, and on PostgreSQL one that other machines see too."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
        mine = bool(cursor.fetchone()[0])
    if not mine:
        fcntl.flock(lock, fcntl.LOCK_UN)
    return mine
