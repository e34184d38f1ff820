"""Search: staff in the cases they may see; everybody in their own matters, the topics and the
public board."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import is_number, read_number, show_number
from yishi.core.outside import NUMBER_MAX
from yishi.core.permit import reach
from yishi.core.person import VISITOR, Actor
from yishi.core.refusal import Refusal
from yishi.core.search import MOST, Piece, Sought, read_sought
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.state import say_state
from yishi.phrases.steps import STEPS
from yishi.phrases.steps.step import RESIDENT
from yishi.records.queries import search as query
from yishi.records.queries.case_list import communities
from yishi.records.queries.outside import case_by_their_number, report_by_their_number
from yishi.records.queries.publication import public_number
from yishi.records.queries.report import report_uid
from yishi.records.queries.search_own import Own, find_own
from yishi.records.queries.search_topics import FoundTopics, count_topics, find_topics
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import UNPROCESSABLE, actor_in, page
from yishi.web.rows import case_rows, page_in, pager
from yishi.web.topic.list import shown_rows

OWN_MOST = 20
# So many topics stand among the rest; all of them on a page of their own.
TOPICS_MOST = 5
CASES, TOPICS, BOARD = "cases", "topics", "board"
# What a resident reads of a step: its parameter.
READABLE = {code: step.words for code, step in STEPS.items() if RESIDENT & step.readers}


@page("board.view")
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words typed, within what this person may see. A number goes to its matter."""
    actor, typed = actor_in(request), " ".join(request.GET.get("q", "").split())
    staff = bool(reach(actor, "case.list"))
    context: dict[str, Any] = {
        "typed": typed[: 2 * MOST],
        "most": MOST,
        "staff": staff,
        "among": _among(request, staff=staff),
        "known": actor != VISITOR,
    }
    if not typed:
        return render(request, "yishi/search/page.html", context)
    to = _numbered(request, typed)
    if to:
        return redirect(to)
    sought = read_sought("".join(typed.split()) if is_number(typed) else typed)
    if isinstance(sought, Refusal):
        context["refusal"] = say_refusal(sought)
        return render(request, "yishi/search/page.html", context, status=UNPROCESSABLE)
    context |= {CASES: _cases, TOPICS: _topics, BOARD: _board}[context["among"]](request, sought)
    return render(request, "yishi/search/page.html", context)


def _among(request: HttpRequest, *, staff: bool) -> str:
    asked = request.GET.get("in", "")
    if asked in (TOPICS, BOARD):
        return asked
    return CASES if staff else BOARD


def _numbered(request: HttpRequest, typed: str) -> str:
    """Where a whole number leads this person; "" where it is none, or not for them."""
    actor = actor_in(request)
    if to := _numbered_elsewhere(actor, typed):
        return to
    number = read_number(typed) if is_number(typed) else ""
    if not number or isinstance(number, Refusal):
        return ""
    if reach(actor, "case.list") and (uid := query.case_uid(actor, number)):
        return reverse("case", args=[uid])
    if actor != VISITOR and (uid := report_uid(actor, number)):
        return reverse("report", args=[uid])
    public = public_number(number)
    return reverse(public[0], args=[public[1]]) if public else ""


def _numbered_elsewhere(actor: Actor, typed: str) -> str:
    """Where the number a higher system gave a matter leads this person; "" where it is none."""
    if len(typed) > NUMBER_MAX or not any(sign.isdigit() for sign in typed):
        return ""
    if reach(actor, "case.list") and (uid := case_by_their_number(actor, typed)):
        return reverse("case", args=[uid])
    uid = report_by_their_number(actor, typed)
    return reverse("report", args=[uid]) if uid else ""


