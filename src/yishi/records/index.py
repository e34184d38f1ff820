"""Writes the search index: what identifies somebody is cut out before anything is kept.

Called inside the act that changed a case, or the words of a topic. `core.search` says how a text is
cut into tokens; `records/queries/search.py` and `search_topics.py` read what is kept here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yishi.core.place import ids_of
from yishi.core.redaction import Redaction
from yishi.core.search import VERSION, fold, pairs, parts_to_keep, tokens
from yishi.records.models import Case, Place, SearchDoc, Topic
from yishi.records.queries.case_texts import CaseTexts, texts_of
from yishi.records.queries.rule import adopted, parsed, today_of
from yishi.records.queries.topic_words import TopicWords, words_of
from yishi.rulebook import kinds
from yishi.rulebook.shipped import shipped_bundle

BATCH = 250
# The marks of a document: who may see it, where it is, whether it is open, its single signs.
STAFF, BOARD, TOPIC, OPEN, CLOSED = "s", "b", "t", "o", "x"
PLACE, GRID, UNIT = "p", "g", "u"
SIGN, HEAD_SIGN = "c", "h"
# A mark and a pair of the head stand beside the pairs of the words in PostgreSQL's one column.
MARK, HEAD = "#", "^"


@dataclass(frozen=True)
class Doc:
    """A document about to be kept: folded runs and marks."""

    id: int
    case_id: int | None
    head: tuple[str, ...]
    words: tuple[str, ...]
    marks: frozenset[str]
    topic_id: int | None = None

    def lexemes(self) -> list[str]:
        """What PostgreSQL keeps: marks, pairs of the head, pairs of everything."""
        heads = {pair for run in self.head for pair in pairs(run)}
        every = heads | {pair for run in self.words for pair in pairs(run)}
        return [*every, *(HEAD + pair for pair in heads), *(MARK + mark for mark in self.marks)]


def staff_id(case_id: int) -> int:
    """The document of a case for those who may see the case."""
    return 2 * case_id


def board_id(case_id: int) -> int:
    """The document of what is on the public board of it."""
    return 2 * case_id + 1


# Documents of topics lie below those of all cases, and the newest of them has the highest key.
TOPICS = -(2**62)


def topic_id(pk: int) -> int:
    """The document of a topic, for everybody."""
    return TOPICS + pk


def index_case(case: Case, now: datetime) -> None:
    """Rewrites the documents of one case; on SQLite four statements, on PostgreSQL three."""
    _write([(case.pk, texts_of([case.pk])[case.pk], rules_at(case.place, now))])


def index_cases(case_ids: Sequence[int], now: datetime) -> None:
    """The same for many cases, `BATCH` to a transaction."""

    def write(rules: Mapping[int, Redaction]) -> None:
        found = texts_of(list(rules))
        _write([(pk, found[pk], rule) for pk, rule in rules.items()])

    _in_batches(Case.objects.all(), case_ids, now, write)


def index_topics(topic_ids: Sequence[int], now: datetime) -> None:
    """Rewrites the documents of topics, `BATCH` to a transaction."""

    def write(rules: Mapping[int, Redaction]) -> None:
        found = words_of(list(rules))
        _keep([_topic_doc(pk, found[pk], rule) for pk, rule in rules.items()])

    _in_batches(Topic.objects.all(), topic_ids, now, write)


def _in_batches(
    rows: "QuerySet[Any]",
    ids: Sequence[int],
    now: datetime,
    write: Callable[[Mapping[int, Redaction]], None],
) -> None:
    """`write` for each batch: row → the redaction rules of its place. No act comes between reading
    a row and writing its documents: PostgreSQL locks the rows, on SQLite the transaction is
    exclusive."""
    rules: dict[int, Redaction] = {}
    for start in range(0, len(ids), BATCH):
        with transaction.atomic(savepoint=False):
            wanted = rows.filter(pk__in=ids[start : start + BATCH]).order_by("pk")
            if connection.features.has_select_for_update:
                wanted = wanted.select_for_update(of=("self",))
            places = dict(wanted.values_list("pk", "place_id"))
            for place in Place.objects.filter(pk__in=set(places.values()) - set(rules)):
                rules[place.pk] = rules_at(place, now)
            write({pk: rules[place_id] for pk, place_id in places.items()})


def stale_topics() -> list[int]:
    """Topics without a document of this version, the oldest first."""
    fresh = SearchDoc.objects.filter(id=OuterRef("pk") + TOPICS, version=VERSION)
    rows = Topic.objects.filter(~Q(Exists(fresh))).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def stale() -> Iterator[int]:
    """Cases without a document of this version, the oldest first, without holding them all."""
    fresh = SearchDoc.objects.filter(id=2 * OuterRef("pk"), version=VERSION)
    last = 0
    while keys := list(
        Case.objects.filter(~Q(Exists(fresh)), pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        yield from keys
        last = keys[-1]


def count_stale() -> int:
    """How many cases and topics have no document of this version."""
    docs = SearchDoc.objects.filter(version=VERSION)
    fresh = docs.filter(topic=None).annotate(odd=F("id") % 2).filter(odd=0)
    topics = Topic.objects.count() - docs.exclude(topic=None).count()
    return Case.objects.count() - fresh.count() + topics


def forget() -> None:
    """Counts every document as one of another version: all are found, and all are made again."""
    SearchDoc.objects.update(version=0)


def tidy() -> None:
    """Merges SQLite's full-text table into one piece, a little at a time, so that nothing is left
    of documents that were written anew or deleted. PostgreSQL's vacuum does this by itself."""
    if connection.vendor == "postgresql":
        return
    pages, changed = -MERGED_AT_ONCE, MERGED
    with connection.cursor() as cursor:
        while changed >= MERGED:
            before = _changes(cursor)
            cursor.execute(MERGE, [pages])
            pages, changed = MERGED_AT_ONCE, _changes(cursor) - before


