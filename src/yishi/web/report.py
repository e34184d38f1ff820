"""A resident's pages: see one's own matters, follow one, rate it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import report as acts
from yishi.acts.door import Ask, Done
from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.phrases.clock import say_clock, say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.state import AWAITED, say_standing, say_state
from yishi.records.models import Clock
from yishi.records.queries import report as query
from yishi.records.queries.message import mark_read
from yishi.records.queries.paging import listed
from yishi.records.queries.report_page import Mine, report_for, waits_for_rating
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import UNPROCESSABLE, actor_in, ask_in, missing, new_key, page
from yishi.web.report_new import urls as new_urls
from yishi.web.report_page import answered_mark, rating_form, report_context
from yishi.web.report_thread import thread_context
from yishi.web.report_thread import urls as thread_urls
from yishi.web.round.note import call_note
from yishi.web.rows import page_in, pager_of

PAGE = 20


@page("report.list")
def report_list(request: HttpRequest) -> HttpResponse:
    """One's own matters, newest first."""
    now = read_clock()
    found = listed(query.list_reports(actor_in(request)), page_in(request.GET), PAGE)
    clocks = query.awaited(
        pk for row in found.rows for pk in (row["home"], row["case"]) if pk is not None
    )
    shown = [_row(row, clocks, now) for row in found.rows]
    context = {"rows": shown, "pager": pager_of(found, request.GET)}
    return render(request, "yishi/report/list.html", context)


@page("report.view")
def report(request: HttpRequest, uid: str) -> HttpResponse:
    """One's own matter: where it stands, its story, its answer, and rating it."""
    return _report(request, uid, "yishi/report/show.html")


@page("report.view")
def filed(request: HttpRequest, uid: str) -> HttpResponse:
    """Just sent: the number to keep, who has it, by when the next word comes."""
    return _report(request, uid, "yishi/report/filed.html")


@page("report.rate", methods=("POST",))
def rate(request: HttpRequest, uid: str) -> HttpResponse:
    """The resident's word on the answer."""
    mine = report_for(actor_in(request), uid)
    if mine is None:
        return missing(request)
    now = read_clock()
    form = rating_form(mine, now, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        answer = acts.rate(
            _ask_to_rate(request, mine),
            uid,
            mine.link.case.uid,
            given["solved"] == "yes",
            given["satisfaction"],
            form.stars,
            given["words"],
        )
        if isinstance(answer, Done):
            if not answer.again:
                messages.success(request, _thanks(answer.code))
            return redirect("report", uid)
        form.refusal = say_refusal(answer)
    actor = actor_in(request)
    context = report_context(mine, actor, now, form) | thread_context(mine, actor, now)
    context["key"] = request.POST.get("key") or new_key()
    return render(request, "yishi/report/show.html", context, status=UNPROCESSABLE)


def _report(request: HttpRequest, uid: str, template: str) -> HttpResponse:
    actor, now = actor_in(request), read_clock()
    mine = report_for(actor, uid)
    if mine is None:
        return missing(request)
    mark_read(actor, mine.report.number, mine.cases, now)
    form = rating_form(mine, now) if waits_for_rating(mine) else None
    context = report_context(mine, actor, now, form) | thread_context(mine, actor, now)
    context["key"] = new_key()
    if mine.state != CaseState.WITHDRAWN:
        case = mine.link.case
        context["call"] = call_note(case.place, case.uid, mine.report.words)
    return render(request, template, context)


def _ask_to_rate(request: HttpRequest, mine: Mine) -> Ask:
    """What others on the case do meanwhile does not stand in the way, as long as the answer is
    the one that was read."""
    ask = ask_in(request)
    same = request.POST.get("answered", "") == answered_mark(mine)
    return replace(ask, version=None) if same else ask


def _thanks(code: str) -> str:
    if code == "report.rated_redo":
        return _("We are sorry it was not right. It is being done again")
    return _("Thank you. Your word counts in how the work is judged")


def _row(row: dict[str, Any], clocks: dict[int, list[Clock]], now: Any) -> dict[str, Any]:
    state = CaseState.WITHDRAWN if row["withdrawn_at"] else row["state"]
    kinds = AWAITED.get(state, ())
    home, here = (clocks.get(row[name] or 0, []) for name in ("home", "case"))
    clock = query.due_of(home, kinds) or query.due_of(here, kinds)
    marks = [say_state(state)]
    if row["waits"]:
        marks = [{"word": _("Please rate it"), "mark": "flag", "kind": "soon"}]
    due = clock.due_at if clock else None
    return {
        "href": reverse("report", args=[row["uid"]]),
        "number": show_number(row["number"]),
        "line": " ".join(row["words"].split())[:80],
        "place": " · ".join(name for name in (row["community"], row["at"]) if name),
        "holder": row["unit"] or "",
        "clock": say_clock(due, clock.amber_at, now, clock.kind, clock.started_at)
        if clock
        else None,
        "standing": say_standing(state, row["unit"] or "", due, now),
        "marks": marks,
        "filed": say_when(row["filed_at"], now),
        "exact": say_exact(row["filed_at"]),
    }


urls: list[URLPattern] = [
    *new_urls,
    path("reports", report_list, name="report_list"),
    path("reports/<str:uid>", report, name="report"),
    path("reports/<str:uid>/filed", filed, name="filed"),
    path("reports/<str:uid>/rate", rate, name="rate"),
    *thread_urls,
]
