"""Spreadsheets in and out: xlsx and csv to rows, rows to xlsx.

What comes in is a stranger's file: its size, its unpacked size and the corner its cells reach to
are measured before anything is built from it. What goes out never holds a formula: a name that
begins with = is a name.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from yishi.core.refusal import Refusal
from yishi.core.table import ROWS_MAX, Tables

BYTES_MAX = 10_000_000
UNPACKED_MAX = 200_000_000
COLUMNS_MAX = 200
CHUNK = 1 << 20
# A column is as wide as what stands in it, up to so many signs. Ours.
WIDEST = 40

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = Sequence[Iterable[object]]

_NOT_IN_NAME = re.compile(r"[][:*?/\\]")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")


def read_tables(data: bytes, filename: str) -> Tables | Refusal:
    """Sheet name → rows, each a mapping from header to cell. A csv's sheet is its file's stem.

    Row 1 is the header; empty rows stay, so that the tenth row is the tenth row. Refuses with
    `file_too_large` (MB), `not_spreadsheet` (need: the kinds read) and `table_too_long` (rows).
    """
    if len(data) > BYTES_MAX:
        return Refusal("file_too_large", BYTES_MAX // 1_000_000, -(-len(data) // 1_000_000), "MB")
    path = PurePath(filename.replace("\\", "/"))
    if path.suffix.lower() == ".csv":
        return _read_csv(data, path.stem)
    if path.suffix.lower() == ".xlsx" and data.startswith(b"PK"):
        return _read_xlsx(data)
    return not_spreadsheet(filename)


def not_spreadsheet(filename: str) -> Refusal:
    """The refusal of a file that is no spreadsheet we read."""
    return Refusal("not_spreadsheet", need=("xlsx", "csv"), have=filename[:80])


def write_xlsx(sheets: Mapping[str, tuple[Sequence[str], Cells]]) -> bytes:
    """A workbook: sheet name → (header, rows). Text stays text: codes keep their zeros.

    A `Decimal` is a sum of money, shown to the fen; a whole number stands as one. Signs that the
    name of a sheet may not hold become spaces.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        money = book.add_format({"num_format": "#,##0.00"})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(_NOT_IN_NAME.sub(" ", name)[:31].strip("' "))
            sheet.freeze_panes(1, 0)
            wide = [max(12, 2 * len(column) + 2) for column in columns]
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column, head)
            for number, row in enumerate(rows, 1):
                for at, cell in enumerate(row):
                    wide[at] = max(wide[at], min(WIDEST, 2 * len(str(cell)) + 2))
                    if isinstance(cell, Decimal):
                        sheet.write_number(number, at, float(cell), money)
                    elif isinstance(cell, int | float) and not isinstance(cell, bool):
                        sheet.write_number(number, at, cell)
                    else:
                        sheet.write_string(number, at, "" if cell is None else str(cell), text)
            for at, width in enumerate(wide):
                sheet.set_column(at, at, width, text)
    return out.getvalue()


def _read_csv(data: bytes, stem: str) -> Tables | Refusal:
    if b"\x00" in data:
        return not_spreadsheet(f"{stem}.csv")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")  # what a Chinese spreadsheet saves a csv as
        except UnicodeDecodeError:
            return not_spreadsheet(f"{stem}.csv")
    try:
        return _tables({stem: list(csv.reader(io.StringIO(text, newline=""), strict=True))})
    except csv.Error:
        return not_spreadsheet(f"{stem}.csv")


def _read_xlsx(data: bytes) -> Tables | Refusal:
    try:
        refusal = _must_be_measured(data)
        if refusal:
            return refusal
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return not_spreadsheet("xlsx")
    return _tables(sheets)


def _must_be_measured(data: bytes) -> Refusal | None:
    """A file of a few kilobytes can name a cell a million rows down, and all between is built."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > UNPACKED_MAX:
            have = unpacked // 1_000_000
            return Refusal("file_too_large", UNPACKED_MAX // 1_000_000, have, "MB")
        for part in packed.namelist():
            if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
                continue
            with packed.open(part) as stream:
                tail = b""
                while chunk := stream.read(CHUNK):
                    for letters, digits in _REFERENCE.findall(tail + chunk):
                        if int(digits) > ROWS_MAX + 1:
                            return Refusal("table_too_long", ROWS_MAX, int(digits) - 1, "rows")
                        if _column(letters) > COLUMNS_MAX:
                            return Refusal(
                                "table_too_wide", COLUMNS_MAX, _column(letters), "columns"
                            )
                    tail = chunk[-64:]
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def _tables(sheets: Mapping[str, Sequence[Sequence[object]]]) -> Tables | Refusal:
    out: dict[str, list[dict[str, object]]] = {}
    for name, cells in sheets.items():
        if len(cells) > ROWS_MAX + 1:
            return Refusal("table_too_long", ROWS_MAX, len(cells) - 1, "rows")
        header = [str(cell or "").strip().lstrip("*★") for cell in (cells[0] if cells else ())]
        out[name.strip()] = [
            {head: cell for head, cell in zip(header, row, strict=False) if head}
            for row in cells[1:]
        ]
    return out
