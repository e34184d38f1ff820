"""Finds topics by their words: what everybody may read is found by everybody."""

from dataclasses import dataclass, field
from typing import Any

from yishi.core.search import Piece, Sought, first_with, marked
from yishi.records.index import TOPIC, TOPICS
from yishi.records.models import Topic
from yishi.records.queries.paging import page_within
from yishi.records.queries.sought import count, documents
from yishi.records.queries.topic_list import ROW
from yishi.records.queries.topic_words import words_of

PAGE = 20


@dataclass(frozen=True)
class FoundTopics:
    """One page of topics; `pieces`: uid → the cutting with its marks."""

    rows: list[dict[str, Any]]
    total: int
    capped: bool
    page: int
    pages: int
    pieces: dict[str, tuple[Piece, ...]] = field(default_factory=dict)


def count_topics(sought: Sought) -> tuple[int, bool]:
    """How many topics hold what is sought, and whether there are more. One statement."""
    return count(sought, [TOPIC])


def find_topics(sought: Sought, page: int = 1, most: int = PAGE) -> FoundTopics:
    """A page of the topics that hold what is sought, by rank, then the newest. At most six
    statements."""
    ids, capped = documents(sought, [TOPIC])
    page, pages = page_within(page, len(ids), most)
    wanted = [doc - TOPICS for doc in ids[(page - 1) * most : page * most]]
    by_id = {row["id"]: row for row in Topic.objects.filter(pk__in=wanted).values("id", *ROW)}
    rows = [by_id[pk] for pk in wanted if pk in by_id]
    words = words_of([row["id"] for row in rows])
    pieces = {}
    for row in rows:
        text = first_with(words[row["id"]].shown, sought)
        pieces[row["uid"]] = marked(text, sought) if text else ()
    return FoundTopics(rows, len(ids), capped, page, pages, pieces)
