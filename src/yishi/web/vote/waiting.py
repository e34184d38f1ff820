"""Votes that wait for whoever looks: for the first pages of residents and of staff."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.person import Actor
from yishi.phrases.clock import say_clock
from yishi.records.queries.vote_mine import votes_waiting


def vote_rows(actor: Actor, moment: datetime) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html`: votes one may cast and has not, the earliest end first.
    One statement, none for a visitor."""
    return [
        {
            "href": reverse("vote_cast", args=[row["uid"]]),
            "number": show_number(row["topic__number"]),
            "line": row["topic__title"],
            "place": row["place__name"],
            "clock": say_clock(row["until_at"], None, moment, "", row["opened_at"]),
            "marks": [{"word": _("Your vote is missing"), "mark": "check", "kind": "soon"}],
        }
        for row in votes_waiting(actor, moment)
    ]
