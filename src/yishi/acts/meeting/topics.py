"""An item that is a topic in a stage people meet in: one act on the topic moves it by its
procedure and ends the item, with those counted who signed in."""

from collections.abc import Callable, Mapping

from yishi.acts.door import Ask, Done
from yishi.acts.meeting.agenda import end_item
from yishi.acts.meeting.made import USUAL
from yishi.acts.topic.act import Written, step_on
from yishi.core.meeting import items
from yishi.core.meeting.now import ItemState, MeetingState
from yishi.core.method.language import Paper, Stage
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.now import Advanced
from yishi.records.models import AgendaItem, MeetingPaper
from yishi.records.queries.meeting import LockedMeeting, lock_meeting
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic import LockedTopic

# What those who sat down bring to the stage of the topic.
Brings = Callable[[LockedTopic, LockedMeeting], f.Facts]


def meet_item(
    ask: Ask, item_uid: str, words: str, *, agreed: bool, settled: bool = False, option: str = ""
) -> Done | Refusal:
    """They sat down over a topic: `topic.meet`, with who came as they signed in. Refuses as
    `core.topic.kinds.meet`, and as `_sitting`."""

    def facts(held: LockedTopic, meeting: LockedMeeting) -> f.Facts:
        now = meeting.now
        return f.Met(
            came=now.came,
            present=_counted(held, now.present),
            people=now.people,
            words=words,
            agreed=agreed,
            settled=settled,
            option=option,
            attached=held.attached | _record(meeting),
        )

    state = ItemState.SETTLED if settled else ItemState.CARRIED
    return _on_topic(ask, "topic.meet", item_uid, words, state, facts)


def confer_item(
    ask: Ask,
    item_uid: str,
    agreed: Mapping[BodyKind, int],
    words: str,
    dissent: str = "",
    option: str = "",
) -> Done | Refusal:
    """The bodies talked a topic over: `topic.confer`, with who was there as they signed in.
    Refuses as `core.topic.kinds.confer`, and as `_sitting`."""

    def facts(held: LockedTopic, meeting: LockedMeeting) -> f.Facts:
        return f.Conferred(
            present=_counted(held, meeting.now.present),
            agreed=agreed,
            words=words,
            dissent=dissent,
            option=option,
            attached=held.attached | _record(meeting),
        )

    return _on_topic(ask, "topic.confer", item_uid, words, ItemState.CARRIED, facts)


def _on_topic(
    ask: Ask, act: str, item_uid: str, words: str, state: ItemState, facts: Brings
) -> Done | Refusal:
    """`act` on the topic of an item, which ends with it. Refuses also with `not_found`,
    `item_no_topic`."""
    row = AgendaItem.objects.filter(uid=item_uid).values("topic__uid", "meeting_id").first()
    if row is None:
        return Refusal("not_found", have="item")
    if row["topic__uid"] is None:
        return Refusal("item_no_topic", source=items.SOURCE)
    found: list[tuple[LockedMeeting, AgendaItem]] = []

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        meeting = lock_meeting(row["meeting_id"], today_of(ask.now))
        item = meeting.item(item_uid)
        assert item is not None
        wrong = _sitting(meeting, item, stage)
        if wrong:
            return wrong
        found.append((meeting, item))
        return facts(held, meeting)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        meeting, item = found[-1]
        rows, told = end_item(ask, item, state, words)
        meeting.row.version += 1
        meeting.row.save(update_fields=["version"])
        return Written(rows, told)

    return step_on(ask, act, row["topic__uid"], make, also)


def _sitting(meeting: LockedMeeting, item: AgendaItem, stage: Stage) -> Refusal | None:
    """The meeting sits, in the form the stage names, over an item still open. Refused:
    `meeting_not_sitting`, `form_differs`, `decides_nothing`, what the item refuses."""
    row, terms = meeting.row, meeting.terms
    if row.state != MeetingState.SITTING:
        return Refusal("meeting_not_sitting", MeetingState.SITTING, row.state, "meeting_state")
    if stage.form and stage.form != row.form:
        return Refusal("form_differs", stage.form, row.form, "form", "practice G3")
    if terms.advice and stage.kind in USUAL:
        return Refusal("decides_nothing", have=row.form, unit="form", source=terms.source)
    now = meeting.now.item(item.uid)
    assert now is not None
    return items.must_be_open(now) or items.must_be_heard(now, terms)


def _record(meeting: LockedMeeting) -> frozenset[Paper]:
    """What the meeting itself is to the stage: who signed in is its register, and its minutes are
    owed before it can be signed off; a photo where one was taken."""
    photo = MeetingPaper.objects.filter(meeting=meeting.row, kind=Paper.PHOTO).exists()
    return frozenset({Paper.REGISTER, Paper.MINUTES} | ({Paper.PHOTO} if photo else set()))


def _counted(held: LockedTopic, present: Mapping[BodyKind, int]) -> dict[BodyKind, int]:
    """Of those who signed in, the seats of the bodies that decide."""
    decides = held.stage.decides if held.stage else ()
    return {body: present.get(body, 0) for body in decides}
