"""What the administrator's pages share: their four rooms, tables, days typed in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.core.table import Wrong
from yishi.core.table import day as read_day

Cell = str | int | tuple[str, str]


def rooms(here: str) -> list[dict[str, Any]]:
    """The administrator's rooms, for `yishi/place/rooms.html`; `here` is the name of one."""
    return [
        {"href": reverse(name), "word": word, "here": name == here}
        for name, word in (
            ("places", _("Places")),
            ("people", _("People")),
            ("appointments", _("Appointments")),
            ("rules", _("Rules")),
            ("rule_duties", _("Responsibility list")),
            ("rule_amendments", _("Amendments to the list")),
            ("calendar", _("Calendar")),
            ("form_templates", _("Forms")),
            ("outside", _("Higher systems")),
        )
    ]


# A number or a moment is not broken in the middle of a row.
WHOLE = re.compile(r"[\d: -]{8,}")


def table(
    caption: str, labels: Sequence[str], rows: Iterable[Sequence[Cell]], nums: Iterable[int] = ()
) -> dict[str, Any]:
    """The context of `pieces/table.html`; a cell is words, a number, or words and an address."""
    right = set(nums)
    return {
        "caption": caption,
        "columns": [{"label": label, "nums": at in right} for at, label in enumerate(labels)],
        "rows": [
            [
                {
                    "text": cell[0] if isinstance(cell, tuple) else cell,
                    "href": cell[1] if isinstance(cell, tuple) else "",
                    "label": labels[at],
                    "nums": at in right,
                    "whole": bool(
                        WHOLE.fullmatch(str(cell[0] if isinstance(cell, tuple) else cell))
                    ),
                }
                for at, cell in enumerate(row)
            ]
            for row in rows
        ],
    }


def day_typed(words: str) -> date | Refusal:
    """A day as a person or a date field gives it. Refuses with `day_unreadable`."""
    read = read_day(words.strip())
    if isinstance(read, Wrong) or not isinstance(read, date):
        return Refusal("day_unreadable", have=words[:20] or "—")
    return read


def indented(options: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Places as options of a select, each set in below the one it lies in: (code, word)."""
    return [(row["code"], in_line(row)) for row in options]


def in_line(row: Mapping[str, Any]) -> str:
    """A place's name, set in by how far down its line it stands."""
    return "　" * (row["line"].count(".") - 1) + str(row["name"])


def choices(rows: Iterable[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    """Options of a select: {value, word, chosen}."""
    return [{"value": value, "word": word, "chosen": value == chosen} for value, word in rows]


def download(data: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep, under a name in any script."""
    kept = f"attachment; filename*=UTF-8''{escape_uri_path(name)}"
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": kept})
