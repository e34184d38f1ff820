"""The staff door: password, then a second factor, then, where it is old, a new password.

Nobody is signed in before the last step: until then the session only remembers how far somebody
has come. Source: norms.md §5, 等保 level 3: two factors, lock-out, password age.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishi.core.person import SlipPurpose
from yishi.core.phone import mask_phone
from yishi.records.channels import channel
from yishi.records.models import Person
from yishi.records.queries.slip import use_slip
from yishi.records.wallclock import now
from yishi.web.account import codes
from yishi.web.account.door import allowed, let_in, next_of, note
from yishi.web.account.forms import (
    CodeForm,
    FirstForm,
    NewPasswordForm,
    StaffForm,
)
from yishi.web.account.second import by_passkey, matching, needs_no_message
from yishi.web.gate import UNPROCESSABLE, page

PENDING = "yishi_staff"
SLOT = "yishi_staff_code"
MINUTES = 15
"""How long somebody may take from the password to the last step."""
TOO_MANY = 429


@page("account.use", methods=("GET", "HEAD", "POST"))
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Login name and password. An unknown name and a wrong password read alike."""
    form = StaffForm(request.POST or None)
    context = {"form": form, "next": next_of(request)}
    if request.method != "POST":
        return render(request, "yishi/account/staff_sign_in.html", context)
    if form.is_valid() and not allowed(request, "password"):
        form.add_error(None, _("Too many tries from here. Please wait ten minutes."))
        return render(request, "yishi/account/staff_sign_in.html", context, status=TOO_MANY)
    if form.is_valid():
        login = form.cleaned_data["login"]
        person = authenticate(request, username=login, password=form.cleaned_data["password"])
        if isinstance(person, Person):
            note(request, person, "staff.password", subject=person.uid)
            return _second_step(request, person, False, next_of(request))
        known = Person.objects.filter(login=login).first()
        note(request, known, "staff.password", success=False, detail=_known_login(known))
        form.add_error(
            None,
            _(
                "Login name and password do not belong together. After five wrong tries this "
                "name is locked for 15 minutes. If you have forgotten your password, your "
                "administrator prints a slip for a new one."
            ),
        )
    return render(request, "yishi/account/staff_sign_in.html", context, status=UNPROCESSABLE)


@page("account.use", methods=("GET", "HEAD", "POST"))
def staff_first(request: HttpRequest) -> HttpResponse:
    """A printed slip instead of a password: the second step follows, then a new password."""
    form = FirstForm(request.POST or None)
    context = {"form": form, "next": next_of(request)}
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            login, code = form.cleaned_data["login"], codes.plain(form.cleaned_data["code"])
            person = Person.objects.filter(login=login, is_active=True).first()
            if not allowed(request, "slip", f"staff {login}"):
                form.add_error(None, _("Too many tries. Please wait 15 minutes."))
                note(request, person, "staff.slip", success=False, detail="limit")
                status = TOO_MANY
            elif person and use_slip(now(), person, SlipPurpose.PASSWORD, code):
                note(request, person, "staff.slip", subject=person.uid)
                return _second_step(request, person, True, next_of(request))
            else:
                note(request, person, "staff.slip", success=False)
                form.add_error(
                    None,
                    _(
                        "Login name and slip do not belong together, or the slip was used or is "
                        "older than 24 hours. Your administrator prints a new one."
                    ),
                )
    return render(request, "yishi/account/staff_first.html", context, status=status)


@page("account.use", methods=("GET", "HEAD", "POST"))
def staff_second(request: HttpRequest) -> HttpResponse:
    """The second factor: sent code, authenticator app, recovery code, printed slip or passkey."""
    person = pending(request, "second")
    if person is None:
        return _start_again(request)
    if request.method == "POST" and "send" in request.POST:
        _send(request, person)
        return redirect("staff_second")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method != "POST":
        return _show_second(request, person, form)
    if not allowed(request, "factor", person.uid):
        note(request, person, "staff.factor", success=False, detail="limit")
        request.session.pop(PENDING, None)
        messages.error(request, _("Too many wrong codes. Please wait 15 minutes and start again."))
        return redirect("staff_sign_in")
    how = by_passkey(request, person) if "credential" in request.POST else ""
    if not how and form.is_valid():
        how = matching(request, SLOT, person, codes.plain(form.cleaned_data["code"]))
    if how:
        note(request, person, "staff.factor", subject=person.uid, detail=how)
        return _after_factor(request, person, how)
    note(request, person, "staff.factor", success=False)
    if "credential" in request.POST:
        messages.error(request, _("This passkey does not fit. Please try again or use a code."))
    elif form.is_valid():
        form.add_error("code", _("This code is wrong, used or too old."))
    return _show_second(request, person, form, UNPROCESSABLE)


