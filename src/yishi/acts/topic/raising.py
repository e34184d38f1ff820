"""A topic is raised: by a resident or the desk in their own words, or from cases set aside.

Whoever raises it, it goes first to the community party organisation (practice H8).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import text_too_long, too_long
from yishi.acts.topic.joining import must_be_aside
from yishi.core.number import SERIALS, make_number
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.place import PlaceKind
from yishi.core.refusal import Refusal
from yishi.core.topic.now import OptionState, TopicState
from yishi.records.entropy import new_uid
from yishi.records.index import index_topics
from yishi.records.models import Case, Option, Place, Topic, TopicLink
from yishi.records.models.base import Kept
from yishi.records.queries.rule import today_of

TITLE_MAX = 80


@dataclass(frozen=True)
class Raised:
    """What is raised: a title, why it concerns many, and one way of settling it where known."""

    title: str
    words: str
    option: str = ""
    option_words: str = ""


def raise_(ask: Ask, place_uid: str, raised: Raised) -> Done | Refusal:
    """By a resident or the desk. Refuses with `not_found`, `topic_title_missing`,
    `title_too_long`, `words_missing`, `words_too_long`, `community_needed`."""
    return _raise(ask, "topic.raise", place_uid, raised)


def raise_cases(
    ask: Ask, place_uid: str, raised: Raised, case_uids: Sequence[str]
) -> Done | Refusal:
    """From cases set aside as topics there, one or a group of similar ones.

    Refuses also as `must_be_aside`. Their answer clocks run on.
    """

    return _raise(
        ask,
        "topic.raise_cases",
        place_uid,
        raised,
        "cases",
        lambda place: must_be_aside(place, case_uids),
    )


def _raise(
    ask: Ask,
    act: str,
    place_uid: str,
    raised: Raised,
    raised_as: str = "",
    cases: Callable[[Place], "list[Case] | Refusal"] | None = None,
) -> Done | Refusal:
    place = Place.objects.filter(uid=place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")
    uid, spoken_as = new_uid(ask.entropy), raised_as or _speaks_as(ask, place)

    def do() -> Written | Refusal:
        wrong = _wrong(ask, place, raised)
        if wrong:
            return wrong
        from_cases = cases(place) if cases else []
        if isinstance(from_cases, Refusal):
            return from_cases
        topic = Topic(
            uid=uid,
            number=make_number(today_of(ask.now), ask.entropy.below(SERIALS)),
            place=place,
            state=TopicState.PROPOSED,
            title=raised.title.strip(),
            words=raised.words.strip(),
            raised_by_id=ask.actor.person_id,
            raised_as=spoken_as,
            raised_at=ask.now,
        )
        topic.save(force_insert=True)
        rows: list[Kept] = [topic]
        if raised.option.strip():
            rows.append(
                new_option(ask, topic, 1, raised.option.strip(), raised.option_words.strip())
            )
        TopicLink.objects.bulk_create(
            TopicLink(topic=topic, case=case, from_at=ask.now) for case in from_cases
        )
        index_topics([topic.pk], ask.now)
        facts: dict[str, int | str] = {"as": spoken_as, "cases": len(from_cases)}
        event = Event("topic.raised", {"title": topic.title, **facts}, facts)
        return Written(event, rows, topic.state, topic.number)

    return act_at(ask, act, place, "topic", uid, do, part="raised")


def _speaks_as(ask: Ask, place: Place) -> str:
    """The desk of the place; somebody from another one's desk raises it as a resident."""
    desks = ask.actor.seats_as(Role.COMMUNITY_DESK)
    return "desk" if any(seat.place_id in place.ids for seat in desks) else "resident"


def new_option(ask: Ask, topic: Topic, no: int, title: str, words: str) -> Option:
    """A saved option, open, its matter not placed yet."""
    row = Option(
        uid=new_uid(ask.entropy),
        topic=topic,
        no=no,
        title=title[:TITLE_MAX],
        words=words,
        state=OptionState.OPEN,
        added_by_id=ask.actor.person_id,
        added_at=ask.now,
    )
    row.save(force_insert=True)
    return row


def _wrong(ask: Ask, place: Place, raised: Raised) -> Refusal | None:
    if place.kind != PlaceKind.COMMUNITY:
        return Refusal("community_needed", need=PlaceKind.COMMUNITY, have=place.kind)
    if not raised.title.strip():
        return Refusal("topic_title_missing", source="practice H9")
    longest = max(len(raised.title.strip()), len(raised.option.strip()))
    if longest > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, longest, "characters")
    if not raised.words.strip():
        return Refusal("words_missing", source="practice H9")
    long = too_long(place, ask.now, raised.words)
    return long or text_too_long(place, ask.now, raised.option_words)
