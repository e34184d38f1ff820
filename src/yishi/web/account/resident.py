"""The residents' door: phone and one-time code, or a slip from the community desk."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.acts import account
from yishi.acts.door import Ask
from yishi.core.person import VISITOR, SlipPurpose
from yishi.core.phone import mask_phone
from yishi.core.refusal import Refusal
from yishi.records.channels import channel
from yishi.records.models import Person
from yishi.records.queries.slip import use_slip
from yishi.records.wallclock import now
from yishi.web.account import codes
from yishi.web.account.door import allowed, let_in, next_of, note
from yishi.web.account.forms import CodeForm, PhoneForm, SlipForm
from yishi.web.gate import UNPROCESSABLE, new_key, page

SLOT = "yishi_phone_code"
NEXT = "yishi_next"
TOO_MANY = 429


@page("account.use", methods=("GET", "HEAD", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for a phone and sends a code to it. Known and unknown phones look the same."""
    onward = next_of(request)
    if not channel().sends:
        query = f"?{urlencode({'next': onward})}" if onward else ""
        return redirect(reverse("sign_in_slip") + query)
    form = PhoneForm(request.POST or None)
    if request.method != "POST":
        return _show(request, "sign_in", form, onward)
    if not form.is_valid():
        return _show(request, "sign_in", form, onward, UNPROCESSABLE)
    phone = form.cleaned_data["phone"]
    if not allowed(request, "send_code", phone):
        form.add_error(
            None,
            _(
                "A code was sent to this phone a moment ago, or too many were asked for. Please "
                "look at your messages, or wait a minute and ask again."
            ),
        )
        note(request, None, "code.refused", success=False)
        return _show(request, "sign_in", form, onward, TOO_MANY)
    if not codes.send_code(request, SLOT, phone, now()).sent:
        form.add_error(
            None,
            _(
                "The code could not be sent just now. Please try again later, or ask your "
                "community desk for a sign-in slip."
            ),
        )
        note(request, None, "code.failed", success=False)
        return _show(request, "sign_in", form, onward, 503)
    note(request, None, "code.sent", detail=mask_phone(phone))
    request.session[NEXT] = onward
    request.session["yishi_join_key"] = new_key()
    return redirect("sign_in_code")


@page("account.use", methods=("GET", "HEAD", "POST"))
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Takes the code. A phone nobody has joins with it; both then come in."""
    phone = codes.code_phone(request, SLOT)
    if not phone:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _show_code(request, form, phone)
    if not form.is_valid():
        return _show_code(request, form, phone, UNPROCESSABLE)
    if not allowed(request, "try_code", request.session.session_key or ""):
        return _back(request, codes.Tried.OVER)
    tried = codes.try_code(request, SLOT, form.cleaned_data["code"], now())
    if tried is not codes.Tried.RIGHT:
        note(request, None, "sign_in.code", success=False, detail=f"{tried} {mask_phone(phone)}")
        if tried is not codes.Tried.WRONG:
            return _back(request, tried)
        left = codes.tries_left(request, SLOT)
        form.add_error(
            "code",
            _("This is not the code we sent. You can try %(left)s more times.") % {"left": left},
        )
        return _show_code(request, form, phone, UNPROCESSABLE)
    person = Person.objects.with_phone(phone) or _join(request, phone)
    return _come_in(request, person, "code")


@page("account.use", methods=("GET", "HEAD", "POST"))
def sign_in_slip(request: HttpRequest) -> HttpResponse:
    """Takes a phone and the code printed by the desk. Wrong phone and wrong code read alike."""
    onward = next_of(request)
    form = SlipForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            phone, code = form.cleaned_data["phone"], codes.plain(form.cleaned_data["code"])
            if not allowed(request, "slip", phone):
                form.add_error(
                    None, _("Too many tries. Please wait 15 minutes, or ask at the desk.")
                )
                note(request, None, "sign_in.slip", success=False, detail="limit")
                return _show(request, "slip", form, onward, TOO_MANY)
            person = Person.objects.with_phone(phone)
            if person and use_slip(now(), person, SlipPurpose.SIGN_IN, code):
                request.session[NEXT] = onward
                return _come_in(request, person, "slip")
            note(request, person, "sign_in.slip", success=False, detail=mask_phone(phone))
            form.add_error(
                None,
                _(
                    "Phone and slip do not belong together, or the slip was used or is older "
                    "than 24 hours. The community desk prints a new one."
                ),
            )
    return _show(request, "slip", form, onward, status)


def _join(request: HttpRequest, phone: str) -> Person | None:
    """The new person; None only where the act was refused."""
    key = request.session.get("yishi_join_key") or new_key()
    done = account.join(Ask(VISITOR, now(), key), phone)
    if isinstance(done, Refusal) and done.code != "phone_known":
        return None
    return Person.objects.with_phone(phone)


def _come_in(request: HttpRequest, person: Person | None, how: str) -> HttpResponse:
    onward = request.session.get(NEXT) or reverse("home")
    if person is None or not person.is_active:
        note(request, person, "sign_in", success=False, detail=f"closed {how}")
        messages.error(request, _("This account is closed. Your community desk can help."))
        return redirect("sign_in")
    let_in(request, person, settings.RESIDENT_BACKEND, how)
    messages.success(request, _("You are signed in."))
    return redirect(onward)


def _back(request: HttpRequest, tried: codes.Tried) -> HttpResponse:
    said = {
        codes.Tried.LATE: _("This code is older than five minutes. Please ask for a new one."),
        codes.Tried.OVER: _("Five wrong tries: this code is void. Please ask for a new one."),
        codes.Tried.NONE: _("Please ask for a code first."),
    }
    request.session.pop(SLOT, None)
    messages.error(request, said[tried])
    return redirect("sign_in")


def _show_code(request: HttpRequest, form: CodeForm, phone: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "phone": mask_phone(phone),
        "minutes": codes.MINUTES,
        "shown": codes.shown_code(request, SLOT),
    }
    return render(request, "yishi/account/sign_in_code.html", context, status=status)


def _show(
    request: HttpRequest, name: str, form: object, onward: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "next": onward, "sends": channel().sends}
    return render(request, f"yishi/account/{name}.html", context, status=status)


urls = [
    path("sign-in", sign_in, name="sign_in"),
    path("sign-in/code", sign_in_code, name="sign_in_code"),
    path("sign-in/slip", sign_in_slip, name="sign_in_slip"),
]
