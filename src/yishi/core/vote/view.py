"""A roll on view: objections to it, and lines added, struck or put right before it is frozen.

Source: norms.md §2, election: voter list, objections, ruling.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from yishi.core.method.language import Unit
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.vote.now import VoteState

SOURCE = "norms.md §2"


class Wrong(StrEnum):
    """What an objection says: somebody is missing, should not stand on it, or an area is wrong."""

    MISSING = "missing"
    NOT_ENTITLED = "not_entitled"
    AREA = "area"


# The change that answers an objection of each kind.
ANSWERS = {
    "vote.voter_added": Wrong.MISSING,
    "vote.voter_struck": Wrong.NOT_ENTITLED,
    "vote.voter_corrected": Wrong.AREA,
}


def may_change(
    until_at: datetime | None, now: datetime, upheld: int, changed: int
) -> Refusal | None:
    """A line may be changed: while the roll is on view, and after it, when nobody can object any
    more, once for each objection that was upheld. `upheld`: those of the kind this change
    answers; `changed`: lines changed so since the end. Refused: `roll_settled`."""
    if until_at is None or now < until_at or changed < upheld:
        return None
    return Refusal("roll_settled", changed + 1, upheld, "objection", SOURCE)


def object_roll(
    state: VoteState,
    until_at: datetime | None,
    kind: str,
    words: str,
    now: datetime,
    waiting: int = 0,
) -> Event | Refusal:
    """An objection. `waiting`: those of this kind by the same person that are not ruled on: one
    at a time, so that nobody alone keeps a vote from opening. Refused: `roll_closed`,
    `roll_period_over`, `objection_unknown`, `words_missing`, `objection_waits`."""
    closed = _must_be_on_view(state)
    if closed:
        return closed
    if until_at is not None and now >= until_at:
        until = until_at.isoformat()
        return Refusal("roll_period_over", until, now.isoformat(), "moment", SOURCE)
    if kind not in set(Wrong):
        return Refusal("objection_unknown", tuple(Wrong), kind, "objection", SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    if waiting:
        return Refusal("objection_waits", 0, waiting, "objection", SOURCE)
    return Event("vote.roll_objected", {"kind": kind}, {"kind": kind})


def rule_roll(state: VoteState, ruled: bool, words: str, *, upheld: bool) -> Event | Refusal:
    """A ruling. Refused: `roll_closed`, `objection_ruled`, `words_missing`."""
    closed = _must_be_on_view(state)
    if closed:
        return closed
    if ruled:
        return Refusal("objection_ruled", 0, 1, "objection", SOURCE)
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    return Event("vote.roll_ruled", {"upheld": int(upheld)}, {"upheld": int(upheld)})


def add_voter(
    unit: Unit, state: VoteState, name: str, area_cm2: int, twice: int
) -> Event | Refusal:
    """One more line. `twice`: its accounts that stand on the roll already. Refused: `roll_closed`,
    `voter_name_missing`, `area_wrong`, `voter_twice`."""
    closed = _must_be_on_view(state)
    if closed:
        return closed
    if not name.strip():
        return Refusal("voter_name_missing", 1, 0, "name", SOURCE)
    wrong = _must_have_area(unit, area_cm2)
    if wrong:
        return wrong
    if twice:
        return Refusal("voter_twice", 0, twice, "voter", SOURCE)
    return Event("vote.voter_added")


def strike_voter(state: VoteState, why: str, *, struck: bool) -> Event | Refusal:
    """A line struck off. Refused: `roll_closed`, `voter_struck`, `why_missing`."""
    return _must_be_fit(state, why, struck) or Event("vote.voter_struck", {"why": why})


def correct_voter(
    unit: Unit, state: VoteState, area_cm2: int, why: str, *, struck: bool
) -> Event | Refusal:
    """An area put right. Refused: `roll_closed`, `voter_struck`, `why_missing`, `area_wrong`."""
    wrong = _must_be_fit(state, why, struck) or _must_have_area(unit, area_cm2)
    return wrong or Event("vote.voter_corrected", {"why": why})


def _must_be_fit(state: VoteState, why: str, struck: bool) -> Refusal | None:
    closed = _must_be_on_view(state)
    if closed:
        return closed
    if struck:
        return Refusal("voter_struck", 1, 0, "voter", SOURCE)
    return None if why.strip() else Refusal("why_missing", 1, 0, "words", SOURCE)


def _must_be_on_view(state: VoteState) -> Refusal | None:
    if state is VoteState.ROLL:
        return None
    return Refusal("roll_closed", VoteState.ROLL, state, "vote", SOURCE)


def _must_have_area(unit: Unit, area_cm2: int) -> Refusal | None:
    if unit is Unit.OWNER and area_cm2 <= 0:
        return Refusal("area_wrong", 1, area_cm2, "area", SOURCE)
    return None
