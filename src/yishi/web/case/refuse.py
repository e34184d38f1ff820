"""Not accepting a matter: choose one of the reasons of the rules, read its words, change them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishi.acts.case import intake
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.rule import say_text
from yishi.web.case.beside import came_from
from yishi.web.case.onward import onward
from yishi.web.case.page import say_with_last
from yishi.web.case.shown import Shown, read
from yishi.web.gate import UNPROCESSABLE, ask_in, missing, new_key, page

TEMPLATE = "yishi/case/refuse.html"


@page("case.refuse", methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """First the reasons; then the chosen one with its words, to be changed before they are sent."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if request.method != "POST":
        return _show(request, shown, request.GET.get("reason", ""), None, None)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")[:2000]
    answer = intake.refuse(ask_in(request), uid, reason, words)
    if not isinstance(answer, Refusal):
        said = _("Not accepted. The resident gets the reason and the route.")
        still = _("It cannot be taken back; with something new it may be raised again.")
        return onward(request, shown, answer, said, still)
    fresh = read(request, uid)
    return missing(request) if fresh is None else _show(request, fresh, reason, words, answer)


def _show(
    request: HttpRequest, shown: Shown, reason: str, words: str | None, refusal: Refusal | None
) -> HttpResponse:
    rules = shown.rules
    chosen = reason if reason in rules.refuse_reasons else ""
    if words is None and chosen:
        # The resident reads Chinese first, whatever language the desk works in.
        words = f"{rules.refuse_reasons[chosen].zh}\n{rules.refuse_routes[chosen].zh}"
    reasons = [
        {
            "code": code,
            "name": say_text(name),
            "words": say_text(rules.refuse_reasons[code]),
            "here": code == chosen,
        }
        for code, name in rules.refuse_names.items()
    ]
    found = {
        "case": shown.case,
        "number": show_number(shown.case.number),
        "reports": shown.held.reports,
        "reasons": reasons,
        "chosen": next((r for r in reasons if r["here"]), None),
        "words": words,
        "source": rules.sources.get(f"refuse.{chosen}", ""),
        "beside": came_from(request).query,
        "back": came_from(request).address(shown.case.uid),
        "key": new_key(),
        "refusal": say_with_last(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, found, status=UNPROCESSABLE if refusal else 200)
