"""The methods being written, what a community works by, and a copy to begin from."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.method import drafting
from yishi.core.method.drafting import NAME_MAX, DraftState
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.method_draft import say_draft_state
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.models import BundleRow, Place
from yishi.records.queries import method_draft as query
from yishi.records.queries.method import method_row
from yishi.records.queries.paging import listed
from yishi.records.queries.rule import methods_at, parsed, today_of
from yishi.records.wallclock import now
from yishi.web.gate import (
    UNPROCESSABLE,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
)
from yishi.web.office import Cell, choices, in_line, table
from yishi.web.rows import page_in, pager_of

BOTH = ("GET", "HEAD", "POST")
CODE_MAX = 20


class CopyForm(forms.Form):
    """Whose method it will be, and what it is to be called."""

    use_required_attribute = False
    place = forms.ChoiceField(label=gettext_lazy("Which community"))
    name = forms.CharField(
        label=gettext_lazy("Name of the method"),
        max_length=NAME_MAX,
        help_text=gettext_lazy(
            "The same name again makes the next version of your own method of that name."
        ),
    )

    def __init__(self, places: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row["code"], in_line(row)) for row in places]


@page("method.list_drafts")
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of the reader's places, where one begins, and what its communities work by."""
    actor = actor_in(request)
    state = request.GET.get("state", "")[:12]
    found = listed(query.drafts(actor, state), page_in(request.GET))
    labels = [_("Method"), _("How far it is"), _("Community"), _("Round"), _("Last changed")]
    words = [(one.value, say_draft_state(one)) for one in DraftState]
    context = {
        "table": table(
            "",
            labels,
            [
                (
                    (row["name"], reverse("method_draft", args=[row["uid"]])),
                    say_draft_state(row["state"]),
                    row["place__name"],
                    row["round"],
                    say_exact(row["changed_at"])[:16],
                )
                for row in found.rows
            ],
            nums=(3,),
        ),
        "found": bool(found.rows),
        "narrowed": bool(state),
        "states": choices([("", _("All")), *words], state),
        "pager": pager_of(found, request.GET),
        "kept": _kept(actor),
        **_working(request, actor),
    }
    return render(request, "yishi/method_draft/list.html", context)


def _kept(actor: Actor) -> dict[str, Any] | None:
    """The methods kept, each to be copied or adopted; None for whoever may do neither."""
    copies, adopts = bool(reach(actor, "method.copy")), bool(reach(actor, "method.adopt"))
    if not (copies or adopts):
        return None
    rows: list[list[Cell]] = []
    for row in query.kept_methods():
        name: Cell = (say_text(parsed(row).name), reverse("method", args=[row.name, row.version]))
        copy = (_("Copy and change it"), reverse("method_copy", args=[row.name, row.version]))
        adopt = (_("Adopt it as it is"), reverse("method_adopt", args=[row.name, row.version]))
        rows.append([name, row.version, *([copy] if copies else []), *([adopt] if adopts else [])])
    acts = [*([_("To write an own one")] if copies else []), *([_("To use it")] if adopts else [])]
    return table("", [_("Method"), _("Version"), *acts], rows) if rows else None


def _working(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What one community of the reader works by; the secretary may stop it."""
    places = query.places_for_method(actor, "method.list_drafts")
    code = request.GET.get("place", "")[:CODE_MAX] or (places[0]["code"] if places else "")
    known = code in {row["code"] for row in places}
    place = Place.objects.filter(code=code).first() if known else None
    if place is None:
        return {"places": [], "working": None, "place": None}
    stops = bool(reach(actor, "method.stop"))
    rows: list[list[Cell]] = []
    for name, row in methods_at(place, today_of(now())).items():
        address = f"{reverse('method_stop', args=[name])}?place={place.code}"
        stop = [(_("Stop using it"), address)] if stops else []
        title: Cell = (say_text(parsed(row).name), reverse("method", args=[row.name, row.version]))
        rows.append([title, row.version, *stop])
    labels = [_("Method"), _("Version"), *([_("No longer")] if stops else [])]
    return {
        "place": place,
        "places": choices([(one["code"], in_line(one)) for one in places], code)
        if len(places) > 1
        else [],
        "working": table("", labels, rows) if rows else None,
    }


@page("method.copy", methods=BOTH)
def copy(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """A draft of the community's own, from a method that is kept."""
    row = method_row(name, version)
    if row is None:
        return missing(request)
    places = query.places_for_method(actor_in(request), "method.copy")
    said = say_text(parsed(row).name)
    posted = request.method == "POST"
    form = CopyForm(places, request.POST if posted else None, initial={"name": said})
    answer: Done | Refusal | None = None
    if form.is_valid():
        uid = next(one["uid"] for one in places if one["code"] == form.cleaned_data["place"])
        answer = drafting.copy(ask_in(request), uid, name, version, form.cleaned_data["name"])
        if isinstance(answer, Done):
            to = reverse("method_draft", args=[answer.uid])
            return answered(request, answer, to, _("Copied. Change what you want otherwise."))
    lead = _("The original stays as it is. Your copy is yours to change until you send it.")
    return form_page(request, row, form, answer, _("Copy “%(name)s”") % {"name": said}, lead)


def form_page(
    request: HttpRequest,
    row: BundleRow,
    form: forms.Form,
    answer: Done | Refusal | None,
    title: str,
    lead: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form about a method, with what is wrong above it."""
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "method": reverse("method", args=[row.name, row.version]),
        "key": new_key(),
        "refusal": say_refusal(answer) if isinstance(answer, Refusal) else None,
        **(more or {}),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/method_draft/form.html", context, status=status)


urls: list[URLPattern] = [
    path("methods/drafts", drafts, name="method_drafts"),
    path("methods/copy/<str:name>/<str:version>", copy, name="method_copy"),
]
