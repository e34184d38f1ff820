"""The accounts of a round to take away: a spreadsheet with sums in yuan, and open data in fen; by
project, by funder, and payment by payment. Of a long list a file holds one part."""

import csv
import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.method.round import Payer
from yishi.core.number import show_number
from yishi.phrases.period import say_day
from yishi.phrases.project import say_funder, say_moved, say_project_state, say_purse
from yishi.records.models import Topic
from yishi.records.queries.accounts import (
    FunderLine,
    PaymentLine,
    ProjectLine,
    every_funder,
    every_payment,
    every_project,
    payments_in,
    projects_in,
)
from yishi.records.queries.paging import page_within
from yishi.records.queries.round import round_of
from yishi.records.queries.rule import today_of
from yishi.records.spreadsheet import XLSX_TYPE, write_xlsx
from yishi.web.gate import missing, page
from yishi.web.office import download
from yishi.web.rows import page_in

FEN = 100
CSV_TYPE = "text/csv; charset=utf-8"


# Rows of one file. Ours: no round of one community has come near it.
PART = 1_000


@page("accounts.view")
def book(request: HttpRequest, uid: str) -> HttpResponse:
    """A sheet by project, one by funder, one payment by payment, of each the part asked for; sums
    in yuan."""
    topic = _topic(uid)
    if topic is None:
        return missing(request)
    at = page_within(page_in(request.GET), max(_sizes(topic).values()), PART)[0]
    part = _part(at)
    funders = every_funder(topic)[part]
    sheets = {
        _("By project"): (_project_heads(), [_cells(one) for one in every_project(topic, part)]),
        _("By funder"): (_funder_heads(), [_funder_cells(one) for one in funders]),
        _("Payments"): (
            _payment_heads(),
            [_payment_cells(one) for one in every_payment(topic, part)],
        ),
    }
    number = show_number(topic.number)
    name = f"{_('Accounts of the round')} {number}{_suffix(at)}.xlsx"
    return download(write_xlsx(sheets), XLSX_TYPE, name)


@page("accounts.view")
def open_data(request: HttpRequest, uid: str, kind: str, form: str) -> HttpResponse:
    """Open data, a kind of `PLAIN`, as `csv` or `json`, the part asked for; sums in whole fen."""
    topic = _topic(uid)
    if topic is None or kind not in PLAIN or form not in ("csv", "json"):
        return missing(request)
    at, pages = page_within(page_in(request.GET), _sizes(topic)[kind], PART)
    columns, every = PLAIN[kind]
    rows = [dict(zip(columns, cells, strict=True)) for cells in every(topic, _part(at))]
    if form == "json":
        data = {"round": topic.number, "unit": "fen", "page": at, "pages": pages, kind: rows}
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    # A spreadsheet knows by the mark that it is UTF-8.
    data_csv = b"\xef\xbb\xbf" + out.getvalue().encode()
    return download(data_csv, CSV_TYPE, f"{topic.number}-{kind}{_suffix(at)}.csv")


def files(topic: Topic, sizes: Mapping[str, int]) -> list[dict[str, str]]:
    """All of them with their addresses, part by part. `sizes`: how many rows of each kind."""
    book = reverse("accounts_book", args=[topic.uid])
    found = _parts(book, _("Spreadsheet"), max(sizes.values()))
    named = {"projects": _("projects"), "funders": _("funders"), "payments": _("payments")}
    for kind in PLAIN:
        for form in ("csv", "json"):
            href = reverse("accounts_data", args=[topic.uid, kind, form])
            words = _("Open data: %(what)s, %(form)s") % {"what": named[kind], "form": form.upper()}
            found += _parts(href, words, sizes[kind])
    return found


def _parts(href: str, words: str, rows: int) -> list[dict[str, str]]:
    """A file, or each of its parts."""
    pages = page_within(1, rows, PART)[1]
    if pages == 1:
        return [{"href": href, "word": words}]
    return [
        {
            "href": f"{href}?page={at}",
            "word": _("%(file)s, part %(at)s of %(pages)s")
            % {"file": words, "at": at, "pages": pages},
        }
        for at in range(1, pages + 1)
    ]


def _part(page: int) -> slice:
    return slice((page - 1) * PART, page * PART)


def _suffix(page: int) -> str:
    return f"-{page}" if page > 1 else ""


