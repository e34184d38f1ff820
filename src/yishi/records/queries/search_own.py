"""A resident's search in their own matters: they are few, so their texts are read as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yishi.core.number import show_number
from yishi.core.person import Actor
from yishi.core.search import Piece, Sought, first_with, fold, marked
from yishi.records.models import Entry, Link
from yishi.records.queries.paging import plain

# Ours: nobody has more of their own; the newest are looked at.
MOST = 300


@dataclass(frozen=True)
class Own:
    """One's own matter that holds what was sought."""

    row: dict[str, Any]
    pieces: tuple[Piece, ...]


def find_own(actor: Actor, sought: Sought, readable: Mapping[str, str]) -> list[Own]:
    """One's own reports that hold every word sought, the phrase first, then the newest.

    `readable`: code of a step → the parameter a resident reads of it. Two statements.
    """
    if actor.person_id is None:
        return []
    links = Link.objects.filter(report__person_id=actor.person_id).order_by("-report__filed_at")
    rows = plain(
        links.values(
            "from_at", "until_at", "report__uid", "report__number", "report__words",
            "report__answer", "report__spot", "report__withdrawn_at", "case__uid", "case__state",
            "case__lead__name", "case__item_title", "report__place__name", "report__building__name",
        )[:MOST]
    )  # fmt: skip
    told = Entry.objects.filter(
        subject_uid__in={row["case__uid"] for row in rows}, code__in=tuple(readable)
    ).values("subject_uid", "code", "at", "params")
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in plain(told.order_by("id")):
        steps.setdefault(step["subject_uid"], []).append(step)
    texts: dict[str, list[str]] = {}
    for row in rows:
        mine = texts.setdefault(row["report__uid"], [])
        mine += [*_kept(row), *_told(row, steps.get(row["case__uid"], []), readable)]
    ranked: list[tuple[int, Own]] = []
    for row in (row for row in rows if row["until_at"] is None):
        runs = [fold(text) for text in texts[row["report__uid"]]]
        if all(any(word in run for run in runs) for word in sought.words):
            text = first_with(texts[row["report__uid"]], sought)
            whole = any(sought.whole in run for run in runs)
            ranked.append((0 if whole else 1, Own(row, marked(text, sought))))
    return [own for _, own in sorted(ranked, key=lambda pair: pair[0])]


def _kept(row: Mapping[str, Any]) -> list[str]:
    names = ("words", "answer", "spot", "place__name", "building__name")
    kept = [show_number(row["report__number"]), *(row[f"report__{name}"] or "" for name in names)]
    return [*kept, row["case__lead__name"] or "", row["case__item_title"]]


def _told(
    row: Mapping[str, Any], steps: list[dict[str, Any]], readable: Mapping[str, str]
) -> Iterator[str]:
    """What was written on the steps while the report was handled there, but not on another's."""
    for step in steps:
        here = row["from_at"] <= step["at"] and (
            row["until_at"] is None or step["at"] < row["until_at"]
        )
        own = step["params"].get("report", row["report__uid"]) == row["report__uid"]
        text = step["params"].get(readable[step["code"]])
        if here and own and isinstance(text, str):
            yield text
