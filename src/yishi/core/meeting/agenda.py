"""The agenda: what was announced, and what may still be added. Source: norms.md §2."""

from __future__ import annotations

from datetime import datetime

from yishi.core.calendar import Calendar, CalendarMissing
from yishi.core.meeting.calling import SOURCE, TITLE_MAX, earliest
from yishi.core.meeting.now import MeetingNow, MeetingState
from yishi.core.meeting.terms import Terms
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal

ITEMS_MAX = 50  # ours: nobody sits through more


def add_item(
    meeting: MeetingNow, terms: Terms, calendar: Calendar, title: str, topic: str, now: datetime
) -> Event | Refusal:
    """One more item. Where only announced topics may be taken up it still has to have the notice
    of the meeting itself; elsewhere it may come in while people sit.

    Refused: `title_missing`, `title_too_long`, `agenda_full`, `item_twice` (the topic is on it
    already), `item_not_announced` (need: the moment the meeting might begin at the earliest,
    announced now; have: when it begins; by which rule), `calendar_missing`.
    """
    if not title.strip():
        return Refusal("title_missing", source=SOURCE)
    if len(title.strip()) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(title.strip()), "characters")
    if len(meeting.items) >= ITEMS_MAX:
        return Refusal("agenda_full", ITEMS_MAX, len(meeting.items), "item", "ours")
    if topic and topic in {one.topic for one in meeting.items}:
        return Refusal("item_twice", source=terms.source)
    if terms.announced_only:
        if meeting.state is MeetingState.SITTING:
            return Refusal("item_not_announced", source=terms.notice.source)
        try:
            first = earliest(terms, calendar, now)
        except CalendarMissing as missing:
            return Refusal("calendar_missing", need=missing.year, source=terms.notice.source)
        if meeting.starts_at < first and (terms.is_fixed or not terms.urgent):
            return Refusal(
                "item_not_announced", first, meeting.starts_at, "moment", terms.notice.source
            )
    no = max((one.no for one in meeting.items), default=0) + 1
    return Event("meeting.item_added", {"title": title.strip(), "no": no}, {"no": no})
