"""争议裁定: one page with both sides, the row, how the item was ruled before, and the ruling."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishi.acts.case import returning
from yishi.acts.case.returning import Amended
from yishi.core.case.request import RequestKind, RequestState
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.request import say_request_state
from yishi.records.models import Place, Request
from yishi.records.queries.duty import duty_choices, handling_bodies, row_of
from yishi.records.queries.request import history_of
from yishi.records.queries.rule import today_of
from yishi.web.case.beside import came_from
from yishi.web.case.onward import onward
from yishi.web.case.page import ground_facts, say_with_last
from yishi.web.case.requests import request_facts, sides
from yishi.web.case.shown import Shown, read
from yishi.web.case.standing import clock_shown
from yishi.web.case.suggested import choice_shown, words_of
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page

TEMPLATE = "yishi/case/rule.html"


@page("case.rule", methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """Rules on whose matter it is; final for this case."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        return _show(request, shown, None)
    typed = request.POST
    amended = Amended(
        typed.get("why", ""),
        _area(shown, typed.get("area", "")),
        typed.get("grade", "")[:300],
    )
    answer = returning.rule(
        ask_in(request),
        uid,
        typed.get("words", ""),
        typed.get("duty", ""),
        typed.get("lead", ""),
        [body for body in typed.getlist("co") if body],
        amended if typed.get("amend") == "yes" else None,
    )
    if isinstance(answer, Refusal):
        fresh = read(request, uid)
        return missing(request) if fresh is None else _show(request, fresh, answer)
    return onward(request, shown, answer, _("Ruled. The units and the resident are told."))


def _show(request: HttpRequest, shown: Shown, refusal: Refusal | None) -> HttpResponse:
    case, typed = shown.case, request.POST
    words = request.GET.get("q", "").strip()[:40]
    day = today_of(shown.now)
    kept = row_of(case, day)
    chosen = typed.get("duty", "") or request.GET.get("duty", "")[:40] or kept
    choices = duty_choices(case, words_of(shown), words, day, shown.actor, chosen)
    disputed = _disputed(shown)
    found: dict[str, Any] = {
        "case": case,
        "number": show_number(case.number),
        "clock": clock_shown(shown),
        "reports": shown.held.reports,
        "place": " · ".join(p for p in (case.place.name, _building(shown)) if p),
        "unit": disputed.assignment.unit.name if disputed else "",
        "asked": request_facts(disputed, shown.now) if disputed else [],
        "sides": sides(shown),
        "ground": ground_facts(shown),
        "history": [_past(row, shown) for row in history_of(shown.actor, case)],
        "choices": [choice_shown(choice, chosen) for choice in choices.rows],
        "words": words,
        "bodies": handling_bodies(case),
        "lead": typed.get("lead", ""),
        "co": typed.getlist("co"),
        "said": typed.get("words", ""),
        "amend": typed.get("amend") == "yes",
        "areas": [
            {"value": value, "word": word, "chosen": value == typed.get("area", "")}
            for value, word in _areas(shown)
        ],
        "grade": typed.get("grade", ""),
        "why": typed.get("why", ""),
        "may": shown.may("case.rule"),
        "beside": came_from(request).query,
        "back": came_from(request).address(case.uid),
        "key": new_key(),
        "version": case.version,
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, found, status=UNPROCESSABLE if refusal else 200)


def _disputed(shown: Shown) -> Request | None:
    """The return that is ruled on, or was."""
    told = (RequestState.DISPUTED, RequestState.RULED)
    rows = [r for r in shown.requests if r.kind == RequestKind.RETURN and r.state in told]
    return rows[-1] if rows else None


def _areas(shown: Shown) -> list[tuple[str, str]]:
    """How far a change of the list may reach: the place, the one above it, anywhere."""
    place: Place = shown.case.place
    above = [place.parent.name] if place.parent else []
    return [("", _("Anywhere")), *((name, name) for name in (place.name, *above))]


def _area(shown: Shown, typed: str) -> str:
    return typed if typed in {value for value, _word in _areas(shown)} else ""


def _past(row: dict[str, Any], shown: Shown) -> dict[str, Any]:
    return {
        "number": show_number(row["case__number"]),
        "place": row["case__place__name"],
        "unit": row["assignment__unit__name"],
        "clause": row["clause"],
        "tag": say_request_state(row["state"]),
        "lead": row["ruling__lead__name"] or "",
        "words": row["ruling__words"] or row["words"],
        "at": say_when(row["asked_at"], shown.now),
        "exact": say_exact(row["asked_at"]),
    }


def _building(shown: Shown) -> str:
    return shown.case.building.name if shown.case.building else ""
