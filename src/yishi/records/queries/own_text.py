"""居民自治章程 and 居民公约 of a community: in force, every version, and who works on one now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yishi.core.topic.now import TopicState
from yishi.records.models import BundleRow, OptionText, OwnText, Place, Topic
from yishi.records.queries.paging import plain
from yishi.records.queries.rule import parsed

KINDS = ("charter", "covenant")
VERSIONS, PLACES = 100, 300


def in_force_at(place_id: int, kind: str) -> OwnText | None:
    """The version in force; None where there is none yet. One query."""
    return OwnText.objects.filter(place_id=place_id, kind=kind, replaced_at=None).first()


def texts_of(place: Place) -> list[OwnText]:
    """Every version of both, the newest first, without their words. One query."""
    rows = OwnText.objects.filter(place=place).select_related("topic").defer("words")
    return list(rows.order_by("kind", "-version")[:VERSIONS])


def text_for(uid: str) -> OwnText | None:
    """A version with its place and the topic that adopted it. One query."""
    return OwnText.objects.filter(uid=uid).select_related("place", "topic").first()


def versions_of(text: OwnText) -> list[OwnText]:
    """Every version of the same text, the newest first, without their words. One query."""
    rows = OwnText.objects.filter(place=text.place, kind=text.kind).defer("words")
    return list(rows.order_by("-version")[:VERSIONS])


def places_with_texts() -> list[dict[str, Any]]:
    """The communities that have one: {code, name}. One query."""
    have = OwnText.objects.order_by().values("place_id")
    return plain(Place.objects.filter(pk__in=have).order_by("line").values("code", "name")[:PLACES])


def under_way_at(place: Place, but: int = 0) -> dict[str, Topic]:
    """Kind of text → the topic in which it is being made or amended; `but`: not counting that one.
    One query, and one a method the process has not met."""
    rows = (
        Topic.objects.filter(place=place, state=TopicState.RUNNING)
        .exclude(method=None)
        .exclude(pk=but)
    )
    found: dict[str, Topic] = {}
    for row in rows.select_related("method").defer("method__files").order_by("id"):
        assert row.method is not None
        kind = text_kind(row.method, row.procedure)
        if kind:
            found.setdefault(kind, row)
    return found


def text_kind(method: BundleRow, procedure: str) -> str:
    """Which text a topic of that procedure settles; "" for none."""
    course = parsed(method).procedure(procedure)
    return course.text if course else ""


@dataclass(frozen=True)
class Version:
    """The words of an option from a moment on; `voice`: the words of the comment or objection it
    answers, "" where there is none or it is not shown."""

    no: int
    words: str
    at: Any
    asked: str = ""
    answer: str = ""
    hidden: str = ""


def versions_of_options(ids: Iterable[int]) -> dict[int, list[Version]]:
    """Option → its versions, the oldest first; nothing for one that was never changed. One
    query."""
    found: dict[int, list[Version]] = {}
    rows = OptionText.objects.filter(option_id__in=ids).select_related("voice")
    for row in rows.order_by("option_id", "no"):
        voice = row.voice
        shown = voice is not None and voice.hidden_at is None
        found.setdefault(row.option_id, []).append(
            Version(
                row.no,
                row.words,
                row.at,
                voice.words if voice and shown else "",
                voice.answer if voice else "",
                voice.hidden_ground if voice and not shown else "",
            )
        )
    return found
