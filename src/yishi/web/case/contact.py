"""Showing who raised a matter: an act of its own, noted in the private audit table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from yishi.core.case.state import CaseState
from yishi.core.refusal import Refusal
from yishi.records.audit import note
from yishi.records.models import Person, Report
from yishi.web.case.beside import came_from, list_context
from yishi.web.case.page import TEMPLATE, context
from yishi.web.case.shown import Shown, read
from yishi.web.gate import missing, page, refuse

ACT = "report.read_contact"


@never_cache
@page(ACT, methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """Name and phone of those who raised the case, to those who handle it now.

    Both a yes and a no leave an audit row. Source: norms.md §5.
    """
    if request.method != "POST":
        return redirect(reverse("case", args=[uid]))
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    allowed = shown.may(ACT)
    address = request.META.get("REMOTE_ADDR", "")
    note(shown.now, shown.actor.person_id, ACT, shown.case.uid, allowed, address, shown.case.number)
    if not allowed:
        return refuse(request, Refusal("not_now", have=shown.case.state, unit="state"))
    found = context(shown, contacts=_contacts(shown))
    return render(request, TEMPLATE, found | list_context(shown, came_from(request)))


def _asked_now(shown: Shown) -> list[Report]:
    """Everybody on the case; for a call-back only those still to be called, whom next first."""
    if shown.case.state != CaseState.ANSWERED:
        return shown.held.reports
    rows = {row.uid: row for row in shown.held.reports}
    return [rows[r.uid] for r in shown.held.now.to_call(shown.rules.call_back_attempts)]


def _contacts(shown: Shown) -> list[dict[str, str]]:
    """One line for each report. One statement for those who have an account."""
    reports = _asked_now(shown)
    people = Person.objects.in_bulk([r.person_id for r in reports if r.person_id is not None])
    found = []
    for report in reports:
        person = people.get(report.person_id) if report.person_id is not None else None
        found.append(
            {
                "name": person.name if person else report.name,
                "phone": person.phone if person else report.phone,
                "number": report.number,
            }
        )
    return found
