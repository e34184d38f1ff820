"""All that a dossier of a topic holds (一事一档), in pages of bounded size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q

from yishi.records.models import (
    AgendaItem,
    Attempt,
    Attendance,
    Doorstep,
    Entry,
    Meeting,
    Option,
    OptionText,
    Passage,
    Topic,
    TopicCallBack,
    TopicLink,
    TopicPaper,
    TopicTask,
    Voice,
    Vote,
    Watch,
)
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.topic_concerned import calls_of
from yishi.records.queries.topic_stage import topic_at

VOICES, ENTRIES = 200, 500
# Of anything else so many; nothing real comes near, and one more is not asked for.
MOST = 1000


@dataclass
class TopicBundle:
    """A topic with what is few: voices, calls back and entries come in pages.

    `texts`, `tasks`, `watches`, `papers`, `doors`, `came`, `items`: by the id of what they are of.
    """

    held: LockedTopic
    passages: list[Passage]
    options: list[Option]
    attempts: list[Attempt]
    meetings: list[Meeting]
    votes: list[Vote]
    cases: list[str]
    texts: dict[int, list[OptionText]] = field(default_factory=dict)
    tasks: dict[int, list[TopicTask]] = field(default_factory=dict)
    watches: dict[int, list[Watch]] = field(default_factory=dict)
    papers: dict[int, list[TopicPaper]] = field(default_factory=dict)
    doors: dict[int, dict[str, int]] = field(default_factory=dict)
    calls: dict[int, dict[str, int]] = field(default_factory=dict)
    came: dict[int, dict[str, int]] = field(default_factory=dict)
    items: dict[int, list[AgendaItem]] = field(default_factory=dict)

    @property
    def topic(self) -> Topic:
        """The row."""
        return self.held.topic


def topic_bundle(uid: str, today: date) -> TopicBundle | None:
    """The topic and all that is few of it; None where there is none. A fixed number of
    statements."""
    held = topic_at(uid, "topic.dossier", today)
    if held is None:
        return None
    topic = held.topic
    of_topic = Q(passage__topic=topic)
    passages = list(
        Passage.objects.filter(topic=topic)
        .select_related("method")
        .defer("method__files")
        .order_by("no")[:MOST]
    )
    attempts = list(
        Attempt.objects.filter(topic=topic)
        .select_related("unit", "option", "passage")
        .order_by("no")[:MOST]
    )
    met = Q(topic=topic) | Q(items__topic=topic)
    meetings = list(
        Meeting.objects.filter(met).distinct().select_related("body").order_by("starts_at")[:MOST]
    )
    links = TopicLink.objects.filter(topic=topic).order_by("id")
    found = TopicBundle(
        held,
        passages,
        held.options,
        attempts,
        meetings,
        list(Vote.objects.filter(topic=topic).order_by("id")[:MOST]),
        list(links.values_list("case__number", flat=True)[:MOST]),
    )
    texts = OptionText.objects.filter(option__topic=topic).order_by("option__no", "no")
    found.texts = _by("option_id", texts)
    of_attempt = Q(attempt__topic=topic)
    tasks = TopicTask.objects.filter(of_attempt).select_related("body", "proof").order_by("id")
    found.tasks = _by("attempt_id", tasks)
    looks = Watch.objects.filter(of_attempt).select_related("body", "photo").order_by("at", "id")
    found.watches = _by("attempt_id", looks)
    papers = TopicPaper.objects.filter(of_topic).select_related("file", "passage").order_by("id")
    found.papers = _by("passage_id", papers)
    found.doors = _counted("passage_id", "found", Doorstep.objects.filter(of_topic))
    found.calls = calls_of([one.pk for one in passages])
    if meetings:
        here = Attendance.objects.filter(meeting__in=meetings)
        found.came = _counted("meeting_id", "part", here)
        items = AgendaItem.objects.filter(meeting__in=meetings, topic=topic).order_by("no")
        found.items = _by("meeting_id", items)
    return found


def voice_pages(topic: Topic) -> Iterator[list[Voice]]:
    """Everything said on it, the first said first, a page at a time. One statement a page."""
    after = 0
    rows = Voice.objects.filter(passage__topic=topic).select_related("passage").order_by("id")
    while page := list(rows.filter(pk__gt=after)[:VOICES]):
        yield page
        after = page[-1].pk


def call_pages(topic: Topic) -> Iterator[list[TopicCallBack]]:
    """Every call back and single score, with names: for staff only. One statement a page."""
    after = 0
    rows = TopicCallBack.objects.filter(passage__topic=topic).select_related("person", "passage")
    while page := list(rows.order_by("id").filter(pk__gt=after)[:VOICES]):
        yield page
        after = page[-1].pk


def entry_pages(topic: Topic) -> Iterator[list[Entry]]:
    """The journal of the topic, the first entry first. One statement a page."""
    after = 0
    rows = Entry.objects.filter(subject_uid=topic.uid).select_related("person")
    while page := list(rows.order_by("id").filter(pk__gt=after)[:ENTRIES]):
        yield page
        after = page[-1].pk


def _by(name: str, rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows[:MOST]:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _counted(name: str, what: str, rows: Any) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for row in rows.order_by().values(name, what).annotate(n=Count("pk")):
        found.setdefault(row[name], {})[row[what]] = row["n"]
    return found
