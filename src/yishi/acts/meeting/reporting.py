"""What was listed or put off is reported back (practice G8)."""

from dataclasses import replace

from yishi.acts.door import Ask, Done
from yishi.acts.meeting.act import Changed, on_item
from yishi.core.meeting import reporting as core
from yishi.core.meeting.items import SOURCE
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.records.models import AgendaItem, Meeting
from yishi.records.queries.meeting import HELD, LockedMeeting


def report_back(ask: Ask, item_uid: str, words: str, meeting_uid: str = "") -> Done | Refusal:
    """回告 of an item listed or put off, at a later meeting of the same place or, without one, in
    between. Refuses as `core.meeting.reporting.report_back`, and with `not_found`,
    `meeting_not_held`."""

    def decide(held: LockedMeeting, item: AgendaItem) -> Changed | Refusal:
        at = None
        if meeting_uid:
            at = Meeting.objects.filter(uid=meeting_uid, place_id=held.row.place_id).first()
            if at is None:
                return Refusal("not_found", have="meeting")
            if at.state not in HELD or at.starts_at < held.row.starts_at:
                return Refusal("meeting_not_held", HELD, at.state, "meeting_state", SOURCE)
        now = held.now.item(item.uid)
        assert now is not None
        event = core.report_back(now, words)
        if isinstance(event, Refusal):
            return event
        item.reported, item.reported_at, item.reported_in = words.strip(), ask.now, at
        item.save()
        named = replace(event, params={**event.params, "title": item.title})
        to = item.topic.raised_by_id if item.topic else None
        params = {
            "number": held.row.number,
            "title": held.row.title,
            "item": item.title,
            "words": words.strip(),
        }
        told = [Notice("meeting.reported", to, params)] if to else []
        return Changed(named, (item,), told)

    return on_item(ask, "meeting.report_back", item_uid, decide)
