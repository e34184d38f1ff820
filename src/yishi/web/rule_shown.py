"""A rule file as facts and tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.caserules import Text
from yishi.phrases.rule import say_text
from yishi.rulebook.load import Bundle
from yishi.web.office import table

ROWS = 500
HEAD_KEYS = frozenset({"kind", "id", "version", "valid_from", "repealed_on", "source"})


def address(row: Mapping[str, Any]) -> str:
    """The page of a rule file: {kind, name, version}."""
    return reverse("bundle", args=[row["kind"], row["name"], row["version"]])


def head(made: Bundle) -> list[dict[str, Any]]:
    """The facts every rule file begins with."""
    return [
        {"label": _("Version"), "value": made.version},
        {"label": _("Valid from"), "value": made.valid_from.isoformat()},
        *(
            [{"label": _("Repealed on"), "value": made.repealed_on.isoformat()}]
            if made.repealed_on
            else []
        ),
        {"label": _("Source"), "value": made.source},
        {"label": _("Digest (SHA-256)"), "value": made.sha256},
    ]


def contents(data: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[dict[str, Any]]]:
    """Single values by dotted key, and a table for every list of entries."""
    plain: list[tuple[str, str]] = []
    tables: list[dict[str, Any]] = []
    for key, value in _parts("", {k: v for k, v in data.items() if k not in HEAD_KEYS}):
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            rows = [dict(_flat("", item)) for item in value[:ROWS]]
            columns = list(dict.fromkeys(name for row in rows for name in row))
            cells = [[row.get(name, "—") for name in columns] for row in rows]
            tables.append(table(key, columns, cells))
        else:
            plain.append((key, _written(value)))
    return plain, tables


def _parts(prefix: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        name = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(item, Mapping) and "zh" in item and item.keys() <= {"zh", "en"}:
            yield name, say_text(Text(item["zh"], item.get("en", "")))
        elif isinstance(item, Mapping):
            yield from _parts(name, item)
        else:
            yield name, item


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Mapping):
        yield prefix or _("Value"), _written(value)
        return
    for key, item in _parts(prefix, value):
        yield key, _written(item)


def _written(value: object) -> str:
    if isinstance(value, list):
        return "、".join(_written(item) for item in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
