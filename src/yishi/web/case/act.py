"""From a form on a case page to an act, and back with what was typed where it is refused."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from yishi.core.refusal import Refusal
from yishi.web.case.beside import came_from, list_context
from yishi.web.case.deed import Deed
from yishi.web.case.onward import onward
from yishi.web.case.page import TEMPLATE, context
from yishi.web.case.shown import read
from yishi.web.gate import UNPROCESSABLE, View, ask_in, missing, page
from yishi.web.photos import Photos, photos_in
from yishi.web.reply import noticed


def addresses(deeds: Sequence[Deed]) -> list[URLPattern]:
    """An address for each deed whose form stands on the case page."""
    return [
        path(f"cases/<str:uid>/{deed.verb}", _view(deed), name=deed.name)
        for deed in deeds
        if not deed.page
    ]


def _view(deed: Deed) -> View:
    @page(deed.act, methods=("GET", "HEAD", "POST"))
    def view(request: HttpRequest, uid: str) -> HttpResponse:
        if request.method != "POST":
            # Somebody signed in again and was led back here; the form is on the page.
            return redirect(reverse("case", args=[uid]))
        return run(request, uid, deed)

    view.__doc__ = f"Does `{deed.act}` to a case."
    return view


def run(request: HttpRequest, uid: str, deed: Deed) -> HttpResponse:
    """Does a deed; a refusal shows the page again, 422, with nothing typed lost.

    So does what is noticed about a reply, once: pressed again, it is sent all the same.
    """
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    assert deed.do is not None
    form = deed.form(shown, request.POST)
    photos = photos_in(request, "proofs", shown.rules)
    answer: object = photos.refusal
    valid = form.is_valid()
    if valid and answer is None and deed.replies:
        raised = "\n".join(report.words for report in shown.held.reports)
        found = noticed(request, raised, form.cleaned_data["words"])
        if found is not None:
            return _again(request, uid, deed, None, photos, found)
    if valid and answer is None:
        answer = deed.do(ask_in(request), shown, form, photos)
        if not isinstance(answer, Refusal):
            return onward(request, shown, answer, deed.told(form), deed.still())
    refusal = answer if isinstance(answer, Refusal) else None
    return _again(request, uid, deed, refusal, photos)


def _again(
    request: HttpRequest,
    uid: str,
    deed: Deed,
    refusal: Refusal | None,
    photos: Photos,
    seen: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page as the case stands now, so that a second press meets its present version."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    form = deed.form(shown, request.POST)
    form.is_valid()
    found = context(shown, deed, form, refusal, photos)
    found |= list_context(shown, came_from(request)) | {"noticed": seen}
    return render(request, TEMPLATE, found, status=UNPROCESSABLE if seen is None else 200)
