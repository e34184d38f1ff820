"""Tables that come from elsewhere, as rows of text: CSV in UTF-8 or GB 18030, or a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from yishi.core.refusal import Refusal

LARGEST = 200_000_000
CELL_MAX = 100_000
ENCODINGS = ("utf-8-sig", "gb18030")
WORKBOOKS = (".xlsx", ".xls", ".ods")

Table = tuple[Sequence[str], list[tuple[int, Mapping[str, str]]]]


def read_rows(path: Path) -> Table | Refusal:
    """The header, and each row that is not empty with its line in the file.

    Of a workbook the first sheet is read. Refused: `file_missing`, `file_too_large` (bytes),
    `file_not_table`.
    """
    if not path.is_file():
        return Refusal("file_missing", have=str(path))
    if path.stat().st_size > LARGEST:
        return Refusal("file_too_large", LARGEST, path.stat().st_size, "bytes")
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path)
    return _text(path)


def _text(path: Path) -> Table | Refusal:
    content = path.read_bytes()
    if b"\0" in content:
        return Refusal("file_not_table", have=path.name)
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return Refusal("file_not_table", need=ENCODINGS, have=path.name)
    csv.field_size_limit(CELL_MAX)
    reader = csv.reader(io.StringIO(text, newline=""))
    found: list[tuple[int, Sequence[str]]] = []
    try:
        for cells in reader:
            found.append((reader.line_num, cells))
    except csv.Error as broken:
        return Refusal("file_not_table", have=f"{path.name}: {broken}")
    return _table(path, found)


def _workbook(path: Path) -> Table | Refusal:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as broken:
        return Refusal("file_not_table", have=f"{path.name}: {broken}")
    return _table(path, [(number, [_cell(c) for c in row]) for number, row in enumerate(rows, 1)])


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _table(path: Path, rows: Sequence[tuple[int, Sequence[str]]]) -> Table | Refusal:
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        return Refusal("file_not_table", have=path.name)
    header = [cell.strip() for cell in filled[0][1]]
    named: list[tuple[int, Mapping[str, str]]] = [
        (line, dict(zip(header, [*cells, *[""] * len(header)], strict=False)))
        for line, cells in filled[1:]
    ]
    return header, named
