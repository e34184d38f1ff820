"""Signing somebody in at the desk, by name or phone."""

from collections.abc import Mapping
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.meeting import sitting
from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal
from yishi.records.queries.meeting_call import seated_named
from yishi.web.account.look_up import look_up
from yishi.web.meeting.deed import About


def sign_for(ask: Ask, about: About, given: Mapping[str, Any]) -> Done | Refusal:
    """A phone finds whose account it is, one at a time and noted, as at the counter; a name finds
    whoever has a seat here under it; any other name is taken at the desk's word."""
    row, words = about.shown.row, given["who"].strip()
    phone, uid, name = read_phone(words), "", words
    if not isinstance(phone, Refusal):
        person = look_up(about.request, phone)
        if isinstance(person, Refusal):
            return person
        uid, name = person.uid, ""
    elif not given["body"]:
        same = seated_named(row.place_id, words, about.shown.held.day)
        if len(same) == 1:
            uid, name = same[0], ""
    return sitting.sign_in_for(ask, row.uid, uid, name, given["body"])
