"""The photos of the works, open to everybody, and their papers, for those who may read them."""

from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header

from yishi.core.number import show_number
from yishi.phrases.works import say_works_paper
from yishi.records.files import PDF_TYPE, file_path
from yishi.records.models import StoredFile
from yishi.records.queries.project_works_page import works_file, works_paper
from yishi.web.gate import missing, page
from yishi.web.project.shown import read

ACT = "project.read_works_papers"


@page("project.view")
def photo(request: HttpRequest, uid: str, kind: str, row_uid: str) -> HttpResponse:
    """A photo of a step, of a look or of what was built; projects are public."""
    file = works_file(uid, kind, row_uid)
    # A paper may be a PDF: that is handed out to be saved, and to those who may read it.
    if file is None or file.media_type == PDF_TYPE:
        return missing(request)
    return _sent(request, file, "inline", "private, max-age=3600")


@page(ACT)
def paper(request: HttpRequest, uid: str, row_uid: str) -> HttpResponse:
    """A contract, a review or a record of handing over, to be saved; 404 for who may not."""
    shown = read(request, uid)
    row = works_paper(uid, row_uid) if shown and shown.may(ACT) else None
    if row is None or row.file is None:
        return missing(request)
    is_pdf = row.file.media_type == PDF_TYPE
    name = f"{show_number(row.project.number)} {say_works_paper(row.kind)}"
    file = str(PurePath(name).with_suffix(".pdf" if is_pdf else ".jpg"))
    how = content_disposition_header(is_pdf, file) or "inline"
    return _sent(request, row.file, how, "private, no-store")


def _sent(request: HttpRequest, file: StoredFile, how: str, kept: str) -> HttpResponse:
    at = file_path(file.sha256)
    if not at.is_file():
        return missing(request)
    answer = HttpResponse(at.read_bytes(), content_type=file.media_type)
    answer.headers["Cache-Control"] = kept
    answer.headers["Content-Disposition"] = how
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


urls: list[URLPattern] = [
    path("projects/<str:uid>/photo/<str:kind>/<str:row_uid>", photo, name="project_photo"),
    path("projects/<str:uid>/papers/<str:row_uid>", paper, name="project_paper"),
]
