"""Rounds, wishes and projects as the rows of lists, and what a reader may do with them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.grant import Subject
from yishi.core.method.language import StageKind
from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.phrases.money import say_yuan
from yishi.phrases.project import say_project_state
from yishi.phrases.round import say_proposal_state, say_title
from yishi.records.queries.round import calls_until
from yishi.web.topic.list import shown_rows as topic_rows


def may(actor: Actor, act: str, subject: Subject) -> bool:
    """Whether this reader may do that; no statement."""
    return isinstance(permit(actor, act, subject), Permitted)


def round_rows(found: Iterable[Mapping[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html` for rows of `queries.round.ROW`: those of their topics,
    with the page of the round and how many wishes and projects it has. Where wishes are taken, its
    clock is theirs: its step runs on after the last of them."""
    found = list(found)
    untils = calls_until([row["uid"] for row in found if row["stage_kind"] == StageKind.COLLECT])
    found = [_until(row, untils.get(row["uid"])) for row in found]
    return [
        {
            **shown,
            "href": reverse("round", args=[row["uid"]]),
            "marks": [*shown["marks"], *_numbers(row)],
        }
        for row, shown in zip(found, topic_rows(found, now), strict=True)
    ]


def _until(row: Mapping[str, Any], until: datetime | None) -> Mapping[str, Any]:
    if until is None:
        return row
    return {**row, "tally": {**row["tally"], "until": until.isoformat()}}


def _numbers(row: Mapping[str, Any]) -> list[dict[str, str]]:
    said = []
    if row["proposals_n"]:
        said.append({"word": _("%(n)s wishes") % {"n": row["proposals_n"]}, "mark": "send"})
    if row["projects_n"]:
        said.append({"word": _("%(n)s projects") % {"n": row["projects_n"]}, "mark": "check"})
    return said


def proposal_rows(found: Iterable[Mapping[str, Any]], here: str = "") -> list[dict[str, Any]]:
    """The same for rows of `queries.proposal.ROW`; `here`: the one that is open beside the list."""
    return [
        {
            "href": reverse("proposal", args=[row["uid"]]),
            "number": show_number(row["number"]),
            "line": say_title(row["title"]),
            "place": row["building__name"] or row["place__name"],
            "holder": row["body__name"] or "",
            "marks": [say_proposal_state(row["state"])],
            "here": row["uid"] == here,
        }
        for row in found
    ]


def project_rows(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for rows of `queries.round.project_rows`, each with its sum and its wishes."""
    rows = []
    for row in found:
        marks = [say_project_state(row["state"])]
        if row["cost_fen"] is not None:
            sum_fen = row["cost_fen"] if row["settled_fen"] is None else row["settled_fen"]
            marks.append({"word": say_yuan(sum_fen), "mark": ""})
        if row["authors"] > 1:
            marks.append({"word": _("%(n)s wishes") % {"n": row["authors"]}, "mark": "people"})
        rows.append(
            {
                "href": project_href(row["uid"]),
                "number": show_number(row["number"]),
                "line": row["option__title"],
                "marks": marks,
            }
        )
    return rows


def project_href(uid: str) -> str:
    """The page of a project."""
    return reverse("project", args=[uid])
