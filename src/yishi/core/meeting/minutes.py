"""会议记录 and 会议纪要: written by one, signed off by another. Source: practice G7, H5."""

from __future__ import annotations

from collections.abc import Collection

from yishi.core.meeting.rule import Record
from yishi.core.meeting.terms import Terms
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Independence"


def write(minutes: str, summary: str) -> Event | Refusal:
    """Written, or written anew before it is signed off. Refused: `minutes_missing`."""
    if not minutes.strip():
        return Refusal("minutes_missing", source="practice H5")
    facts = {"summary": int(bool(summary.strip()))}
    return Event("meeting.written", facts, facts)


def sign_off(
    terms: Terms, held: Collection[Record], roles: Collection[Role], *, mine: bool
) -> Event | Refusal:
    """签发 by one of the `roles` the form names, who did not write it. Refused: `not_signer`,
    `record_missing` (what the form needs and what there is), `not_independent`."""
    if not set(terms.signs) & set(roles):
        return Refusal("not_signer", terms.signs, tuple(sorted(roles)), "role", terms.source)
    missing = tuple(one for one in terms.record if one not in held)
    if missing:
        return Refusal("record_missing", missing, tuple(sorted(held)), "record", terms.source)
    if mine:
        return Refusal("not_independent", "meeting.sign_off", "wrote", source=SOURCE)
    facts = {"papers": len(held)}
    return Event("meeting.signed", facts, facts)
