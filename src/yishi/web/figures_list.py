"""The list behind a figure, on the page and as a workbook."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, Dimension
from yishi.core.number import show_number
from yishi.phrases.clock import say_exact
from yishi.phrases.figures import say_column, say_dimension, say_figure, say_out_of
from yishi.phrases.state import say_state
from yishi.records.queries.figures import Line
from yishi.records.queries.figures_view import View
from yishi.web.figures_asked import Page, say_channel
from yishi.web.figures_compare import columns_of, label_of
from yishi.web.figures_shown import HOUR

ROWS_MAX = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Mapping[str, Any]


def as_table(rows: Sequence[Row], view: View) -> dict[str, Any]:
    """The context of `pieces/table.html`."""
    words = {
        "matter": say_dimension(Dimension.ITEM),
        "place": say_dimension(Dimension.PLACE),
        "unit": say_dimension(Dimension.UNIT),
        "filed": _("Filed at"),
        "state": _("State"),
        "asserted": _("Says the source"),
    }
    has_source = any(row["is_imported"] for row in rows)
    if not has_source:
        del words["asserted"]
    return {
        "caption": "",
        "columns": [{"label": _("Number")}, *({"label": word} for word in words.values())],
        "rows": [
            [
                {
                    "text": show_number(row["number"]),
                    "href": reverse("case", args=[row["uid"]]),
                    "whole": True,
                },
                *(
                    {"text": _shown(row, name, view), "label": label, "whole": name == "filed"}
                    for name, label in words.items()
                ),
            ]
            for row in rows
        ],
    }


def _shown(row: Row, name: str, view: View) -> str:
    match name:
        case "matter":
            return row["item_title"] or row["line"] or _("Without words")
        case "place":
            return place_name(row, view)
        case "unit":
            return unit_name(row) or "—"
        case "filed":
            return say_exact(row["filed_at"])[:16]
        case "state":
            return say_where(row)
    return say_asserted(row) or "—"


def place_name(row: Row, view: View) -> str:
    """The place with the one above it: 坪山街道 · 六联社区."""
    spot = view.places.get(row["place_id"])
    above = view.places.get(spot.parent_id) if spot and spot.parent_id else None
    return f"{above.name} · {row['place__name']}" if above else row["place__name"]


def unit_name(row: Row) -> str:
    """Who handles it: of a merged case, whoever leads the main one."""
    return row["main__lead__name"] or row["lead__name"] or ""


def say_where(row: Row) -> str:
    """Where it stands; of a merged case, into which it went."""
    word = say_state(row["state"])["word"]
    if not row["main__number"]:
        return word
    return _("%(word)s: %(number)s") % {"word": word, "number": show_number(row["main__number"])}


def say_asserted(row: Row) -> str:
    """What the source of an imported case says; "" for our own."""
    if not row["is_imported"]:
        return ""
    asserted = row["source__asserted_on_time"]
    if asserted is None:
        return _("not said")
    return _("on time") if asserted else _("overdue")


def as_workbook(rows: Iterable[Row], total: int, view: View) -> bytes:
    """A workbook. Nobody's words are in it, and no cell is a formula."""
    heads = (
        _("Number"),
        say_dimension(Dimension.ITEM),
        say_dimension(Dimension.PLACE),
        say_dimension(Dimension.UNIT),
        say_dimension(Dimension.CHANNEL),
        _("Filed at"),
        _("State"),
        _("Says the source"),
    )
    lines: list[Sequence[object]] = [
        (
            show_number(row["number"]),
            row["item_title"],
            place_name(row, view),
            unit_name(row),
            say_channel(row["channel"], view.channels),
            say_exact(row["filed_at"]),
            say_where(row),
            say_asserted(row),
        )
        for row in rows
    ]
    if total > len(lines):
        words = _(
            "These are the latest %(rows)s of %(total)s matters; narrow the list for the rest"
        )
        lines.append((words % {"rows": len(lines), "total": total},))
    return _book(heads, lines)


def table_workbook(page: Page, dimension: Dimension, lines: Sequence[Line], head: str) -> bytes:
    """A comparison as a workbook: counts and what they are out of, as numbers; times in hours."""
    chosen = [BY_ID[id] for id in columns_of(page, whole=True)]
    heads = [head]
    for figure in chosen:
        heads.append(_("Average time, hours") if figure.is_time else say_column(figure.id))
        if figure.of and not figure.is_time:
            words = {"figure": say_figure(figure.id), "words": say_out_of(figure.id)}
            heads.append(_("%(figure)s: out of %(words)s") % words)
    rows: list[list[object]] = []
    for line in lines:
        cells: list[object] = [label_of(page, dimension, line)]
        for figure in chosen:
            took = line.tally.handling if figure.is_time else None
            if figure.is_time:
                cells.append(round(took.mean / HOUR, 1) if took else "")
                continue
            cells.append(line.tally.count(figure.counts))
            if figure.of:
                cells.append(line.tally.count(figure.of))
        rows.append(cells)
    return _book(heads, rows)


def _book(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet()
    sheet.set_column(0, len(heads) - 1, 18)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    for place, row in enumerate(rows, 1):
        sheet.write_row(place, 0, row)
    book.close()
    return file.getvalue()
