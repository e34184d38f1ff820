"""Signs staff out who have not touched the page for half an hour.

The moment of the last request lies in a signed cookie, not in the session: writing a session on
every click would cost every page a write. Source: norms.md §5, 等保 level 3, session time-out.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yishi.records import audit
from yishi.records.models import Person
from yishi.records.wallclock import now
from yishi.web.account.door import address_of
from yishi.web.middleware import by_staff_door

COOKIE = "yishi_seen"


class IdleMiddleware:
    """Ends a staff session after STAFF_IDLE_SECONDS without a request, and says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = request.user.is_authenticated and by_staff_door(request)
        if staff and now() - _seen(request) >= timedelta(seconds=settings.STAFF_IDLE_SECONDS):
            minutes = settings.STAFF_IDLE_SECONDS // 60
            audit.note(now(), request.user.pk, "session.idle", address=address_of(request))
            logout(request)
            messages.info(
                request,
                _("You were signed out after %(minutes)s minutes without use.")
                % {"minutes": minutes},
            )
        response = self.get_response(request)
        if request.user.is_authenticated and by_staff_door(request):
            response.set_cookie(
                COOKIE,
                _signer(request).sign(str(int(now().timestamp()))),
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response


def _signer(request: HttpRequest) -> Signer:
    """Signs for this one session: another session's moment says nothing about it."""
    return Signer(salt=f"yishi seen {request.session.session_key}")


def _seen(request: HttpRequest) -> datetime:
    """The last request of this session; without a cookie, when it was signed in."""
    # Django wrote last_login by the machine's clock; the demo's may have been moved.
    moved = timedelta(seconds=settings.YISHI_CLOCK_OFFSET_SECONDS)
    last = cast(Person, request.user).last_login
    signed_in = last + moved if last else now()
    try:
        stamp = _signer(request).unsign(request.COOKIES[COOKIE])
    except (KeyError, BadSignature):
        return signed_in
    return datetime.fromtimestamp(int(stamp), signed_in.tzinfo)
