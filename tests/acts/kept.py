"""A world made once in a run and put back: tests begin with the same rows, made for all of them."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tests import migrated

T = TypeVar("T")
Rows = list[tuple[type[models.Model], str, list[tuple[Any, ...]]]]
Kept = tuple[Rows, bytes]
_KEPT: dict[Path, Kept] = {}


def made_once(name: str, make: Callable[[], T]) -> T:
    """What `make` makes in an empty database: made by it the first time in a run, then its rows
    put back as they were, with the same keys. Where the database is not empty, and outside a run
    of the tests, it is made."""
    if migrated.FOLDER is None or _tables():
        return make()
    file = migrated.FOLDER / f"kept-{sha256(f'{connection.vendor} {name}'.encode()).hexdigest()}"
    if file not in _KEPT:
        with migrated.alone(file.name):
            if not file.exists():
                made = make()
                file.write_bytes(pickle.dumps((_tables(), pickle.dumps(made))))
                return made
            # We wrote it ourselves, in this run.
            _KEPT[file] = pickle.loads(file.read_bytes())
    rows, pickled = _KEPT[file]
    _put_back(rows)
    return pickle.loads(pickled)  # type: ignore[no-any-return]


def _tables() -> Rows:
    """The rows of every table of ours that has any."""
    quote, found = connection.ops.quote_name, []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            names = ", ".join(quote(str(f.column)) for f in model._meta.concrete_fields)
            table = quote(model._meta.db_table)
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY 1")
            rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
            if rows:
                marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
                sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
                found.append((model, sql, rows))
    return found


def _plain(value: object) -> object:
    """Bytes for PostgreSQL's view of them, which cannot be kept."""
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def _without_triggers(cursor: Any) -> Iterator[None]:
    """What was let in while a vote was open comes back though it is closed now."""
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE records_part DISABLE TRIGGER USER")
        yield
        # What the constraints deferred is looked at first: a table with such events is not altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_part ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        cursor.execute(sql)


def _put_back(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor, _without_triggers(cursor):
        for _, sql, values in rows:
            cursor.executemany(sql, values)
        for sql in connection.ops.sequence_reset_sql(no_style(), [model for model, _, _ in rows]):
            cursor.execute(sql)
