"""The entries of the database against those of the log, once through, in order."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from yishi.jobs.verify.digests import Digests
from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.records.log import PublishedLog
from yishi.records.models import Entry, Seal
from yishi.tlog import tiles

BATCH = 500
COLUMNS = (
    "id", "seq", "uid", "subject_kind", "subject_uid", "subject_no", "code", "at", "role", "leaf",
)  # fmt: skip


def check_entries(log: PublishedLog, size: int, index: Digests, looked: Looked) -> Iterator[Wrong]:
    """Differences between journal and log of `size` entries; fills `index` on the way."""
    bundles = _Bundles(log, size)
    expected = 0
    for batch in _in_order():
        _remember(batch, index, looked)
        for row in batch:
            if row["seq"] is None or row["seq"] >= size:
                looked.pending += 1
            else:
                yield from _missing(bundles, expected, row["seq"])
                expected = row["seq"] + 1
                published = bundles.entry(row["seq"])
                if published is not None and published != bytes(row["leaf"]):
                    yield _wrong("entry_differs", row)
            yield from _columns(row)
    yield from _missing(bundles, expected, size)


def _in_order() -> Iterator[list[dict[str, Any]]]:
    """Numbered entries by number, then the others by key; in batches."""
    for rows, key in (
        (Entry.objects.filter(seq__isnull=False), "seq"),
        (Entry.objects.filter(seq__isnull=True), "id"),
    ):
        last = -1
        while True:
            batch = list(
                rows.filter(Q(**{f"{key}__gt": last})).order_by(key).values(*COLUMNS)[:BATCH]
            )
            if not batch:
                break
            last = batch[-1][key]
            yield batch


def _remember(batch: list[dict[str, Any]], index: Digests, looked: Looked) -> None:
    salts: dict[tuple[int, str], bytes] = {
        (entry, name): bytes(salt)
        for entry, name, salt in Seal.objects.filter(
            entry_id__in=[row["id"] for row in batch]
        ).values_list("entry_id", "name", "salt")
    }
    for row in batch:
        try:
            leaf = json.loads(bytes(row["leaf"]))
            row["said"] = leaf
            named = [
                (name, row["id"], digest, salts.get((row["id"], name)))
                for name, digest in leaf["digests"].items()
            ]
            after = leaf["after"] or ""
        except (ValueError, KeyError, AttributeError, TypeError):
            row["said"] = None
            continue
        looked.erased += sum(salt is None for *_, salt in named)
        index.add(named)
        index.tell([(row["subject_uid"], row["subject_no"], after)])


def _columns(row: dict[str, Any]) -> Iterator[Wrong]:
    """An entry's own columns must say what its leaf says."""
    leaf = row["said"]
    if leaf is None:
        yield _wrong("entry_unreadable", row)
        return
    said = (
        leaf["uid"],
        leaf["subject"]["kind"],
        leaf["subject"]["uid"],
        leaf["no"],
        leaf["facts"].get("code"),
        leaf["at"],
        leaf["actor"]["role"],
    )
    kept = (
        row["uid"],
        row["subject_kind"],
        row["subject_uid"],
        row["subject_no"],
        row["code"],
        row["at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        row["role"],
    )
    if said != kept:
        yield _wrong("entry_columns", row)


def _missing(bundles: "_Bundles", first: int, end: int) -> Iterator[Wrong]:
    """Entries the log has and the database has not."""
    for seq in range(first, end):
        leaf = bundles.entry(seq)
        subject = json.loads(leaf)["subject"] if leaf else {"kind": "", "uid": ""}
        yield Wrong("entry_missing", {"seq": seq, **subject})


def _wrong(code: str, row: dict[str, Any]) -> Wrong:
    return Wrong(
        code,
        {
            "seq": row["seq"],
            "uid": row["uid"],
            "act": row["code"],
            "kind": row["subject_kind"],
            "subject": row["subject_uid"],
        },
    )


class _Bundles:
    """Entries of the log by number, a bundle in memory at a time. What the log itself has lost
    was found by reading it alone and is not said twice."""

    def __init__(self, log: PublishedLog, size: int) -> None:
        self._log, self._size = log, size
        self._at, self._held = -1, list[bytes]()

    def entry(self, seq: int) -> bytes | None:
        index, at = divmod(seq, tiles.TILE_WIDTH)
        if index != self._at:
            width = min(tiles.TILE_WIDTH, self._size - index * tiles.TILE_WIDTH)
            try:
                self._held = tiles.read_entries(self._log.read_cut, index, width)
            except (tiles.MissingTile, ValueError):
                self._held = []
            self._at = index
        return self._held[at] if at < len(self._held) else None
