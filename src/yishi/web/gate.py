"""The gate every page passes: which act it is, who asks, and what an answer looks like.

Reading is an act too. `@page("case.view")` names the act; a test walks all addresses and fails
on one whose act is missing from the permit table.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from yishi.acts.door import Ask, Done
from yishi.core.permit import reach
from yishi.core.person import VISITOR, Actor
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
from yishi.records.wallclock import now
from yishi.web.draft import keep_draft
from yishi.web.typed import NUL, clean_typed

View = Callable[..., HttpResponseBase]
UNPROCESSABLE = 422
# Pages of somebody signed in hold names and phones: no browser shows them after signing out.
NEVER_KEPT = "private, no-store"


def page(act: str, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Marks a view as the act `act`. A visitor who would need a role is sent to sign in;
    somebody signed in whom no grant reaches gets a kind refusal. `methods` others answer 405.
    A view meets text without control characters; what somebody signed in sees is kept by nobody.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if NUL in request.path_info:
                return missing(request)
            clean_typed(request)
            actor = actor_in(request)
            if not reach(actor, act):
                if actor == VISITOR:
                    if request.method == "POST":
                        keep_draft(request, act)
                    query = urlencode({"next": request.get_full_path()})
                    return redirect(f"{reverse('sign_in')}?{query}")
                return refuse(request, Refusal("not_yours", need=act), status=403)
            answer = view(request, *args, **kwargs)
            if actor != VISITOR:
                answer.setdefault("Cache-Control", NEVER_KEPT)
            return answer

        gated.act = act  # type: ignore[attr-defined]
        return gated

    return mark


def actor_in(request: HttpRequest) -> Actor:
    """Who asks, with the appointments in force today."""
    return request.actor  # type: ignore[attr-defined]


def ask_in(request: HttpRequest) -> Ask:
    """The ask a form carries: its key, and the version of the subject it showed."""
    version = request.POST.get("version", "")
    return Ask(
        actor_in(request),
        now(),
        request.POST.get("key", "")[:80],
        int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None,
    )


def new_key() -> str:
    """A fresh idempotency key for a form about to be shown."""
    return new_uid(SYSTEM_ENTROPY)


def refuse(
    request: HttpRequest,
    refusal: Refusal,
    status: int = UNPROCESSABLE,
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """Says what is missing and what to do next; `back`: where that is done, and its name."""
    context = {"refusal": say_refusal(refusal), "back": back}
    return render(request, "yishi/refused.html", context, status=status)


def missing(request: HttpRequest) -> HttpResponse:
    """There is none, or it is not for this person to see: one answer for both."""
    return refuse(request, Refusal("not_found"), status=404)


def answered(request: HttpRequest, answer: Done | Refusal, to: str, said: str) -> HttpResponse:
    """After an act: on to `to` with `said` above it, or the refusal with its way back."""
    if isinstance(answer, Refusal):
        return refuse(request, answer)
    if not answer.again:
        messages.success(request, said)
    return redirect(to)
