"""Second factors of staff: authenticator app, passkeys, recovery codes. Offered, never forced."""

from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from yishi.records.secret import open_text, seal_text
from yishi.web.account.codes import plain
from yishi.web.account.door import allowed, note
from yishi.web.account.forms import FactorCodeForm, PasskeyForm
from yishi.web.account.own import person_in, signed_in
from yishi.web.gate import UNPROCESSABLE, View, missing, page
from yishi.web.middleware import by_staff_door

SECRET = "yishi_totp_secret"  # noqa: S105
PASSKEYS = 10
TOTP_KIND, KEY_KIND = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
RECOVERY_KIND = Authenticator.Type.RECOVERY_CODES


def staff_only(view: View) -> View:
    """Second factors belong to the staff door; to anybody else these pages do not exist."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if by_staff_door(request) else missing(request)

    return signed_in(guarded)


@page("account.use")
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """What there is, and what may be added."""
    rows = Authenticator.objects.filter(user=person_in(request)).order_by("id")
    context = {
        "app": next((_token(row) for row in rows if row.type == TOTP_KIND), ""),
        "recovery": next((row for row in rows if row.type == RECOVERY_KIND), None),
        "passkeys": [
            {
                "token": _token(row),
                "name": row.wrap().name,
                "at": timezone.localtime(row.created_at),
            }
            for row in rows
            if row.type == KEY_KIND
        ],
    }
    return render(request, "yishi/account/factors.html", context)


@page("account.use", methods=("GET", "HEAD", "POST"))
@staff_only
def add_app(request: HttpRequest) -> HttpResponse:
    """Shows the secret as a QR code and in letters, and takes one code as proof."""
    person = person_in(request)
    if Authenticator.objects.filter(user=person, type=TOTP_KIND).exists():
        return redirect("factors")
    sealed = request.session.get(SECRET)
    secret = open_text(sealed) if sealed else generate_totp_secret()
    if not sealed:
        request.session[SECRET] = seal_text(secret)
    form = FactorCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "factor", f"app {person.uid}"):
            form.add_error(None, _("Too many tries. Please wait 15 minutes."))
        elif validate_totp_code(secret, plain(form.cleaned_data["code"])):
            TOTP.activate(person, secret)
            del request.session[SECRET]
            note(request, person, "factor.added", subject=person.uid, detail="totp")
            return _recovery_next(request, _("The authenticator app is added."))
        else:
            form.add_error(
                "code", _("This code does not fit. Please check the clock of your phone.")
            )
    address = get_adapter().build_totp_url(person, secret)
    context = {
        "form": form,
        "qr": segno.make(address, micro=False).svg_data_uri(scale=5, border=4),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/account/factor_app.html", context, status=status)


@page("account.use", methods=("POST",))
@staff_only
def remove(request: HttpRequest, token: str) -> HttpResponse:
    """Removes one of one's own factors; the code by message remains."""
    person = person_in(request)
    rows = Authenticator.objects.filter(user=person)
    row = next((row for row in rows if _token(row) == token), None)
    if row is None:
        return missing(request)
    row.delete()
    delete_dangling_recovery_codes(person)
    note(request, person, "factor.removed", subject=person.uid, detail=str(row.type))
    messages.success(request, _("It is removed."))
    return redirect("factors")


@page("account.use", methods=("GET", "HEAD", "POST"))
@staff_only
def add_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey, made by the browser. This one page needs a script."""
    person = person_in(request)
    if Authenticator.objects.filter(user=person, type=KEY_KIND).count() >= PASSKEYS:
        messages.info(request, _("You have ten passkeys. Please remove one first."))
        return redirect("factors")
    # A form sent with nothing in it was sent too.
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid() and _register(person, form):
            note(request, person, "factor.added", subject=person.uid, detail="webauthn")
            return _recovery_next(request, _("The passkey is added."))
        form.errors.clear()
        form.add_error(None, _("The passkey could not be added. Please try again."))
    context = {"form": form, "options": webauthn.begin_registration(person, passwordless=False)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "yishi/account/factor_passkey.html", context, status=status)


def _register(person: Any, form: PasskeyForm) -> bool:
    credential = form.cleaned_data["credential"]
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return False
    webauthn.WebAuthn.add(person, form.cleaned_data["name"] or _("Passkey"), credential)
    return True


@page("account.use", methods=("GET", "HEAD", "POST"))
@staff_only
def recovery(request: HttpRequest) -> HttpResponse:
    """Ten codes for the day the phone is gone. A POST makes new ones, shown this once."""
    person = person_in(request)
    rows = Authenticator.objects.filter(user=person)
    if not rows.exclude(type=RECOVERY_KIND).exists():
        return redirect("factors")
    fresh: list[str] = []
    if request.method == "POST":
        rows.filter(type=RECOVERY_KIND).delete()
        made = RecoveryCodes.activate(person)
        fresh = [f"{code[:4]}-{code[4:]}" for code in made.get_unused_codes()]
        note(request, person, "factor.recovery", subject=person.uid)
    row = rows.filter(type=RECOVERY_KIND).first()
    context = {"fresh": fresh, "left": len(row.wrap().get_unused_codes()) if row else 0}
    response = render(request, "yishi/account/factor_recovery.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _token(row: Authenticator) -> str:
    """A name for a row of the library's table; its integer key stays inside."""
    return salted_hmac("yishi factor", str(row.pk)).hexdigest()[:20]


def _recovery_next(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    has = Authenticator.objects.filter(user=person_in(request), type=RECOVERY_KIND).exists()
    return redirect("factors" if has else "factor_recovery")


urls = [
    path("account/factors", show, name="factors"),
    path("account/factors/app", add_app, name="factor_app"),
    path("account/factors/passkey", add_passkey, name="factor_passkey"),
    path("account/factors/recovery", recovery, name="factor_recovery"),
    path("account/factors/<slug:token>/remove", remove, name="factor_remove"),
]
