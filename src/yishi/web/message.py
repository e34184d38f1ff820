"""What the office told me: the list, the short address in a text, and marking it read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.number import read_number, show_number
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.message import say_message
from yishi.records.queries import message as query
from yishi.records.queries.paging import listed
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import actor_in, missing, page
from yishi.web.rows import page_in, pager_of

PAGE = 20
TODAY = "today"


@page("message.list")
def messages(request: HttpRequest) -> HttpResponse:
    """Newest first; each leads to its page. Whoever may not open that page any more is told so,
    and not what it says."""
    actor, now = actor_in(request), read_clock()
    found = listed(query.list_messages(actor, now), page_in(request.GET), PAGE)
    leads = query.leads_of(actor, found.rows)
    shown = [_shown(row, leads[row["id"]], now) for row in found.rows]
    context = {
        "found": shown,
        "pager": pager_of(found, request.GET),
        "unread": query.count_unread(actor, now),
        "staff": bool(actor.seats),
    }
    return render(request, "yishi/message/list.html", context)


@page("message.list", methods=("POST",))
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything counts as read."""
    query.mark_all_read(actor_in(request), read_clock())
    return redirect("messages")


@page("message.list")
def follow(request: HttpRequest, to: str) -> HttpResponse:
    """The short address of a text: on to the page, which asks for its own right; 404 for whoever
    may not open it, as for a number nobody has."""
    actor, now = actor_in(request), read_clock()
    if to == TODAY:
        if not actor.seats:
            return missing(request)
        query.mark_staff_read(actor, now)
        return redirect("work")
    number = read_number(to)
    leads = query.Leads(open=False) if isinstance(number, Refusal) else None
    leads = leads or query.page_of_number(actor, str(number))
    if not leads.open:
        return missing(request)
    query.mark_staff_read(actor, now, str(number))
    if leads.page == "topic":
        query.mark_topic_read(actor, str(number), now)
    elif leads.page == "meeting":
        query.mark_meeting_read(actor, str(number), now)
    elif leads.page in ("round", "proposal", "project"):
        query.mark_kind_read(actor, leads.page, str(number), now)
    return redirect(leads.page, leads.uid)


def _shown(row: dict[str, Any], leads: query.Leads, now: Any) -> dict[str, Any]:
    number = query.number_of(row)
    return {
        "text": _words(row) if leads.open else _("You can no longer open what this was about."),
        "at": say_when(row["not_before"], now),
        "exact": say_exact(row["not_before"]),
        "unread": row["read_at"] is None,
        "about": show_number(number) if number and leads.open else "",
        "href": _href(leads, number),
    }


def _href(leads: query.Leads, number: str) -> str:
    if not leads.open or not leads.page:
        return ""
    if leads.page == "report":
        return reverse("report", args=[leads.uid])
    return reverse("follow", args=[TODAY if leads.page == "work" else number])


def _words(row: dict[str, Any]) -> str:
    """As it was sent; in another language than that of sending, said anew."""
    if row["text"] and get_language() == settings.LANGUAGE_CODE:
        return str(row["text"])
    return say_message(row["template"], row["params"])


urls: list[URLPattern] = [
    path("messages", messages, name="messages"),
    path("messages/read", read_all, name="messages_read"),
    path("m/<str:to>", follow, name="follow"),
]
