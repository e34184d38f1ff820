"""Places: what lies where, lists loaded, a poster with its code for each building."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import place as acts
from yishi.core.sheets import PLACE_SHEETS
from yishi.phrases.place import say_kind
from yishi.records.models import Place
from yishi.records.queries.place import (
    Around,
    around,
    building_for,
    place_for,
    places_for,
    posters,
)
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.sheet import qr, sheet
from yishi.web.uploads import Load, load_urls

POSTERS = 20


@page("place.view")
def places(request: HttpRequest, code: str = "") -> HttpResponse:
    """What lies in a place: the actor's own first, then whichever is asked for."""
    actor = actor_in(request)
    own = places_for(actor, "place.view")
    code = code or (own[0]["code"] if own else "")
    found = place_for(actor, code)
    if found is None:
        return missing(request)
    seen = around(actor, found, page_in(request.GET))
    context: dict[str, Any] = {
        "rooms": rooms("places"),
        "place": found,
        "kind": say_kind(found.kind),
        "above": [
            {"href": reverse("place", args=[row["code"]]), "word": row["name"]}
            for row in seen.above
        ],
        "others": [
            {"href": reverse("place", args=[row["code"]]), "word": row["name"]}
            for row in own
            if not found.line.startswith(row["line"])
        ],
        "bodies_left": seen.bodies_total - len(seen.bodies),
        **_tables(seen),
    }
    inside = seen.children or seen.buildings
    if inside:
        context["pager"] = pager_of(inside, request.GET)
    return render(request, "yishi/place/place.html", context)


def _tables(seen: Around) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if seen.children and seen.children.rows:
        labels = [_("Which place"), _("Communities"), _("Groupings"), _("Buildings"), _("Its code")]
        made["children"] = table(
            _("What lies in it"),
            labels,
            [
                (
                    (row["name"], reverse("place", args=[row["code"]])),
                    row["communities"],
                    row["groupings"],
                    row["buildings"],
                    row["code"],
                )
                for row in seen.children.rows
            ],
            (1, 2, 3),
        )
    if seen.buildings and seen.buildings.rows:
        labels = [_("Building"), _("Street address"), _("Groupings"), _("Its code"), _("Poster")]
        made["buildings"] = table(
            _("Buildings"),
            labels,
            [
                (
                    row["name"],
                    row["address"] or "—",
                    " · ".join(filter(None, (row[f"{n}__name"] for n in GROUPINGS))) or "—",
                    row["code"],
                    (_("Open the poster"), reverse("poster", args=[row["code"]])),
                )
                for row in seen.buildings.rows
            ],
        )
    if seen.groupings:
        made["groupings"] = table(
            _("Groupings of buildings"),
            [_("Grouping"), _("Kind"), _("Its code")],
            [(row["name"], say_kind(row["kind"]), row["code"]) for row in seen.groupings],
        )
    if seen.bodies:
        made["bodies"] = table(
            _("Bodies and units"),
            [_("Body or unit"), _("Kind"), _("Its code")],
            [(row["name"], say_kind(row["kind"]), row["code"]) for row in seen.bodies],
        )
    return made


GROUPINGS = ("grid", "group", "estate")


@page("place.view")
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet to hang in a building: whoever scans it need not type where they are."""
    row = building_for(actor_in(request), code)
    if row is None:
        return missing(request)
    back = reverse("place", args=[row["community__code"]])
    found = {"posters": [_poster(request, row)], "sheet": sheet(back)}
    return render(request, "yishi/place/posters.html", found)


@page("place.view")
def all_posters(request: HttpRequest, code: str) -> HttpResponse:
    """The posters of a community, twenty at a time, a sheet of paper each."""
    community: Place | None = place_for(actor_in(request), code)
    if community is None:
        return missing(request)
    rows = posters(community, page_in(request.GET), POSTERS)
    found = {
        "posters": [_poster(request, row) for row in rows.rows],
        "sheet": sheet(reverse("place", args=[code])),
        "pager": pager_of(rows, request.GET),
    }
    return render(request, "yishi/place/posters.html", found)


def _poster(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("building", args=[row["code"]]))
    return {
        "name": row["name"],
        "qr": qr(address, "q", scale=10, border=2),
        "foot": {
            "code_word": f"{row['community__name']} · {_('Building code')}",
            "code": row["code"],
            "note": address,
        },
    }


LOAD = Load(
    act="place.load",
    noun="place",
    room="places",
    sheets=PLACE_SHEETS,
    load=acts.load,
    words=lambda: {
        "title": _("Load places"),
        "lead": _("Places, groupings, buildings and bodies, each on a sheet of its own."),
        "file": _("Places"),
        "errors": _("Errors in the list of places"),
        "done": _("The list is loaded."),
    },
)

urls: list[URLPattern] = [
    path("places", places, name="places"),
    *load_urls(LOAD),
    path("places/buildings/<str:code>/poster", poster, name="poster"),
    path("places/<str:code>/posters", all_posters, name="posters"),
    path("places/<str:code>", places, name="place"),
]