# Each step is a short transaction of its own. Fewer than two rows changed: nothing was left to do.
MERGED_AT_ONCE, MERGED = 500, 2
MERGE = "INSERT INTO records_searchdoc_fts (records_searchdoc_fts, rank) VALUES ('merge', %s)"


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def rules_at(place: Place, now: datetime) -> Redaction:
    """The redaction rules in force at `place`; the shipped ones where none were adopted."""
    row = adopted(place, today_of(now), maybe=("redaction",)).get("redaction")
    found: Redaction = _shipped() if row is None else parsed(row)
    return found


@lru_cache(maxsize=1)
def _shipped() -> Redaction:
    rules: Redaction = kinds.parse(shipped_bundle("redaction", "standard"))
    return rules


def _write(found: Iterable[tuple[int, CaseTexts, Redaction]]) -> None:
    docs: list[Doc] = []
    off: list[int] = []
    for case_id, texts, rules in found:
        docs.append(_staff_doc(case_id, texts, rules))
        if texts.public is not None:
            docs.append(_board_doc(case_id, texts, texts.public, rules))
        elif texts.drafted:
            off.append(board_id(case_id))
    _keep(docs, off)


def _keep(docs: Sequence[Doc], off: Sequence[int] = ()) -> None:
    if connection.vendor == "postgresql":
        _write_postgres(docs, off)
    else:
        _write_sqlite(docs, off)


def _staff_doc(case_id: int, texts: CaseTexts, rules: Redaction) -> Doc:
    marks = {STAFF, OPEN if texts.is_open else CLOSED}
    marks |= {f"{PLACE}{pk}" for pk in ids_of(texts.line)}
    marks |= {f"{UNIT}{pk}" for pk in texts.units}
    if texts.grid is not None:
        marks.add(f"{GRID}{texts.grid}")
    known = sorted(texts.known)
    words = [part for text in texts.words for part in parts_to_keep(text, rules, known)]
    return _doc(staff_id(case_id), case_id, texts.heads, (*words, *texts.names), marks)


def _board_doc(
    case_id: int, texts: CaseTexts, public: tuple[str, str, str], rules: Redaction
) -> Doc:
    title, *rest = ([*parts_to_keep(text, rules, sorted(texts.known))] for text in public)
    return _doc(board_id(case_id), case_id, title, [p for part in rest for p in part], {BOARD})


def _topic_doc(pk: int, words: TopicWords, rules: Redaction) -> Doc:
    """What everybody reads of a topic; nobody's comment is in it."""
    known = sorted(words.known)
    head = [words.number, *parts_to_keep(words.title, rules, known)]
    rest = [part for text in words.texts for part in parts_to_keep(text, rules, known)]
    marks = {TOPIC, *(f"{PLACE}{place}" for place in ids_of(words.line))}
    doc = _doc(topic_id(pk), None, head, (*rest, words.place), marks)
    return replace(doc, topic_id=pk)


def _doc(
    doc_id: int, case_id: int | None, heads: Iterable[str], words: Iterable[str], marks: set[str]
) -> Doc:
    head, rest = tuple(_runs(heads)), tuple(_runs(words))
    head_signs = {sign for run in head for sign in run}
    signs = head_signs | {sign for run in rest for sign in run}
    marks |= {SIGN + sign for sign in signs} | {HEAD_SIGN + sign for sign in head_signs}
    return Doc(doc_id, case_id, head, rest, frozenset(marks))


def _runs(texts: Iterable[str]) -> Iterator[str]:
    return filter(None, map(fold, texts))


UPSERT = """
INSERT INTO records_searchdoc (id, case_id, topic_id, head, words, version%s) VALUES (%s)
ON CONFLICT (id) DO UPDATE
SET head = excluded.head, words = excluded.words, version = excluded.version%s
"""
UPSERT_SQLITE = UPSERT % ("", "%s, %s, %s, %s, %s, %s", "")
UPSERT_POSTGRES = UPSERT % (
    ", tokens",
    "%s, %s, %s, %s, %s, %s, array_to_tsvector(%s)",
    ", tokens = excluded.tokens",
)
TOKENS_SQLITE = """
INSERT OR REPLACE INTO records_searchdoc_fts (rowid, head, words, marks) VALUES (%s, %s, %s, %s)
"""


def _row(doc: Doc) -> tuple[int, int | None, int | None, str, str, int]:
    return (doc.id, doc.case_id, doc.topic_id, "\n".join(doc.head), "\n".join(doc.words), VERSION)


def _write_sqlite(docs: Sequence[Doc], off: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT_SQLITE, [_row(doc) for doc in docs])
        cursor.executemany(
            TOKENS_SQLITE,
            [
                (
                    doc.id,
                    " ".join(map(tokens, doc.head)),
                    " ".join(map(tokens, doc.words)),
                    " ".join(sorted(doc.marks)),
                )
                for doc in docs
            ],
        )
        for doc_id in off:
            cursor.execute("DELETE FROM records_searchdoc WHERE id = %s", [doc_id])
            cursor.execute("DELETE FROM records_searchdoc_fts WHERE rowid = %s", [doc_id])


def _write_postgres(docs: Sequence[Doc], off: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT_POSTGRES, [(*_row(doc), doc.lexemes()) for doc in docs])
        if off:
            cursor.execute("DELETE FROM records_searchdoc WHERE id = ANY(%s)", [list(off)])
