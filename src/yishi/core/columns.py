"""Reading somebody else's table: which column means what, as data.

A column map is a rule file (rules/mapping). It turns one row of their table into our names
and codes, and says exactly which column of which row it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yishi.core.calendar import Span, SpanKind
from yishi.core.duty import CommunityMay, DutyRow, split_bodies
from yishi.core.refusal import Refusal

_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_LIMIT = re.compile(r"\s*(\d+)\s*(\D+)")


class UnknownUnits(StrEnum):
    """What an import does with a body nobody has entered: make it, or report the row."""

    CREATE = "create"
    REPORT = "report"


@dataclass(frozen=True)
class ColumnMap:
    """How to read one kind of table.

    ``reads``: ``cases``, ``duties`` or ``orders``. ``columns``: our field → their column.
    ``values``: our field → their value → our code; a value not in a map is refused. ``unknown``:
    cells that mean "not known" and read as "". ``strip_brackets``: fields whose bracketed part is
    split off into ``<field>_within`` (城管办（坑梓街道办事处）). ``required``: fields that may not
    be empty. ``limits``: unit words → SpanKind, and where that reading comes from.
    ``answers``: of orders, what goes back: our field → their column, in their order;
    ``answer_values``: our field → our code → their word.
    """

    id: str
    version: str
    sha256: str
    reads: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    required: tuple[str, ...]
    unknown: tuple[str, ...]
    unknown_units: UnknownUnits
    strip_brackets: tuple[str, ...]
    time_format: str
    limits: Mapping[str, SpanKind]
    limits_source: str
    community_may: CommunityMay = CommunityMay.NONE
    answers: Mapping[str, str] = field(default_factory=dict)
    answer_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def must_have_columns(header: Iterable[str], columns: ColumnMap) -> Refusal | None:
    """Refused ``columns_missing`` (need: the columns the map reads that are not there)."""
    present = {name.strip().lstrip("\ufeff") for name in header}
    missing = tuple(name for name in columns.columns.values() if name not in present)
    return (
        Refusal("columns_missing", need=missing, have=tuple(sorted(present))) if missing else None
    )


def read_row(row: Mapping[str, str], columns: ColumnMap) -> dict[str, str] | Refusal:
    """One row under our names, every field present and "" where unknown.

    Refused: ``cell_required`` (need: their column), ``cell_unknown_value`` (need: the values
    the map knows, have: the cell, unit: their column).
    """
    out: dict[str, str] = {}
    for name, column in columns.columns.items():
        cell = (row.get(column) or "").strip()
        if cell in columns.unknown:
            cell = ""
        if name in columns.strip_brackets:
            out[f"{name}_within"] = " ".join(_BRACKETED.findall(cell)).strip()
            cell = _BRACKETED.sub("", cell).strip()
        if cell and name in columns.values:
            known = columns.values[name]
            if cell not in known:
                return Refusal("cell_unknown_value", tuple(known), cell, column, columns.id)
            cell = known[cell]
        if not cell and name in columns.required:
            return Refusal("cell_required", need=column, source=columns.id)
        out[name] = cell
    return out


def read_limit(words: str, columns: ColumnMap) -> Span | Refusal:
    """A limit as written, such as ``2紧急工作时`` or ``1紧急工作时制止``.

    The longest unit word that begins what follows the number is the unit. Refused:
    ``limit_unreadable`` (need: the unit words, have: the cell).
    """
    match = _LIMIT.match(words)
    if match:
        length, rest = int(match[1]), match[2].strip()
        for unit in sorted(columns.limits, key=len, reverse=True):
            if rest.startswith(unit) and 1 <= length <= 10_000:
                return Span(length, columns.limits[unit])
    return Refusal("limit_unreadable", tuple(columns.limits), words, source=columns.limits_source)


def read_duty(row: Mapping[str, str], columns: ColumnMap) -> DutyRow | Refusal:
    """One row of a responsibility list. Refused as :func:`read_row` and :func:`read_limit`.

    The item's code is category, major and minor code together, for in real lists a minor
    code is unique only with the other two.
    """
    cells = read_row(row, columns)
    if isinstance(cells, Refusal):
        return cells
    words = cells.get("limit_words", "")
    limit = read_limit(
        words or cells.get("limit_length", "") + cells.get("limit_unit", ""), columns
    )
    if isinstance(limit, Refusal):
        return limit
    lead, co = split_bodies(cells.get("bodies", ""))
    parts = (cells.get(name, "") for name in ("category", "major_code", "minor_code"))
    return DutyRow(
        code="-".join(part for part in parts if part),
        category=cells.get("category", ""),
        major=cells.get("major", ""),
        minor=cells.get("minor", ""),
        title=cells.get("title", "") or cells.get("minor", ""),
        grade=cells.get("grade", ""),
        area=cells.get("area", ""),
        lead=lead,
        co=co,
        supervising="、".join(_all_bodies(cells.get("supervising", ""))),
        limit=limit,
        limit_words=words,
        basis=cells.get("basis", ""),
        standard=cells.get("standard", ""),
        promise=cells.get("promise", ""),
        community_may=columns.community_may,
    )


def _all_bodies(cell: str) -> tuple[str, ...]:
    lead, co = split_bodies(cell)
    return (lead, *co) if lead else ()
