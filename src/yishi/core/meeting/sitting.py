"""People come, are counted, and sit down: the quorum live, with its arithmetic.

Source: norms.md §2 (quorum by body; a failed meeting is called again); practice G7, H2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

from yishi.core.meeting.calling import LONGEST, may_sign_in_from
from yishi.core.meeting.now import MeetingNow, MeetingState
from yishi.core.meeting.terms import Terms
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal

SOURCE = "norms.md §2"


class Part(StrEnum):
    """As what somebody is called, or sits there."""

    DECIDES = "decides"
    PARTY = "party"
    OBSERVER = "observer"
    GUEST = "guest"


class Comes(StrEnum):
    """What an invitation was answered."""

    COMES = "comes"
    AWAY = "away"


class Told(StrEnum):
    """How a call was delivered."""

    MESSAGE = "message"
    PHONE = "phone"
    DOOR = "door"
    PAPER = "paper"


@dataclass(frozen=True)
class Count:
    """The quorum of one body: `present` of `seats` signed in, `need` are wanted."""

    body: BodyKind
    seats: int
    present: int
    need: int
    met: bool
    source: str


def quorum(meeting: MeetingNow) -> tuple[Count, ...]:
    """The arithmetic, body by body; none where the form decides nothing. A body nobody sits in
    is never quorate."""
    bar = meeting.quorum
    found = []
    for body in meeting.decides:
        seats, here = meeting.seats.get(body, 0), meeting.present.get(body, 0)
        need = (bar.need(seats) if seats else 1) if bar else 0
        met = bar is None or bar.is_met(here, seats)
        found.append(Count(body, seats, here, need, met, bar.source if bar else ""))
    return tuple(found)


def must_be_quorate(meeting: MeetingNow) -> Refusal | None:
    """Refused: `quorum_missed` (need, have, of which body, by which rule)."""
    for one in quorum(meeting):
        if not one.met:
            return Refusal("quorum_missed", one.need, one.present, one.body, one.source)
    return None


def answer(comes: Comes, words: str) -> Event | Refusal:
    """A unit says that it comes, and who; or that it does not, and why. Refused: `why_missing`."""
    if comes is Comes.AWAY and not words.strip():
        return Refusal("why_missing", source="practice H2")
    facts = {"comes": int(comes is Comes.COMES)}
    return Event("meeting.answered", {"words": words.strip(), **facts}, facts)


def sign_in(
    meeting: MeetingNow, terms: Terms, now: datetime, *, already: bool, part: Part
) -> Event | Refusal:
    """签到, once. Refused: `meeting_early` (from when), `meeting_over` (until when),
    `signed_in_already`."""
    shut = _must_lie_open(meeting, terms, now)
    if shut:
        return shut
    if already:
        return Refusal("signed_in_already", 1, 1, "people", terms.source)
    facts: dict[str, int | str] = {"no": meeting.people + 1, "part": part.value}
    return Event("meeting.signed_in", facts, facts)


def must_know_code(code: str, given: str) -> Refusal | None:
    """The code on the sheet. Refused: `meeting_code_wrong`."""
    plain = "".join(given.split())
    if not code or not compare_digest(code.encode(), plain.encode()):
        return Refusal("meeting_code_wrong")
    return None


def open_(meeting: MeetingNow, terms: Terms, now: datetime) -> Event | Refusal:
    """开会. Refused: `meeting_early`, `meeting_over`, `quorum_missed`, `nobody_came`."""
    shut = _must_lie_open(meeting, terms, now)
    if shut:
        return shut
    short = must_be_quorate(meeting)
    if short:
        return short
    if meeting.people < 1:
        return Refusal("nobody_came", 1, meeting.people, "people", terms.source)
    facts = {"people": meeting.people, "items": len(meeting.items)}
    return Event("meeting.opened", facts, facts)


def lapse(meeting: MeetingNow, now: datetime) -> Event | Refusal:
    """Nobody opened it within a day: it counts as not held. Refused: `meeting_not_over`."""
    last = meeting.starts_at + LONGEST
    if now < last:
        return Refusal("meeting_not_over", last, now, "moment", SOURCE)
    facts: dict[str, int | str] = {"people": meeting.people, "items": len(meeting.items)}
    return Event("meeting.lapsed", facts, facts)


def _must_lie_open(meeting: MeetingNow, terms: Terms, now: datetime) -> Refusal | None:
    """The sheet lies open from shortly before the meeting until a day after it began."""
    first, last = may_sign_in_from(meeting.starts_at, terms.early), meeting.starts_at + LONGEST
    if now < first:
        return Refusal("meeting_early", first, now, "moment", terms.source)
    if now >= last:
        return Refusal("meeting_over", last, now, "moment", terms.source)
    return None


def fail(meeting: MeetingNow, now: datetime) -> Event | Refusal:
    """流会: too few came, or nobody opened it. Refused: `meeting_not_begun` (its hour has not
    come), `meeting_quorate` (there is no need to: enough are there)."""
    if now < meeting.starts_at:
        return Refusal("meeting_not_begun", meeting.starts_at, now, "moment", SOURCE)
    sits = must_be_quorate(meeting) is None and meeting.people > 0
    if sits and meeting.state is MeetingState.CALLED:
        return Refusal("meeting_quorate", source=SOURCE)
    facts: dict[str, int | str] = {"people": meeting.people, "items": len(meeting.items)}
    return Event("meeting.failed", facts, facts)
