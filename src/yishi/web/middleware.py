"""Who asks, on every request: the actor by today's appointments, and their preferences."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from yishi.core.person import VISITOR, Actor, Level
from yishi.records.queries.actor import actor_of
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now


class CookieMiddleware:
    """Drops cookies that hold a NUL: a quoted cookie can spell one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class ActorMiddleware:
    """Sets `request.actor`, worked out on first use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    person = user if user.is_authenticated else None
    if person is not None and not by_staff_door(request):
        if not person.is_active:
            return VISITOR
        return Actor(person.pk, (), Level(person.level), name=person.name)
    return actor_of(person, today_of(now()))


def by_staff_door(request: HttpRequest) -> bool:
    """Whether this session came in with a password and a second factor: only then do the
    person's appointments count. Whoever proved no more than a phone acts as a resident."""
    return bool(request.session.get(BACKEND_SESSION_KEY) == settings.STAFF_BACKEND)
