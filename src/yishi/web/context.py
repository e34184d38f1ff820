"""What every page shows around its matter: place, doors, who is signed in, preferences."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.permit import reach
from yishi.core.person import VISITOR, Role
from yishi.phrases.role import say_role
from yishi.web.draft import owner_of
from yishi.web.gate import actor_in

DOORS = 4


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` and `prefs` for `yishi/base.html`; no query beyond the actor's own."""
    if not hasattr(request, "actor"):
        return {"shell": {}, "prefs": _prefs(request)}
    actor = actor_in(request)
    known = actor != VISITOR
    staff = bool(actor.seats)
    doors = _staff_doors(request) if staff else _resident_doors(request)
    seat = actor.seats[0] if staff else None
    role = say_role(seat.role if seat else Role.RESIDENT)
    return {
        "shell": {
            "home": reverse("home"),
            "place": seat.office if seat else "",
            "doors": doors[:DOORS],
            "more": doors[DOORS:],
            "who": {"role": role, "name": actor.name, "href": reverse("account")}
            if known
            else None,
            "sign_out": reverse("sign_out") if known else None,
            "sign_in": None if known else reverse("sign_in"),
            "outbox": owner_of(request) if reach(actor, "report.file_for") else "",
            "demo": _demo(role, actor.name, known) if settings.YISHI_DEMO else "",
        },
        "prefs": _prefs(request),
    }


def _prefs(request: HttpRequest) -> dict[str, Any]:
    mode = request.COOKIES.get("yishi_mode", "")
    return {
        "mode": mode if mode in ("dark", "light") else "",
        "elder": request.COOKIES.get("yishi_elder") == "on",
    }


def _door(request: HttpRequest, name: str, word: str, mark: str) -> dict[str, Any]:
    href = reverse(name)
    current = request.path == href if href == "/" else request.path.startswith(href)
    if name == "report_new":  # the poster of a building opens the same form
        current = current or request.path.startswith("/b/")
    return {"href": href, "word": word, "mark": mark, "current": current, "count": 0}


def _resident_doors(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        _door(request, "report_new", _("Report a matter"), "report"),
        _door(request, "talk", _("Discuss"), "talk"),
        _door(request, "report_list", _("My matters"), "mine"),
        _door(request, "board", _("Public board"), "board"),
    ]


STAFF_DOORS = (
    ("case.list", "case_list", gettext_noop("Matters"), "report"),
    ("call.list", "calls", gettext_noop("Calls for help"), "talk"),
    ("oversight.view", "oversight", gettext_noop("Oversight"), "verified"),
    ("listed.list", "listed", gettext_noop("Dated list"), "clock"),
    ("instant.list", "instant", gettext_noop("Instant answers"), "talk"),
    ("outside.list", "outside", gettext_noop("Higher systems"), "send"),
    ("figures.view", "figures", gettext_noop("Figures"), "board"),
    ("request.list", "requests", gettext_noop("Returns and rulings"), "back"),
    ("place.view", "places", gettext_noop("Places"), "place"),
    ("person.list", "people", gettext_noop("People"), "people"),
    ("rules.view", "rules", gettext_noop("Rules"), "ground"),
    ("audit.view", "audit", gettext_noop("Audit"), "verified"),
    ("topic.list", "topics", gettext_noop("Topics"), "talk"),
    ("meeting.list", "meetings", gettext_noop("Meetings"), "people"),
    ("body.list", "bodies", gettext_noop("Who deliberates"), "people"),
    ("board.view", "board", gettext_noop("Public board"), "talk"),
)


def _staff_doors(request: HttpRequest) -> list[dict[str, Any]]:
    """What is mine to do first, then whatever this person's grants open."""
    actor = actor_in(request)
    opened = [row for row in STAFF_DOORS if reach(actor, row[0])]
    return [_door(request, "work", _("Mine to do"), "mine")] + [
        _door(request, name, _(word), mark) for _act, name, word, mark in opened
    ]


def _demo(role: str, name: str, known: bool) -> str:
    if not known:
        return _("Demo: you are a visitor")
    return _("Demo: you are %(role)s %(name)s") % {"role": role, "name": name}
