"""What is sought, as each database is asked for it: full-text search of SQLite, GIN of PostgreSQL.

SQLite finds a phrase by the order of its pairs; PostgreSQL finds the pairs, and a phrase of three
signs or more is rechecked on the folded text.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from yishi.core.search import Sought, pairs, tokens
from yishi.records.index import HEAD, HEAD_SIGN, MARK, SIGN, STAFF

# Counting stops here: a person reads pages, not tens of thousands.
CAP = 1_000


def documents(sought: Sought, marks: Iterable[str], scope: Iterable[str]) -> tuple[list[int], bool]:
    """Documents by rank, then the newest first; and whether there are more than `CAP`."""
    tell = _postgres_ranks if connection.vendor == "postgresql" else _sqlite_ranks
    found: list[int] = []
    with connection.cursor() as cursor:
        for sql, params in tell(sought, list(marks), list(scope)):
            cursor.execute(sql, [*params, CAP + 1 - len(found)])
            found += [row[0] for row in cursor.fetchall()]
            if len(found) > CAP:
                return found[:CAP], True
    return found, False


def holding(sought: Sought) -> Any:
    """Keys of the cases that hold every word, for a condition `pk__in`; visible or not."""
    if connection.vendor == "postgresql":
        where, params = _postgres_every(sought)
        query = [_quoted(MARK + STAFF), *(_quoted(part) for part in params[0])]
        sql = f"SELECT case_id FROM records_searchdoc WHERE tokens @@ %s::tsquery{where}"  # noqa: S608
        return RawSQL(sql, [" & ".join(query), *params[1]])  # noqa: S611
    every = " AND ".join((f"marks:{STAFF}", *map(_sqlite_word, sought.words)))
    sql = "SELECT rowid / 2 FROM records_searchdoc_fts WHERE records_searchdoc_fts MATCH %s"
    return RawSQL(sql, [every])  # noqa: S611


Ranks = list[tuple[str, list[str]]]

SQLITE = """
SELECT rowid FROM records_searchdoc_fts WHERE records_searchdoc_fts MATCH %s
ORDER BY rowid DESC LIMIT %s
"""


def _sqlite_ranks(sought: Sought, marks: list[str], scope: list[str]) -> Ranks:
    whole = sought.whole
    if len(whole) == 1:
        head, words = f'marks:"{HEAD_SIGN}{whole}"', f'marks:"{SIGN}{whole}"'
    else:
        head, words = f'head:"{_phrase(whole)}"', f'words:"{_phrase(whole)}"'
    ranks = [head, f"({words} NOT {head})"]
    if len(sought.words) > 1:
        every = " AND ".join(map(_sqlite_word, sought.words))
        ranks.append(f"(({every}) NOT ({head} OR {words}))")
    within = [f"marks:{mark}" for mark in marks]
    if scope:
        within.append("(" + " OR ".join(f"marks:{mark}" for mark in scope) + ")")
    return [(SQLITE, [" AND ".join((rank, *within))]) for rank in ranks]


def _sqlite_word(word: str) -> str:
    if len(word) == 1:
        return f'marks:"{SIGN}{word}"'
    return f'{{head words}}:"{_phrase(word)}"'


def _phrase(run: str) -> str:
    """The pairs of a run that may go on: without the sign that ends a whole one."""
    return tokens(run).rpartition(" ")[0]


POSTGRES = """
SELECT id FROM records_searchdoc WHERE tokens @@ %s::tsquery{}
ORDER BY id DESC LIMIT %s
"""


def _postgres_ranks(sought: Sought, marks: list[str], scope: list[str]) -> Ranks:
    whole = sought.whole
    within = [_quoted(MARK + mark) for mark in marks]
    if scope:
        within.append("(" + " | ".join(_quoted(MARK + mark) for mark in scope) + ")")
    heads = [HEAD + pair for pair in pairs(whole)] or [MARK + HEAD_SIGN + whole]
    every = [*pairs(whole)] or [MARK + SIGN + whole]
    exact = len(whole) < 3
    in_head = " & ".join((*map(_quoted, heads), *within))
    ranks: Ranks = [
        (POSTGRES.format("" if exact else HAS_HEAD), [in_head, *([] if exact else [whole])])
    ]
    if exact:
        elsewhere = " & ".join((_quoted(every[0]), f"!{_quoted(heads[0])}", *within))
        ranks.append((POSTGRES.format(""), [elsewhere]))
    else:
        elsewhere = " & ".join((*map(_quoted, every), *within))
        ranks.append((POSTGRES.format(HAS_WORDS + NOT_HEAD), [elsewhere, whole, whole]))
    if len(sought.words) > 1:
        where, (lexemes, params) = _postgres_every(sought)
        query = " & ".join((*map(_quoted, lexemes), *within))
        ranks.append(
            (POSTGRES.format(where + NOT_WORDS + NOT_HEAD), [query, *params, whole, whole])
        )
    return ranks


HAS_HEAD, NOT_HEAD = " AND strpos(head, %s) > 0", " AND strpos(head, %s) = 0"
HAS_WORDS, NOT_WORDS = " AND strpos(words, %s) > 0", " AND strpos(words, %s) = 0"
HAS_EITHER = " AND (strpos(words, %s) > 0 OR strpos(head, %s) > 0)"


def _postgres_every(sought: Sought) -> tuple[str, tuple[list[str], list[str]]]:
    """Every word somewhere: what is rechecked, the lexemes, and the values of the recheck."""
    lexemes = [
        lexeme for word in sought.words for lexeme in ([*pairs(word)] or [MARK + SIGN + word])
    ]
    long = [word for word in sought.words if len(word) > 2]
    return HAS_EITHER * len(long), (lexemes, [word for word in long for _ in range(2)])


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
