"""Posts: the list by place and role, a list loaded, handing over from one person to another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import appointment as acts
from yishi.core.person import APPOINTED
from yishi.core.refusal import Refusal
from yishi.core.sheets import APPOINTMENT_SHEETS
from yishi.phrases.office import say_office
from yishi.phrases.role import say_role
from yishi.records.models import Person
from yishi.records.queries.appointment import appointments, place_options, to_hand_over
from yishi.records.queries.person import person_named
from yishi.records.queries.place import places_for
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, new_key, page
from yishi.web.office import choices, day_typed, indented, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.uploads import Load, load_urls


@page("appointment.give")
def appointment_list(request: HttpRequest) -> HttpResponse:
    """Who holds what, where, until when; those that end soon first if asked."""
    actor, query = actor_in(request), request.GET
    role, place, soon = query.get("role", ""), query.get("place", ""), query.get("soon") == "yes"
    found = appointments(actor, today_of(now()), role, place[:20], soon, page_in(request.GET))
    rows = [
        (
            (row["person__name"] or "—", reverse("person", args=[row["person__uid"]])),
            say_role(row["role"]),
            " · ".join(filter(None, (row["place__name"], row["grouping__name"]))),
            row["office"],
            row["from_on"].isoformat(),
            row["until_on"].isoformat() if row["until_on"] else _("without end"),
        )
        for row in found.rows
    ]
    labels = [_("Name"), _("Role"), _("Which place"), _("Post"), _("From"), _("Until")]
    places = indented(place_options(actor, "appointment.give"))
    context = {
        "rooms": rooms("appointments"),
        "table": table("", labels, rows),
        "found": bool(rows),
        "roles": choices([("", _("All")), *((r.value, say_role(r)) for r in APPOINTED)], role),
        "places": choices([("", _("All")), *places], place),
        "soon": soon,
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/appointment/list.html", context)


@page("appointment.hand_over", methods=("GET", "HEAD", "POST"))
def hand_over(request: HttpRequest) -> HttpResponse:
    """One screen: from whom, to whom, on which day, and which posts."""
    typed = request.POST if request.method == "POST" else request.GET
    actor = actor_in(request)
    own = places_for(actor, "appointment.hand_over")
    place = next((row for row in own if row["code"] == typed.get("place")), own[0])
    giver, taker, refusal = _both(request, typed.get("from", ""), typed.get("to", ""))
    on = day_typed(typed.get("on", "") or today_of(now()).isoformat())
    if isinstance(on, Refusal):
        refusal, on = on, today_of(now())
    if request.method == "POST" and giver and taker and not refusal:
        answer = acts.hand_over(
            ask_in(request), place["uid"], giver.uid, taker.uid, on, typed.getlist("post")[:500]
        )
        if not isinstance(answer, Refusal):
            said = _("Handed over to %(name)s from %(day)s.") % {
                "name": taker.name,
                "day": on.isoformat(),
            }
            return answered(request, answer, reverse("person", args=[taker.uid]), said)
        refusal = answer
    posts = to_hand_over(actor, giver.pk, place["line"], on) if giver else []
    if giver and taker and not posts and not refusal:
        refusal = Refusal("nothing_to_hand_over", have=on)
    chosen = set(typed.getlist("post")) if request.method == "POST" else None
    context: dict[str, Any] = {
        "rooms": rooms("appointments"),
        "typed": typed,
        "giver": giver,
        "taker": taker,
        "on": on.isoformat(),
        "places": choices(((row["code"], row["name"]) for row in own), place["code"])
        if len(own) > 1
        else [],
        "place": place,
        "posts": [_post(row, chosen) for row in posts],
        "ready": bool(giver and taker and posts),
        "refusal": say_office(refusal) if refusal else None,
        "key": new_key(),
    }
    status = UNPROCESSABLE if refusal and request.method == "POST" else 200
    return render(request, "yishi/appointment/hand_over.html", context, status=status)


def _both(
    request: HttpRequest, giver: str, taker: str
) -> tuple[Person | None, Person | None, Refusal | None]:
    """The two people named, and the refusal of the first name nobody has."""
    actor = actor_in(request)
    found = [person_named(actor, words[:40], "appointment.hand_over") for words in (giver, taker)]
    for words, person in zip((giver, taker), found, strict=True):
        if words.strip() and person is None:
            return found[0], found[1], Refusal("person_unknown", have=words[:40])
    return found[0], found[1], None


def _post(row: dict[str, Any], chosen: set[str] | None) -> dict[str, Any]:
    where = (row["place__name"], row["body__name"], row["grouping__name"])
    until = row["until_on"].isoformat() if row["until_on"] else _("without end")
    return {
        "uid": row["uid"],
        "role": say_role(row["role"]),
        "where": " · ".join(dict.fromkeys(filter(None, where))),
        "term": f"{row['from_on'].isoformat()} – {until}",
        "chosen": chosen is None or row["uid"] in chosen,
    }


LOAD = Load(
    act="appointment.load",
    noun="appointment",
    room="appointments",
    sheets=APPOINTMENT_SHEETS,
    load=acts.load,
    words=lambda: {
        "title": _("Load posts"),
        "lead": _("One row a post: who, which role, where, from when. Load the people first."),
        "file": _("Appointments"),
        "errors": _("Errors in the list of posts"),
        "done": _("The list is loaded."),
    },
)

urls: list[URLPattern] = [
    path("appointments", appointment_list, name="appointments"),
    path("appointments/hand-over", hand_over, name="hand_over"),
    *load_urls(LOAD),
]