def _cases(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    actor, asked = actor_in(request), request.GET
    places = communities(actor)
    place = next((row for row in places if row["code"] == asked.get("place")), None)
    narrowed = query.Narrowed(asked.get("open", ""), place["id"] if place else None)
    found = query.find_cases(actor, sought, narrowed, page_in(asked))
    rows = case_rows(found.rows, read_clock(), found.photos)
    for kept, row in zip(found.rows, rows, strict=True):
        row |= _marked(row["line"], found.pieces.get(kept["id"], ()))
    return {
        "rows": rows,
        "total": f"{found.total}+" if found.capped else found.total,
        "pager": pager(found.page, found.pages, found.total, asked, found.capped),
        "places": places,
        "place": place["code"] if place else "",
        "open": narrowed.open,
        **_topics_beside(request, sought),
    }


def _topics(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    found = find_topics(sought, page_in(request.GET))
    return {
        "topics": _topic_rows(found),
        "total": f"{found.total}+" if found.capped else found.total,
        "pager": pager(found.page, found.pages, found.total, request.GET, found.capped),
    }


def _topics_beside(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    """Whether topics hold it too, and where they are."""
    many, capped = count_topics(sought)
    if not many:
        return {}
    query = request.GET.copy()
    for name in ("page", "open", "place"):
        query.pop(name, None)
    query["in"] = TOPICS
    href = f"{reverse('search')}?{query.urlencode()}"
    return {"topics_many": f"{many}+" if capped else many, "topics_href": href}


def _some_topics(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    """The first topics that hold it, and where the others are."""
    found = find_topics(sought, most=TOPICS_MOST)
    query = request.GET.copy()
    query.pop("page", None)
    query["in"] = TOPICS
    return {
        "topics": _topic_rows(found),
        "topics_total": f"{found.total}+" if found.capped else found.total,
        "topics_href": f"{reverse('search')}?{query.urlencode()}" if found.pages > 1 else "",
    }


def _topic_rows(found: FoundTopics) -> list[dict[str, Any]]:
    rows = shown_rows(found.rows, read_clock())
    return [
        {**row, **_marked(row["line"], found.pieces.get(kept["uid"], ()))}
        for kept, row in zip(found.rows, rows, strict=True)
    ]


def _board(request: HttpRequest, sought: Sought) -> dict[str, Any]:
    own = find_own(actor_in(request), sought, READABLE)
    found = query.find_published(sought, page_in(request.GET))
    topics = _some_topics(request, sought) if found.page == 1 else {}
    return {
        **topics,
        "own": [_own_row(one) for one in own[:OWN_MOST]] if found.page == 1 else [],
        "own_total": len(own),
        "published": [_card(row, found.pieces[row["case_id"]]) for row in found.rows],
        "total": f"{found.total}+" if found.capped else found.total,
        "pager": pager(found.page, found.pages, found.total, request.GET, found.capped),
    }


def _marked(line: str, cut: Sequence[Piece]) -> dict[str, Any]:
    """The cutting under a line; where it says nothing but the line, the line itself is marked."""
    if "".join(piece.text for piece in cut).split() == line.split():
        return {"line_cut": cut, "cut": ()}
    return {"cut": cut}


def _own_row(own: Own) -> dict[str, Any]:
    row = own.row
    places = (row["report__place__name"], row["report__building__name"])
    state = "withdrawn" if row["report__withdrawn_at"] else row["case__state"]
    line = " ".join(row["report__words"].split())[:80] or _("Without words")
    return {
        "href": reverse("report", args=[row["report__uid"]]),
        "number": show_number(row["report__number"]),
        "line": line,
        "place": " · ".join(name for name in places if name),
        "holder": row["case__lead__name"] or "",
        "marks": [say_state(state)],
        **_marked(line, own.pieces),
    }


def _card(row: dict[str, Any], cut: Sequence[Piece]) -> dict[str, Any]:
    now = read_clock()
    return {
        "href": reverse("publication", args=[row["uid"]]),
        "title": row["title"],
        **_marked(row["title"], cut),
        "place": row["case__place__name"],
        "item": row["case__item_title"],
        "at": say_when(row["published_at"], now) if row["published_at"] else "",
        "exact": say_exact(row["published_at"]) if row["published_at"] else "",
    }


urls: list[URLPattern] = [path("search", search, name="search")]
