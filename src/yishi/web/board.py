"""The public board: what was raised, what was done, when; signed off, and without persons."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.publication import PublicationState
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.story import say_story
from yishi.phrases.text import say_ground_kept
from yishi.records.queries import publication as query
from yishi.records.queries.meeting_list import held_lately
from yishi.records.queries.paging import listed
from yishi.records.queries.topic_list import on_board
from yishi.records.queries.voices import voices_counted
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import missing, page
from yishi.web.meeting.list import shown_rows as meeting_rows
from yishi.web.rows import page_in, pager_of
from yishi.web.topic.list import shown_rows
from yishi.web.topic_exceptions import latest

PAGE = 20
TOPICS_MOST, EXCEPTIONS_MOST, MEETINGS_MOST = 6, 3, 4
GONE = 410
FILTERS_MOST = 200


@page("board.view")
def board(request: HttpRequest) -> HttpResponse:
    """Published matters, newest first, by community."""
    now = read_clock()
    chosen = request.GET.get("place", "")[:20]
    first = page_in(request.GET) == 1
    found = listed(query.list_published(chosen), page_in(request.GET), PAGE)
    places = list(query.list_board_places()[:FILTERS_MOST])
    context = {
        "found": [_card(row, now) for row in found.rows],
        "pager": pager_of(found, request.GET),
        "chips": _chips(places, chosen) if len(places) > 1 else None,
        "topics": shown_rows(on_board([chosen], TOPICS_MOST), now) if first else [],
        "voices": _voices(chosen) if first else None,
        "meetings": meeting_rows(held_lately([chosen], MEETINGS_MOST), now) if first else [],
        "exceptions": latest(chosen, EXCEPTIONS_MOST, now) if first else [],
    }
    return render(request, "yishi/board/board.html", context)


@page("publication.view")
def publication(request: HttpRequest, uid: str) -> HttpResponse:
    """One published matter; a marker with its ground where it was taken down."""
    now = read_clock()
    found = query.publication_for(uid)
    if found is None:
        return missing(request)
    context: dict[str, Any] = {"found": found, "place": found.case.place.name}
    if found.state == PublicationState.TAKEN_DOWN:
        context["at"] = say_when(found.taken_down_at, now) if found.taken_down_at else ""
        context["exact"] = say_exact(found.taken_down_at) if found.taken_down_at else ""
        return render(request, "yishi/board/taken_down.html", context, status=GONE)
    at = found.published_at or found.drafted_at
    facts = [
        {"label": _("Place"), "value": context["place"]},
        {"label": _("Published"), "value": say_when(at, now), "exact": say_exact(at)},
    ]
    if found.case.lead:
        facts.append({"label": _("Handled by"), "value": found.case.lead.name})
    if found.case.item_title:
        facts.append({"label": _("Item"), "value": found.case.item_title})
    context["facts"] = facts
    context["story"] = say_story(query.public_story(found), now, "public")
    return render(request, "yishi/board/publication.html", context)


def _voices(place: str) -> dict[str, Any] | None:
    """How many voices on topics are not shown, by ground; None where nobody has spoken yet."""
    total, hidden = voices_counted(place)
    if not total:
        return None
    grounds = [{"word": say_ground_kept(code), "n": n} for code, n in hidden.items()]
    return {"total": total, "hidden": sum(hidden.values()), "grounds": grounds}


def _card(row: dict[str, Any], now: Any) -> dict[str, Any]:
    down = row["state"] == PublicationState.TAKEN_DOWN
    at = row["taken_down_at"] if down else row["published_at"]
    return {
        "href": reverse("publication", args=[row["uid"]]),
        "down": down,
        "title": _("Taken off the board") if down else row["title"],
        "answer": "" if down else row["answer"],
        "ground": row["ground"] if down else "",
        "place": row["case__place__name"],
        "item": "" if down else row["case__item_title"],
        "at": say_when(at, now) if at else "",
        "exact": say_exact(at) if at else "",
    }


def _chips(places: list[dict[str, Any]], chosen: str) -> dict[str, Any]:
    options = [{"value": "", "word": _("All"), "checked": not chosen}]
    options += [
        {
            "value": row["case__place__uid"],
            "word": row["case__place__name"],
            "checked": row["case__place__uid"] == chosen,
        }
        for row in places
    ]
    return {
        "action": reverse("board"),
        "groups": [{"name": "place", "label": _("Community"), "options": options}],
    }


urls: list[URLPattern] = [
    path("board", board, name="board"),
    path("board/<str:uid>", publication, name="publication"),
]
