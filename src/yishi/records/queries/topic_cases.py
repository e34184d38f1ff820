"""The cases a topic deliberates, and the topic of a case."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yishi.core.case.state import CaseState
from yishi.core.person import Actor
from yishi.core.topic.now import TopicState
from yishi.records.models import Case, Place, Topic, TopicLink
from yishi.records.queries.case_list import ROW
from yishi.records.queries.permit import visible

SHOWN = (
    "uid", "number", "title", "state", "stage_name", "lead", "due_at", "outcome", "outcome_name",
)  # fmt: skip
# A community has a handful of topics at once; more than fit a list are found by their number.
MOST_OPEN = 50


def cases_aside(place: Place, uids: Sequence[str]) -> list[Case]:
    """Those of the cases that are set aside as topics at `place`, held for the act. One
    statement."""
    rows = Case.objects.filter(
        uid__in=uids, place__line__startswith=place.line, state=CaseState.TOPIC
    )
    return list(rows.select_for_update(of=("self",)).order_by("uid"))


def waiting_cases(topic_id: int) -> "QuerySet[Case]":
    """Cases of an ended topic nobody has answered yet; of one that was merged, its main case,
    unless that is deliberated elsewhere."""
    open_ = TopicLink.objects.filter(topic_id=topic_id, until_at=None)
    elsewhere = TopicLink.objects.filter(case=OuterRef("pk"), until_at=None)
    mine = Q(pk__in=open_.values("case_id")) | Q(
        ~Exists(elsewhere), pk__in=open_.exclude(case__main=None).values("case__main_id")
    )
    return Case.objects.filter(mine, state=CaseState.TOPIC)


def topic_of(case_id: int) -> dict[str, Any] | None:
    """The topic a case is, or was last, deliberated in; `runs`: it is not out of it yet. One
    statement."""
    row = (
        TopicLink.objects.filter(case_id=case_id)
        .order_by("-id")
        .values("until_at", *(f"topic__{name}" for name in SHOWN))
        .first()
    )
    if row is None:
        return None
    return {"runs": row["until_at"] is None, **{name: row[f"topic__{name}"] for name in SHOWN}}


def open_topics(place: Place) -> list[dict[str, Any]]:
    """Topics of the place, or of a place below it, that cases may still be put into."""
    rows = Topic.objects.filter(place__line__startswith=place.line).exclude(state=TopicState.ENDED)
    return list(rows.order_by("-raised_at", "-id").values(*SHOWN, "place__name")[:MOST_OPEN])


def chosen_cases(actor: Actor, uids: Sequence[str], most: int) -> list[dict[str, Any]]:
    """What a topic might be made of: the cases of those uids, or where none is named those set
    aside, the oldest first; only where the actor may make topics of cases. `linked`: it is in a
    topic already. One statement."""
    linked = TopicLink.objects.filter(case=OuterRef("pk"), until_at=None)
    rows = Case.objects.filter(visible(actor, "topic.raise_cases"))
    aside = Q(state=CaseState.TOPIC) & ~Q(Exists(linked))
    rows = rows.filter(uid__in=uids) if uids else rows.filter(aside)
    found = rows.annotate(linked=Exists(linked)).order_by("filed_at", "id")
    return list(found.values(*ROW, "linked", "place__uid", "place__line", "place__kind")[:most])
