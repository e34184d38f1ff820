"""The desk's part: slips to sign in with, and checking who a resident is. Nothing browsed:
one phone at a time, and no more shown than is needed to ask the person at the counter."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishi.acts import account
from yishi.acts.door import Done
from yishi.core.permit import reach
from yishi.core.person import Level, SlipPurpose
from yishi.core.phone import mask_name, mask_phone
from yishi.core.refusal import Refusal
from yishi.phrases.person import say_level
from yishi.records.entropy import SYSTEM_ENTROPY
from yishi.records.models import Building, Person, Place
from yishi.records.wallclock import now
from yishi.web.account.door import allowed, note
from yishi.web.account.forms import CheckForm, PhoneForm, StaffSlipForm
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, new_key, page, refuse
from yishi.web.sheet import sheet

SLIP_DIGITS = 8
BUILDINGS = 1000
TOO_MANY = 429


@page("person.sign_slip", methods=("GET", "HEAD", "POST"))
def slips(request: HttpRequest) -> HttpResponse:
    """A sign-in slip for the resident at the counter: their phone in, a printed sheet out."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone, code = form.cleaned_data["phone"], _new_code()
        done = account.sign_slip(ask_in(request), _place(request, "person.sign_slip"), phone, code)
        uid = done.uid if isinstance(done, Done) else ""
        note(request, _me(request), "slip.issued", isinstance(done, Done), uid, "sign_in")
        return _sheet(request, done, code, mask_phone(phone), SlipPurpose.SIGN_IN)
    context = {"form": form, "key": new_key(), "hours": account.SLIP_HOURS}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/account/slips.html", context, status=status)


@page("person.staff_slip", methods=("GET", "HEAD", "POST"))
def staff_slips(request: HttpRequest) -> HttpResponse:
    """A slip for a member of staff: a first or forgotten password, or one second step."""
    form = StaffSlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        person = Person.objects.filter(login=login).first()
        if person is None:
            form.add_error("login", _("Nobody has this login name."))
        else:
            purpose, code = SlipPurpose(form.cleaned_data["purpose"]), _new_code()
            done = account.staff_slip(ask_in(request), person, purpose, code)
            good = isinstance(done, Done)
            note(request, _me(request), "slip.issued", good, person.uid, str(purpose))
            return _sheet(request, done, code, login, purpose)
    context = {"form": form, "key": new_key(), "hours": account.SLIP_HOURS}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/account/staff_slips.html", context, status=status)


@page("person.check", methods=("GET", "HEAD", "POST"))
def check(request: HttpRequest) -> HttpResponse:
    """Finds one person by phone, shows masked name and level, and takes what the desk saw."""
    found = PhoneForm(request.POST or None)
    if request.method != "POST" or not found.is_valid():
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "yishi/account/check.html", {"form": found}, status=status)
    phone = found.cleaned_data["phone"]
    if not allowed(request, "look_up", str(_me(request))):
        found.add_error(None, _("You have looked up very many phones this hour. Please wait."))
        return render(request, "yishi/account/check.html", {"form": found}, status=TOO_MANY)
    person = Person.objects.with_phone(phone)
    if person is None:
        note(request, _me(request), "person.find", False, detail=mask_phone(phone))
        found.add_error(
            "phone", _("Nobody has an account with this phone. A sign-in slip opens one.")
        )
        return render(request, "yishi/account/check.html", {"form": found}, status=UNPROCESSABLE)
    place = _place(request, "person.check")
    buildings = _buildings(place)
    confirming = "level" in request.POST
    form = CheckForm(buildings, request.POST if confirming else None)
    if confirming and form.is_valid():
        seen = _seen(form.cleaned_data, place)
        done = account.check_person(ask_in(request), place, person, seen)
        good = isinstance(done, Done)
        note(request, _me(request), "person.check", good, person.uid, str(seen.level))
        said = _("Checked: %(level)s.") % {"level": say_level(seen.level)}
        return answered(request, done, "resident_check", said)
    if not confirming:
        note(request, _me(request), "person.find", True, person.uid)
    context: dict[str, Any] = {
        "form": form,
        "phone": phone,
        "key": new_key(),
        "facts": [
            {"label": _("Name"), "value": mask_name(person.name) or _("not given")},
            {"label": _("Phone"), "value": mask_phone(phone)},
            {"label": _("Known as"), "value": say_level(person.level)},
        ],
    }
    status = UNPROCESSABLE if confirming else 200
    return render(request, "yishi/account/check_person.html", context, status=status)


def _seen(given: dict[str, Any], place: Place) -> account.Checked:
    building = Building.objects.filter(
        code=given["building"], community__line__startswith=place.line
    ).select_related("community")
    area: Decimal | None = given["area"]
    return account.Checked(
        Level(given["level"]),
        building.first() if given["building"] else None,
        given["room"],
        int(area * 10_000) if area is not None else None,
    )


def _buildings(place: Place) -> list[tuple[str, str]]:
    rows = Building.objects.filter(community__line__startswith=place.line)
    return [(row["code"], row["name"]) for row in rows.values("code", "name")[:BUILDINGS]]


def _place(request: HttpRequest, act: str) -> Place:
    """The place of the seat from which this person does `act`; the gate has found there is one."""
    seat = next(seat for _grant, seat in reach(actor_in(request), act) if seat is not None)
    return Place.objects.get(pk=seat.place_id)


def _me(request: HttpRequest) -> int | None:
    return actor_in(request).person_id


def _new_code() -> str:
    return f"{SYSTEM_ENTROPY.below(10**SLIP_DIGITS):0{SLIP_DIGITS}}"


def _sheet(
    request: HttpRequest, done: Done | Refusal, code: str, whose: str, purpose: SlipPurpose
) -> HttpResponse:
    """The slip to print. A repeated form has no code to show: only its index was kept."""
    if isinstance(done, Refusal):
        return refuse(request, done)
    if done.again:
        return refuse(request, Refusal("slip_printed"))
    resident = purpose is SlipPurpose.SIGN_IN
    seat = actor_in(request).seats[0]
    name = {"sign_in": "sign_in_slip", "password": "staff_first", "factor": "staff_sign_in"}
    context = {
        "code": f"{code[:4]} {code[4:]}",
        "whose": whose,
        "purpose": str(purpose),
        "resident": resident,
        "address": request.build_absolute_uri(reverse(name[purpose])),
        "office": seat.office,
        "at": timezone.localtime(now()),
        "hours": account.SLIP_HOURS,
        "sheet": sheet(reverse("slips" if resident else "staff_slips")),
    }
    response = render(request, "yishi/account/slip_sheet.html", context)
    response["Cache-Control"] = "no-store"
    return response


urls = [
    path("slips", slips, name="slips"),
    path("staff/slips", staff_slips, name="staff_slips"),
    path("residents/check", check, name="resident_check"),
]
