"""One form of one row: the sheet to print, and the Word file. Both from the same words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from yishi.core.form import ACT, CONTACT, Form
from yishi.phrases.form.laid import lay_out
from yishi.records.audit import note
from yishi.records.models import Attachment
from yishi.records.queries.form import Found, find, find_own
from yishi.records.queries.form_template import in_use, template_bytes
from yishi.records.wallclock import now
from yishi.records.word import WORD_TYPE
from yishi.web.form.made import Made, make, subject_of, word_file
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import download
from yishi.web.sheet import sheet


@never_cache
@page("form.print")
def view(request: HttpRequest, form: str, uid: str) -> HttpResponse:
    """The sheet to somebody who may take it; 404 to everybody else."""
    found = _found(request, form, uid)
    if found is None:
        return missing(request)
    case_uid = subject_of(found)[0]
    back = reverse("case_forms", args=[case_uid]) if case_uid else reverse("work")
    made = make(request, Form(form), found)
    return _sheet(request, made, back, reverse("form_word", args=[form, uid]))


@never_cache
@page("form.print")
def word(request: HttpRequest, form: str, uid: str) -> HttpResponse:
    """The same as a Word file, by the template in use at its place."""
    found = _found(request, form, uid)
    return missing(request) if found is None else _word(make(request, Form(form), found))


@page("form.print_own")
def own(request: HttpRequest, uid: str) -> HttpResponse:
    """The answer to one's own matter, once there is one."""
    made = _own(request, uid)
    if made is None:
        return missing(request)
    back = reverse("report", args=[uid])
    return _sheet(request, made, back, reverse("own_answer_word", args=[uid]))


@page("form.print_own")
def own_word(request: HttpRequest, uid: str) -> HttpResponse:
    """The same as a Word file."""
    made = _own(request, uid)
    return missing(request) if made is None else _word(made)


def _found(request: HttpRequest, form: str, uid: str) -> Found | None:
    """What the form is filled from. Both a yes and a no to one that holds name and phone leave
    an audit row. Source: norms.md §5."""
    if form not in set(Form):
        return None
    actor, moment = actor_in(request), now()
    found = find(actor, Form(form), uid, moment)
    if form in CONTACT:
        case_uid, number = subject_of(found) if found else (uid, "")
        address = request.META.get("REMOTE_ADDR", "")
        act = ACT[Form(form)]
        note(moment, actor.person_id, act, case_uid, found is not None, address, number)
    return found


def _own(request: HttpRequest, uid: str) -> Made | None:
    found = find_own(actor_in(request), uid)
    if found is None or found.report.answered_at is None:
        return None
    return make(request, Form.ANSWER, found)


def _sheet(request: HttpRequest, made: Made, back: str, word_href: str) -> HttpResponse:
    laid = lay_out(made.form, made.filled)
    context = {
        "laid": laid,
        "name": made.name,
        "pictures": [
            {"label": each["label"], "hrefs": _addresses(each["files"])} for each in laid.pictures
        ],
        "word": word_href,
        "sheet": sheet(back, foot=made.foot, code=made.filled["number"], wide=bool(laid.columns)),
    }
    return render(request, "yishi/form/sheet.html", context)


def _addresses(files: list[Attachment]) -> list[str]:
    return [reverse("photo", args=[each.uid]) for each in files]


def _word(made: Made) -> HttpResponse:
    template = template_bytes(in_use(made.at)[made.form])
    return download(word_file(made, template), WORD_TYPE, f"{made.name}.docx")
