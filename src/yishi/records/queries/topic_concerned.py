"""Those a topic concerns: who raised it, spoke on it, or whose own matter is talked over in it."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from yishi.core.topic.facts import Score
from yishi.records.models import Link, Passage, Person, Topic, TopicCallBack, TopicLink, Voice

MOST = 20


def concerned(topic: Topic) -> QuerySet[Person]:
    """Everybody with an account whom it concerns. Not asked yet."""
    spoke = Voice.objects.filter(passage__topic=topic, person__isnull=False)
    cases = TopicLink.objects.filter(topic=topic).values("case_id")
    owners = Link.objects.filter(case_id__in=cases, report__withdrawn_at=None)
    return Person.objects.filter(
        Q(pk=topic.raised_by_id or 0)
        | Q(pk__in=spoke.values("person_id"))
        | Q(pk__in=owners.values("report__person_id")),
        is_active=True,
    )


def is_concerned(topic: Topic, person_id: int | None) -> bool:
    """Whether it concerns that person. One query."""
    return person_id is not None and concerned(topic).filter(pk=person_id).exists()


def to_call(passage: Passage) -> list[Person]:
    """Those concerned who were not reached in this visit yet; `MOST` at most. One query."""
    reached = TopicCallBack.objects.filter(passage=passage, person__isnull=False)
    done = reached.exclude(score=Score.UNREACHED).values("person_id")
    return list(concerned(passage.topic).exclude(pk__in=done).order_by("pk")[:MOST])


def has_scored(passage: Passage | None, person_id: int | None) -> bool:
    """Whether that person's score lies with the visit. One query."""
    return TopicCallBack.objects.filter(passage=passage, person_id=person_id or 0).exists()


def calls_of(passage_ids: list[int]) -> dict[int, dict[str, int]]:
    """Visit → how many said what, without anybody's name. One query."""
    rows = TopicCallBack.objects.filter(passage_id__in=passage_ids).order_by()
    found: dict[int, dict[str, int]] = {}
    counted: Any = rows.values("passage_id", "score").annotate(n=Count("pk"))
    for row in counted:
        found.setdefault(row["passage_id"], {})[row["score"]] = row["n"]
    return found
