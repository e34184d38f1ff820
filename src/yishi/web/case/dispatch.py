"""Choosing who answers for a matter: a row of the responsibility list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishi.acts.case import intake
from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.span import say_limit
from yishi.records.queries.duty import duty_choices, handling_bodies, row_of
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.case.beside import came_from, cleared_queue
from yishi.web.case.onward import onward
from yishi.web.case.page import say_with_last
from yishi.web.case.shown import Shown, read
from yishi.web.case.suggested import choice_shown, hits_shown, is_plain, rank_of, words_of
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page
from yishi.web.rows import pictures

TEMPLATE = "yishi/case/dispatch.html"


@page("case.dispatch", methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """Gives the case to the lead and co-handlers of the chosen row."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        return _show(request, shown, None)
    answer = intake.dispatch(
        ask_in(request),
        uid,
        request.POST.get("duty", ""),
        request.POST.get("lead", ""),
        [body for body in request.POST.getlist("co") if body],
        urgent=request.POST.get("urgent") == "yes",
        suggested=rank_of(request),
    )
    if isinstance(answer, Refusal):
        return _again(request, uid, answer)
    still = _("It cannot be taken back; a unit it does not belong to may ask to return it.")
    return onward(request, shown, answer, _("Dispatched."), still)


@page("case.accept", methods=("GET", "HEAD", "POST"))
def accept(request: HttpRequest, uid: str) -> HttpResponse:
    """Files the case (立案) under the chosen item, to be dispatched later."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        return _show(request, shown, None)
    answer = intake.accept(ask_in(request), uid, request.POST.get("duty", ""))
    if isinstance(answer, Refusal):
        return _again(request, uid, answer)
    said = _("Filed. It still has to be dispatched.")
    still = _("Another item can still be chosen when it is dispatched.")
    return onward(request, shown, answer, said, still)


def _again(request: HttpRequest, uid: str, refusal: Refusal) -> HttpResponse:
    fresh = read(request, uid)
    return missing(request) if fresh is None else _show(request, fresh, refusal)


def _show(request: HttpRequest, shown: Shown, refusal: Refusal | None) -> HttpResponse:
    case, typed = shown.case, request.POST
    words = request.GET.get("q", "").strip()[:40]
    day = today_of(now())
    kept = row_of(case, day)
    chosen = typed.get("duty", "") or request.GET.get("duty", "")[:40] or kept
    choices = duty_choices(case, words_of(shown), words, day, shown.actor, chosen)
    if not chosen and choices.rows and is_plain(choices.rows[0]) and not words:
        chosen = choices.rows[0].row["uid"]
    found: dict[str, Any] = {
        "case": case,
        "number": show_number(case.number),
        "reports": shown.held.reports,
        "photos": pictures(
            [p.uid for p in shown.beside.photos if not p.proof], _("Photo sent with the matter")
        ),
        "choices": [choice_shown(choice, chosen) for choice in choices.rows],
        "offered": " ".join(choices.offered),
        "hits": hits_shown(shown.now),
        "more": choices.more,
        "unsure": not any(is_plain(choice) for choice in choices.rows),
        "total": choices.total,
        "words": words,
        "bodies": handling_bodies(case),
        "lead": typed.get("lead", ""),
        "co": typed.getlist("co"),
        "onward": bool(cleared_queue(shown.actor, came_from(request))),
        "several": request.GET.get("several") == "yes",
        "beside": came_from(request).query,
        "back": came_from(request).address(case.uid),
        "urgent": case.urgent or typed.get("urgent") == "yes",
        "urgent_limit": say_limit(shown.rules.urgent.length, shown.rules.urgent.kind),
        "may_accept": case.state == CaseState.SUBMITTED and shown.may("case.accept"),
        "key": new_key(),
        "version": case.version,
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, found, status=UNPROCESSABLE if refusal else 200)
