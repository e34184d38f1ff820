"""A community works by a method as it is, from a day; or stops using one."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.method import adopting
from yishi.core.refusal import Refusal
from yishi.phrases.method_fault import say_fault
from yishi.phrases.rule import say_text
from yishi.records.models import Place
from yishi.records.queries import method_draft as query
from yishi.records.queries.method import method_row
from yishi.records.queries.method_fit import lacking_at, unfit_at
from yishi.records.queries.rule import methods_at, parsed, today_of
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.gate import (
    actor_in,
    answered,
    ask_in,
    missing,
    page,
)
from yishi.web.method_draft.listed import BOTH, CODE_MAX, form_page
from yishi.web.office import choices, day_typed, in_line


class FromForm(forms.Form):
    """From when the community works by it."""

    use_required_attribute = False
    from_on = forms.CharField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Topics that run keep the method they began with."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class StopForm(FromForm):
    """From when no topic is taken up by it any more, and why."""

    why = prose(gettext_lazy("Why"), rows=2)


@page("method.adopt", methods=BOTH)
def adopt(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """A community works by a method as it is, from a day; what keeps it from that is shown."""
    row = method_row(name, version)
    place = _place(request, "method.adopt")
    if row is None or place is None:
        return missing(request)
    method, today = parsed(row), today_of(now())
    form, answer, from_on = _from_in(request, FromForm, today)
    if isinstance(from_on, date):
        answer = adopting.adopt(ask_in(request), place.uid, name, version, from_on)
        if isinstance(answer, Done):
            words = {"place": place.name, "day": from_on.isoformat()}
            said = _("%(place)s works by it from %(day)s.") % words
            return answered(request, answer, _back(place), said)
    title = _("Work by “%(name)s”") % {"name": say_text(method.name)}
    lead = _("%(place)s works by it as it is, without changes.") % {"place": place.name}
    more = {
        "wrong": [say_fault(fault, method) for fault in unfit_at(method, place, today)],
        "lacking": [say_fault(fault, method) for fault in lacking_at(method, place, today)],
        **_choose(request, place, "method.adopt"),
    }
    return form_page(request, row, form, answer, title, lead, more)


@page("method.stop", methods=BOTH)
def stop(request: HttpRequest, name: str) -> HttpResponse:
    """From a day a community takes up no more topics by a method; those that run go on."""
    place = _place(request, "method.stop")
    if place is None:
        return missing(request)
    today = today_of(now())
    row = methods_at(place, today).get(name)
    if row is None:
        return missing(request)
    form, answer, from_on = _from_in(request, StopForm, today)
    if isinstance(from_on, date):
        why = request.POST.get("why", "")
        answer = adopting.stop(ask_in(request), place.uid, name, from_on, why)
        if isinstance(answer, Done):
            said = _("From %(day)s no topic is taken up by it.") % {"day": from_on.isoformat()}
            return answered(request, answer, _back(place), said)
    title = _("Stop using “%(name)s”") % {"name": say_text(parsed(row).name)}
    lead = _("Topics of %(place)s that run go on to their end.") % {"place": place.name}
    more = {"danger": True, "hidden_place": place.code}
    return form_page(request, row, form, answer, title, lead, more)


def _from_in(
    request: HttpRequest, kind: type[FromForm], today: date
) -> tuple[forms.Form, Done | Refusal | None, date | None]:
    """The form, why the day cannot be read, and the day."""
    if request.method != "POST":
        return kind(initial={"from_on": today.isoformat()}), None, None
    form = kind(request.POST)
    if not form.is_valid():
        return form, None, None
    from_on = day_typed(form.cleaned_data["from_on"])
    return (form, from_on, None) if isinstance(from_on, Refusal) else (form, None, from_on)


def _place(request: HttpRequest, act: str) -> Place | None:
    """The community asked for, or the only one; None where it is not the actor's."""
    places = query.places_for_method(actor_in(request), act)
    code = (request.POST.get("place") or request.GET.get("place", ""))[:CODE_MAX]
    code = code or (places[0]["code"] if places else "")
    known = code in {row["code"] for row in places}
    return Place.objects.filter(code=code).first() if known else None


def _choose(request: HttpRequest, place: Place, act: str) -> dict[str, Any]:
    places = query.places_for_method(actor_in(request), act)
    rows = [(one["code"], in_line(one)) for one in places]
    if len(rows) > 1:
        return {"places": choices(rows, place.code)}
    return {"hidden_place": place.code}


def _back(place: Place) -> str:
    return f"{reverse('method_drafts')}?place={place.code}"


urls: list[URLPattern] = [
    path("methods/adopt/<str:name>/<str:version>", adopt, name="method_adopt"),
    path("methods/stop/<str:name>", stop, name="method_stop"),
]
