"""The demo's one-click doors: be this person, and see what there is to do. Only in demo mode."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from yishi.core.person import Role
from yishi.phrases.role import say_role
from yishi.records.models import Person
from yishi.records.queries.demo import demo_people
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.account.door import home_of, let_in
from yishi.web.gate import missing, page

PREFIX = "demo-"


@page("account.use", methods=("GET", "HEAD", "POST"))
def roles(request: HttpRequest) -> HttpResponse:
    """Lists the demo's people by role; a POST becomes one of them. 404 outside the demo."""
    if not settings.YISHI_DEMO:
        return missing(request)
    if request.method == "POST":
        return _become(request)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in demo_people(PREFIX, today_of(now())):
        groups[person["role"]].append(person)
    context = {
        "groups": [
            {"word": say_role(role), "todo": _todo(role), "people": groups[role]}
            for role in Role
            if role in groups
        ]
    }
    return render(request, "yishi/account/roles.html", context)


def _become(request: HttpRequest) -> HttpResponse:
    login = request.POST.get("login", "")
    person = Person.objects.filter(login=login, login__startswith=PREFIX, is_active=True).first()
    if person is None:
        return missing(request)
    staff = person.appointments.exists()
    backend = settings.STAFF_BACKEND if staff else settings.RESIDENT_BACKEND
    let_in(request, person, backend, "demo")
    return redirect(home_of(backend))


def _todo(role: str) -> str:
    """What to try as this role, in a sentence."""
    return {
        Role.RESIDENT: _("Report a matter with a photo, follow it, rate the answer."),
        Role.GRID_WORKER: _("File for a neighbour, settle on the spot, check a repair."),
        Role.COMMUNITY_DESK: _("Answer at the counter, set topics aside, print sign-in slips."),
        Role.DISPATCHER: _("Accept what came in and send it to the body that must handle it."),
        Role.UNIT_HANDLER: _("Sign for work, contact the resident, report the result."),
        Role.CALL_BACK_OFFICER: _("Ring back and ask how it went, on four axes."),
        Role.SUPERVISORY_OFFICER: _("See what is late and issue a supervisory order."),
        Role.LEADER: _("Look at the figures and sign off what becomes public."),
        Role.OVERSEER: _("Draw finished matters by lot; look; write an opinion"),
        Role.ARBITRATOR: _("Rule on a dispute; have the list say it next time"),
        Role.SECRETARY: _("Review topics, and say whose they are to decide."),
        Role.CONVENER: _("Lead a topic from stage to stage; what is missing is named."),
        Role.MEMBER: _("See who deliberates, what was decided, and why."),
        Role.LEGAL_ADVISER: _("Read a method or a plan and give a legal opinion."),
        Role.ADMINISTRATOR: _("Load places and people, give appointments, adopt rules."),
        Role.AUDITOR: _("See who signed in and who read identifying data."),
    }.get(Role(role), "")


urls = [path("demo/roles", roles, name="roles")]
