"""The first page, how a matter becomes a topic, the number lookup, preferences."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yishi.core.number import read_number, show_number
from yishi.core.outside import NUMBER_MAX
from yishi.core.person import VISITOR, Actor
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.records.queries import report as query
from yishi.records.queries import topic_list as topics
from yishi.records.queries.meeting_list import coming_at, talk_day_at
from yishi.records.queries.message import count_unread
from yishi.records.queries.outside import report_by_their_number
from yishi.records.queries.paging import plain
from yishi.records.queries.publication import public_number
from yishi.records.queries.round import rounds
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import UNPROCESSABLE, actor_in, page
from yishi.web.meeting.list import shown_rows as meeting_rows
from yishi.web.round.rows import round_rows
from yishi.web.topic.list import shown_rows
from yishi.web.vote.waiting import vote_rows

YEAR = 365 * 24 * 3600
WAITING_MOST = 5
TOPICS_MOST = 10
MEETINGS_MOST = 4
CALLS_MOST = 3

Rows = list[dict[str, Any]]


@page("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """Four doors, and what waits for me. Staff go to what is theirs to do."""
    actor = actor_in(request)
    if actor.seats:
        return redirect("work")
    now = read_clock()
    known = actor != VISITOR
    waiting = list(query.list_to_rate(actor)[:WAITING_MOST]) if known else []
    context: dict[str, Any] = {
        "doors": _doors(),
        "known": known,
        "votes": vote_rows(actor, now),
        "call": _call(actor, now) if known else None,
        "waiting": [
            {
                "href": reverse("report", args=[row["uid"]]) + "#rate",
                "number": show_number(row["number"]),
                "line": " ".join(row["words"].split())[:80],
                "marks": [{"word": _("Please rate it"), "mark": "flag", "kind": "soon"}],
                "place": row["community"],
                "holder": row["unit"] or "",
            }
            for row in waiting
        ],
        "unread": count_unread(actor, now) if known else 0,
    }
    return render(request, "yishi/home/home.html", context)


@page("help.view")
def talk(request: HttpRequest) -> HttpResponse:
    """What one may comment on, one's own topics, what is under way at home, and how it goes."""
    actor, now = actor_in(request), read_clock()
    place = topics.own_place(actor)
    said = topics.open_to_voices(place, now, TOPICS_MOST)
    raised = topics.raised_by(actor, WAITING_MOST) if actor != VISITOR else []
    mine = _without(raised, said)
    above = [*said, *mine]
    # So many more are asked for that the list is full without those shown above it.
    running = topics.under_way(place, TOPICS_MOST + len(above))
    rest = _without(running, above)[:TOPICS_MOST]
    context = {
        "votes": vote_rows(actor, now),
        "open": _marked(shown_rows(said, now), raised),
        "mine": shown_rows(mine, now),
        "running": shown_rows(rest, now),
        "talk_day": _talk_day(place, now),
        "meetings": meeting_rows(coming_at(place, now, MEETINGS_MOST), now),
        "calls": round_rows(plain(rounds(place, open_only=True)[:CALLS_MOST]), now),
        "is_empty": not running,
        "is_rest": len(rest) < len(running),
        "place": running[0]["place__name"] if place and running else "",
        "doors": [
            {"href": reverse(name), "word": word, "mark": mark}
            for name, word, mark in (
                ("bodies", _("Who deliberates"), "people"),
                ("methods", _("How it is deliberated"), "ground"),
                ("rounds", _("Rounds of small works"), "board"),
                ("count", _("Count an election of projects"), "check"),
            )
        ],
    }
    return render(request, "yishi/home/talk.html", context)


def _call(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The round that takes wishes at one's own home, the newest, and where to put one forward. Two
    statements."""
    place = topics.own_place(actor)
    found = plain(rounds(place, open_only=True)[:1]) if place else []
    if not found:
        return None
    return {**round_rows(found, now)[0], "propose": reverse("propose", args=[found[0]["uid"]])}


def _talk_day(place: str, now: datetime) -> dict[str, str] | None:
    """The next day to talk of one's own community: {name, on}."""
    found = talk_day_at(place, today_of(now))
    if found is None:
        return None
    name, on = found
    day = _("%(month)s/%(day)s") % {"month": on.month, "day": on.day}
    return {"name": say_text(name), "on": day}


def _without(rows: Rows, shown: Rows) -> Rows:
    """A topic stands on the page once, in the first list it belongs to."""
    known = {row["uid"] for row in shown}
    return [row for row in rows if row["uid"] not in known]


def _marked(rows: Rows, raised: Rows) -> Rows:
    """One's own are marked as such where they do not stand among one's own."""
    own = {reverse("topic", args=[row["uid"]]) for row in raised}
    tag = {"word": _("I raised it"), "mark": "mine"}
    return [{**row, "marks": [tag, *row["marks"]]} if row["href"] in own else row for row in rows]


@page("board.view")
def lookup(request: HttpRequest) -> HttpResponse:
    """A number opens one's own matter, or what is public of it; otherwise nothing is told."""
    typed = request.GET.get("number", "")
    if not typed:
        return render(request, "yishi/home/lookup.html", {"typed": ""})
    theirs = report_by_their_number(actor_in(request), typed.strip()[:NUMBER_MAX])
    if theirs:
        return redirect("report", theirs)
    number = read_number(typed)
    if isinstance(number, Refusal):
        context = {"typed": typed[:40], "refusal": say_refusal(number)}
        return render(request, "yishi/home/lookup.html", context, status=UNPROCESSABLE)
    actor = actor_in(request)
    own = query.report_uid(actor, number) if actor != VISITOR else None
    if own:
        return redirect("report", own)
    if public := public_number(number):
        return redirect(*public)
    closed = {"typed": show_number(number), "closed": True, "known": actor != VISITOR}
    return render(request, "yishi/home/lookup.html", closed, status=404)


@page("prefs.set", methods=("POST",))
def prefs(request: HttpRequest) -> HttpResponse:
    """Elder mode, light or dark, language: kept in cookies of this browser."""
    to = request.POST.get("next", "")
    local = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    answer = redirect(to if local else "home")
    for field, cookie, allowed in (
        ("elder", "yishi_elder", ("on", "off")),
        ("mode", "yishi_mode", ("dark", "light")),
        ("lang", settings.LANGUAGE_COOKIE_NAME, tuple(dict(settings.LANGUAGES))),
    ):
        value = request.POST.get(field, "")
        if value in allowed:
            answer.set_cookie(
                cookie,
                value,
                max_age=YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
    return answer


def _doors() -> list[dict[str, Any]]:
    return [
        {
            "href": reverse("report_new"),
            "word": _("Report a matter"),
            "hint": _("A photo, one sentence, done"),
            "mark": "report",
        },
        {
            "href": reverse("talk"),
            "word": _("Join a discussion"),
            "hint": _("What concerns us all"),
            "mark": "talk",
        },
        {
            "href": reverse("report_list"),
            "word": _("My matters"),
            "hint": _("How far each has come"),
            "mark": "mine",
        },
        {
            "href": reverse("board"),
            "word": _("Public board"),
            "hint": _("What was done and how"),
            "mark": "board",
        },
    ]


urls: list[URLPattern] = [
    path("", home, name="home"),
    path("talk", talk, name="talk"),
    path("number", lookup, name="lookup"),
    path("prefs", prefs, name="prefs"),
]
