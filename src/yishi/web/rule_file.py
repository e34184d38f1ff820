"""One rule file: what it says, and adopting it at a place."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import rule as acts
from yishi.core.refusal import Refusal
from yishi.phrases.office import say_office
from yishi.phrases.rule import say_rule_kind
from yishi.records.models import Place
from yishi.records.queries.appointment import place_options
from yishi.records.queries.place import place_for
from yishi.records.queries.rule import bundle_of, today_of
from yishi.records.queries.rule_list import bundle_row
from yishi.records.wallclock import now
from yishi.rulebook.load import Bundle
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.office import choices, day_typed, indented, rooms
from yishi.web.rule_shown import head, parts, raw


@page("rules.view")
def bundle(request: HttpRequest, kind: str, name: str, version: str) -> HttpResponse:
    """What a rule file says, in words and as written; where it may be adopted, a form for it."""
    row = bundle_row(kind, name, version)
    if row is None:
        return missing(request)
    return _show(request, bundle_of(row))


def _show(request: HttpRequest, made: Bundle, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "rooms": rooms("rules"),
        "bundle": made,
        "kind": say_rule_kind(made.kind),
        "facts": head(made),
        "parts": parts(made, request.GET),
        "files": raw(made),
        "refusal": say_office(refusal) if refusal else None,
        **adopting(request),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/rule/bundle.html", context, status=status)


def adopting(request: HttpRequest) -> dict[str, Any]:
    """Where and from when it may be adopted, for the form."""
    options = place_options(actor_in(request), "rules.adopt")
    today = today_of(now()).isoformat()
    return {
        "adopt_places": choices(indented(options), request.POST.get("place", "")),
        "from_on": request.POST.get("from_on", "") or today,
        "key": new_key(),
    }


def wanted_in(request: HttpRequest) -> tuple[Place, date] | Refusal:
    """The place and the day of the form. Refuses with `not_found`, `day_unreadable`."""
    place = place_for(actor_in(request), request.POST.get("place", "")[:20], "rules.adopt")
    if place is None:
        return Refusal("not_found", have="place")
    from_on = day_typed(request.POST.get("from_on", ""))
    return from_on if isinstance(from_on, Refusal) else (place, from_on)


@page("rules.adopt", methods=("POST",))
def adopt(request: HttpRequest, kind: str, name: str, version: str) -> HttpResponse:
    """From a day, a place works by this rule file."""
    row = bundle_row(kind, name, version)
    if row is None:
        return missing(request)
    made = bundle_of(row)
    wanted = wanted_in(request)
    if isinstance(wanted, Refusal):
        return _show(request, made, wanted)
    place, from_on = wanted
    answer = acts.adopt(ask_in(request), place, made, from_on)
    if isinstance(answer, Refusal):
        return _show(request, made, answer)
    said = _("%(place)s works by it from %(day)s.") % {
        "place": place.name,
        "day": from_on.isoformat(),
    }
    return answered(request, answer, f"{reverse('rules')}?place={place.code}", said)


urls: list[URLPattern] = [
    path("rules/files/<str:kind>/<str:name>/<str:version>", bundle, name="bundle"),
    path("rules/files/<str:kind>/<str:name>/<str:version>/adopt", adopt, name="bundle_adopt"),
]
