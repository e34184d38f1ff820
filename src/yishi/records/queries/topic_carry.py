"""What was done around a topic: parts others took on, committees that looked on, what those called
back said, the meetings and votes held on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    F,
    Field,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from yishi.core.person import Actor
from yishi.records.models import (
    Meeting,
    StoredFile,
    Topic,
    TopicCallBack,
    TopicLink,
    TopicTask,
    Vote,
    Watch,
)
from yishi.records.queries.topic_paper import may_read

# So many of each stand on the page; a dossier has them all.
MOST = 100
PART, LOOK, MEETING, VOTE, CALL, CASE = "part", "look", "meeting", "vote", "call", "case"
Row = dict[str, Any]


@dataclass
class Carried:
    """Parts and looks by id of the try, meetings and votes the latest first, and what those called
    back said by id of the visit: score → how many. Rows are dicts of `COLUMNS`; `said` of a vote
    is its result as JSON."""

    parts: dict[int, list[Row]] = field(default_factory=dict)
    looks: dict[int, list[Row]] = field(default_factory=dict)
    rooms: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    calls: dict[int, dict[str, int]] = field(default_factory=dict)


# What every kind of row has, "" or None where it has none of it. `of`: the try or the visit; `n`:
# of a part the body, of calls back how many.
COLUMNS: Mapping[str, "Field[Any, Any]"] = {
    "what": CharField(),
    "key": CharField(),
    "of": BigIntegerField(),
    "how": CharField(),
    "name": CharField(),
    "kind": CharField(),
    "begun": DateTimeField(),
    "until": DateTimeField(),
    "amber": DateTimeField(),
    "said": TextField(),
    "answer_": TextField(),
    "result_": TextField(),
    "photo_": BigIntegerField(),
    "n": BigIntegerField(),
}


def carried(topic: Topic, *, cases: bool) -> Carried:
    """All of it; with the `cases` behind it for who may read them. One statement."""
    of_try = {"attempt__topic": topic}
    met = Q(topic=topic) | Q(items__topic=topic)
    tasks = _rows(
        TopicTask.objects.filter(**of_try),
        what=PART, key="uid", of="attempt_id", how="state", name="body__name", begun="called_at",
        until="due_at", amber="amber_at", said="words", answer_="answer", result_="result",
        photo_="proof_id", n="body_id",
    )  # fmt: skip
    looks = _rows(
        Watch.objects.filter(**of_try),
        what=LOOK, key="uid", of="attempt_id", name="body__name", kind="body__kind", begun="at",
        said="words", photo_="photo_id",
    )  # fmt: skip
    meetings = _rows(
        Meeting.objects.filter(met).distinct(),
        what=MEETING, key="uid", how="state", name="title", begun="starts_at",
    )  # fmt: skip
    votes = _rows(
        Vote.objects.filter(topic=topic),
        what=VOTE, key="uid", how="state", begun="rolled_at", until="closed_at", said="result",
    )  # fmt: skip
    said = TopicCallBack.objects.filter(passage__topic=topic).values("passage_id", "score")
    calls = _rows(
        said.annotate(many=Count("pk")), what=CALL, of="passage_id", how="score", n="many"
    )
    parts = [looks, meetings, votes, calls]
    if cases:
        links = TopicLink.objects.filter(topic=topic)
        parts.append(
            _rows(links, what=CASE, key="case__uid", name="case__number", of="id", until="until_at")
        )
    found = Carried()
    for row in tasks.union(*parts, all=True).order_by("begun", "of", "key"):
        _put(found, dict(row))
    found.rooms.reverse()
    return found


def _rows(rows: Any, *, what: str, **named: str) -> Any:
    """The rows as dicts of `COLUMNS`, the columns that are not named empty."""
    given: dict[str, Any] = {"what": Value(what, CharField())}
    for name, column in COLUMNS.items():
        if name in named:
            given[name] = Cast(F(named[name]), column)
        elif name != "what":
            empty = "" if isinstance(column, CharField | TextField) else None
            given[name] = Cast(Value(empty), column)
    return rows.order_by().annotate(**given).values(*COLUMNS)


def _put(found: Carried, row: Row) -> None:
    if row["what"] == CALL:
        found.calls.setdefault(row["of"], {})[row["how"]] = row["n"]
        return
    one = found.parts if row["what"] == PART else found.looks
    if row["what"] in (MEETING, VOTE):
        found.rooms.append(row)
    elif row["what"] == CASE:
        found.cases.append(row)
    elif len(kept := one.setdefault(row["of"], [])) < MOST:
        kept.append(row)


def photo_for(actor: Actor, kind: str, topic_uid: str, uid: str) -> StoredFile | None:
    """The photo of a part (`parts`) or of a look (`watches`); None where there is none, or its
    stage is not for this reader."""
    within = {"uid": uid, "attempt__topic__uid": topic_uid}
    joined = ("attempt__passage__topic__place", "attempt__passage__method")
    row: TopicTask | Watch | None
    if kind == "parts":
        task = TopicTask.objects.filter(**within).select_related("proof", *joined).first()
        row, file = task, task.proof if task else None
    else:
        look = Watch.objects.filter(**within).select_related("photo", *joined).first()
        row, file = look, look.photo if look else None
    if row is None or file is None:
        return None
    passage = row.attempt.passage
    return file if passage.is_public or may_read(actor, passage) else None
