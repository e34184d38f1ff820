"""The register at the door: building by building, who was handed the paper, who gave it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.core.vote.now import VoteState
from yishi.phrases.clock import say_when
from yishi.phrases.vote import say_found, say_way
from yishi.records.queries.vote_lines import ELSEWHERE, Called, buildings_called, doors_page
from yishi.web.rows import page_in, pager_of
from yishi.web.vote.page import standing
from yishi.web.vote.shown import ShownVote, head, href, vote_page


@vote_page("vote.take_paper")
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The buildings with how far each is; or the doors of one of them."""
    building = request.GET.get("building", "")[:20]
    buildings = buildings_called(shown.vote)
    here = next((one for one in buildings if one.code == building), None)
    context: dict[str, Any] = {
        **head(shown),
        "standing": standing(shown),
        "is_open": shown.is_running,
        "buildings": [_told(shown, one) for one in buildings],
        "here": _told(shown, here) if here else None,
        "closed": shown.state is not VoteState.OPEN,
        "sheet": href("vote_doors_sheet", shown),
        "list_href": href("vote_doors", shown),
    }
    if here is not None:
        found = doors_page(shown.vote, here.code, page_in(request.GET))
        context["rows"] = [_door(shown, row, here.code) for row in found.rows]
        context["pager"] = pager_of(found, request.GET)
    return render(request, "yishi/vote/doors.html", context)


def _told(shown: ShownVote, one: Called) -> dict[str, Any]:
    """A building: its name, how many lines are in, and how the doors of the others stand."""
    counts = [
        f"{say_found(found)['word']} {one.found[found]}"
        for found in ("delivered", "absent", "refused")
        if one.found.get(found)
    ]
    return {
        "href": f"{href('vote_doors', shown)}?building={one.code}",
        "name": one.name or (_("No building") if one.code == ELSEWHERE else one.code),
        "taken": one.taken,
        "lines": one.lines,
        "share": 100 * one.taken / one.lines if one.lines else 0,
        "counts": " · ".join(counts),
        "is_done": one.taken == one.lines,
    }


def _door(shown: ShownVote, row: dict[str, Any], building: str) -> dict[str, Any]:
    tag = {"word": _("Not called at yet"), "mark": "waiting", "kind": ""}
    if row["way"]:
        tag = {"word": say_way(row["way"]), "mark": "done", "kind": "done"}
    elif row["found"]:
        tag = say_found(row["found"])
    return {
        "href": f"{href('vote_mark', shown, row['uid'])}?building={building}",
        "no": row["no"],
        "label": row["label"] or row["name"],
        "name": row["name"] if row["label"] else "",
        "tag": tag,
        "when": say_when(row["found_at"], shown.now) if row["found_at"] and not row["way"] else "",
    }


urls: list[URLPattern] = [path("votes/<str:uid>/doors", view, name="vote_doors")]
