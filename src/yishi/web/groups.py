"""同类与热点, for dispatchers: open cases that are likely the same, and where many come at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.phrases.similar import say_burst, say_place, say_words
from yishi.records.queries.groups import Alike, Hot, alike_groups, hot_spots, merging_ones
from yishi.records.queries.lately import lately
from yishi.records.queries.merging import MOST
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now as read_clock
from yishi.web.gate import actor_in, page
from yishi.web.rows import case_rows, page_in, pager_of
from yishi.web.similar import rules_of

# Rows of one group that are seen at once; the rest unfold.
SHOWN = 4


@page("case.take_in")
def view(request: HttpRequest) -> HttpResponse:
    """Hot spots, then groups of likely-same open cases, the one with the newest case first."""
    actor, now = actor_in(request), read_clock()
    rules = rules_of(actor, "case.take_in", now)
    if rules is None:
        return render(request, "yishi/case/groups.html", {"off": True})
    hot = hot_spots(actor, rules, now)
    found = alike_groups(actor, rules, now, page_in(request.GET), hot)
    hot = hot if found.page == 1 else []
    rows = [row for spot in hot for row in spot.rows]
    merging = merging_ones(actor, rows) if rows else set()
    context = {
        "off": False,
        "days": rules.group_days,
        "hot": [_hot(spot, merging, now) for spot in hot],
        "groups": [_group(one["group"], now) for one in found.rows],
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/case/groups.html", context)


def hot_note(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The one line about hot spots on a dispatcher's first screen; None where nothing is offered.

    Remembered for a minute for each set of seats.
    """
    seats = tuple(sorted({seat.line for _g, seat in reach(actor, "case.take_in") if seat}))

    def read() -> tuple[dict[str, Any] | None]:
        rules = rules_of(actor, "case.take_in", now)
        return (None if rules is None else _note(hot_spots(actor, rules, now)),)

    return lately("hot-note", (seats, today_of(now)), read)[0]


def _note(hot: Sequence[Hot]) -> dict[str, Any]:
    first = hot[0] if hot else None
    return {
        "many": len(hot),
        "what": say_what(first) if first else "",
        "often": say_burst(len(first.rows), first.days, first.usual) if first else "",
    }


def say_what(spot: Hot) -> str:
    """Where, and what kind; the words they share where they have no item yet."""
    kind = spot.item or "、".join(spot.words[:2])
    return " · ".join(part for part in (spot.where, kind) if part)


def _hot(spot: Hot, merging: set[int], now: datetime) -> dict[str, Any]:
    return {
        "what": say_what(spot),
        "often": say_burst(len(spot.rows), spot.days, spot.usual),
        "why": say_words(spot.words) if spot.item else "",
        **_shown(spot.rows, [row for row in spot.rows if row["id"] in merging], now),
    }


def _group(group: Alike, now: datetime) -> dict[str, Any]:
    why = (
        say_place(group.same_place),
        _("the same item") if group.same_item else "",
        say_words(group.words),
    )
    return {
        "what": _("Likely the same: %(many)s") % {"many": len(group.rows)},
        "why": " · ".join(part for part in why if part),
        **_shown(group.rows, group.rows, now),
    }


def _shown(
    rows: Sequence[dict[str, Any]], ticked: Iterable[dict[str, Any]], now: datetime
) -> dict[str, Any]:
    chosen = [("case", row["uid"]) for row in ticked][:MOST]
    shown = case_rows(rows, now)
    return {
        "rows": shown[:SHOWN],
        "more": shown[SHOWN:],
        "merge": f"{reverse('merge')}?{urlencode(chosen)}" if len(chosen) > 1 else "",
        "topic": f"{reverse('topic_from_cases')}?{urlencode(chosen)}" if len(chosen) > 1 else "",
        "ticked": len(chosen),
        "all": len(chosen) == len(rows),
    }


urls: list[URLPattern] = [path("groups", view, name="groups")]
