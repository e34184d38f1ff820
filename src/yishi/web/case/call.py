"""呼叫响应: calling for help from a case page, the calls a body may claim, claiming and ending."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.case import joining
from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.records.queries.call import closed_near, list_calls
from yishi.records.queries.paging import listed
from yishi.records.wallclock import now as read_clock
from yishi.web.case.forms import CaseForm, prose
from yishi.web.case.shown import Shown, read
from yishi.web.gate import actor_in, answered, ask_in, missing, new_key, page
from yishi.web.photos import Photos
from yishi.web.rows import page_in, pager_of

PAGE = 20
BOTH = ("GET", "HEAD", "POST")


class CallForm(CaseForm):
    """What help is needed; every body of the place reads it."""

    words = prose(
        gettext_lazy("What help is needed"),
        help_text=gettext_lazy(
            "Every unit of the place reads this. Name no resident, no phone and no flat."
        ),
    )


def call(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    """Help is called for."""
    return joining.call(ask, shown.case.uid, form.cleaned_data["words"])


@page("call.list")
def calls(request: HttpRequest) -> HttpResponse:
    """Open calls a unit may claim: what is needed, in which community, for what item."""
    now = read_clock()
    found = listed(list_calls(actor_in(request)), page_in(request.GET), PAGE)
    rows = [
        {
            "words": row["words"],
            "place": row["case__place__name"],
            "item": row["case__item_title"],
            "urgent": row["case__urgent"],
            "unit": row["case__lead__name"] or "",
            "at": say_when(row["called_at"], now),
            "exact": say_exact(row["called_at"]),
            "claim": reverse("case_claim", args=[row["case__uid"], row["uid"]]),
            "key": new_key(),
        }
        for row in found.rows
    ]
    context = {"rows": rows, "pager": pager_of(found, request.GET)}
    return render(request, "yishi/case/calls.html", context)


@page("case.claim", methods=BOTH)
def claim(request: HttpRequest, uid: str, call_uid: str) -> HttpResponse:
    """认领: the actor's body takes a part of it on."""
    if request.method != "POST":
        return redirect("calls")
    answer = joining.claim(ask_in(request), uid, call_uid)
    if isinstance(answer, Refusal) and answer.code in ("not_yours", "not_found"):
        # Another unit of the place was quicker; to everybody else there is no such call.
        if not closed_near(actor_in(request), call_uid):
            return missing(request)
        answer = Refusal("call_closed")
    said = _("Claimed. Your unit has a part of it now.")
    return answered(request, answer, reverse("case", args=[uid]), said)


@page("case.end_call", methods=BOTH)
def end(request: HttpRequest, uid: str, call_uid: str) -> HttpResponse:
    """Nobody is needed any more."""
    to = reverse("case", args=[uid])
    if request.method != "POST":
        return redirect(to)
    if read(request, uid) is None:
        return missing(request)
    answer = joining.end_call(ask_in(request), uid, call_uid)
    return answered(request, answer, to, _("The call for help is closed."))
