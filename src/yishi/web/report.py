"""A resident's pages: raise a matter, see one's own, follow one, rate it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import report as acts
from yishi.acts.door import Ask, Done
from yishi.core.case.now import Terms
from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_clock, say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.state import AWAITED, say_standing, say_state
from yishi.records.models import Building, Clock, Place
from yishi.records.queries import report as query
from yishi.records.queries.paging import listed
from yishi.records.queries.report_page import Mine, report_for, waits_for_rating
from yishi.records.queries.rule import RulesMissing, in_force, today_of
from yishi.records.wallclock import now as read_clock
from yishi.web.draft import draft_in, drop_draft
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, missing, new_key, page, refuse
from yishi.web.photos import photos_in
from yishi.web.report_form import BUILDINGS_MOST, ReportForm
from yishi.web.report_page import answered_mark, rating_form, report_context
from yishi.web.report_thread import thread_context
from yishi.web.report_thread import urls as thread_urls
from yishi.web.rows import page_in, pager_of

PAGE = 20
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


@page("report.list")
def report_list(request: HttpRequest) -> HttpResponse:
    """One's own matters, newest first."""
    now = read_clock()
    found = listed(query.list_reports(actor_in(request)), page_in(request.GET), PAGE)
    clocks = query.awaited(
        pk for row in found.rows for pk in (row["home"], row["case"]) if pk is not None
    )
    shown = [_row(row, clocks, now) for row in found.rows]
    context = {"rows": shown, "pager": pager_of(found, request.GET)}
    return render(request, "yishi/report/list.html", context)


@page("report.view")
def report(request: HttpRequest, uid: str) -> HttpResponse:
    """One's own matter: where it stands, its story, its answer, and rating it."""
    return _report(request, uid, "yishi/report/show.html")


@page("report.view")
def filed(request: HttpRequest, uid: str) -> HttpResponse:
    """Just sent: the number to keep, who has it, by when the next word comes."""
    return _report(request, uid, "yishi/report/filed.html")


@page("report.rate", methods=("POST",))
def rate(request: HttpRequest, uid: str) -> HttpResponse:
    """The resident's word on the answer."""
    mine = report_for(actor_in(request), uid)
    if mine is None:
        return missing(request)
    now = read_clock()
    form = rating_form(mine, now, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        answer = acts.rate(
            _ask_to_rate(request, mine),
            uid,
            mine.link.case.uid,
            given["solved"] == "yes",
            given["satisfaction"],
            form.stars,
            given["words"],
        )
        if isinstance(answer, Done):
            if not answer.again:
                messages.success(request, _thanks(answer.code))
            return redirect("report", uid)
        form.refusal = say_refusal(answer)
    actor = actor_in(request)
    context = report_context(mine, actor, now, form) | thread_context(mine, actor, now)
    context["key"] = request.POST.get("key") or new_key()
    return render(request, "yishi/report/show.html", context, status=UNPROCESSABLE)


def _report(request: HttpRequest, uid: str, template: str) -> HttpResponse:
    actor, now = actor_in(request), read_clock()
    mine = report_for(actor, uid)
    if mine is None:
        return missing(request)
    query.mark_read(actor, mine.report.number, mine.cases, now)
    form = rating_form(mine, now) if waits_for_rating(mine) else None
    context = report_context(mine, actor, now, form) | thread_context(mine, actor, now)
    context["key"] = new_key()
    return render(request, template, context)


def _ask_to_rate(request: HttpRequest, mine: Mine) -> Ask:
    """What others on the case do meanwhile does not stand in the way, as long as the answer is
    the one that was read."""
    ask = ask_in(request)
    same = request.POST.get("answered", "") == answered_mark(mine)
    return replace(ask, version=None) if same else ask


def _thanks(code: str) -> str:
    if code == "report.rated_redo":
        return _("We are sorry it was not right. It is being done again")
    return _("Thank you. Your word counts in how the work is judged")


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
    draft = {} if posted else draft_in(request)
    form = _made(where, terms, request.POST if posted else None, draft)
    context: dict[str, Any] = {
        "form": form,
        "where": where,
        "key": new_key(),
        "photos_max": terms.rules.photos_max,
        "draft": bool(draft),
    }
    if posted:
        answer = _send(request, form, where, terms, context)
        if isinstance(answer, Done):
            drop_draft(request)
            uid = query.report_uid(actor_in(request), answer.number)
            return redirect("filed", uid) if uid else redirect("report_list")
    status = UNPROCESSABLE if posted else 200
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
    """Files what the form carries. Otherwise says what is wrong, in the form or above it."""
    photos = photos_in(request, "photos", terms.rules)
    context["kept_photos"] = photos.kept
    if photos.refusal:
        form.put(photos.refusal.code, say_refusal(photos.refusal)["missing"])
    if not form.is_valid():
        context["key"] = request.POST.get("key") or context["key"]
        return None
    given = form.cleaned_data
    found = where.building.uid if where.building else given.get("building", "")
    community = where.community.uid if where.community else given.get("place", "")
    answer = acts.file(
        ask_in(request),
        acts.Words(
            text=given["text"],
            nature=given["nature"],
            channel="building_code" if where.building else "web",
            building=found,
            place=community,
            spot=given["spot"],
            photos=photos.files,
        ),
    )
    if isinstance(answer, Done):
        return answer
    said = say_refusal(answer)
    if not form.put(answer.code, said["missing"]):
        context["refusal"] = said
    return None


def _row(row: dict[str, Any], clocks: dict[int, list[Clock]], now: Any) -> dict[str, Any]:
    state = CaseState.WITHDRAWN if row["withdrawn_at"] else row["state"]
    kinds = AWAITED.get(state, ())
    home, here = (clocks.get(row[name] or 0, []) for name in ("home", "case"))
    clock = query.due_of(home, kinds) or query.due_of(here, kinds)
    marks = [say_state(state)]
    if row["waits"]:
        marks = [{"word": _("Please rate it"), "mark": "flag", "kind": "soon"}]
    due = clock.due_at if clock else None
    return {
        "href": reverse("report", args=[row["uid"]]),
        "number": show_number(row["number"]),
        "line": " ".join(row["words"].split())[:80],
        "place": " · ".join(name for name in (row["community"], row["at"]) if name),
        "holder": row["unit"] or "",
        "clock": say_clock(due, clock.amber_at, now, clock.kind, clock.started_at)
        if clock
        else None,
        "standing": say_standing(state, row["unit"] or "", due, now),
        "marks": marks,
        "filed": say_when(row["filed_at"], now),
        "exact": say_exact(row["filed_at"]),
    }


urls: list[URLPattern] = [
    path("report/new", new, name="report_new"),
    path("b/<str:code>", building, name="building"),
    path("reports", report_list, name="report_list"),
    path("reports/<str:uid>", report, name="report"),
    path("reports/<str:uid>/filed", filed, name="filed"),
    path("reports/<str:uid>/rate", rate, name="rate"),
    *thread_urls,
]
