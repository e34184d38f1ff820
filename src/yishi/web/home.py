"""The first page, how a matter becomes a topic, the number lookup, preferences."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yishi.core.number import read_number, show_number
from yishi.core.outside import NUMBER_MAX
from yishi.core.person import VISITOR
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.queries import report as query
from yishi.records.queries.message import count_unread
from yishi.records.queries.outside import report_by_their_number
from yishi.records.queries.publication import published_uid
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import UNPROCESSABLE, actor_in, page

YEAR = 365 * 24 * 3600
WAITING_MOST = 5


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
    """How a matter becomes a topic, and what one can do now."""
    return render(request, "yishi/home/talk.html")


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
    if uid := published_uid(number):
        return redirect("publication", uid)
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
