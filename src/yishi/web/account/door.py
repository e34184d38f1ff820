"""Letting somebody in: where they come from, where they go, by which door, how often."""

from datetime import datetime
from ipaddress import ip_address
from typing import Any

from allauth.core.internal import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yishi.records import audit
from yishi.records.models import Person
from yishi.records.wallclock import now

LIMITS = {
    # Sending a code costs money and patience; a whole office may share one address.
    "send_code": "60/h/ip,1/30s/key,8/h/key",
    "try_code": "12/10m/key",
    "slip": "60/h/ip,6/15m/key",
    "password": "60/10m/ip",
    "factor": "8/15m/key",
    "look_up": "60/h/key",
    # Wrong ones alone: a whole hall may share one address, and six digits must not be found by
    # trying.
    "meeting_code": "60/10m/ip",
}


class ResidentDoor(ModelBackend):
    """Marks a session that came in with a phone alone. Nobody authenticates by it directly."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        """Never anybody: codes and slips are checked before the door opens."""


def address_of(request: HttpRequest) -> str:
    """The client's address; behind our proxy, the one the proxy saw. Always a real address:
    PostgreSQL keeps no other, and a header may say anything."""
    seen = ""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    for address in (seen, str(request.META.get("REMOTE_ADDR", ""))):
        try:
            return str(ip_address(address.partition("%")[0]))
        except ValueError:
            continue
    return "0.0.0.0"  # noqa: S104


def allowed(request: HttpRequest, action: str, key: str = "", *, asks: bool = False) -> bool:
    """Counts one try of `action`, whether it reads or sends; False once a limit of LIMITS is
    reached. `asks`: only asks whether one more would be let through, and counts nothing."""
    used = ratelimit.consume(
        request,
        app="yishi",
        action=action,
        config=LIMITS,
        key=key,
        dry_run=asks,
        limit_get=True,
    )
    return used is not None


def next_of(request: HttpRequest) -> str:
    """The local page to go on to, or empty. An address of another host is dropped."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted[:500] if safe and wanted.startswith("/") else ""


def note(
    request: HttpRequest,
    person: Person | int | None,
    what: str,
    success: bool = True,
    subject: str = "",
    detail: str = "",
    at: datetime | None = None,
) -> None:
    """One audit row with the address of this request."""
    audit.note(at or now(), person, what, subject, success, address_of(request), detail)


def let_in(request: HttpRequest, person: Person, backend: str, how: str) -> None:
    """Signs `person` in by the door `backend`: new session key, listed session, audit row.

    Nothing of an earlier, unfinished sign-in stays in the session.
    """
    kept = list(request.session.keys())
    for name in kept:
        if name.startswith("yishi_"):
            del request.session[name]
    login(request, person, backend=backend)
    UserSession.objects.create_from_request(request)
    note(request, person, "sign_in", subject=person.uid, detail=how)


def home_of(backend: str) -> str:
    """Where a door leads when no page was asked for."""
    return reverse("work" if backend == settings.STAFF_BACKEND else "home")
