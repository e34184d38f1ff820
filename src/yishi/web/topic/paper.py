"""Laying a paper with the stage a topic stands in, and handing it out again."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.topic import adding
from yishi.acts.topic.raising import TITLE_MAX
from yishi.core.method.language import Paper
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.method import say_paper
from yishi.records.files import PDF_TYPE, NewFile, file_path, read_paper
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic_carry import photo_for
from yishi.records.queries.topic_paper import lying, paper_for
from yishi.web.case.forms import offer
from yishi.web.gate import actor_in, ask_in, missing, page
from yishi.web.topic.beside import Beside, BesideForm, addresses
from yishi.web.topic.shown import Shown
from yishi.web.uploads_limit import over_limit

ACT = "topic.attach"


class PaperForm(BesideForm):
    """What the paper is, and the paper: a photo of it or a PDF."""

    takes_files = True
    kind = forms.ChoiceField(
        label=gettext_lazy("What paper it is"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Photos, plans and records of acceptance of a public step are public. The others "
            "hold names and are for staff and those who take part."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("What is on it, in a few words"), max_length=TITLE_MAX, required=False
    )
    paper = forms.FileField(
        label=gettext_lazy("The paper: a photo of it, or a PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def prepare(self) -> None:
        stage = self.shown.held.stage
        wanted = stage.attach if stage else ()
        ordered = [*wanted, *(kind for kind in Paper if kind not in wanted)]
        here = self.shown.held.attached if self.shown.passage else frozenset()
        offer(self.fields["kind"], [(kind.value, _named(kind, wanted, here)) for kind in ordered])


def _named(kind: Paper, wanted: tuple[Paper, ...], here: frozenset[Paper]) -> str:
    if kind in wanted and kind not in here:
        return _("%(paper)s (this step still needs it)") % {"paper": say_paper(kind)}
    return say_paper(kind)


def _attach(request: HttpRequest, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    """The act, once the file is read; a refused file is chosen again."""
    new = _read(request, shown)
    if isinstance(new, Refusal):
        return new
    kind = Paper(given["kind"])
    return adding.attach(ask_in(request), shown.topic.uid, kind, given["title"], new)


def _read(request: HttpRequest, shown: Shown) -> NewFile | Refusal:
    over = over_limit(request)
    if over is not None:
        return over
    upload: Any = request.FILES.get("paper")
    if upload is None:
        return Refusal("paper_missing")
    rules = in_force(shown.topic.place, today_of(shown.now)).terms.rules
    most, size = rules.photo_bytes_max, upload.size or 0
    if size > most:
        return Refusal("paper_too_large", most // 1_000_000, size // 1_000_000, "MB")
    return read_paper(upload.read(), most, rules.photo_pixels_max)


@page("topic.view")
def paper(request: HttpRequest, uid: str, paper_uid: str) -> HttpResponse:
    """The paper, to be saved; 404 for who may not have it, as if there were none."""
    found = paper_for(actor_in(request), uid, paper_uid)
    at = file_path(found.file.sha256) if found else None
    if found is None or at is None or not at.is_file():
        return missing(request)
    is_pdf = found.file.media_type == PDF_TYPE
    name = say_paper(Paper(found.kind))
    number = show_number(found.passage.topic.number)
    file = str(PurePath(f"{number} {name}").with_suffix(".pdf" if is_pdf else ".jpg"))
    answer = HttpResponse(at.read_bytes(), content_type=found.file.media_type)
    # Kept by nobody on the way: who may have it can change.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = content_disposition_header(is_pdf, file) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@page("topic.view")
def photo(request: HttpRequest, uid: str, kind: str, row_uid: str) -> HttpResponse:
    """The photo of a part that others did, or of a look; 404 for who may not have it."""
    file = photo_for(actor_in(request), kind, uid, row_uid)
    at = file_path(file.sha256) if file else None
    if file is None or at is None or not at.is_file():
        return missing(request)
    answer = HttpResponse(at.read_bytes(), content_type=file.media_type)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


DEED = Beside(
    "paper",
    ACT,
    lambda shown: _("Lay a paper with this step"),
    lambda: _("Lay it there"),
    lambda: _("The paper lies with this step now."),
    PaperForm,
    _attach,
    more=lambda shown, form: {"papers": [say_paper(kind) for kind in lying(shown.passage)]},
    mark="download",
)


urls: list[URLPattern] = [
    *addresses([DEED]),
    path("topics/<str:uid>/papers/<str:paper_uid>", paper, name="topic_paper_file"),
    path(
        "topics/<str:uid>/parts/<str:row_uid>/photo", photo, {"kind": "parts"}, "topic_part_photo"
    ),
    path(
        "topics/<str:uid>/watches/<str:row_uid>/photo",
        photo,
        {"kind": "watches"},
        "topic_watch_photo",
    ),
]