def _sizes(topic: Topic) -> dict[str, int]:
    """How many rows each kind of open data has. Three statements."""
    return {
        "projects": projects_in(topic),
        "funders": len(every_funder(topic)),
        "payments": payments_in(topic),
    }


def _topic(uid: str) -> Topic | None:
    held = round_of(uid)
    return held.topic if held else None


def _safe(value: Any) -> Any:
    """No cell is a formula in whoever's spreadsheet opens it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


# The spreadsheet


def _yuan(amount_fen: int | None) -> Decimal | None:
    """A sum as a cell holds it; None of none."""
    return None if amount_fen is None else Decimal(amount_fen) / FEN


def _of(word: str) -> str:
    return _("%(what)s (yuan)") % {"what": word}


def _project_heads() -> list[str]:
    sums = [_("Cost"), *(say_purse(payer) for payer in Payer), _("Spent"), _("Not spent")]
    return [_("Number"), _("Project"), _("Stands"), *map(_of, sums)]


def _cells(one: ProjectLine) -> list[object]:
    return [
        show_number(one.number),
        one.title,
        say_project_state(one.state)["word"],
        _yuan(one.cost_fen),
        *(_yuan(one.given[payer]) for payer in Payer),
        _yuan(one.spent_fen),
        _yuan(one.left_fen),
    ]


def _funder_heads() -> list[str]:
    sums = [_("Gives"), _("Spent"), _("Not spent")]
    return [_("Funder"), _("Whose money"), _("Projects"), *map(_of, sums)]


def _funder_cells(one: FunderLine) -> list[object]:
    sums = (one.given_fen, one.spent_fen, one.left_fen)
    return [say_funder(one.name), say_purse(one.payer), one.projects, *map(_yuan, sums)]


def _payment_heads() -> list[str]:
    return [
        _("No."),
        _("Entered on"),
        _("Number"),
        _("Project"),
        _("What"),
        _("Out of"),
        _("Whose money"),
        _("To whom, for what"),
        _("Voucher"),
        _of(_("How much")),
        _("Reverses no."),
    ]


def _payment_cells(one: PaymentLine) -> list[object]:
    return [
        one.no,
        say_day(today_of(one.at)),
        show_number(one.project),
        one.title,
        say_moved(one.moved),
        say_funder(one.name),
        say_purse(one.payer),
        one.words,
        one.voucher_no,
        _yuan(one.amount_fen),
        one.reverses or "",
    ]


# Open data


def _plain_projects(topic: Topic, part: slice) -> list[list[Any]]:
    return [
        [
            one.number,
            one.title,
            one.state,
            "" if one.cost_fen is None else one.cost_fen,
            *(one.given[payer] for payer in Payer),
            one.spent_fen,
            one.left_fen,
        ]
        for one in every_project(topic, part)
    ]


def _plain_funders(topic: Topic, part: slice) -> list[list[Any]]:
    return [
        [one.name, one.payer, one.projects, one.given_fen, one.spent_fen, one.left_fen]
        for one in every_funder(topic)[part]
    ]


def _plain_payments(topic: Topic, part: slice) -> list[list[Any]]:
    return [
        [
            one.no,
            today_of(one.at).isoformat(),
            one.project,
            one.moved,
            one.name,
            one.payer,
            one.words,
            one.voucher_no,
            one.amount_fen,
            one.reverses or "",
        ]
        for one in every_payment(topic, part)
    ]


_PROJECTS = ("number", "title", "state", "cost_fen", *(f"{payer}_fen" for payer in Payer))
PLAIN: Mapping[str, tuple[tuple[str, ...], Callable[[Topic, slice], list[list[Any]]]]] = {
    "projects": ((*_PROJECTS, "spent_fen", "unspent_fen"), _plain_projects),
    "funders": (
        ("name", "payer", "projects", "given_fen", "spent_fen", "unspent_fen"),
        _plain_funders,
    ),
    "payments": (
        (
            "no",
            "entered_on",
            "project",
            "what",
            "name",
            "payer",
            "words",
            "voucher_no",
            "amount_fen",
            "reverses",
        ),
        _plain_payments,
    ),
}

urls: list[URLPattern] = [
    path("rounds/<str:uid>/accounts.xlsx", book, name="accounts_book"),
    path("rounds/<str:uid>/accounts/<str:kind>.<str:form>", open_data, name="accounts_data"),
]
