"""What a topic's stages left behind, as a page about a later stage needs it."""

from dataclasses import dataclass, field
from typing import Any

from yishi.records.models import Attempt, Passage, StageEntry, Topic, TopicLink
from yishi.records.queries.paging import plain

COUNTS = ("topic.count", "topic.confirm")
MOST = 60


def void_counts(passage: Passage | None) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The first and the second count of this visit that came out differently and hold no more:
    {present, votes} each; None where the last count stands, or there is none. One query."""
    rows = StageEntry.objects.filter(passage=passage, act__in=COUNTS).order_by("-id")
    last = list(rows.values_list("act", "facts")[:2])
    if [act for act, _ in last] != ["topic.confirm", "topic.count"]:
        return None
    return last[1][1], last[0][1]


def tries(topic: Topic) -> list[dict[str, Any]]:
    """Every try at carrying it out, the first one first: {no, option, title, unit, state, words,
    public}. `public`: whether anybody may read its words. One query."""
    rows = Attempt.objects.filter(topic=topic).order_by("no")
    names = {
        "option__no": "option",
        "option__title": "title",
        "unit__name": "unit",
        "passage__is_public": "public",
    }
    found = rows.values("no", "state", "words", "assigned_at", "ended_at", *names)[:MOST]
    return [{names.get(key, key): one for key, one in row.items()} for row in plain(found)]


@dataclass
class Record:
    """What a proposed text is made from: every visit that was left, the first one first, every
    try, and how many cases are behind the topic."""

    passages: list[dict[str, Any]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)
    cases: int = 0


def record_of(topic: Topic) -> Record:
    """The record of a topic. Three queries."""
    left = Passage.objects.filter(topic=topic, left_at__isnull=False).order_by("no")
    columns = ("stage", "kind", "name", "visit", "is_public", "left_at", "edge", "facts", "words")
    return Record(
        plain(left.values(*columns)),
        tries(topic),
        TopicLink.objects.filter(topic=topic, until_at=None).count(),
    )
