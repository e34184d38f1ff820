"""Rows of a spreadsheet read under our names, every wrong cell named by sheet, row and column.

Nothing here stops at the first mistake: whoever mends a table sees all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

ROWS_MAX = 20_000
PROBLEMS_MAX = 1_000
FIRST_ROW = 2  # the header is row 1
IGNORED = frozenset({"序号", "备注"})

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell. `row` as a spreadsheet shows it; `column` "" is the whole row.

    `need` what would be right (a limit, or the allowed values), `have` what stands there.
    """

    sheet: str
    row: int
    column: str
    code: str
    need: object = None
    have: object = None


@dataclass(frozen=True, slots=True)
class TableRefusal(Refusal):
    """Nothing was loaded; `problems` says why, row by row, in the order of the tables."""

    problems: tuple[Problem, ...] = ()


def table_refusal(problems: Iterable[Problem]) -> TableRefusal:
    """The refusal of a load. At most 1,000 problems are kept; `have` counts all of them."""
    found = sorted(problems, key=lambda p: (p.sheet, p.row))
    return TableRefusal(
        "table_wrong", have=len(found), unit="cells", problems=tuple(found[:PROBLEMS_MAX])
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read: the code of the problem, and what would be right."""

    code: str
    need: object = None


Reader = Callable[[str], "str | int | date | Wrong | None"]


@dataclass(frozen=True)
class Column:
    """One column: our name, its header, how a cell is read, and what a template shows in it."""

    name: str
    header: str
    read: Reader
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and columns. `key` columns together may stand in it only once."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The header of our column `name`."""
        return next(column.header for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Line:
    """One row that could be read: `number` as the spreadsheet shows it, values by our names."""

    sheet: Sheet
    number: int
    values: Mapping[str, str | int | date | None]

    def text(self, name: str) -> str:
        """The value as text; "" where the cell is empty."""
        value = self.values[name]
        return "" if value is None else str(value)

    def day(self, name: str) -> date | None:
        """The value of a column of days."""
        value = self.values[name]
        assert value is None or isinstance(value, date), name
        return value

    def whole(self, name: str) -> int | None:
        """The value of a column of numbers."""
        value = self.values[name]
        assert value is None or isinstance(value, int), name
        return value

    def problem(self, name: str, code: str, need: object = None, have: object = None) -> Problem:
        """What is wrong with this row's cell `name` ("" for the row itself)."""
        header = self.sheet.header(name) if name else ""
        shown = have if have is not None or not name else self.text(name)
        return Problem(self.sheet.name, self.number, header, code, need, shown)


def cell_text(value: object) -> str:
    """A cell as its reader sees it on the screen: 1001.0 is 1001, a day is 2026-03-01."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def must_fit(tables: Tables, sheets: Sequence[Sheet]) -> Refusal | None:
    """Refused: `table_empty` (no row at all), `table_too_long` (need: the most rows)."""
    count = sum(len(rows) for rows in tables.values())
    if count > ROWS_MAX:
        return Refusal("table_too_long", ROWS_MAX, count, "rows")
    if not any(any(map(cell_text, row.values())) for rows in tables.values() for row in rows):
        return Refusal("table_empty", need=tuple(sheet.name for sheet in sheets))
    return None


def read_tables(
    tables: Tables, sheets: Sequence[Sheet]
) -> tuple[dict[str, list[Line]], list[Problem]]:
    """The rows of every sheet that can be read, and what is wrong with the others.

    Problems: `sheet_unknown`, `column_unknown`, `column_missing`, `cell_required`,
    `row_twice` (need: the first row with the same key), and what the columns' readers say.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    lines: dict[str, list[Line]] = {name: [] for name in by_name}
    problems = [
        Problem(name, 1, "", "sheet_unknown", tuple(by_name), name)
        for name in tables
        if name not in by_name
    ]
    for name, sheet in by_name.items():
        rows = tables.get(name, ())
        problems += _header_problems(sheet, rows)
        first: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(rows, FIRST_ROW):
            line, wrong = _read_line(sheet, number, row)
            problems += wrong
            if line is None:
                continue
            key = tuple(line.text(part) for part in sheet.key)
            if sheet.key and key in first:
                problems.append(line.problem(sheet.key[0], "row_twice", first[key]))
                continue
            first[key] = number
            lines[name].append(line)
    return lines, problems


def _header_problems(sheet: Sheet, rows: Sequence[Row]) -> list[Problem]:
    known = tuple(column.header for column in sheet.columns)
    given = dict.fromkeys(key for row in rows for key in row)
    found = [
        Problem(sheet.name, 1, header, "column_unknown", known, header)
        for header in given
        if header not in known and header not in IGNORED
    ]
    if rows:
        found += [
            Problem(sheet.name, 1, column.header, "column_missing", column.header)
            for column in sheet.columns
            if column.required and column.header not in given
        ]
    return found


def _read_line(sheet: Sheet, number: int, row: Row) -> tuple[Line | None, list[Problem]]:
    cells = {column.name: cell_text(row.get(column.header)) for column in sheet.columns}
    if not any(cells.values()):
        return None, []
    values: dict[str, str | int | date | None] = {}
    problems = []
    for column in sheet.columns:
        cell = cells[column.name]
        if not cell:
            values[column.name] = None
            if column.required and column.header in row:
                problems.append(Problem(sheet.name, number, column.header, "cell_required"))
            continue
        value = column.read(cell)
        if isinstance(value, Wrong):
            problems.append(
                Problem(sheet.name, number, column.header, value.code, value.need, cell)
            )
        else:
            values[column.name] = value
    unread = any(column.required and values.get(column.name) is None for column in sheet.columns)
    return (None if problems or unread else Line(sheet, number, values)), problems


def words(length: int) -> Reader:
    """Text of at most `length` characters. Wrong: `cell_too_long`."""
    return lambda cell: cell if len(cell) <= length else Wrong("cell_too_long", length)


def code(length: int) -> Reader:
    """A code of Latin letters, digits, - and _. Wrong: `cell_not_code`, `cell_too_long`."""

    def read(cell: str) -> str | Wrong:
        if not _CODE.fullmatch(cell):
            return Wrong("cell_not_code")
        return cell if len(cell) <= length else Wrong("cell_too_long", length)

    return read


def one_of(values: Mapping[str, str]) -> Reader:
    """One of the words allowed, read as its code. Wrong: `cell_unknown_value`."""
    return lambda cell: values.get(cell) or Wrong("cell_unknown_value", tuple(values))


def login(cell: str) -> str | Wrong:
    """A sign-in name. Wrong: `cell_not_login`."""
    low = cell.lower()
    return low if _LOGIN.fullmatch(low) and len(low) <= 40 else Wrong("cell_not_login", 40)


def phone(cell: str) -> str | Wrong:
    """A mainland mobile phone as +8613800000001, however written. Wrong: `cell_not_phone`."""
    read = read_phone(cell)
    return Wrong("cell_not_phone") if isinstance(read, Refusal) else read


def day(cell: str) -> date | Wrong:
    """A day such as 2026-03-01, 2026/3/1 or 2026年3月1日. Wrong: `cell_not_day`."""
    match = _DAY.fullmatch(cell)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else Wrong("cell_not_day")
    except ValueError:
        return Wrong("cell_not_day")


def scaled(scale: int, least: int, most: int) -> Reader:
    """A decimal times `scale`, rounded, as a whole number. Wrong: `cell_not_number`."""

    def read(cell: str) -> int | Wrong:
        try:
            number = Decimal(cell)
        except InvalidOperation:
            return Wrong("cell_not_number", (least, most))
        if not number.is_finite() or not least <= number <= most:
            return Wrong("cell_not_number", (least, most))
        return round(number * scale)

    return read


def named(tables: Tables, sheets: Sequence[Sheet]) -> Tables:
    """Tables under the names of our sheets, where theirs are others: Sheet1, 楼栋(1), people.csv.

    A table is taken for the sheet whose name begins its own, else for the one sheet whose
    required columns it has and most of whose columns it has; empty ones under foreign names go.
    """
    out: dict[str, Sequence[Row]] = {}
    for name, rows in tables.items():
        header = {key for row in rows for key in row}
        fits = [s for s in sheets if {c.header for c in s.columns if c.required} <= header]
        best = max(fits, key=lambda s: len({c.header for c in s.columns} & header), default=None)
        ours = next((s.name for s in sheets if name.startswith(s.name)), "")
        ours = ours or (best.name if best else name)
        if ours != name and (ours in tables or ours in out):
            ours = name
        if rows or ours in {sheet.name for sheet in sheets}:
            out[ours] = rows
    return out
