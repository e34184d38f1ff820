"""The book of all cases, kept in this process and brought up to date at each use.

Whatever changes a case is an entry of the journal in the same transaction, so the entries since
the last look name the cases to read again. The sequencer numbers entries once they are committed,
in an order without gaps; an entry it has not reached yet is looked for among the last ones
written, and found at the latest when it is numbered, seconds later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max, Q

from yishi.counting.cases import Book
from yishi.records.models import Case, Entry, Exclusion, Pushed
from yishi.records.queries.figures_load import Words, read_rows

WINDOW = 200
"""How many of the last entries are looked at again: two acts at once may commit out of order."""
ALL_ANEW = 4_000
"""From so many entries on, reading everything is quicker than reading what changed."""
ENTRY = ("id", "uid", "seq", "subject_kind", "subject_uid")


@dataclass
class Kept:
    """A book, and how far it has read the journal."""

    words: Words = field(default_factory=Words)
    book: Book | None = None
    last: tuple[int, str] = (0, "")
    last_seq: int = -1
    seen: frozenset[int] = frozenset()


_KEPT: dict[tuple[str, ...], Kept] = {}
_LOCK = RLock()


def current() -> tuple[Book, Words]:
    """Every case as it is now. One statement where nothing has happened, five after acts."""
    names = connection.settings_dict
    key = (str(names["NAME"]), str(names["HOST"]), str(settings.YISHI_VAR))
    with _LOCK:
        kept = _KEPT.setdefault(key, Kept())
        if not _caught_up(kept):
            kept = _KEPT[key] = _read_anew()
        assert kept.book is not None
        return kept.book, kept.words


def forget() -> None:
    """Everything is read anew at the next use."""
    _KEPT.clear()


def _read_anew() -> Kept:
    # The journal first: what is written while the cases are read is read again next time.
    window = list(Entry.objects.order_by("-id").values_list(*ENTRY)[:WINDOW])
    numbered = Entry.objects.aggregate(last=Max("seq"))["last"]
    kept = Kept(last_seq=-1 if numbered is None else numbered)
    _note(kept, window)
    kept.book = Book(read_rows(kept.words))
    return kept


def _caught_up(kept: Kept) -> bool:
    """Reads again what has changed; False where the book has to be made anew: it is new, its
    last entry is gone, as when a test is rolled back, or very much has happened."""
    if kept.book is None or not kept.last[0]:
        return False
    since = Q(id__gt=kept.last[0] - WINDOW) | Q(seq__gt=kept.last_seq)
    entries = list(Entry.objects.filter(since).values_list(*ENTRY)[:ALL_ANEW])
    if kept.last not in {(row[0], row[1]) for row in entries} or len(entries) == ALL_ANEW:
        return False
    fresh = [row for row in entries if row[0] not in kept.seen]
    if ids := _touched(fresh):
        merged, main = kept.book.main_at
        case = kept.book.column("id")
        # A rating is put to the matter the resident raised, which may be merged into another.
        ids |= {int(case[at]) for at, to in zip(merged, main, strict=True) if int(case[to]) in ids}
        kept.book = kept.book.with_fresh(read_rows(kept.words, sorted(ids)))
    _note(kept, entries)
    return True


def _note(kept: Kept, entries: Sequence[Any]) -> None:
    if not entries:
        return
    kept.last = max((row[0], row[1]) for row in entries)
    kept.seen = frozenset(row[0] for row in entries if row[0] > kept.last[0] - 2 * WINDOW)
    kept.last_seq = max([kept.last_seq, *(row[2] for row in entries if row[2] is not None)])


def _touched(entries: Sequence[Any]) -> set[int]:
    """The cases these entries are about."""
    by_kind: dict[str, list[str]] = {}
    for _id, _uid, _seq, kind, uid in entries:
        by_kind.setdefault(kind, []).append(uid)
    about = Q(uid__in=by_kind.get("case", ()))
    for kind, model in (("pushed", Pushed), ("exclusion", Exclusion)):
        if uids := by_kind.get(kind):
            about |= Q(pk__in=model._default_manager.filter(uid__in=uids).values("case_id"))
    if not by_kind.keys() & {"case", "pushed", "exclusion"}:
        return set()
    return set(Case.objects.filter(about).values_list("id", flat=True))
