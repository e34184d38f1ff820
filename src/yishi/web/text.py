"""居民自治章程 and 居民公约: in force, every version, what differs between two, the sheet for the
wall. They come into force by their procedure alone; to amend one is to raise a topic."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation

from yishi.core.permit import reach
from yishi.core.person import VISITOR, Actor
from yishi.core.place import PlaceKind
from yishi.phrases.clock import say_date, say_exact
from yishi.phrases.form.common import Foot
from yishi.phrases.text import say_text_kind
from yishi.records.models import OwnText, Place
from yishi.records.queries.own_text import (
    KINDS,
    places_with_texts,
    text_for,
    texts_of,
    under_way_at,
    versions_of,
)
from yishi.records.queries.topic_list import own_place
from yishi.records.queries.topic_stage import ended_entry
from yishi.tlog.code import entry_code
from yishi.web.difference import changes_in, shown_difference
from yishi.web.form.made import CHINESE
from yishi.web.gate import actor_in, missing, page
from yishi.web.sheet import paper_asked, sheet


@page("text.list")
def texts(request: HttpRequest) -> HttpResponse:
    """Charter and covenant of a community: of one's own, else of the first that has one."""
    actor = actor_in(request)
    places = places_with_texts()
    code = request.GET.get("place", "")[:20] or own_place(actor)
    if not code and places:
        code = places[0]["code"]
    place = Place.objects.filter(code=code, kind=PlaceKind.COMMUNITY).first()
    rows = texts_of(place) if place else []
    busy = under_way_at(place) if place else {}
    context = {
        "place": place,
        "others": [
            {"href": f"{reverse('texts')}?place={one['code']}", "word": one["name"]}
            for one in places
            if place is None or one["code"] != place.code
        ],
        "kinds": [_kind(kind, rows, busy, place, actor) for kind in KINDS] if place else [],
    }
    return render(request, "yishi/text/list.html", context)


def _kind(
    kind: str, rows: list[OwnText], busy: dict[str, Any], place: Any, actor: Actor
) -> dict[str, Any]:
    mine = [row for row in rows if row.kind == kind]
    force = next((row for row in mine if row.replaced_at is None), None)
    topic = busy.get(kind)
    return {
        "name": say_text_kind(kind),
        "force": _line(force) if force else None,
        "older": [_line(row) for row in mine if row is not force],
        "busy": {"href": reverse("topic", args=[topic.uid]), "title": topic.title}
        if topic
        else None,
        "raise_href": _raise_href(kind, place, force) if _may_raise(actor) and not topic else "",
    }


def _may_raise(actor: Actor) -> bool:
    return actor == VISITOR or bool(reach(actor, "topic.raise"))


def _raise_href(kind: str, place: Place, force: OwnText | None) -> str:
    asked = {"text": kind, "at": place.uid, **({"amend": force.uid} if force else {})}
    return f"{reverse('topic_new')}?{urlencode(asked)}"


def _line(row: OwnText) -> dict[str, Any]:
    return {
        "href": reverse("text", args=[row.uid]),
        "title": row.title,
        "version": row.version,
        "from": say_date(row.adopted_at),
        "from_exact": say_exact(row.adopted_at),
        "until": say_date(row.replaced_at) if row.replaced_at else "",
        "topic": row.topic.title,
        "topic_href": reverse("topic", args=[row.topic.uid]),
        "sheet": reverse("text_sheet", args=[row.uid]),
    }


@page("text.view")
def text(request: HttpRequest, uid: str) -> HttpResponse:
    """One version, whole; with its other versions to compare it with."""
    found = text_for(uid)
    if found is None:
        return missing(request)
    others = [row for row in versions_of(found) if row.pk != found.pk]
    actor, in_force = actor_in(request), found.replaced_at is None
    context = {
        "text": found,
        "line": _line(found),
        "kind": say_text_kind(found.kind),
        "in_force": in_force,
        "back": f"{reverse('texts')}?place={found.place.code}",
        "raise_href": _raise_href(found.kind, found.place, found)
        if in_force and _may_raise(actor)
        else "",
        "others": [
            {
                "version": row.version,
                "from": say_date(row.adopted_at),
                "href": f"{reverse('text_compare', args=[uid])}?with={row.uid}",
                "in_force": row.replaced_at is None,
            }
            for row in others
        ],
    }
    return render(request, "yishi/text/text.html", context)


@page("text.view")
def compare(request: HttpRequest, uid: str) -> HttpResponse:
    """What differs between two versions of one text: from the older to the newer."""
    one = text_for(uid)
    other = text_for(request.GET.get("with", "")[:20])
    if one is None or other is None or (one.place_id, one.kind) != (other.place_id, other.kind):
        return missing(request)
    old, new = sorted((one, other), key=lambda row: row.version)
    pieces = shown_difference(old.words, new.words)
    context = {
        "old": old,
        "new": new,
        "kind": say_text_kind(one.kind),
        "back": reverse("text", args=[uid]),
        "old_line": _line(old),
        "new_line": _line(new),
        "pieces": pieces,
        "changes": changes_in(pieces),
    }
    return render(request, "yishi/text/compare.html", context)


@page("text.view")
def text_sheet(request: HttpRequest, uid: str) -> HttpResponse:
    """The text for the wall, with the code of the entry that brought it into force."""
    found = text_for(uid)
    if found is None:
        return missing(request)
    with translation.override(CHINESE):
        entry = ended_entry(found.topic.uid)
        code = entry_code(entry.seq, bytes(entry.leaf)) if entry else ""
        here = reverse("text", args=[uid])
        size = paper_asked(request, "A3")
        context = {
            "text": found,
            "from": say_date(found.adopted_at),
            "place": found.place.name,
            "replaced": say_date(found.replaced_at) if found.replaced_at else "",
            "papers": [
                {
                    "href": f"{reverse('text_sheet', args=[uid])}?paper={paper}",
                    "word": paper,
                    "here": paper == size,
                }
                for paper in ("A3", "A4")
            ],
            "sheet": sheet(here, foot=Foot(code, request.build_absolute_uri(here)), paper=size),
        }
        return render(request, "yishi/text/sheet.html", context)


urls: list[URLPattern] = [
    path("texts", texts, name="texts"),
    path("texts/<str:uid>", text, name="text"),
    path("texts/<str:uid>/compare", compare, name="text_compare"),
    path("texts/<str:uid>/sheet", text_sheet, name="text_sheet"),
]
