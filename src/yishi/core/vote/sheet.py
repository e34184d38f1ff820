"""The spreadsheet a roll is loaded from, and its rows as the roll takes them."""

from __future__ import annotations

from collections.abc import Sequence

from yishi.core.method.language import Unit
from yishi.core.refusal import Refusal
from yishi.core.table import (
    Column,
    Problem,
    Sheet,
    TableRefusal,
    Tables,
    must_fit,
    read_tables,
    scaled,
    table_refusal,
    words,
)
from yishi.core.vote.roll import Row

CM2, AREA_MOST = 10_000, 1_000_000
ROLL_SHEET = Sheet(
    "名册",
    (
        Column("name", "姓名", words(80), required=True, example="张秀英"),
        Column("building", "楼栋", words(40), example="柳荫1栋"),
        Column("room", "房号", words(20), example="301"),
        Column("area_cm2", "面积（平方米）", scaled(CM2, 0, AREA_MOST), example="89.35"),
        Column("mark", "同名区分", words(40), example=""),
    ),
)


def rows_of(unit: Unit, tables: Tables) -> list[Row] | Refusal:
    """The rows of a sent workbook, whole or not at all.

    Refused: `table_empty`, `table_too_long`, and `table_wrong` with every wrong cell: an owner has
    an area, a household a building and a room.
    """
    wrong = must_fit(tables, (ROLL_SHEET,))
    if wrong:
        return wrong
    lines, problems = read_tables(tables, (ROLL_SHEET,))
    rows: list[Row] = []
    for line in lines[ROLL_SHEET.name]:
        problems += _missing(unit, line.number, line.text("building"), line.text("room"),
                             line.whole("area_cm2") or 0)  # fmt: skip
        rows.append(
            Row(
                line.text("name"),
                line.text("building"),
                line.text("room"),
                line.whole("area_cm2") or 0,
                line.text("mark"),
            )
        )
    found: TableRefusal | list[Row] = table_refusal(problems) if problems else rows
    return found


def _missing(unit: Unit, row: int, building: str, room: str, area: int) -> Sequence[Problem]:
    """What a row lacks for a vote by `unit`."""
    wanted = {
        Unit.HOUSEHOLD: (("building", building), ("room", room)),
        Unit.OWNER: (("area_cm2", area),),
    }.get(unit, ())
    return [
        Problem(ROLL_SHEET.name, row, ROLL_SHEET.header(name), "cell_required")
        for name, value in wanted
        if not value
    ]
