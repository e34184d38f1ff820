"""Lists sent in: a file, checked row by row, loaded whole or not at all; the report of its errors.

What was wrong, and a rule file between its preview and its adoption, are put aside for an hour,
encrypted, for the person who sent them and nobody else.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.core.table import Sheet, TableRefusal, Tables, named
from yishi.phrases.office import say_office
from yishi.phrases.table import say_problem
from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
from yishi.records.queries.paging import Listed, page_within
from yishi.records.queries.place import places_for
from yishi.records.secret import open_text, seal_text
from yishi.records.spreadsheet import BYTES_MAX, XLSX_TYPE, read_tables, write_xlsx
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.office import download, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.uploads_limit import over_limit

HOUR = 3600
SHOWN = 100


@dataclass(frozen=True)
class Load:
    """One kind of list: its act, sheets and room, and the words around it."""

    act: str
    noun: str
    room: str
    sheets: tuple[Sheet, ...]
    load: Callable[[Ask, str | None, Tables], Done | Refusal]
    words: Callable[[], dict[str, str]]


def put_aside(request: HttpRequest, value: object) -> str:
    """Keeps a value an hour for whoever sent it; returns the name to fetch it by."""
    name = new_uid(SYSTEM_ENTROPY)
    cache.set(_slot(request, name), seal_text(json.dumps(value)), HOUR)
    return name


def fetch(request: HttpRequest, name: str) -> Any:
    """What was put aside under that name by this person; None where it has gone."""
    kept = cache.get(_slot(request, name[:40])) if name.isalnum() and name.isascii() else None
    return json.loads(open_text(kept)) if kept else None


def file_sent(request: HttpRequest, most: int = BYTES_MAX) -> tuple[bytes, str] | Refusal:
    """The bytes and name of the file in a form. Refuses with `file_missing`, `file_too_large`,
    `photo_sum_too_large`."""
    over = over_limit(request)
    if over is not None:
        return over
    sent = request.FILES.get("file")
    if sent is None:
        return Refusal("file_missing")
    if (sent.size or 0) > most:
        return Refusal("file_too_large", most // 1_000_000, -(-(sent.size or 0) // 1_000_000), "MB")
    return sent.read(), sent.name or ""


def load_urls(load: Load) -> list[URLPattern]:
    """The four addresses of a list: form, template, report, report as a spreadsheet."""

    @page(load.act, methods=("GET", "HEAD", "POST"))
    def form(request: HttpRequest) -> HttpResponse:
        return _receive(request, load) if request.method == "POST" else _form(request, load)

    @page(load.act)
    def template(request: HttpRequest) -> HttpResponse:
        filled = {
            sheet.name: (
                [column.header for column in sheet.columns],
                [[column.example for column in sheet.columns]],
            )
            for sheet in load.sheets
        }
        return download(write_xlsx(filled), XLSX_TYPE, f"{load.words()['file']}.xlsx")

    @page(load.act)
    def report(request: HttpRequest, name: str) -> HttpResponse:
        rows = fetch(request, name)
        return missing(request) if rows is None else _report(request, load, name, rows)

    @page(load.act)
    def report_file(request: HttpRequest, name: str) -> HttpResponse:
        rows = fetch(request, name)
        if rows is None:
            return missing(request)
        data = write_xlsx({load.words()["file"]: (_columns(), rows)})
        return download(data, XLSX_TYPE, f"{load.words()['errors']}.xlsx")

    at, noun = f"{load.room}/load", load.noun
    return [
        path(at, form, name=f"{noun}_load"),
        path(f"{at}/template.xlsx", template, name=f"{noun}_template"),
        path(f"{at}/errors/<str:name>/xlsx", report_file, name=f"{noun}_errors_file"),
        path(f"{at}/errors/<str:name>", report, name=f"{noun}_errors"),
    ]


def _receive(request: HttpRequest, load: Load) -> HttpResponse:
    sent = file_sent(request)
    tables = sent if isinstance(sent, Refusal) else read_tables(*sent)
    if isinstance(tables, Refusal):
        return _form(request, load, tables)
    answer = load.load(ask_in(request), _root(request, load.act), named(tables, load.sheets))
    if isinstance(answer, TableRefusal):
        rows = [[p.sheet, p.row, p.column, *say_problem(p)] for p in answer.problems]
        return redirect(reverse(f"{load.noun}_errors", args=[put_aside(request, rows)]))
    if isinstance(answer, Refusal):
        return _form(request, load, answer)
    return answered(request, answer, reverse(load.room), load.words()["done"])


def _root(request: HttpRequest, act: str) -> str:
    """The code of the place to load into: the one chosen, else the first the actor has."""
    chosen = request.POST.get("place", "")[:20]
    known = [row["code"] for row in places_for(actor_in(request), act)]
    return chosen or (known[0] if known else "")


def _form(request: HttpRequest, load: Load, refusal: Refusal | None = None) -> HttpResponse:
    own = places_for(actor_in(request), load.act)
    found = {
        "refusal": say_office(refusal) if refusal else None,
        "words": load.words(),
        "rooms": rooms(load.room),
        "places": own if len(own) > 1 else [],
        "back": reverse(load.room),
        "template": reverse(f"{load.noun}_template"),
        "sheets": [_explained(sheet) for sheet in load.sheets],
        "key": new_key(),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/place/load.html", found, status=status)


def _explained(sheet: Sheet) -> dict[str, Any]:
    rows = [
        (column.header, _("Yes") if column.required else "—", column.example or "—")
        for column in sheet.columns
    ]
    title = _("Sheet “%(name)s”") % {"name": sheet.name}
    return table(title, [_("Column"), _("Must be filled in"), _("Example")], rows)


def _columns() -> list[str]:
    return [_("Sheet"), _("Row"), _("Column"), _("What is wrong"), _("What to do")]


def _report(request: HttpRequest, load: Load, name: str, rows: list[list[Any]]) -> HttpResponse:
    number, pages = page_within(page_in(request.GET), len(rows), SHOWN)
    shown = rows[(number - 1) * SHOWN : number * SHOWN]
    found = {
        "words": load.words(),
        "rooms": rooms(load.room),
        "table": table(_("Nothing has been loaded"), _columns(), shown, (1,)),
        "total": len(rows),
        "file": reverse(f"{load.noun}_errors_file", args=[name]),
        "again": reverse(f"{load.noun}_load"),
        "pager": pager_of(Listed([], number, pages, len(rows)), request.GET),
    }
    return render(request, "yishi/place/errors.html", found)


def _slot(request: HttpRequest, name: str) -> str:
    return f"aside-{actor_in(request).person_id}-{name}"


def as_text(data: bytes) -> str:
    """Bytes as they are put aside."""
    return base64.b64encode(data).decode()


def as_bytes(text: str) -> bytes:
    """And back."""
    return base64.b64decode(text)
