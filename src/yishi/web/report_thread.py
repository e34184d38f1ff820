"""What a resident does while their matter is open: urge, add to it, withdraw it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.acts.report import thread
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.records.queries.report_page import Mine, report_for, waits_for_rating
from yishi.records.queries.rule import RulesMissing, in_force, today_of
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import (
    UNPROCESSABLE,
    actor_in,
    answered,
    ask_in,
    missing,
    new_key,
    page,
    refuse,
)
from yishi.web.photos import Photos, photos_in
from yishi.web.report_page import rating_form, report_context

WORDS_MAX = 1000
BOTH = ("GET", "HEAD", "POST")
Do = Callable[[Ask, Mine], "Done | Refusal"]


def thread_context(
    mine: Mine,
    actor: Actor,
    now: datetime,
    failed: str = "",
    refusal: Refusal | None = None,
    typed: str = "",
    photos: Photos | None = None,
) -> dict[str, Any]:
    """`thread`: what the resident may do now, and what was typed where it was refused.

    Three statements where something may be done; none else.
    """
    urges, adds = mine.may(actor, "report.urge"), mine.may(actor, "report.supplement")
    if not (urges or adds or failed):
        return {"thread": None}
    try:
        terms = in_force(mine.link.case.place, today_of(now)).terms
    except RulesMissing:
        return {"thread": None}
    again = None
    if mine.report.urged_at is not None and terms.rules.course is not None:
        again = terms.due(mine.report.urged_at, terms.course.urge_every)
    waits = again is not None and now < again
    return {
        "thread": {
            "urges": urges and terms.rules.course is not None and not waits,
            "urged": say_when(mine.report.urged_at, now) if mine.report.urged_at else "",
            "again": say_when(again, now) if again is not None and waits else "",
            "again_exact": say_exact(again) if again is not None and waits else "",
            "adds": adds,
            "withdraws": mine.may(actor, "report.withdraw"),
            "keys": {name: new_key() for name in ("urge", "supplement")},
            "failed": failed,
            "refusal": say_refusal(refusal) if refusal else None,
            "typed": typed,
            "kept": photos.kept if photos else [],
            "words_max": min(WORDS_MAX, terms.rules.words_max),
            "photos_max": terms.rules.photos_max,
        }
    }


@page("report.urge", methods=BOTH)
def urge(request: HttpRequest, uid: str) -> HttpResponse:
    """催办: whoever has the matter sees that it is waited for."""
    words = request.POST.get("words", "").strip()
    said = _("We have passed on that you are waiting.")
    return _do(
        request,
        uid,
        "urge",
        said,
        lambda ask, mine: thread.urge(ask, uid, mine.link.case.uid, words),
    )


@page("report.supplement", methods=BOTH)
def supplement(request: HttpRequest, uid: str) -> HttpResponse:
    """补充: more words, more photos."""
    if request.method != "POST":
        return redirect("report", uid)
    mine = report_for(actor_in(request), uid)
    if mine is None:
        return missing(request)
    rules = in_force(mine.link.case.place, today_of(read_clock())).terms.rules
    photos = photos_in(request, "photos", rules)
    words = request.POST.get("words", "").strip()

    def do(ask: Ask, mine: Mine) -> Done | Refusal:
        if photos.refusal:
            return photos.refusal
        return thread.supplement(ask, uid, mine.link.case.uid, words, photos.files)

    said = _("Added. Whoever handles it sees it at once.")
    return _do(request, uid, "supplement", said, do, photos)


@page("report.still_unsolved", methods=BOTH)
def still_unsolved(request: HttpRequest, uid: str) -> HttpResponse:
    """还没解决: a text answered it at once, and somebody has to look."""
    if request.method != "POST":
        return redirect("report", uid)
    mine = report_for(actor_in(request), uid)
    if mine is None:
        return missing(request)
    answer = thread.still_unsolved(_own_ask(request), uid, mine.link.case.uid)
    said = _("It is in the queue now. The time counts from when you raised it.")
    return answered(request, answer, reverse("report", args=[uid]), said)


@page("report.withdraw", methods=BOTH)
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """撤回: first what it means, then done. Only before a unit has it."""
    mine = report_for(actor_in(request), uid)
    if mine is None:
        return missing(request)
    if request.method != "POST":
        if not mine.may(actor_in(request), "report.withdraw"):
            return refuse(request, Refusal("not_now", have=mine.state, unit="state"))
        return _confirm(request, mine, None)
    why = request.POST.get("words", "").strip()
    answer = thread.withdraw(_own_ask(request), uid, mine.link.case.uid, why)
    if isinstance(answer, Refusal):
        return _confirm(request, mine, answer)
    if not answer.again:
        messages.success(request, _("Withdrawn. Nobody works on it any more."))
    return redirect("report", uid)


def _do(
    request: HttpRequest, uid: str, name: str, said: str, do: Do, photos: Photos | None = None
) -> HttpResponse:
    """Does it and goes back to the matter; refused, the matter with what was typed."""
    if request.method != "POST":
        # Somebody signed in again and was led back here; the form is on the page.
        return redirect("report", uid)
    actor, now = actor_in(request), read_clock()
    mine = report_for(actor, uid)
    if mine is None:
        return missing(request)
    answer = do(_own_ask(request), mine)
    if isinstance(answer, Done):
        if not answer.again:
            messages.success(request, said)
        return redirect("report", uid)
    form = rating_form(mine, now) if waits_for_rating(mine) else None
    typed = request.POST.get("words", "")
    context = report_context(mine, actor, now, form)
    context |= thread_context(mine, actor, now, name, answer, typed, photos)
    context["key"] = new_key()
    return render(request, "yishi/report/show.html", context, status=UNPROCESSABLE)


def _own_ask(request: HttpRequest) -> Ask:
    """What others on the case do meanwhile does not stand in the way of one's own word."""
    return replace(ask_in(request), version=None)


def _confirm(request: HttpRequest, mine: Mine, refusal: Refusal | None) -> HttpResponse:
    context = {
        "report": mine.report,
        "together": mine.together,
        "key": new_key(),
        "refusal": say_refusal(refusal) if refusal else None,
        "words": request.POST.get("words", ""),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/report/withdraw.html", context, status=status)


urls: list[URLPattern] = [
    path("reports/<str:uid>/urge", urge, name="urge"),
    path("reports/<str:uid>/supplement", supplement, name="supplement"),
    path("reports/<str:uid>/unsolved", still_unsolved, name="still_unsolved"),
    path("reports/<str:uid>/withdraw", withdraw, name="withdraw"),
]
