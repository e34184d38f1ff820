"""From what was called to what it is: form, rhythm, stage, and the items of its agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yishi.acts.door import Ask
from yishi.acts.meeting.asked import Called, ItemAsk
from yishi.core.meeting.calling import TITLE_MAX, Call
from yishi.core.meeting.now import Form, ItemState, MeetingState
from yishi.core.meeting.terms import Terms, keep_terms
from yishi.core.method.language import Method, Rhythm, Stage, StageKind
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.records.entropy import new_uid
from yishi.records.models import AgendaItem, Body, BundleRow, Meeting, Place, Topic
from yishi.records.queries.meeting import OPEN, owed
from yishi.records.queries.rule import methods_at, parsed, start_of, today_of

CODE_DIGITS = 6
# In which form a stage that names none meets.
USUAL = {StageKind.MEET: Form.TALK, StageKind.CONFER: Form.DELIBERATION}
OFF = (MeetingState.CANCELLED, MeetingState.FAILED)


def moves(stage: Stage | None) -> bool:
    """Whether people who sit down over a topic move it by its stage. A round of small works is
    gone through project by project, and its item ends like any other."""
    return stage is not None and stage.kind in USUAL and not stage.by_project


@dataclass
class ItemMade:
    """One item, its topic found."""

    title: str
    words: str
    topic: Topic | None = None
    before: AgendaItem | None = None


@dataclass
class Made:
    """What is called, found: its form, method, rhythm, the topic it is a stage of with that
    stage, its items, and the kinds of bodies the rhythm and the catalogue name. `body`:
    whose meeting the rhythm says it is, whoever convenes it; None for who convenes it."""

    form: Form
    method: BundleRow | None = None
    rhythm: str = ""
    topic: Topic | None = None
    stage: Stage | None = None
    items: Sequence[ItemMade] = ()
    calls: tuple[BodyKind, ...] = ()
    stages: tuple[Stage, ...] = ()
    body: BodyKind | None = None


def made_of(place: Place, called: Called, today: date) -> Made | Refusal:
    """Refuses with `not_found`, `rhythm_unknown`, `meeting_called` (that one is called already),
    `topic_not_running`, `stage_no_meeting` (need: kinds of stages people meet in),
    `form_differs` (the form the stage or the rhythm names), `form_unknown`."""
    row, rhythm = None, None
    if called.rhythm:
        found = _rhythm(place, called, today)
        if isinstance(found, Refusal):
            return found
        row, rhythm = found
    items = _items(place, called)
    if isinstance(items, Refusal):
        return items
    stage, topic = None, None
    if called.topic:
        topic = next(one.topic for one in items if one.topic and one.topic.uid == called.topic)
        stage = stage_of(topic)
        if stage is None or stage.kind not in USUAL:
            kinds, have = tuple(USUAL), stage.kind if stage else ""
            return Refusal("stage_no_meeting", kinds, have, "stage_kind", "practice H10")
    named = stage.form if stage else rhythm.form if rhythm else ""
    usual = USUAL[stage.kind] if stage else Form.TALK
    form = called.form or named or usual
    if form not in set(Form):
        return Refusal("form_unknown", tuple(Form), form, "form")
    if named and form != named:
        return Refusal("form_differs", named, form, "form", "practice G3")
    if rhythm is not None:
        items += again_items(place, called.rhythm, items)
    calls = [rhythm.body, *rhythm.calls] if rhythm else []
    stages = []
    for one in items:
        if one.topic is not None:
            calls += _calls(one.topic)
            at = stage_of(one.topic)
            stages += [at] if at is not None and at.kind in USUAL else []
    return Made(
        Form(form), row, called.rhythm, topic, stage, items, tuple(dict.fromkeys(calls)),
        tuple(stages), rhythm.body if rhythm else None,
    )  # fmt: skip


def again_items(place: Place, rhythm: str, items: Sequence[ItemMade]) -> list[ItemMade]:
    """What meetings of that rhythm put off and nobody took up again yet; one whose topic stands
    among `items` is taken up by that item."""
    waiting = AgendaItem.objects.filter(owed(place.pk, rhythm), state=ItemState.PUT_OFF)
    taken = {one.topic.pk: one for one in items if one.topic is not None}
    rows = waiting.exclude(after__meeting__state__in=_LIVE).select_related("topic")
    found = []
    for one in rows.order_by("meeting__starts_at", "no"):
        if one.topic_id in taken:
            taken[one.topic_id].before = one
        else:
            found.append(ItemMade(one.title, one.words, one.topic, one))
    return found


def new_meeting(
    ask: Ask, uid: str, asked: Call, place: Place, body: Body, made: Made, terms: Terms
) -> Meeting:
    """The row of a meeting that is called now, unsaved; `code` is what people sign in with."""
    return Meeting(
        uid=uid,
        number=asked.number,
        place=place,
        body=body,
        form=made.form,
        state=MeetingState.CALLED,
        method=made.method,
        rhythm=made.rhythm,
        topic=made.topic,
        title=asked.title.strip(),
        where=asked.where.strip(),
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        rule=keep_terms(terms),
        code=_code(ask),
        called_by_id=ask.actor.person_id,
        called_at=ask.now,
    )


def _code(ask: Ask) -> str:
    """A code no meeting has that may still be signed in to. One statement, seldom more."""
    while True:
        code = f"{ask.entropy.below(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if not Meeting.objects.filter(code=code, state__in=OPEN).exists():
            return code


def new_items(ask: Ask, meeting: Meeting, items: Sequence[ItemMade]) -> list[AgendaItem]:
    """The agenda, saved, in the order it was given."""
    return [new_item(ask, meeting, no, one) for no, one in enumerate(items, 1)]


def new_item(ask: Ask, meeting: Meeting, no: int, one: ItemMade) -> AgendaItem:
    """One item, saved."""
    row = AgendaItem(
        uid=new_uid(ask.entropy),
        meeting=meeting,
        no=no,
        topic=one.topic,
        title=one.title.strip()[:TITLE_MAX],
        words=one.words.strip(),
        state=ItemState.OPEN,
        before=one.before,
    )
    row.save(force_insert=True)
    return row


def item_made(place: Place, asked: ItemAsk) -> ItemMade | Refusal:
    """The item with its topic, whose title it takes where it has none. Refuses with `not_found`,
    `topic_not_running`."""
    if not asked.topic:
        return ItemMade(asked.title, asked.words)
    topic = Topic.objects.select_related("method").filter(uid=asked.topic, place=place).first()
    if topic is None:
        return Refusal("not_found", have="topic")
    if topic.state != TopicState.RUNNING:
        return Refusal("topic_not_running", TopicState.RUNNING, topic.state, "state", "practice H8")
    return ItemMade(asked.title.strip() or topic.title, asked.words, topic)


def stage_of(topic: Topic | None) -> Stage | None:
    """The stage a topic stands in, None for one in none."""
    if topic is None or topic.method is None:
        return None
    procedure = parsed(topic.method).procedure(topic.procedure)
    return procedure.stage(topic.stage) if procedure else None


_LIVE = (
    MeetingState.CALLED,
    MeetingState.SITTING,
    MeetingState.CLOSED,
    MeetingState.SIGNED,
)


def _items(place: Place, called: Called) -> list[ItemMade] | Refusal:
    asked = list(called.items)
    if called.topic and called.topic not in {one.topic for one in asked}:
        asked.insert(0, ItemAsk(topic=called.topic))
    items = []
    for one in asked:
        made = item_made(place, one)
        if isinstance(made, Refusal):
            return made
        if not made.title.strip():
            return Refusal("title_missing", source="practice G7 居民恳谈日")
        if len(made.title.strip()) > TITLE_MAX:
            return Refusal("title_too_long", TITLE_MAX, len(made.title.strip()), "characters")
        items.append(made)
    topics = [one.topic.pk for one in items if one.topic is not None]
    if len(topics) != len(set(topics)):
        return Refusal("item_twice", source="practice G7 居民恳谈日")
    return items


def _rhythm(place: Place, called: Called, today: date) -> tuple[BundleRow, Rhythm] | Refusal:
    for name, row in methods_at(place, today).items():
        if called.method and name != called.method:
            continue
        method: Method = parsed(row)
        rhythm = next((one for one in method.rhythm if one.code == called.rhythm), None)
        if rhythm is None:
            continue
        day = today_of(called.starts_at)
        same = Meeting.objects.filter(place=place, rhythm=rhythm.code).exclude(state__in=OFF)
        begins = start_of(day)
        if same.filter(starts_at__gte=begins, starts_at__lt=start_of(_next(day))).exists():
            return Refusal("meeting_called", have=day, source=name)
        return row, rhythm
    return Refusal("rhythm_unknown", have=called.rhythm, source="practice C1")


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _calls(topic: Topic) -> tuple[BodyKind, ...]:
    """Who the catalogue of its method calls for a topic."""
    if topic.method is None:
        return ()
    entry = parsed(topic.method).entry(topic.entry)
    return entry.calls if entry else ()
