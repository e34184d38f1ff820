"""Signing in with one's own phone, by the code at the door: one tap for who is signed in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.meeting import sitting
from yishi.core.meeting.calling import may_sign_in_from
from yishi.core.permit import reach
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_when
from yishi.phrases.refusal import say_refusal
from yishi.records.models import Attendance
from yishi.web.account.door import allowed
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, new_key, page, refuse
from yishi.web.meeting.shown import Shown, read_code, say_span_of

CODE_MAX = 12


@page("meeting.view")
def code_typed(request: HttpRequest) -> HttpResponse:
    """From the field a code is typed into to the page behind it."""
    return redirect("meeting_here", _digits(request.GET.get("code", "")) or "-")


@page("meeting.view")
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the code: am I there already, may I tap, or do I sign in first."""
    shown = _found(request, code)
    return _page(request, shown) if isinstance(shown, Shown) else shown


@page("meeting.sign_in", methods=("GET", "HEAD", "POST"))
def tap(request: HttpRequest, code: str) -> HttpResponse:
    """签到, for oneself."""
    if request.method != "POST":
        return redirect("meeting_here", _digits(code))
    shown = _found(request, code)
    if not isinstance(shown, Shown):
        return shown
    answer = sitting.sign_in(ask_in(request), shown.row.uid, shown.row.code)
    if isinstance(answer, Done):
        if not answer.again:
            messages.success(request, _("You are signed in. Welcome."))
        return redirect("meeting_here", shown.row.code)
    again = read_code(request, _digits(code)) or shown
    return _page(request, again, answer)


def _found(request: HttpRequest, code: str) -> Shown | HttpResponse:
    """The meeting behind the code, or what is answered in its stead. Six digits can be tried out,
    by either page: whoever tries many wrong ones is slowed down."""
    if not allowed(request, "meeting_code", asks=True):
        return refuse(request, Refusal("too_many_tries"), status=429)
    shown = read_code(request, _digits(code))
    if shown is None:
        allowed(request, "meeting_code")
        return render(request, "yishi/meeting/code.html", {"code": _digits(code)}, status=404)
    return shown


def _page(request: HttpRequest, shown: Shown, refusal: Refusal | None = None) -> HttpResponse:
    row, first = shown.row, may_sign_in_from(shown.row.starts_at, shown.held.terms.early)
    at = reverse("meeting_here", args=[row.code])
    mine = shown.mine
    closed = ""
    if shown.now < first:
        closed = _("You can sign in from %(at)s.") % {"at": say_when(first, shown.now)}
    known = bool(reach(actor_in(request), "meeting.sign_in"))
    context = {
        "meeting": row,
        "when": say_span_of(row, shown.now),
        "here": _as(shown, mine) if mine else "",
        "closed": closed,
        "sign_in": "" if known else f"{reverse('sign_in')}?{urlencode({'next': at})}",
        "as_words": _("You sign in as %(name)s.") % {"name": shown.actor.name}
        if shown.actor.name
        else _("You sign in with your own account."),
        "action": reverse("meeting_tap", args=[row.code]),
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal and not mine else None,
    }
    status = UNPROCESSABLE if refusal and not mine else 200
    return render(request, "yishi/meeting/here.html", context, status=status)


def _as(shown: Shown, mine: Attendance) -> str:
    """That one is signed in, when, and for whom one sits there."""
    when = say_when(mine.at, shown.now)
    if mine.body is None:
        return _("You are signed in, %(when)s.") % {"when": when}
    return _("You are signed in for %(body)s, %(when)s.") % {"when": when, "body": mine.body.name}


def _digits(code: str) -> str:
    return "".join(code.split())[:CODE_MAX]


urls: list[URLPattern] = [
    path("in", code_typed, name="meeting_code"),
    path("in/<str:code>", here, name="meeting_here"),
    path("in/<str:code>/here", tap, name="meeting_tap"),
]
