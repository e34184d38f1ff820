"""One form on a page of its own, for what is written beside a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Case, Place
from yishi.records.queries.body import choose_body
from yishi.records.queries.case import case_for
from yishi.records.queries.ledger import places_in
from yishi.web.gate import UNPROCESSABLE, actor_in, missing, new_key, refuse


@dataclass(frozen=True)
class Where:
    """What a form is about: a case, or a place alone."""

    place: Place
    case: Case | None = None


class BodyForm(forms.Form):
    """A form that names a body of the place."""

    body = forms.ChoiceField(label=gettext_lazy("Unit"))

    def __init__(self, where: Where, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [(row["uid"], row["name"]) for row in choose_body(where.place)]
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *bodies]
        if where.case is not None and where.case.lead is not None:
            field.initial = where.case.lead.uid


def about_case(request: HttpRequest, uid: str, act: str) -> Where | HttpResponse:
    """The case, for whoever sees it and may do `act` about it; else the page that says why not."""
    actor = actor_in(request)
    held = case_for(actor, uid)
    if held is None:
        return missing(request)
    allowed = permit(actor, act, held.subject)
    if not isinstance(allowed, Permitted):
        return refuse(request, allowed)
    return Where(held.case.place, held.case)


def about_place(request: HttpRequest, act: str, title: str, back: str) -> Where | HttpResponse:
    """The community the address names, or the only one there is; else a page to choose one on."""
    actor = actor_in(request)
    places = places_in(actor, act)
    chosen = request.GET.get("place", "")[:20]
    uid = places[0]["uid"] if len(places) == 1 else chosen
    place = Place.objects.filter(uid=uid).first() if uid else None
    if place is None:
        context = {"title": title, "back": back, "places": places}
        return render(request, "yishi/oversight/where.html", context)
    if not isinstance(permit(actor, act, Subject(path=place.ids)), Permitted):
        return missing(request)
    return Where(place)


def show(
    request: HttpRequest,
    form: forms.Form,
    answer: Done | Refusal | None = None,
    *,
    title: str,
    lead: str,
    button: str,
    back: tuple[str, str],
    mark: str = "send",
    facts: Sequence[dict[str, Any]] = (),
) -> HttpResponse:
    """The form, again with what was typed where it was refused. `back`: address and word."""
    refusal = answer if isinstance(answer, Refusal) else None
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "mark_name": mark,
        "back": {"href": back[0], "word": back[1]},
        "facts": facts,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "yishi/oversight/form.html", context, status=status)
