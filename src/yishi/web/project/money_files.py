"""The papers of a project's money, for those who may read them: opinions, quotations, resolutions,
vouchers."""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.project import say_funder
from yishi.records.files import PDF_TYPE, file_path
from yishi.records.queries.project_page import KINDS, money_file
from yishi.web.gate import missing, page
from yishi.web.project.shown import Shown, read

ACT = "project.read_papers"


@page(ACT)
def paper(request: HttpRequest, uid: str, kind: str, row_uid: str) -> HttpResponse:
    """One of them, to be saved; 404 for who may not have it, as if there were none."""
    shown = read(request, uid)
    if shown is None or kind not in KINDS or not shown.may(ACT):
        return missing(request)
    found = money_file(shown.row, kind, row_uid)
    at = file_path(found.sha256) if found else None
    if found is None or at is None or not at.is_file():
        return missing(request)
    is_pdf = found.media_type == PDF_TYPE
    name = PurePath(f"{show_number(shown.row.number)} {kind}")
    file = str(name.with_suffix(".pdf" if is_pdf else ".jpg"))
    answer = HttpResponse(at.read_bytes(), content_type=found.media_type)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = content_disposition_header(is_pdf, file) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def papers(shown: Shown, **rows: Iterable[Any]) -> list[dict[str, str]]:
    """The papers of these rows, by their kind, with their addresses, for who may read them; none
    for others."""
    if not shown.may(ACT):
        return []
    return [line for kind, found in rows.items() for line in _lines(shown, kind, found)]


def _lines(shown: Shown, kind: str, rows: Iterable[Any]) -> list[dict[str, str]]:
    column = KINDS[kind][1]
    return [
        {
            "href": reverse("project_money_paper", args=[shown.row.uid, kind, row.uid]),
            "word": WORDS[kind](row),
        }
        for row in rows
        if getattr(row, f"{column}_id")
    ]


def _opinion(row: Any) -> str:
    return _("Opinion of %(body)s") % {"body": row.body.name}


def _quotation(row: Any) -> str:
    return _("Quotation of %(bidder)s") % {"bidder": row.bidder}


def _resolution(row: Any) -> str:
    return _("Resolution: %(funder)s") % {"funder": say_funder(row.name)}


def _voucher(row: Any) -> str:
    return _("Voucher %(no)s") % {"no": row.voucher_no}


WORDS: dict[str, Callable[[Any], str]] = {
    "opinion": _opinion,
    "quotation": _quotation,
    "resolution": _resolution,
    "voucher": _voucher,
}

urls: list[URLPattern] = [
    path("projects/<str:uid>/papers/<str:kind>/<str:row_uid>", paper, name="project_money_paper")
]
