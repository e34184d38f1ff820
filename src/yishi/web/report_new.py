"""Raising a matter: at home, at a building's poster, or elsewhere; by itself, or with an open one
like it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import report as acts
from yishi.acts.door import Done
from yishi.core.case.now import Terms
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_at_field, say_refusal
from yishi.records.models import Building, Place
from yishi.records.queries import report as query
from yishi.records.queries.rule import RulesMissing, in_force, today_of
from yishi.records.queries.similar import Written, rules_offered_by
from yishi.records.wallclock import now as read_clock
from yishi.web.draft import FIELDS, draft_in, drop_draft
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, new_key, page, refuse
from yishi.web.photos import photos_in
from yishi.web.report_form import BUILDINGS_MOST, ReportForm
from yishi.web.similar import asks_only, chosen_in, offered

BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Where:
    """What is known of the place before the form is shown; `usual` is only proposed."""

    community: Place | None = None
    building: Building | None = None
    usual: Building | None = None


@page("report.file", methods=BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Raise a matter, at home unless it is elsewhere; with no home known, the community first."""
    uid = request.POST.get("at", "") or request.GET.get("at", "")
    if not uid and "elsewhere" not in request.GET:
        uid = draft_in(request).get("at", "")
    community = Place.objects.filter(uid=uid, kind="community").first() if uid else None
    usual = query.usual_building(actor_in(request)) if "elsewhere" not in request.GET else None
    if community is None and not uid and usual is not None:
        return _form(request, Where(usual.community, usual=usual))
    if community is None and not uid and request.method != "POST":
        communities = list(query.list_communities()[:BUILDINGS_MOST])
        if len(communities) != 1:
            return render(request, "yishi/report/where.html", {"communities": communities})
        community = Place.objects.filter(uid=communities[0]["uid"]).first()
    return _form(request, Where(community))


@page("report.file", methods=BOTH)
def building(request: HttpRequest, code: str) -> HttpResponse:
    """The address on a building's poster: the place is filled in."""
    found = Building.objects.filter(code=code).select_related("community", "estate").first()
    if found is None:
        refusal = say_refusal(Refusal("place_unknown", have=code))
        refusal |= {"next": _("Choose the place from the list"), "href": reverse("report_new")}
        return render(request, "yishi/refused.html", {"refusal": refusal}, status=404)
    if _files_there(request, found):
        return redirect(f"{reverse('file_for')}?where=building:{found.uid}")
    return _form(request, Where(found.community, found))


def _files_there(request: HttpRequest, found: Building) -> bool:
    """Whether staff at work stand at the poster: they register there what others tell them."""
    subject = Subject(path=found.community.ids, grid=found.grid_id)
    return isinstance(permit(actor_in(request), "report.file_for", subject), Permitted)


def _form(request: HttpRequest, where: Where) -> HttpResponse:
    """The form at a place: shown, or sent and perhaps shown again with everything kept."""
    place = where.community or Place.objects.filter(parent=None).order_by("code").first()
    try:
        if place is None:
            raise RulesMissing("casework", Refusal("rules_missing", need="casework"))
        terms = in_force(place, today_of(read_clock())).terms
    except RulesMissing as none:
        return refuse(request, none.refusal)
    posted = request.method == "POST"
    looks = posted and "similar" in request.POST
    draft = {} if posted else draft_in(request)
    if looks:
        draft = {name: request.POST.get(name, "") for name in FIELDS}
    form = _made(where, terms, request.POST if posted and not looks else None, draft)
    context: dict[str, Any] = {
        "form": form,
        "where": where,
        "key": new_key(),
        "photos_max": terms.rules.photos_max,
        "draft": bool(draft) and not posted,
        "similar": rules_offered_by(place, read_clock()),
    }
    if looks:
        context["offered"] = offered(request, _written(request, where))
        if asks_only(request):
            return render(request, "yishi/pieces/similar.html", context)
        context["kept_photos"] = photos_in(request, "photos", terms.rules).kept
        context["key"] = request.POST.get("key") or context["key"]
    elif posted:
        answer = _send(request, form, where, terms, context)
        if isinstance(answer, Done):
            drop_draft(request)
            uid = query.report_uid(actor_in(request), answer.number)
            return redirect("filed", uid) if uid else redirect("report_list")
        context["offered"] = offered(request, _written(request, where))
    status = UNPROCESSABLE if posted and not looks else 200
    return render(request, "yishi/report/new.html", context, status=status)


def _made(where: Where, terms: Terms, data: Any, draft: dict[str, str]) -> ReportForm:
    if where.building is not None:
        return ReportForm(data, rules=terms.rules, typed=draft)
    if where.community is None:
        communities = query.list_communities()[:BUILDINGS_MOST]
        return ReportForm(data, rules=terms.rules, communities=communities, typed=draft)
    buildings = query.list_buildings(where.community)[:BUILDINGS_MOST]
    elsewhere = _("Elsewhere in %(place)s") % {"place": where.community.name}
    form = ReportForm(
        data, rules=terms.rules, buildings=buildings, elsewhere=elsewhere, typed=draft
    )
    if where.usual is not None:
        form.fields["building"].initial = where.usual.uid
    return form


def _send(
    request: HttpRequest, form: ReportForm, where: Where, terms: Terms, context: dict[str, Any]
) -> Done | None:
    """Files what the form carries, or joins it to the open matter that was chosen. Otherwise says
    what is wrong, in the form or above it."""
    photos = photos_in(request, "photos", terms.rules)
    context["kept_photos"] = photos.kept
    if photos.refusal:
        form.put(photos.refusal.code, say_at_field(photos.refusal))
    if not form.is_valid():
        context["key"] = request.POST.get("key") or context["key"]
        return None
    given = form.cleaned_data
    found = where.building.uid if where.building else given.get("building", "")
    community = where.community.uid if where.community else given.get("place", "")
    words = acts.Words(
        text=given["text"],
        nature=given["nature"],
        channel="building_code" if where.building else "web",
        building=found,
        place=community,
        spot=given["spot"],
        photos=photos.files,
    )
    joins, ask = "join" in request.POST, ask_in(request)
    answer = acts.join(ask, words, chosen_in(request)) if joins else acts.file(ask, words)
    if isinstance(answer, Done):
        return answer
    said = say_refusal(answer)
    if not form.put(answer.code, said["missing"]):
        context["refusal"] = said
    return None


def _written(request: HttpRequest, where: Where) -> Written | None:
    """What is being written, and where, as far as it is said; None where no place is."""
    typed, place, found = request.POST, where.community, where.building
    if place is None:
        place = Place.objects.filter(uid=typed.get("place", ""), kind="community").first()
    if place is None:
        return None
    if found is None and typed.get("building"):
        found = Building.objects.filter(uid=typed["building"], community=place).first()
    return Written(typed.get("text", ""), place, found, typed.get("spot", ""))


urls: list[URLPattern] = [
    path("report/new", new, name="report_new"),
    path("b/<str:code>", building, name="building"),
]
