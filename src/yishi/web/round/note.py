"""On the page of a matter: that wishes are called for where it is, and how it becomes one."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yishi.core.person import Actor, Role
from yishi.core.round.proposing import TITLE_MAX
from yishi.records.models import Place
from yishi.records.queries.round import open_call_at


def call_note(place: Place, case_uid: str, line: str) -> dict[str, Any] | None:
    """{title, href} of `round/note.html`; None where nobody calls. No statement once warm."""
    uid, title = open_call_at(place)
    if not uid:
        return None
    words = " ".join(line.split())[:TITLE_MAX]
    asked = urlencode({"case": case_uid, "title": words})
    return {"title": title, "href": f"{reverse('propose', args=[uid])}?{asked}"}


def call_note_at_desk(
    actor: Actor, place: Place, case_uid: str, line: str
) -> dict[str, Any] | None:
    """The same for whoever sits at the desk of the place; None for others."""
    seats = actor.seats_as(Role.COMMUNITY_DESK)
    if not any(seat.place_id in place.ids for seat in seats):
        return None
    return call_note(place, case_uid, line)
