"""The first screen of those who deliberate: their bodies, and what their role is there for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.appointment import SEATS
from yishi.core.person import Actor, Role
from yishi.phrases.place import say_kind
from yishi.records.queries.seat import bodies_by_id

DELIBERATES = (Role.SECRETARY, Role.CONVENER, Role.MEMBER, Role.LEGAL_ADVISER)


def body_doors(actor: Actor) -> dict[Role, list[dict[str, str]]]:
    """Role → doors: of a seat to its body, of a secretary and an adviser to the bodies of their
    community. At most one statement, and none for others."""
    mine = [seat for seat in actor.seats if seat.role in DELIBERATES]
    ids = {seat.body_id for seat in mine if seat.role in SEATS and seat.body_id is not None}
    known = bodies_by_id(ids) if ids else {}
    found: dict[Role, list[dict[str, str]]] = {}
    for seat in mine:
        doors = found.setdefault(seat.role, [])
        if seat.role not in SEATS:
            if not doors:
                doors.append(
                    _door(reverse("bodies"), _("Who deliberates"), _("who sits, who convenes"))
                )
        elif body := known.get(seat.body_id or 0):
            href = reverse("body", args=[body["uid"]])
            doors.append(_door(href, body["name"], say_kind(body["kind"])))
    return found


def _door(href: str, word: str, hint: str) -> dict[str, str]:
    return {"href": href, "word": word, "hint": hint, "mark": "people"}


def say_part(role: Role) -> str:
    """What a role does in the course of a topic, in a sentence; "" for any other."""
    return {
        Role.SECRETARY: _(
            "You review each topic first: whose it is to decide, how large it is, and so which "
            "procedure it takes."
        ),
        Role.CONVENER: _(
            "You speak for your body: you call its meetings, record what it decided, and lead its "
            "stages. What is missing is named before a step is taken."
        ),
        Role.MEMBER: _(
            "You sit in a body that deliberates. Its quorum and its votes are counted of its seats."
        ),
        Role.LEGAL_ADVISER: _("You are asked for an opinion on methods and plans."),
    }.get(role, "")
