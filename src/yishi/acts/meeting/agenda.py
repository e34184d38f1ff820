"""The agenda, and what came of each item: none without an answer (件件有回音)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from yishi.acts import listed
from yishi.acts.at_place import Beside
from yishi.acts.door import Ask, Done
from yishi.acts.meeting.act import Changed, on_item, on_meeting, too_personal
from yishi.acts.meeting.asked import ItemAsk
from yishi.acts.meeting.made import item_made, moves, new_item, stage_of
from yishi.core.meeting import agenda, items
from yishi.core.meeting.items import Side
from yishi.core.meeting.now import ItemNow, ItemState
from yishi.core.meeting.reporting import OWED
from yishi.core.outcome import Event, Notice
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import AgendaItem, Attendance, Body, Meeting, Statement, Topic
from yishi.records.models.base import Kept
from yishi.records.queries.appointment import handlers_of
from yishi.records.queries.meeting import LockedMeeting, roles_at, until, with_scores
from yishi.records.queries.rule import in_force, start_of

NAME_MAX = 40


def add_item(ask: Ask, uid: str, item: ItemAsk) -> Done | Refusal:
    """One more item. Refuses as `core.meeting.agenda.add_item`, and with `not_found`,
    `topic_not_running`, `title_personal`."""

    def decide(held: LockedMeeting) -> Changed | Refusal:
        made = item_made(held.row.place, item)
        if isinstance(made, Refusal):
            return made
        topic = made.topic.uid if made.topic else ""
        calendar = in_force(held.row.place, held.day).terms.calendar
        event = agenda.add_item(held.now, held.terms, calendar, made.title, topic, ask.now)
        if isinstance(event, Refusal):
            return event
        wrong = too_personal(ask, held.row.place, made.title)
        if wrong:
            return wrong
        no = max((one.no for one in held.items), default=0) + 1
        return Changed(event, (new_item(ask, held.row, no, made),))

    return on_meeting(ask, "meeting.add_item", uid, decide)


def state(ask: Ask, item_uid: str, side: Side, words: str, name: str = "") -> Done | Refusal:
    """发言: for, against, advice, or just said. Somebody who signed in says it for themselves;
    whoever keeps the record writes it down under a `name`.

    Refuses as `core.meeting.items.state`, and with `side_unknown`, `not_signed_in`, `not_yours`.
    """

    def decide(held: LockedMeeting, item: AgendaItem) -> Changed | Refusal:
        if side not in set(Side):
            return Refusal("side_unknown", tuple(Side), side, "side")
        keeps = bool(roles_at(ask.actor, held.row))
        if name.strip() and not keeps:
            return Refusal("not_yours", need="meeting.state", source="permit")
        me = ask.actor.person_id
        there = Attendance.objects.filter(meeting=held.row, person_id=me or 0)
        if not keeps and not there.exists():
            return Refusal("not_signed_in", source="practice G3")
        event = items.state(_now(held, item), Side(side), words)
        if isinstance(event, Refusal):
            return event
        row = Statement(
            uid=new_uid(ask.entropy),
            item=item,
            side=side,
            person_id=None if name.strip() else me,
            name=name.strip()[:NAME_MAX],
            words=words.strip(),
            at=ask.now,
        )
        row.save(force_insert=True)
        return Changed(event, (row,))

    return on_item(ask, "meeting.state", item_uid, decide, moves=False)


def settle_item(
    ask: Ask,
    item_uid: str,
    words: str,
    *,
    carried: bool = False,
    scores: items.Scores | None = None,
) -> Done | Refusal:
    """当场解决, in words; `carried`: it goes on by the procedure of its topic. A topic that stands
    in a stage people meet in is settled by `acts.meeting.topics` alone. `scores`: at an appraisal,
    what those who are there said of it; kept with the meeting, in its minutes.

    Refuses as `core.meeting.items.settle`, `settle_scored` and `carry`, and with `item_by_topic`.
    """

    def decide(held: LockedMeeting, item: AgendaItem) -> Changed | Refusal:
        wrong = _not_by_topic(item)
        if wrong:
            return wrong
        now = _now(held, item)
        if scores is not None and not carried:
            event = items.settle_scored(held.now, now, held.terms, words, scores)
            if not isinstance(event, Refusal):
                held.row.counted = with_scores(held.row.counted, item.no, scores)
        else:
            end = items.carry if carried else items.settle
            event = end(now, held.terms, words)
        state = ItemState.CARRIED if carried else ItemState.SETTLED
        return _ended(ask, held, item, event, state, words)

    return on_item(ask, "meeting.settle_item", item_uid, decide)


def list_item(ask: Ask, item_uid: str, body_uid: str, due_on: date, words: str) -> Done | Refusal:
    """列入限期整改清单: a body does it by the end of a day; it has a number of its own there.

    Refuses as `core.meeting.items.list_` and `core.listed.open_entry`, and with `not_found`,
    `item_by_topic`.
    """

    def decide(held: LockedMeeting, item: AgendaItem) -> Changed | Refusal:
        body = Body.objects.filter(uid=body_uid).first()
        if body is None:
            return Refusal("not_found", have="body")
        wrong = _not_by_topic(item)
        due = start_of(due_on + timedelta(days=1)).isoformat()
        event = items.list_(_now(held, item), held.terms, words, due, body.name)
        if wrong:
            return wrong
        if isinstance(event, Refusal):
            return event
        made = listed.new_entry(ask, held.row.place, body, item.title, due_on, words.strip())
        if isinstance(made, Refusal):
            return made
        opened, row = made
        item.listed = row
        event = replace(event, params={**event.params, "listed": row.number})
        done = _ended(ask, held, item, event, ItemState.LISTED, words)
        if isinstance(done, Refusal):
            return done
        params = {**_about(held.row), "item": item.title, "listed": row.number, "due": due}
        told = [
            Notice("meeting.listed", person, params)
            for person in handlers_of([body.pk], held.day)[body.pk]
        ]
        beside = Beside("listed.open", "listed", row.uid, opened, (row,))
        return replace(done, notices=[*done.notices, *told], beside=(beside,))

    return on_item(ask, "meeting.list_item", item_uid, decide)


def put_off_item(ask: Ask, item_uid: str, words: str) -> Done | Refusal:
    """留待下次, and why. Refuses as `core.meeting.items.put_off`."""

    def decide(held: LockedMeeting, item: AgendaItem) -> Changed | Refusal:
        event = items.put_off(_now(held, item), words)
        return _ended(ask, held, item, event, ItemState.PUT_OFF, words)

    return on_item(ask, "meeting.put_off_item", item_uid, decide)


def end_item(
    ask: Ask, item: AgendaItem, state: ItemState, words: str
) -> tuple[list[Kept], list[Notice]]:
    """Something came of an item, saved; what was put off before and stood on it again is answered
    by it. The rows to seal, and who raised the topic to be told."""
    item.state, item.outcome, item.settled_at = state, words.strip(), ask.now
    item.save()
    rows: list[Kept] = [item]
    before = item.before
    if before is not None and before.reported_at is None:
        before.reported, before.reported_at = words.strip(), ask.now
        before.reported_in = item.meeting
        before.save()
        rows.append(before)
    topic: Topic | None = item.topic
    to = topic.raised_by_id if topic is not None else None
    params = {**_about(item.meeting), "item": item.title, "words": words.strip()}
    return rows, [Notice("meeting.item_ended", to, params)] if to else []


def _ended(
    ask: Ask,
    held: LockedMeeting,
    item: AgendaItem,
    event: Event | Refusal,
    state: ItemState,
    words: str,
) -> Changed | Refusal:
    if isinstance(event, Refusal):
        return event
    if state in OWED:
        item.report_by = until(held, held.terms.report.span, ask.now)
    rows, told = end_item(ask, item, state, words)
    named = replace(event, params={**event.params, "title": item.title})
    return Changed(named, rows, told)


def _now(held: LockedMeeting, item: AgendaItem) -> ItemNow:
    found = held.now.item(item.uid)
    assert found is not None
    return found


def _not_by_topic(item: AgendaItem) -> Refusal | None:
    """A topic whose stage is to meet is moved by its procedure alone. Refused: `item_by_topic`."""
    stage = stage_of(item.topic)
    if stage is not None and moves(stage):
        return Refusal("item_by_topic", have=stage.id, source="practice G8")
    return None


def _about(row: Meeting) -> Mapping[str, str]:
    return {"number": row.number, "title": row.title}