@page("account.use", methods=("GET", "HEAD", "POST"))
def staff_password(request: HttpRequest) -> HttpResponse:
    """A new password, where there is none yet or the old one is past its days."""
    person = pending(request, "password")
    if person is None:
        return _start_again(request)
    form = NewPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(person, form.cleaned_data["new"], now())
        note(request, person, "staff.new_password", subject=person.uid)
        return _finish(request, person, request.session[PENDING]["how"])
    status = UNPROCESSABLE if request.method == "POST" else 200
    first = not person.has_usable_password()
    context = {"form": form, "first": first, "days": settings.PASSWORD_DAYS}
    return render(request, "yishi/account/staff_password.html", context, status=status)


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """What axes shows while a login name is locked at this address."""
    note(request, None, "staff.locked", success=False)
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes}
    return render(request, "yishi/account/locked.html", context, status=TOO_MANY)


def set_password(person: Person, password: str, at: datetime) -> None:
    """Keeps the new password and when it was set; slips for a password are void by then."""
    person.set_password(password)
    person.password_set_at = at
    person.save(update_fields=["password", "password_set_at", "phone_index"])


def must_change(person: Person, at: datetime) -> bool:
    """Whether the password is past PASSWORD_DAYS, or nobody knows when it was set."""
    age = timedelta(days=settings.PASSWORD_DAYS)
    return person.password_set_at is None or at - person.password_set_at >= age


def pending(request: HttpRequest, step: str) -> Person | None:
    """Who is on their way in at `step`; None when nobody is, or they took too long."""
    kept = request.session.get(PENDING)
    if not kept or kept["step"] != step or now().timestamp() >= kept["until"]:
        return None
    return Person.objects.filter(uid=kept["person"], is_active=True).first()


def _known_login(person: Person | None) -> str:
    return "known login" if person else "unknown login"


def _second_step(request: HttpRequest, person: Person, slip: bool, onward: str) -> HttpResponse:
    request.session.cycle_key()
    request.session[PENDING] = {
        "person": person.uid,
        "step": "second",
        "slip": slip,
        "until": (now() + timedelta(minutes=MINUTES)).timestamp(),
        "next": onward,
        "how": "",
    }
    if not needs_no_message(person):
        _send(request, person)
    return redirect("staff_second")


def _send(request: HttpRequest, person: Person) -> None:
    if not person.phone or not channel().sends:
        return
    if not allowed(request, "send_code", f"staff {person.uid}"):
        messages.info(request, _("A code was sent a moment ago. It may take a minute to arrive."))
        return
    if codes.send_code(request, SLOT, person.phone, now()).sent:
        note(request, person, "code.sent", subject=person.uid)
    else:
        note(request, person, "code.failed", success=False, subject=person.uid)
        messages.error(request, _("The code could not be sent just now."))


def _after_factor(request: HttpRequest, person: Person, how: str) -> HttpResponse:
    kept = request.session[PENDING]
    if kept["slip"] or must_change(person, now()):
        request.session[PENDING] = {**kept, "step": "password", "how": how}
        return redirect("staff_password")
    return _finish(request, person, how)


def _finish(request: HttpRequest, person: Person, how: str) -> HttpResponse:
    onward = request.session[PENDING]["next"] or reverse("work")
    let_in(request, person, settings.STAFF_BACKEND, f"password {how}")
    return redirect(onward)


def _start_again(request: HttpRequest) -> HttpResponse:
    if PENDING in request.session and now().timestamp() >= request.session[PENDING]["until"]:
        del request.session[PENDING]
        messages.info(request, _("That took more than 15 minutes. Please start again."))
    return redirect("staff_sign_in")


def _show_second(
    request: HttpRequest, person: Person, form: CodeForm, status: int = 200
) -> HttpResponse:
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    passkey = Authenticator.Type.WEBAUTHN in kinds
    context = {
        "form": form,
        "sent": mask_phone(codes.code_phone(request, SLOT)),
        "shown": codes.shown_code(request, SLOT),
        "can_send": bool(person.phone) and channel().sends,
        "app": Authenticator.Type.TOTP in kinds,
        "recovery": Authenticator.Type.RECOVERY_CODES in kinds,
        "passkey": webauthn.begin_authentication(person) if passkey else None,
    }
    return render(request, "yishi/account/staff_second.html", context, status=status)


urls = [
    path("staff/sign-in", staff_sign_in, name="staff_sign_in"),
    path("staff/sign-in/first", staff_first, name="staff_first"),
    path("staff/sign-in/second", staff_second, name="staff_second"),
    path("staff/sign-in/password", staff_password, name="staff_password"),
]
