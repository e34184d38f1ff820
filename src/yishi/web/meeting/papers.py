"""Photos and papers of a meeting: through the house's own way for photos, and handed out again."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.meeting import minutes
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.files import PDF_TYPE, NewFile, file_path, read_paper
from yishi.records.models import MeetingPaper
from yishi.records.queries.rule import in_force, today_of
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page
from yishi.web.meeting.deed import back_to
from yishi.web.meeting.forms import PaperForm
from yishi.web.meeting.shown import Shown, read
from yishi.web.uploads_limit import over_limit

ACT, PHOTO = "meeting.add_paper", "photo"


@page(ACT, methods=("GET", "HEAD", "POST"))
def add(request: HttpRequest, uid: str) -> HttpResponse:
    """A photo of the meeting, the signed sheet, or another paper."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    granted = shown.granted(ACT)
    if isinstance(granted, Refusal) and granted.code == "not_yours":
        return missing(request)
    posted = request.method == "POST"
    form = PaperForm(request.POST if posted else None, request.FILES if posted else None)
    refusal = granted if isinstance(granted, Refusal) else None
    if posted and form.is_valid():
        answer = _add(request, shown, form.cleaned_data)
        if isinstance(answer, Done):
            if not answer.again:
                messages.success(request, _("It lies with the meeting now."))
            return redirect(back_to(request, shown)[0] + "#minutes")
        refusal = answer
    back, word = back_to(request, shown)
    context = {
        "meeting": shown.row,
        "number": show_number(shown.row.number),
        "about": shown.row.title,
        "back": back,
        "back_word": word,
        "title": _("Which photo or paper?"),
        "word": _("Lay it there"),
        "mark_name": "camera",
        "form": form,
        "action": reverse("meeting_paper", args=[uid]),
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if posted else 200
    return render(request, "yishi/meeting/deed.html", context, status=status)


def _add(request: HttpRequest, shown: Shown, given: dict[str, Any]) -> Done | Refusal:
    """Each file that came, one act for each; the first that is refused stops the rest."""
    over = over_limit(request)
    uploads: list[Any] = request.FILES.getlist("paper")
    if over is not None or not uploads:
        return over or Refusal("paper_missing")
    rules = in_force(shown.row.place, today_of(shown.now)).terms.rules
    ask, done = ask_in(request), None
    for no, upload in enumerate(uploads):
        new = _read(upload, rules.photo_bytes_max, rules.photo_pixels_max)
        if isinstance(new, Refusal):
            return new
        one = ask if no == 0 else type(ask)(ask.actor, ask.now, f"{ask.key[:60]}-{no}")
        answer = minutes.add_paper(one, shown.row.uid, given["kind"], given["title"], new)
        if isinstance(answer, Refusal):
            return answer
        done = done or answer
    assert done is not None
    return done


def _read(upload: Any, most: int, pixels: int) -> NewFile | Refusal:
    size = upload.size or 0
    if size > most:
        return Refusal("paper_too_large", most // 1_000_000, size // 1_000_000, "MB")
    return read_paper(upload.read(), most, pixels)


@page("meeting.view")
def paper(request: HttpRequest, uid: str, paper_uid: str) -> HttpResponse:
    """The file; 404 for who may not have it, as if there were none. Photos of a meeting that is
    over are public, everything else is for those who read names."""
    shown = read(request, uid)
    found = (
        next((one for one in shown.held.papers if one.uid == paper_uid), None) if shown else None
    )
    if shown is None or found is None or not (shown.names or _is_public(shown, found)):
        return missing(request)
    at = file_path(found.file.sha256)
    if not at.is_file():
        return missing(request)
    is_pdf = found.file.media_type == PDF_TYPE
    name = f"{show_number(shown.row.number)} {say_paper_kind(found.kind)}"
    file = str(PurePath(name).with_suffix(".pdf" if is_pdf else ".jpg"))
    answer = HttpResponse(at.read_bytes(), content_type=found.file.media_type)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = content_disposition_header(is_pdf, file) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def say_paper_kind(kind: str) -> str:
    """What a paper of a meeting is."""
    return {
        "photo": _("Photo of the meeting"),
        "register": _("Signed attendance sheet"),
        "minutes": _("Signed minutes"),
    }.get(kind, _("Another paper"))


def shown_papers(shown: Shown) -> dict[str, Any]:
    """{photos, papers} for the screen of whoever holds the meeting."""
    photos = [one for one in shown.held.papers if one.kind == PHOTO]
    others = [one for one in shown.held.papers if one.kind != PHOTO]
    return {
        "photos": [_photo(shown, one, no) for no, one in enumerate(photos, 1)],
        "papers": [
            {"href": _href(shown, one), "word": one.title or say_paper_kind(one.kind)}
            for one in others
        ],
    }


def public_photos(shown: Shown) -> list[dict[str, str]]:
    """The photos anybody may see."""
    found = [one for one in shown.held.papers if _is_public(shown, one)]
    return [_photo(shown, one, no) for no, one in enumerate(found, 1)]


def _is_public(shown: Shown, paper: MeetingPaper) -> bool:
    return paper.kind == PHOTO and shown.state in ("closed", "signed")


def _photo(shown: Shown, one: MeetingPaper, no: int) -> dict[str, str]:
    alt = one.title or _("Photo %(no)s of the meeting") % {"no": no}
    return {"href": _href(shown, one), "alt": alt}


def _href(shown: Shown, one: MeetingPaper) -> str:
    return reverse("meeting_paper_file", args=[shown.row.uid, one.uid])


urls: list[URLPattern] = [
    path("meetings/<str:uid>/papers/new", add, name="meeting_paper"),
    path("meetings/<str:uid>/papers/<str:paper_uid>", paper, name="meeting_paper_file"),
]
