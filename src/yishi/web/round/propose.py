"""Putting a wish forward: on a phone a photo, one sentence, the place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.acts.door import Done, done_before
from yishi.acts.round import proposing as acts
from yishi.core.caserules import CaseRules
from yishi.core.person import Actor, Role
from yishi.core.refusal import Refusal
from yishi.core.round.proposing import must_be_open
from yishi.phrases.clock import say_date, say_full_by
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Body
from yishi.records.queries import report as reports
from yishi.records.queries.paging import plain
from yishi.records.queries.project_works import near
from yishi.records.queries.proposal import alike_in, held_meetings
from yishi.records.queries.round import HeldRound, round_of
from yishi.records.queries.rule import in_force, today_of
from yishi.records.wallclock import now
from yishi.web.draft import draft_in, drop_draft
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, new_key, page, refuse
from yishi.web.gate import missing as nothing
from yishi.web.photos import photos_in
from yishi.web.report_form import BUILDINGS_MOST
from yishi.web.round.form import WishForm
from yishi.web.round.rows import proposal_rows

ACT = "proposal.file"
SPEAK = (Role.CONVENER, Role.UNIT_HANDLER)


@page(ACT, methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The form, at home unless it is elsewhere; what is like it is shown before it is sent."""
    held = round_of(uid)
    if held is None:
        return nothing(request)
    closed = must_be_open(held.call, now())
    if closed:
        return refuse(request, closed)
    posted = request.method == "POST"
    typed = {} if posted else _begun(request, draft_in(request, ACT))
    rules = in_force(held.topic.place, today_of(now())).terms.rules
    form = _form(request, held, rules, request.POST if posted else None, typed)
    until = held.call.until_at
    context: dict[str, Any] = {
        "round": held.topic,
        "form": form,
        "key": new_key(),
        "case": _case(request),
        "until": say_full_by(until) if until else "",
        "most_each": held.terms.wishes_each,
        "photos_max": rules.photos_max,
    }
    if posted:
        answer = _send(request, held, rules, form, context)
        if isinstance(answer, Done):
            drop_draft(request, ACT)
            if not answer.again:
                messages.success(request, _("Put forward. You are told what becomes of it."))
            return redirect("proposal", answer.uid)
    status = UNPROCESSABLE if posted and not context.get("alike") else 200
    return render(request, "yishi/round/propose.html", context, status=status)


def _send(
    request: HttpRequest,
    held: HeldRound,
    rules: CaseRules,
    form: WishForm,
    context: dict[str, Any],
) -> Done | None:
    """Files what the form holds; None where something is wrong or something alike is shown."""
    photos = photos_in(request, "photos", rules)
    context["kept_photos"] = photos.kept
    context["key"] = request.POST.get("key") or context["key"]
    if photos.refusal:
        form.is_valid()
        form.put(photos.refusal)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    # A form that is sent twice at once is one wish; opened again and sent, it may be another.
    if "seen" not in request.POST and done_before(ask_in(request), ACT) is None:
        found = alike_in(held.topic, given["title"])
        context["alike"] = _alike(found, actor_in(request))
        if found:
            return None
    answer = acts.file(ask_in(request), held.topic.uid, proposed(given, photos.files, request))
    if isinstance(answer, Refusal):
        if not form.put(answer):
            context["refusal"] = say_refusal(answer)
        return None
    return answer


def _alike(found: list[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """What is like it, as rows; one's own says so."""
    rows = proposal_rows(found)
    for kept, row in zip(found, rows, strict=True):
        if kept["person_id"] is not None and kept["person_id"] == actor.person_id:
            row["marks"] = [*row["marks"], {"word": _("Mine"), "mark": "mine"}]
    return rows


def proposed(
    given: dict[str, Any], photos: list[Any] | None = None, request: HttpRequest | None = None
) -> acts.Proposed:
    """What the form holds, as the act takes it; one sentence is enough."""
    return acts.Proposed(
        title=given["title"],
        words=given["words"] or given["title"],
        kind=given["kind"],
        listed=given.get("listed", ""),
        building=given["building"],
        spot=given["spot"],
        photos=photos or (),
        name=given.get("name", ""),
        body=given.get("body", ""),
        case=_case(request) if request is not None else "",
        meeting=given.get("meeting", ""),
        shows_name=given.get("shows_name", False),
    )


def _form(
    request: HttpRequest, held: HeldRound, rules: CaseRules, data: Any, typed: dict[str, Any]
) -> WishForm:
    actor, place = actor_in(request), held.topic.place
    desk = any(seat.place_id in place.ids for seat in actor.seats_as(Role.COMMUNITY_DESK))
    extra: dict[str, list[tuple[str, str]]] = {}
    speaks = [s.body_id for s in actor.seats if s.role in SPEAK and s.body_id is not None]
    if speaks:
        bodies = (
            Body.objects.filter(near(place), pk__in=speaks)
            .order_by("id")
            .values_list("uid", "name")
        )
        extra["body"] = list(bodies)
    if desk:
        extra["meeting"] = [
            (row["uid"], f"{say_date(row['starts_at'])} {row['title']}")
            for row in held_meetings(place)
        ]
    usual = reports.usual_building(actor)
    if usual is not None and usual.community_id == place.pk and "building" not in typed:
        typed = {**typed, "building": usual.uid}
    return WishForm(
        held.terms,
        rules,
        data,
        buildings=plain(reports.list_buildings(place)[:BUILDINGS_MOST]),
        elsewhere=_("Elsewhere in %(place)s") % {"place": place.name},
        extra=extra,
        desk=desk,
        typed=typed,
    )


def _begun(request: HttpRequest, draft: dict[str, Any]) -> dict[str, Any]:
    """What an address brings along: words of a matter, or of an item and which meeting's."""
    given = {"title": request.GET.get("title", "")[:80], "meeting": request.GET.get("meeting", "")}
    return given | {name: words for name, words in draft.items() if words}


def _case(request: HttpRequest) -> str:
    return (request.POST.get("case") or request.GET.get("case") or "")[:20]


urls: list[URLPattern] = [path("rounds/<str:uid>/propose", view, name="propose")]
