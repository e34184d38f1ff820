"""Judges a second factor: a sent code, an app's, a recovery code, a printed slip, a passkey."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from yishi.core.person import SlipPurpose
from yishi.records.models import Person
from yishi.records.queries.slip import use_slip
from yishi.records.wallclock import now
from yishi.web.account import codes
from yishi.web.account.forms import PasskeyForm

KEY_KIND = Authenticator.Type.WEBAUTHN


def needs_no_message(person: Person) -> bool:
    """Whether an app or a passkey is set up, so that no code is sent unasked."""
    kinds = (Authenticator.Type.TOTP, KEY_KIND)
    return Authenticator.objects.filter(user=person, type__in=kinds).exists()


def matching(request: HttpRequest, slot: str, person: Person, code: str) -> str:
    """By which factor `code` is right, or empty. The code sent under `slot` is tried first."""
    if codes.try_code(request, slot, code, now()) is codes.Tried.RIGHT:
        return "code"
    for row in Authenticator.objects.filter(user=person).exclude(type=KEY_KIND):
        if row.wrap().validate_code(code):
            row.record_usage()
            return str(row.type)
    return "slip" if use_slip(now(), person, SlipPurpose.FACTOR, code) else ""


def by_passkey(request: HttpRequest, person: Person) -> str:
    """`webauthn` where the browser's answer in this form is right, else empty."""
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return ""
    try:
        credential = form.cleaned_data["credential"]
        webauthn.parse_authentication_response(credential)
        webauthn.complete_authentication(person, credential).record_usage()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return ""
    return "webauthn"
