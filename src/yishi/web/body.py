"""Who deliberates: the bodies of a place, their seats by term, and who serves two of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor, Role
from yishi.core.place import PUBLIC_OFFICE, SEATED
from yishi.phrases.body import say_holder, say_term
from yishi.phrases.place import say_kind
from yishi.phrases.role import say_role
from yishi.phrases.rule import say_text
from yishi.records.models import Body
from yishi.records.queries.rule import RulesMissing, adopted, methods_at, parsed, today_of
from yishi.records.queries.seat import (
    BEFORE,
    COMING,
    NOW,
    bodies_page,
    body_of,
    count_seats,
    crossed_with,
    places_with_seats,
    seats_page,
)
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import Cell, choices, in_line, table
from yishi.web.rows import page_in, pager_of


@page("body.list")
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of a place with their seats, terms and conveners."""
    places = places_with_seats()
    place = request.GET.get("place", _own(actor_in(request), places))[:20]
    kind = request.GET.get("kind", "")[:24]
    found = bodies_page(today_of(now()), place, kind, page_in(request.GET))
    labels = [
        _("Body"),
        _("Kind"),
        _("Seats filled"),
        _("Convener"),
        _("Which place"),
        _("Term until"),
    ]
    kinds = sorted((say_kind(one), one.value) for one in SEATED)
    context = {
        "table": table("", labels, [_row(row) for row in found.rows], nums=(2,)),
        "found": bool(found.rows),
        "pager": pager_of(found, request.GET),
        "narrowed": bool(place or kind),
        "places": choices(
            [("", _("All")), *((row["code"], in_line(row)) for row in places)], place
        ),
        "kinds": choices([("", _("All")), *((value, word) for word, value in kinds)], kind),
    }
    return render(request, "yishi/body/list.html", context)


def _own(actor: Actor, places: Iterable[Mapping[str, Any]]) -> str:
    """The code of the first place this person has a seat or post in, if bodies deliberate there."""
    codes = {row["id"]: row["code"] for row in places}
    return next((codes[seat.place_id] for seat in actor.seats if seat.place_id in codes), "")


def _row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    where = " · ".join(filter(None, (row["place__name"], row["estate__name"])))
    names = "、".join(say_holder(one.name, True, "") for one in row["conveners"])
    return (
        (row["name"], reverse("body", args=[row["uid"]])),
        say_kind(row["kind"]),
        row["filled"],
        names or "—",
        where,
        row["until"].isoformat() if row["until"] else "—",
    )


@page("body.view")
def body(request: HttpRequest, uid: str) -> HttpResponse:
    """One body: who sits in it and until when, who sat before, and on what ground who crosses."""
    one = body_of(uid)
    if one is None:
        return missing(request)
    day, actor = today_of(now()), actor_in(request)
    when = request.GET.get("when", NOW)
    when = when if when in (NOW, BEFORE, COMING) else NOW
    counts = count_seats(one, day)
    found = seats_page(one, day, when, page_in(request.GET))
    whole = may_read_names(actor, one)
    mask = _mask(one, day)
    rows = [
        (
            say_holder(row["person__name"], whole or _public(one, row["role"]), mask),
            say_role(row["role"]),
            row["office"],
            say_term(
                row["from_on"].isoformat(),
                row["until_on"].isoformat() if row["until_on"] else "",
            ),
        )
        for row in found.rows
    ]
    labels = [_("Name"), _("Seat"), _("Post"), _("Term of office")]
    context = {
        "body": one,
        "facts": _facts(one, counts),
        "table": table("", labels, rows),
        "found": bool(rows),
        "pager": pager_of(found, request.GET),
        "whole": whole or one.kind in PUBLIC_OFFICE,
        "chips": _chips(when, counts),
        "when": when,
        "crossed": [_crossed(row, whole, one, mask) for row in crossed_with(one, day)],
        "leads": _leads(one, day),
        "back": f"{reverse('bodies')}?place={one.place.code}",
    }
    return render(request, "yishi/body/body.html", context)


def may_read_names(actor: Actor, one: Body) -> bool:
    """Whether this person reads every name of the body in full: staff of its place, and whoever
    sits in it."""
    subject = Subject(path=one.place.ids, units=frozenset({one.pk}))
    return isinstance(permit(actor, "body.names", subject), Permitted)


def _public(one: Body, role: str) -> bool:
    """Whoever convenes speaks for the body in public, and elected office is held in public."""
    return one.kind in PUBLIC_OFFICE or role == Role.CONVENER


def _mask(one: Body, day: date) -> str:
    """What stands for a given name at the body's place, by its redaction rules."""
    try:
        mask: str = parsed(adopted(one.place, day, "redaction")["redaction"]).name_mask
    except RulesMissing:
        return "*"
    return mask


def _facts(one: Body, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Kind"), "value": say_kind(one.kind)},
        {"label": _("Which place"), "value": one.place.name},
        {"label": _("Seats filled"), "value": counts["filled"]},
    ]
    if one.estate:
        facts.insert(2, {"label": _("Estate"), "value": one.estate.name})
    return facts


def _chips(when: str, counts: Mapping[str, int]) -> dict[str, Any] | None:
    """Now, before, to begin; None where there is nothing to choose between."""
    words = ((NOW, _("Sitting now")), (BEFORE, _("Sat before")), (COMING, _("To begin")))
    options = [
        {"value": value, "word": word, "count": counts[value], "checked": value == when}
        for value, word in words
        if counts[value] or value in (NOW, when)
    ]
    if len(options) == 1:
        return None
    return {"groups": [{"name": "when", "label": _("Term of office"), "options": options}]}


def _crossed(row: Mapping[str, Any], whole: bool, one: Body, mask: str) -> dict[str, Any]:
    """Somebody with a post here and one in another of the three, and the topic it rests on."""
    return {
        "name": say_holder(row["person__name"], whole or _public(one, row["own"]["role"]), mask),
        "role": say_role(row["own"]["role"]),
        "there": row["body__name"],
        "href": reverse("body", args=[row["body__uid"]]),
        "there_role": say_role(row["role"]),
        "ground": row["own"]["ground"] or row["ground"],
    }


def _leads(one: Body, day: date) -> list[dict[str, Any]]:
    """What a body of this kind does in the methods its place works by: leads, or is counted."""
    found = []
    for row in methods_at(one.place, day).values():
        method = parsed(row)
        for procedure in method.procedures:
            stages = [stage for stage in procedure.stages if one.kind == stage.lead]
            decides = [stage for stage in procedure.stages if one.kind in stage.decides]
            if stages or decides:
                found.append(
                    {
                        "name": f"{say_text(method.name)} · {say_text(procedure.name)}",
                        "leads": "、".join(say_text(stage.name) for stage in stages),
                        "decides": "、".join(say_text(stage.name) for stage in decides),
                    }
                )
    return found


urls: list[URLPattern] = [
    path("bodies", bodies, name="bodies"),
    path("bodies/<str:uid>", body, name="body"),
]
