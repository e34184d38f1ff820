"""A topic as a page about its stage needs it: read, not held."""

from datetime import date
from typing import Any

from yishi.records.models import Body, Entry, Passage, Topic, Voice
from yishi.records.queries.topic import LockedTopic, gather

SHOWN = 20


def topic_at(uid: str, act: str, today: date) -> LockedTopic | None:
    """The topic and all a decision on `act` needs, without a lock; None where there is none.
    At most eight statements, and one a method the process has not met."""
    topic = (
        Topic.objects.filter(uid=uid)
        .select_related("place", "method")
        .defer("method__files")
        .first()
    )
    return None if topic is None else gather(topic, act, today)


def asked_units(held: LockedTopic) -> frozenset[int]:
    """The bodies whose consent the stage asks for. One query."""
    kinds = held.stage.asked if held.stage else ()
    found = Body.objects.filter(place_id=held.topic.place_id, kind__in=kinds)
    return frozenset(found.values_list("pk", flat=True))


def body_names(held: LockedTopic, kinds: tuple[str, ...]) -> dict[str, str]:
    """Kind → names of the community's bodies of that kind, "、" between. One query."""
    found: dict[str, list[str]] = {}
    rows = Body.objects.filter(place_id=held.topic.place_id, kind__in=kinds).order_by("id")
    for kind, name in rows.values_list("kind", "name"):
        found.setdefault(kind, []).append(name)
    return {kind: "、".join(names) for kind, names in found.items()}


def posted_entry(uid: str) -> Entry | None:
    """The entry of the topic since which it hangs out as it does. One query."""
    codes = ("topic.posted", "topic.comment_taken_up")
    rows = Entry.objects.filter(subject_uid=uid, code__in=codes)
    return rows.order_by("-subject_no").first()


def ended_entry(uid: str) -> Entry | None:
    """The entry by which a topic was published, the last one. One query."""
    rows = Entry.objects.filter(subject_uid=uid, code="topic.published")
    return rows.order_by("-subject_no").first()


def lead_name(held: LockedTopic) -> str:
    """The name of the community's own body that leads its stage; its place where there is none.
    One query."""
    kind = held.stage.lead if held.stage else ""
    rows = Body.objects.filter(place_id=held.topic.place_id, kind=kind).order_by("id")
    return rows.values_list("name", flat=True).first() or held.topic.place.name


def voice_in(topic_id: int, uid: str) -> Voice | None:
    """What was said in that topic, of that uid. One query."""
    return Voice.objects.filter(uid=uid, passage__topic_id=topic_id).first()


def voices_open(passage: Passage | None) -> list[dict[str, Any]]:
    """What was said in this visit to the stage and waits for an answer: the oldest first, `SHOWN`
    at most. Without names: who answers answers the words. One query."""
    rows = Voice.objects.filter(passage=passage, answered_at=None).order_by("at", "id")
    return [dict(row) for row in rows.values("uid", "words", "at")[:SHOWN]]
