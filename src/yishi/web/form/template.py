"""Templates of the forms: what is in use, an office's own Word file in its place, and back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts import form as acts
from yishi.acts.door import Done
from yishi.core.form import QR, ROWS, TAGS, Form
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.form.names import say_form
from yishi.phrases.office import say_office
from yishi.records.models import Place
from yishi.records.queries.appointment import place_options
from yishi.records.queries.form_template import InUse, history, in_use, kept_bytes, template_bytes
from yishi.records.queries.place import place_for
from yishi.records.wallclock import now
from yishi.records.word import WORD_TYPE, shipped_template
from yishi.records.word_check import BYTES_MAX
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.office import choices, download, indented, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.uploads import file_sent

ACT = "form.set_template"


@page(ACT)
def templates(request: HttpRequest) -> HttpResponse:
    """Every form with the template a place fills it by."""
    place, options = _place(request)
    if place is None:
        return missing(request)
    found = in_use(place)
    context = {
        "rooms": rooms("form_templates"),
        "place": place,
        "places": choices(indented(options), place.code),
        "table": table(
            _("Forms of %(place)s") % {"place": place.name},
            [_("Form"), _("Filled by"), _("Set at"), _("Since")],
            [_row(found[form], place) for form in Form],
        ),
    }
    return render(request, "yishi/form/templates.html", context)


@page(ACT, methods=("GET", "HEAD", "POST"))
def template(request: HttpRequest, form: str) -> HttpResponse:
    """One form: its tags, the file in use, a file of one's own, and what was used before."""
    place = _place(request)[0]
    if place is None or form not in set(Form):
        return missing(request)
    if request.method != "POST":
        return _show(request, place, Form(form))
    sent = file_sent(request, BYTES_MAX)
    if isinstance(sent, Refusal):
        return _show(request, place, Form(form), sent)
    answer = acts.set_template(ask_in(request), place, Form(form), sent[0], sent[1])
    said = _("The form is filled by your template from now on.")
    return _answered(request, place, Form(form), answer, said)


@page(ACT, methods=("POST",))
def give_up(request: HttpRequest, form: str) -> HttpResponse:
    """Back to what the place above uses, or to the shipped one."""
    place = _place(request)[0]
    if place is None or form not in set(Form):
        return missing(request)
    answer = acts.give_up_template(ask_in(request), place, Form(form))
    said = _("Your own template is no longer used. It is kept in the list below.")
    return _answered(request, place, Form(form), answer, said)


@page(ACT)
def shipped(request: HttpRequest, form: str) -> HttpResponse:
    """The template that comes with the product, to change in Word."""
    if form not in set(Form):
        return missing(request)
    return download(shipped_template(Form(form)), WORD_TYPE, f"{say_form(Form(form))}.docx")


@page(ACT)
def current(request: HttpRequest, form: str) -> HttpResponse:
    """The template in use at the place."""
    place = _place(request)[0]
    if place is None or form not in set(Form):
        return missing(request)
    used = in_use(place)[Form(form)]
    return download(template_bytes(used), WORD_TYPE, used.name or f"{say_form(used.form)}.docx")


@page(ACT)
def kept(request: HttpRequest, form: str, uid: str) -> HttpResponse:
    """A template the place used before."""
    place = _place(request)[0]
    data = kept_bytes(place, Form(form), uid) if place and form in set(Form) else None
    if data is None:
        return missing(request)
    return download(data, WORD_TYPE, f"{say_form(Form(form))}.docx")


def _place(request: HttpRequest) -> tuple[Place | None, list[dict[str, Any]]]:
    """The place that is asked for, by code; the first of the actor's own where none is."""
    actor = actor_in(request)
    options = place_options(actor, ACT)
    code = (request.POST.get("place") or request.GET.get("place", ""))[:20]
    code = code or (options[0]["code"] if options else "")
    return place_for(actor, code, ACT), options


def _row(used: InUse, place: Place) -> tuple[Any, ...]:
    href = f"{reverse('form_template', args=[used.form])}?place={place.code}"
    since = say_when(used.from_at, now()) if used.from_at else "—"
    return (say_form(used.form), href), _word(used), used.place or "—", since


def _word(used: InUse) -> str:
    return used.name or _("The shipped template")


def _show(
    request: HttpRequest, place: Place, form: Form, refusal: Refusal | None = None
) -> HttpResponse:
    used, tags = in_use(place)[form], TAGS[form]
    before = history(place, form, page_in(request.GET))
    rows = [(f"{{{{ {tag} }}}}", "") for tag in (*tags.words.values(), QR)]
    if tags.rows:
        rows += [
            (f"{{{{ 行.{tag} }}}}", f"{{%tr for 行 in {ROWS} %}}") for tag in tags.rows.values()
        ]
    rows += [
        ("{{ 照片 }}", f"{{% for 照片 in {tag} %}}…{{% endfor %}}")
        for tag in tags.pictures.values()
    ]
    context = {
        "rooms": rooms("form_templates"),
        "place": place,
        "form": form,
        "name": say_form(form),
        "used": used,
        "used_word": _word(used),
        "tags": table(_("Tags of this form"), [_("Tag"), _("Inside")], rows),
        "history": table(
            _("What was used here"),
            [_("File"), _("Set by"), _("When")],
            [
                (
                    (row["name"], _kept_address(form, row["uid"], place))
                    if row["sha256"]
                    else _("Own template given up"),
                    row["by"] or "—",
                    say_exact(row["from_at"]),
                )
                for row in before.rows
            ],
        )
        if before.rows
        else None,
        "pager": pager_of(before, request.GET),
        "refusal": say_office(refusal) if refusal else None,
        "key": new_key(),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/form/template.html", context, status=status)


def _kept_address(form: Form, uid: str, place: Place) -> str:
    return f"{reverse('form_kept', args=[form, uid])}?place={place.code}"


def _answered(
    request: HttpRequest, place: Place, form: Form, answer: Done | Refusal, said: str
) -> HttpResponse:
    if isinstance(answer, Refusal):
        return _show(request, place, form, answer)
    return answered(
        request, answer, f"{reverse('form_template', args=[form])}?place={place.code}", said
    )
