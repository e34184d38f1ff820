"""同类诉求 while writing: the open matters that are likely the same, each with why, and one tap.

Nobody's words are shown but one's own: of another's matter only its kind, its place, since when,
how many raised it and where it stands.
"""

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.case.state import CaseState
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.similar import SimilarRules
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.similar import say_why
from yishi.phrases.state import AWAITED, say_standing, say_state
from yishi.records.models import Place
from yishi.records.queries.report import due_of
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.similar import (
    Offer,
    Written,
    offers_to_resident,
    offers_to_staff,
    rules_offered_by,
)
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import actor_in

SALT = "yishi.similar"
# A form stays open over a night; what was offered is asked anew when it is sent.
OFFERED_FOR = 12 * 60 * 60
# The script that asks while one writes wants the offers alone.
SCRIPT = "X-Yishi-Similar"


def asks_only(request: HttpRequest) -> bool:
    """Whether a script asked, for the offers without the page around them."""
    return SCRIPT in request.headers


def rules_of(actor: Actor, act: str, now: datetime) -> SimilarRules | None:
    """The numbers in force where `actor` may do `act`: at the first of their seats."""
    seat = next((seat for _grant, seat in reach(actor, act) if seat is not None), None)
    place = Place.objects.filter(pk=seat.place_id).first() if seat else None
    return rules_offered_by(place, now) if place else None


def offered(request: HttpRequest, written: Written | None) -> dict[str, Any] | None:
    """The context of `pieces/similar.html` for a resident; None where nothing is offered here."""
    actor, now = actor_in(request), read_clock()
    rules = rules_offered_by(written.place, now) if written else None
    if written is None or rules is None:
        return None
    found = offers_to_resident(written, actor, rules, now)
    natures = {
        code: text.in_language(get_language() or "")
        for code, text in in_force(written.place, today_of(now)).terms.rules.natures.items()
    }
    return _context([_to_resident(offer, actor, natures, now) for offer in found])


def offered_to_staff(request: HttpRequest, written: Written | None) -> dict[str, Any] | None:
    """The same for staff who register it for somebody: with number, words and a link."""
    actor, now = actor_in(request), read_clock()
    rules = rules_offered_by(written.place, now) if written else None
    if written is None or rules is None:
        return None
    found = offers_to_staff(written, actor, rules, now)
    return _context([_to_staff(offer, now) for offer in found])


def chosen_in(request: HttpRequest) -> str:
    """The uid of the matter a resident taps to join; "" for one that was never offered to them."""
    try:
        person, uid = signing.loads(request.POST["join"], salt=SALT, max_age=OFFERED_FOR)
    except (signing.BadSignature, KeyError, ValueError):
        return ""
    return str(uid) if person == actor_in(request).person_id else ""


def _context(rows: list[dict[str, Any]]) -> dict[str, Any]:
    said = _("Matters that may be the same: %(many)s") % {"many": len(rows)}
    return {"rows": rows, "said": said if rows else ""}


def _common(offer: Offer, now: datetime) -> dict[str, Any]:
    row = offer.row
    place = (row["place__name"], row["building__name"])
    return {
        "place": " · ".join(name for name in place if name),
        "at": say_when(row["filed_at"], now),
        "exact": say_exact(row["filed_at"]),
        "residents": _("residents who raised it: %(many)s") % {"many": offer.residents},
        "why": say_why(offer.like),
        "state": say_state(row["state"]),
    }


def _to_resident(
    offer: Offer, actor: Actor, natures: dict[str, str], now: datetime
) -> dict[str, Any]:
    row = offer.row
    due = due_of(offer.clocks, AWAITED.get(CaseState(row["state"]), ()))
    return {
        **_common(offer, now),
        "kind": row["item_title"] or natures.get(row["nature"], _("A matter")),
        "standing": say_standing(
            row["state"], row["lead__name"] or "", due.due_at if due else None, now
        ),
        "mine": reverse("report", args=[offer.own]) if offer.own else "",
        "token": signing.dumps([actor.person_id, row["uid"]], salt=SALT),
    }


def _to_staff(offer: Offer, now: datetime) -> dict[str, Any]:
    row = offer.row
    return {
        **_common(offer, now),
        "kind": row["line"] or row["item_title"] or _("Without words"),
        "number": show_number(row["number"]),
        "href": reverse("case", args=[row["uid"]]),
        "unit": row["lead__name"] or "",
    }
