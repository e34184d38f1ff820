"""One's own account: name, level, sessions, password, own data as a file, signing out."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishi.acts import account
from yishi.core.permit import reach
from yishi.core.person import VISITOR
from yishi.core.phone import mask_phone
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.person import say_level
from yishi.phrases.refusal import say_refusal
from yishi.phrases.role import say_seat
from yishi.records.models import Person
from yishi.records.queries.own import own_data
from yishi.records.wallclock import now
from yishi.web.account.door import allowed, note
from yishi.web.account.forms import ChangePasswordForm, NameForm
from yishi.web.account.staff import set_password
from yishi.web.gate import UNPROCESSABLE, View, actor_in, ask_in, new_key, page
from yishi.web.middleware import by_staff_door

SESSIONS = 20


def signed_in(view: View) -> View:
    """A page of one's own account: a visitor is sent to sign in first."""

    def own(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_in(request) == VISITOR:
            return redirect(f"{reverse('sign_in')}?next={request.path}")
        return view(request, *args, **kwargs)

    return own


def person_in(request: HttpRequest) -> Person:
    """The person signed in."""
    return cast(Person, request.user)


@page("account.use", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session."""
    if request.user.is_authenticated:
        person = person_in(request)
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
        note(request, person, "sign_out", subject=person.uid)
        messages.success(request, _("You are signed out."))
    return redirect("home")


@page("account.use")
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    person = person_in(request)
    return _show(request, person, NameForm(initial={"name": person.name}))


@page("account.correct", methods=("POST",))
def correct_name(request: HttpRequest) -> HttpResponse:
    """Corrects one's own name."""
    person = person_in(request)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form, UNPROCESSABLE)
    done = account.correct_name(ask_in(request), form.cleaned_data["name"])
    if isinstance(done, Refusal):
        form.add_error("name", str(say_refusal(done)["missing"]))
        return _show(request, person, form, UNPROCESSABLE)
    note(request, person, "account.corrected", subject=person.uid)
    messages.success(request, _("Your name is corrected."))
    return redirect("account")


@page("account.use", methods=("POST",))
@signed_in
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends every other session of this person."""
    person = person_in(request)
    others = UserSession.objects.filter(user=person).exclude(
        session_key=request.session.session_key
    )
    ended = 0
    for session in others:
        session.end()
        ended += 1
    note(request, person, "session.ended", subject=person.uid, detail=str(ended))
    messages.success(request, _("Every other device is signed out."))
    return redirect("account")


@page("account.use")
@signed_in
def download(request: HttpRequest) -> HttpResponse:
    """One's own copy: all that is kept about oneself, as a JSON file."""
    person = person_in(request)
    note(request, person, "account.copy", subject=person.uid)
    response = JsonResponse(
        own_data(person, now()), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = 'attachment; filename="yishi-account.json"'
    response["Cache-Control"] = "no-store"
    return response


@page("account.use", methods=("GET", "HEAD", "POST"))
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """Staff change their password; every other session ends with the old one."""
    person = person_in(request)
    if not by_staff_door(request):
        return redirect("account")
    form = ChangePasswordForm(person, request.POST or None)
    if request.method == "POST" and not allowed(request, "factor", f"password {person.uid}"):
        form.add_error(None, _("Too many tries. Please wait 15 minutes."))
        note(request, person, "staff.new_password", success=False, detail="limit")
    elif request.method == "POST" and form.is_valid():
        if person.check_password(form.cleaned_data["present"]):
            set_password(person, form.cleaned_data["new"], now())
            UserSession.objects.filter(session_key=request.session.session_key).delete()
            update_session_auth_hash(request, person)
            UserSession.objects.create_from_request(request)
            note(request, person, "staff.new_password", subject=person.uid)
            messages.success(request, _("Your password is changed."))
            return redirect("account")
        note(request, person, "staff.new_password", success=False, subject=person.uid)
        form.add_error("present", _("This is not your present password."))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/account/change_password.html", {"form": form}, status=status)


def _show(request: HttpRequest, person: Person, form: NameForm, status: int = 200) -> HttpResponse:
    staff = by_staff_door(request)
    key = request.session.session_key
    sessions = [
        {
            "here": row.session_key == key,
            "device": _device(row.user_agent),
            "address": row.ip,
            "at": say_when(row.created_at, now()),
            "exact": say_exact(row.created_at),
        }
        for row in UserSession.objects.filter(user=person).order_by("-created_at")[:SESSIONS]
    ]
    kinds = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    context = {
        "form": form,
        "key": new_key(),
        "staff": staff,
        "facts": _facts(request, person),
        "sessions": sessions,
        "counter": _counter(request),
        "kinds": set(kinds) if staff else set(),
    }
    return render(request, "yishi/account/show.html", context, status=status)


def _counter(request: HttpRequest) -> list[dict[str, str]]:
    """The pages for people at the counter that this person may open."""
    return [
        {"href": reverse(name), "word": word, "mark": mark}
        for act, name, word, mark in (
            ("person.sign_slip", "slips", _("Sign-in slip for a resident"), "print"),
            ("person.check", "resident_check", _("Check a resident"), "check"),
            ("person.staff_slip", "staff_slips", _("Slip for a member of staff"), "print"),
        )
        if reach(actor_in(request), act)
    ]


def _facts(request: HttpRequest, person: Person) -> list[dict[str, str]]:
    facts = [
        {"label": _("Phone"), "value": mask_phone(person.phone) or _("none")},
        {"label": _("Known as"), "value": say_level(person.level)},
    ]
    seats = actor_in(request).seats
    if seats:
        words = [say_seat(seat.role, seat.office) for seat in seats]
        facts.append({"label": _("Appointments"), "value": "；".join(words)})
        facts.append({"label": _("Login name"), "value": person.login})
    return facts


def _device(agent: str) -> str:
    """A browser and a system in words; unknown ones say so."""
    systems = (
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("UOS", "统信 UOS"),
        ("Kylin", "麒麟"),
        ("Linux", "Linux"),
    )
    programs = (
        ("MicroMessenger", _("WeChat")),
        ("Edg/", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    found = [
        next((word for mark, word in table if mark in agent), "") for table in (programs, systems)
    ]
    return " · ".join(filter(None, found)) or _("Another device")


urls = [
    path("sign-out", sign_out, name="sign_out"),
    path("account", show, name="account"),
    path("account/name", correct_name, name="account_name"),
    path("account/sessions", end_sessions, name="account_sessions"),
    path("account/data", download, name="account_data"),
    path("account/password", change_password, name="account_password"),
]
