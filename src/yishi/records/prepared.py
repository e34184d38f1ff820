"""Statements written once: rows of one table by plain equality, inserted, or updated.

Every act asks and writes the same few things. Putting such a statement together anew each time
costs several times what running it does, so its text is kept by its shape; values are converted
by the fields' own rules, on SQLite and PostgreSQL alike. Anything richer is a queryset.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any], Any]


def rows_of(
    model: type[M],
    where: Mapping[str, object],
    order: str = "",
    skip: str = "",
    *,
    share: bool = False,
) -> list[M]:
    """The rows whose columns (attnames) equal the values, None for null; by `order`, a column.

    `skip`: a column left out and read when it is asked for. `share`: PostgreSQL keeps the rows
    from being changed until this transaction ends, while others may hold them so too. Unbounded:
    only for what belongs to one thing and is small.
    """
    names = tuple(sorted(where))
    empty = tuple(name for name in names if where[name] is None)
    sql, attnames, converters = _select(connection.alias, model, names, empty, order, skip, share)
    fields = _fields(model)
    params = [_prepared(fields[name], where[name]) for name in names if name not in empty]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return [
        model.from_db(
            connection.alias,
            attnames,
            [
                convert(value) if convert else value
                for convert, value in zip(converters, row, strict=True)
            ],
        )
        for row in found
    ]


def row_of(model: type[M], where: Mapping[str, object], skip: str = "") -> M | None:
    """The first such row, or None."""
    return next(iter(rows_of(model, where, skip=skip)), None)


def insert(*rows: models.Model) -> None:
    """Saves new rows of one table, a statement each, and gives them their keys. A row's `save` is
    not called. Raises IntegrityError as the database does."""
    if not rows:
        return
    sql, columns = _insert(connection.alias, type(rows[0]))
    with connection.cursor() as cursor:
        for row in rows:
            values = [one.get_db_prep_save(one.pre_save(row, True), connection) for one in columns]
            cursor.execute(sql, values)
            row.pk = cursor.fetchone()[0]
            row._state.adding = False
            row._state.db = connection.alias


def insert_all(rows: Sequence[models.Model]) -> None:
    """Saves new rows of one table in one statement; they are not given their keys."""
    if not rows:
        return
    sql, columns = _insert_all(connection.alias, type(rows[0]), len(rows))
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection)
        for row in rows
        for field in columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def update(model: type[M], where: Mapping[str, object], values: Mapping[str, object]) -> int:
    """Sets columns (attnames) of the rows whose columns equal; how many there were."""
    fields, names, given = _fields(model), tuple(sorted(values)), tuple(sorted(where))
    sql = _update(connection.alias, model, names, given)
    params = [fields[name].get_db_prep_save(values[name], connection) for name in names]
    params += [_prepared(fields[name], where[name]) for name in given]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _prepared(field: "Field[Any, Any]", value: object) -> Any:
    return field.get_db_prep_value(value, connection, prepared=False)


@lru_cache(maxsize=256)
def _fields(model: type[models.Model]) -> dict[str, "Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


@lru_cache(maxsize=256)
def _select(
    alias: str,
    model: type[models.Model],
    names: tuple[str, ...],
    empty: tuple[str, ...],
    order: str,
    skip: str,
    share: bool,
) -> tuple[str, list[str], list[Convert | None]]:
    quote, fields = connection.ops.quote_name, _fields(model)
    taken = [field for field in fields.values() if field.attname != skip]
    columns = ", ".join(quote(str(field.column)) for field in taken)
    tests = [
        f"{quote(str(fields[name].column))} {'IS NULL' if name in empty else '= %s'}"
        for name in names
    ]
    sorted_by = f" ORDER BY {quote(str(fields[order].column))}" if order else ""
    if share and connection.features.has_select_for_update:
        sorted_by += " FOR SHARE"
    sql = (
        f"SELECT {columns} FROM {quote(model._meta.db_table)} "  # noqa: S608  names, no values
        f"WHERE {' AND '.join(tests)}{sorted_by}"
    )
    return sql, [field.attname for field in taken], [_converter(field) for field in taken]


def _converter(field: "Field[Any, Any]") -> Convert | None:
    column = field.cached_col
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not steps:
        return None

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert


@lru_cache(maxsize=256)
def _insert(alias: str, model: type[models.Model]) -> tuple[str, list["Field[Any, Any]"]]:
    sql, columns = _insert_all(alias, model, 1)
    key = model._meta.pk
    assert key is not None
    return f"{sql} RETURNING {connection.ops.quote_name(str(key.column))}", columns


@lru_cache(maxsize=1024)
def _insert_all(
    alias: str, model: type[models.Model], count: int
) -> tuple[str, list["Field[Any, Any]"]]:
    quote, key = connection.ops.quote_name, model._meta.pk
    columns = [field for field in model._meta.concrete_fields if field is not key]
    names = ", ".join(quote(str(field.column)) for field in columns)
    marks = f"({', '.join(['%s'] * len(columns))})"
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * count)}", columns  # noqa: S608


@lru_cache(maxsize=1024)
def _update(
    alias: str, model: type[models.Model], names: tuple[str, ...], given: tuple[str, ...]
) -> str:
    quote, fields = connection.ops.quote_name, _fields(model)
    sets = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in names)
    tests = " AND ".join(f"{quote(str(fields[name].column))} = %s" for name in given)
    return f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {tests}"  # noqa: S608
