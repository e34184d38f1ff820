"""并案: finding cases of the same kind, putting them together, taking one out again."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.acts.case import merging
from yishi.acts.door import Done
from yishi.core.case.merging import main_of
from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_clock, say_exact, say_when
from yishi.phrases.refusal import say_refusal
from yishi.phrases.state import say_state
from yishi.records.queries.merging import DAYS, MOST, Chosen, chosen, like, went_along
from yishi.records.wallclock import now as read_clock
from yishi.web.case.page import say_with_last
from yishi.web.case.shown import Shown, read
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page, refuse
from yishi.web.rows import page_in, pager_of

BOTH = ("GET", "HEAD", "POST")
# Numbers named with a case; the rest are counted.
NAMED = 6


@page("case.take_in")
def alike(request: HttpRequest, uid: str) -> HttpResponse:
    """找同类并案: open cases like this one, to be chosen."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    found = like(shown.actor, shown.case, shown.now, page_in(request.GET))
    context = {
        "case": shown.case,
        "number": show_number(shown.case.number),
        "line": shown.case.line,
        "rows": [_row(row, shown.now) for row in found.rows],
        "pager": pager_of(found, request.GET),
        "days": DAYS,
    }
    return render(request, "yishi/case/alike.html", context)


@page("case.merge", methods=BOTH)
def together(request: HttpRequest) -> HttpResponse:
    """Several cases side by side, the main one among them; sent, they are merged one by one."""
    asked = request.POST if request.method == "POST" else request.GET
    found = chosen(actor_in(request), asked.getlist("case")[:MOST])
    if len(found) < 2:
        return refuse(request, Refusal("merge_few", 2, len(found), "cases"))
    main = asked.get("main", "")
    if main not in {one.row["uid"] for one in found}:
        main = _suggested(found)
    if request.method != "POST":
        return _show(request, found, main)
    others = [one for one in found if one.row["uid"] != main]
    ask = ask_in(request)
    answers = merging.merge(
        ask, main, [one.row["uid"] for one in others], request.POST.get("why", "").strip()
    )
    went = [one for one, answer in zip(others, answers, strict=True) if isinstance(answer, Done)]
    refused = [
        {"case": _row(one.row, ask.now), "refusal": say_refusal(answer)}
        for one, answer in zip(others, answers, strict=True)
        if isinstance(answer, Refusal)
    ]
    if not went:
        return _show(request, found, main, refused)
    if not refused:
        done = next(answer for answer in answers if isinstance(answer, Done))
        return answered(request, done, reverse("case", args=[main]), _said(len(went)))
    context = {
        "main": next(_row(one.row, ask.now) for one in found if one.row["uid"] == main),
        "went": [_row(one.row, ask.now) for one in went],
        "refused": refused,
        "said": _said(len(went)),
    }
    return render(request, "yishi/case/merged.html", context)


@page("case.unmerge", methods=BOTH)
def unmerge(request: HttpRequest, uid: str) -> HttpResponse:
    """取消并案: what goes back, who it is, and why."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        return _show_unmerge(request, shown, None)
    answer = merging.unmerge(ask_in(request), uid, request.POST.get("why", "").strip())
    if isinstance(answer, Done):
        return answered(request, answer, reverse("case", args=[uid]), _("Taken out again."))
    fresh = read(request, uid)
    return missing(request) if fresh is None else _show_unmerge(request, fresh, answer)


def _show(
    request: HttpRequest,
    found: Sequence[Chosen],
    main: str,
    refused: Sequence[dict[str, Any]] = (),
) -> HttpResponse:
    now = read_clock()
    rows = [
        {
            **_row(one.row, now),
            "uid": one.row["uid"],
            "numbers": [show_number(number) for number in one.numbers[:NAMED]],
            "more": max(0, len(one.numbers) - NAMED),
            "merged": one.row["took_in"],
            "checked": one.row["uid"] == main,
        }
        for one in found
    ]
    context = {
        "rows": rows,
        "residents": sum(one.row["residents"] for one in found),
        "several_places": len({one.row["place__name"] for one in found}) > 1,
        "suggested": _suggested(found),
        "refused": refused,
        "why": request.POST.get("why", ""),
        "key": new_key(),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "yishi/case/merge.html", context, status=status)


def _show_unmerge(request: HttpRequest, shown: Shown, refusal: Refusal | None) -> HttpResponse:
    case = shown.case
    if case.main is None:
        return refuse(request, refusal or Refusal("not_merged", have=show_number(case.number)))
    numbers = [show_number(report.number) for report in went_along(case)]
    context = {
        "case": case,
        "number": show_number(case.number),
        "main": {
            "number": show_number(case.main.number),
            "href": reverse("case", args=[case.main.uid]),
        },
        "numbers": numbers,
        "why": request.POST.get("why", ""),
        "key": new_key(),
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/case/unmerge.html", context, status=status)


def _suggested(found: Sequence[Chosen]) -> str:
    return main_of(
        [(one.row["uid"], CaseState(one.row["state"]), one.row["took_in"]) for one in found]
    )


def _row(row: dict[str, Any], now: Any) -> dict[str, Any]:
    """A case in a list of cases to be put together."""
    place = (row["place__name"], row["building__name"])
    return {
        "uid": row["uid"],
        "href": reverse("case", args=[row["uid"]]),
        "number": show_number(row["number"]),
        "line": row["line"] or row["item_title"] or _("Without words"),
        "words": " ".join((row.get("words") or row["line"]).split())[:200],
        "item": row["item_title"],
        "place": " · ".join(name for name in place if name),
        "unit": row["lead__name"] or "",
        "state": say_state(row["state"]),
        "residents": row["residents"],
        "at": say_when(row["filed_at"], now),
        "exact": say_exact(row["filed_at"]),
        "clock": say_clock(row["due_at"], row["amber_at"], now, row["due_kind"])
        if row["is_open"]
        else None,
    }


def _said(many: int) -> str:
    return _("Put together with the main one: %(many)s") % {"many": many}
