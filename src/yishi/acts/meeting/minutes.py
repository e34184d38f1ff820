"""The meeting is over; it is written up by one and signed off by another; its papers."""

from yishi.acts.door import Ask, Done
from yishi.acts.meeting.act import Changed, on_meeting
from yishi.core.meeting import items
from yishi.core.meeting import minutes as core
from yishi.core.meeting.grants import WROTE
from yishi.core.meeting.now import MeetingState
from yishi.core.meeting.rule import Record
from yishi.core.outcome import Event, Notice
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Meeting, MeetingPaper
from yishi.records.queries.meeting import LockedMeeting, counted, roles_at, until
from yishi.records.queries.seat import conveners_of

TITLE_MAX = 80
PAPERS = ("photo", "register", "minutes", "other")


def close(ask: Ask, uid: str) -> Done | Refusal:
    """散会. Refuses as `core.meeting.items.close`: not while an item has no answer."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        event = items.close(held.now)
        if isinstance(event, Refusal):
            return event
        held.row.counted = counted(held.now, held.row.counted)
        held.row.state, held.row.closed_at = MeetingState.CLOSED, ask.now
        held.row.minutes_by = until(held, held.terms.minutes.span, ask.now)
        return Changed(event)

    return on_meeting(ask, "meeting.close", uid, decide)


def write_minutes(ask: Ask, uid: str, minutes: str, summary: str = "") -> Done | Refusal:
    """会议记录 and 会议纪要, anew until they are signed off. Refuses as
    `core.meeting.minutes.write`, and with `words_too_long`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        event = core.write(minutes, summary)
        if isinstance(event, Refusal):
            return event
        row = held.row
        row.minutes, row.summary = minutes.strip(), summary.strip()
        row.written_by_id = ask.actor.person_id
        sign = conveners_of([row.body_id], held.day)[row.body_id]
        told = [
            Notice("meeting.to_sign", one.person_id, {"number": row.number, "title": row.title})
            for one in sign
            if one.person_id != ask.actor.person_id
        ]
        return Changed(event, notices=told)

    return on_meeting(ask, "meeting.write_minutes", uid, decide, part=WROTE)


def sign_off(ask: Ask, uid: str) -> Done | Refusal:
    """签发 by somebody who did not write it. Refuses as `core.meeting.minutes.sign_off`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        row = held.row
        mine = row.written_by_id == ask.actor.person_id
        event = core.sign_off(held.terms, record_of(row), roles_at(ask.actor, row), mine=mine)
        if isinstance(event, Refusal):
            return event
        row.state, row.signed_at = MeetingState.SIGNED, ask.now
        row.signed_by_id = ask.actor.person_id
        return Changed(event)

    return on_meeting(ask, "meeting.sign_off", uid, decide)


def add_paper(ask: Ask, uid: str, kind: str, title: str, new: NewFile) -> Done | Refusal:
    """A photo, the signed sheet, or another paper; its bytes are in the store already. Refuses
    with `paper_unknown`, `title_too_long`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        if kind not in PAPERS:
            return Refusal("paper_unknown", PAPERS, kind, "paper")
        if len(title.strip()) > TITLE_MAX:
            return Refusal("title_too_long", TITLE_MAX, len(title.strip()), "characters")
        row = MeetingPaper(
            uid=new_uid(ask.entropy),
            meeting=held.row,
            kind=kind,
            title=title.strip(),
            file=keep_file(new, ask.now),
            added_by_id=ask.actor.person_id,
            added_at=ask.now,
        )
        row.save(force_insert=True)
        facts: dict[str, int | str] = {"paper": kind}
        return Changed(Event("meeting.paper_added", facts, facts), (row,))

    return on_meeting(ask, "meeting.add_paper", uid, decide, moves=False)


def record_of(row: Meeting) -> frozenset[Record]:
    """What there is of the record the form wants."""
    found = {Record.MINUTES} if row.minutes else set()
    found |= {Record.SUMMARY} if row.summary else set()
    if MeetingPaper.objects.filter(meeting=row, kind="photo").exists():
        found.add(Record.PHOTO)
    return frozenset(found)
