"""越程序处置: what was taken against its procedure, by whom, why; anybody may read it."""

from typing import Any

from django.db.models import Q, QuerySet

from yishi.records.models import Entry, Topic

CODE = "topic.overridden"


def exceptions(place: str = "") -> "QuerySet[Entry, Any]":
    """Every exception, the newest first; of the place of that uid and those below it, "" for all:
    {subject_uid, at, params, office, seq}."""
    rows = Entry.objects.filter(code=CODE, subject_kind="topic")
    if place:
        above = ("place__uid", "place__parent__uid", "place__parent__parent__uid")
        here = Q()
        for name in above:
            here |= Q((name, place))
        rows = rows.filter(subject_uid__in=Topic.objects.filter(here).values("uid"))
    return rows.order_by("-id").values("subject_uid", "at", "params", "office", "seq", "uid")


def topics_named(uids: set[str]) -> dict[str, dict[str, Any]]:
    """Uid → the topic's number, title, place and method. One statement."""
    rows = Topic.objects.filter(uid__in=uids).values(
        "uid", "number", "title", "place__name", "method_id", "procedure"
    )
    return {row["uid"]: dict(row) for row in rows}
