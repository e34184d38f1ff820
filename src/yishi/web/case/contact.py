"""Showing who raised a matter: an act of its own, noted in the private audit table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from yishi.core.refusal import Refusal
from yishi.records.audit import note
from yishi.records.models import Person
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


def _contacts(shown: Shown) -> list[dict[str, str]]:
    """One line for each report. One statement for those who have an account."""
    reports = shown.held.reports
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
