"""A meeting is called: by whom, in which form, how long before it, about what.

Source: practice G3, G7, H2; norms.md §2, notice and announced topics.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from yishi.core.calendar import Calendar, CalendarMissing, Span, due
from yishi.core.meeting.now import MeetingNow
from yishi.core.meeting.terms import Terms
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

SOURCE = "practice G7 居民恳谈日"
TITLE_MAX, WHERE_MAX = 80, 120
# Further off than two years is a slip of the hand. Ours.
CALLED_WITHIN = timedelta(days=2 * 366)
# A meeting ends on the day it begins or in the night after. Ours.
LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class Call:
    """What is called: its title and place, its moments, how many items, and why it cannot wait,
    "" where it keeps the notice."""

    number: str
    title: str
    where: str
    starts_at: datetime
    ends_at: datetime | None = None
    items: int = 0
    urgent: str = ""
    again: bool = False


def earliest(terms: Terms, calendar: Calendar, now: datetime, *, again: bool = False) -> datetime:
    """The first moment at which a meeting called now may begin. Raises CalendarMissing."""
    return due(now, (terms.again if again else terms.notice).span, calendar)


def call(call: Call, terms: Terms, calendar: Calendar, now: datetime) -> Event | Refusal:
    """会议通知. Refused: `title_missing`, `title_too_long`, `where_missing`, `where_too_long`,
    `meeting_past`, `meeting_far`, `meeting_ends_wrong`, `agenda_missing` (the form needs an
    item), `calendar_missing`, `notice_short` (need: the first moment the rule allows; have: the
    moment asked for; by which rule), unless `urgent` says why it cannot wait; a notice that is
    the body's own by law is kept all the same."""
    if not call.title.strip():
        return Refusal("title_missing", source=SOURCE)
    if len(call.title.strip()) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(call.title.strip()), "characters")
    if not call.where.strip():
        return Refusal("where_missing", source=SOURCE)
    if len(call.where.strip()) > WHERE_MAX:
        return Refusal("title_too_long", WHERE_MAX, len(call.where.strip()), "characters")
    if call.starts_at <= now:
        return Refusal("meeting_past", now, call.starts_at, "moment", SOURCE)
    if call.starts_at > now + CALLED_WITHIN:
        return Refusal("meeting_far", now + CALLED_WITHIN, call.starts_at, "moment")
    ends = call.ends_at
    if ends is not None and not call.starts_at < ends <= call.starts_at + LONGEST:
        return Refusal("meeting_ends_wrong", call.starts_at, ends, "moment")
    if terms.items and call.items < 1:
        return Refusal("agenda_missing", 1, call.items, "item", terms.source)
    if terms.is_fixed or not call.urgent.strip():
        limit = terms.again if call.again else terms.notice
        try:
            first = earliest(terms, calendar, now, again=call.again)
        except CalendarMissing as missing:
            return Refusal("calendar_missing", need=missing.year, source=limit.source)
        if call.starts_at < first:
            return Refusal("notice_short", first, call.starts_at, "moment", limit.source)
    params: dict[str, object] = {
        "number": call.number,
        "title": call.title.strip(),
        "where": call.where.strip(),
        "at": call.starts_at.isoformat(),
        "urgent": call.urgent.strip(),
    }
    facts: dict[str, int | str] = {
        "form": terms.form.value,
        "items": call.items,
        "short": int(bool(call.urgent.strip())),
    }
    return Event("meeting.called", {**params, **facts}, facts)


def cancel(meeting: MeetingNow, why: str) -> Event | Refusal:
    """取消, with the reason everybody reads. Refused: `why_missing`."""
    if not why.strip():
        return Refusal("why_missing", source=SOURCE)
    facts = {"invited": meeting.invited}
    return Event("meeting.cancelled", {"words": why.strip(), **facts}, facts)


def may_sign_in_from(starts_at: datetime, early: Span) -> datetime:
    """The first moment at which one may sign in. `early` counts hours."""
    return starts_at - timedelta(hours=early.length)
