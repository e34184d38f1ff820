"""What is sought, as each database is asked for it: full-text search of SQLite, GIN of PostgreSQL.

SQLite finds a phrase by the order of its pairs; PostgreSQL finds the pairs, and a phrase of three
signs or more is rechecked on the folded text. Of a long phrase both are asked for its beginning.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from yishi.core.search import Sought, pairs
from yishi.records.index import HEAD, HEAD_SIGN, MARK, SIGN, STAFF

# Counting stops here: a person reads pages, not tens of thousands.
CAP = 1_000
# Signs of a phrase that the index is asked for; each pair is a look into every piece of it.
BEGINNING = 12


class Where(StrEnum):
    """Which texts of a document a phrase may stand in."""

    HEAD = "head"
    WORDS = "words"
    ANY = "any"


COLUMNS = {Where.HEAD: ("head",), Where.WORDS: ("words",), Where.ANY: ("words", "head")}


def documents(
    sought: Sought, marks: Sequence[str], scope: Sequence[str] = ()
) -> tuple[list[int], bool]:
    """Documents by rank, then the newest first; and whether there are more than `CAP`.

    A document has all of `marks` and, where `scope` is given, one of those. A statement a rank.
    """
    ranks = [(Where.HEAD, [sought.whole]), (Where.WORDS, [sought.whole])]
    if len(sought.words) > 1:
        ranks.append((Where.ANY, list(sought.words)))
    found: dict[int, None] = {}
    with connection.cursor() as cursor:
        for where, phrases in ranks:
            condition, params = _condition(where, phrases, marks, scope)
            sql = f"SELECT {_key()} FROM {_table()} WHERE {condition}"  # noqa: S608
            # What an earlier rank found may come again: it is among the `CAP` and one more.
            cursor.execute(f"{sql} ORDER BY {_key()} DESC LIMIT {CAP + 1}", params)
            found |= dict.fromkeys(row[0] for row in cursor.fetchall())
            if len(found) > CAP:
                return list(found)[:CAP], True
    return list(found), False


def count(sought: Sought, marks: Sequence[str]) -> tuple[int, bool]:
    """How many documents with all of `marks` hold every word, and whether there are more than
    `CAP`. One statement."""
    condition, params = _condition(Where.ANY, list(sought.words), marks, ())
    within = f"SELECT {_key()} FROM {_table()} WHERE {condition} LIMIT {CAP + 1}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({within}) AS found", params)  # noqa: S608
        many = int(cursor.fetchone()[0])
    return min(many, CAP), many > CAP


def holding(sought: Sought) -> Any:
    """Keys of the cases that hold every word, for a condition `pk__in`; visible or not."""
    condition, params = _condition(Where.ANY, list(sought.words), [STAFF], ())
    return RawSQL(  # noqa: S611
        f"SELECT {_key()} / 2 FROM {_table()} WHERE {condition}",  # noqa: S608
        params,
    )


def _table() -> str:
    postgres = connection.vendor == "postgresql"
    return "records_searchdoc" if postgres else "records_searchdoc_fts"


def _key() -> str:
    return "id" if connection.vendor == "postgresql" else "records_searchdoc_fts.rowid"


def _condition(
    where: Where, phrases: Sequence[str], marks: Sequence[str], scope: Sequence[str]
) -> tuple[str, list[str]]:
    """Every phrase there, every mark, one of the scope: as SQL, and its values."""
    if connection.vendor == "postgresql":
        match, exact, check = POSTGRES
        terms = [_postgres(where, phrase[:BEGINNING]) for phrase in phrases]
        every, one = " & ".join, " | ".join
        within = [_lexeme(MARK + mark) for mark in marks]
        among = [_lexeme(MARK + mark) for mark in scope]
    else:
        match, exact, check = SQLITE
        terms = [_sqlite(where, phrase[:BEGINNING]) for phrase in phrases]
        every, one = " AND ".join, " OR ".join
        within = [f"marks:{mark}" for mark in marks]
        among = [f"marks:{mark}" for mark in scope]
    if among:
        within.append(f"({one(among)})")
    params = [every((*terms, *within))]
    for phrase in phrases:
        if len(phrase) > exact:
            columns = COLUMNS[where]
            match += f" AND ({' OR '.join(check.format(name) for name in columns)})"
            params += [phrase] * len(columns)
    return match, params


# How the index is asked, the longest phrase it answers by itself, the recheck.
POSTGRES = ("tokens @@ %s::tsquery", 2, "strpos({}, %s) > 0")
SQLITE = (
    "records_searchdoc_fts MATCH %s",
    BEGINNING,
    "(SELECT instr({}, %s) FROM records_searchdoc WHERE id = records_searchdoc_fts.rowid) > 0",
)


def _sqlite(where: Where, phrase: str) -> str:
    if len(phrase) == 1:
        return f'marks:"{HEAD_SIGN if where is Where.HEAD else SIGN}{phrase}"'
    return f'{{{" ".join(COLUMNS[where])}}}:"{" ".join(pairs(phrase))}"'


def _postgres(where: Where, phrase: str) -> str:
    if len(phrase) == 1:
        return _lexeme(MARK + (HEAD_SIGN if where is Where.HEAD else SIGN) + phrase)
    kept = HEAD if where is Where.HEAD else ""
    return " & ".join(_lexeme(kept + pair) for pair in pairs(phrase))


def _lexeme(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
