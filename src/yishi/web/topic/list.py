"""The topics of a place: where each stands, by when, who leads; the same as a workbook."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.person import VISITOR
from yishi.core.topic.now import TopicState
from yishi.phrases.clock import say_exact, say_exact_by
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.topic import say_kept_text, say_outcome, say_topic_state
from yishi.phrases.topic_clock import say_topic_clock
from yishi.records.queries.paging import listed
from yishi.records.queries.topic_list import (
    LATE,
    Filters,
    count_topics,
    entries_named,
    own_place,
    places_with_topics,
    topic_rows,
    topics,
)
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, asked, select, workbook
from yishi.web.office import Cell, in_line
from yishi.web.rows import page_in, pager_of

NAMES = ("place", "state", "entry", "q", "month", "order")


@page("topic.list")
def topic_list(request: HttpRequest) -> HttpResponse:
    """Every topic of the place asked for; of one's own place unless another was."""
    moment, filters = now(), _asked(request)
    rows = topics(filters, moment)
    found = listed(topic_rows(rows, filters.order), page_in(request.GET))
    query = request.GET.copy()
    query.pop("page", None)
    actor, choices = actor_in(request), _filters(filters)
    context = {
        "rows": shown_rows(found.rows, moment),
        "pager": pager_of(found, request.GET),
        "filters": choices,
        "chosen": _chosen(choices, filters.q),
        "q": filters.q,
        "figures": _figures(filters, count_topics(_whole(filters, moment), moment)),
        "narrowed": any((filters.state, filters.entry, filters.q, filters.month)),
        "everywhere": not filters.place,
        "may_raise": actor == VISITOR or bool(reach(actor, "topic.raise")),
        "download": f"{reverse('topics_xlsx')}?{query.urlencode()}",
    }
    return render(request, "yishi/topic/list.html", context)


@page("topic.list")
def topic_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    filters = _asked(request)
    labels = [
        _("Number"), _("Topic it is about"), _("Community"), _("How it stands"),
        _("Step it stands at"), _("Who leads it"), _("Due"), _("Put forward"),
    ]  # fmt: skip
    return workbook(
        Ledger(
            name="topics",
            title=_("Topics"),
            lead="",
            labels=labels,
            rows=topic_rows(topics(filters, now()), filters.order),
            cells=_cells,
        )
    )


def shown_rows(found: Iterable[Mapping[str, Any]], moment: datetime) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html` for rows of `topic_list.ROW`."""
    return [
        {
            "href": reverse("topic", args=[row["uid"]]),
            "number": show_number(row["number"]),
            "line": row["title"],
            "place": row["place__name"],
            "holder": say_kind(row["lead"]) if row["lead"] else "",
            "clock": say_topic_clock(
                row["stage_kind"],
                row["tally"],
                row["due_at"],
                row["amber_at"],
                row["entered_at"],
                moment,
            )
            if row["state"] == TopicState.RUNNING
            else None,
            "marks": [_mark(row)],
        }
        for row in found
    ]


def _mark(row: Mapping[str, Any]) -> dict[str, str]:
    """Where it stands, as a tag: the step it is at, or how it ended."""
    tag = say_topic_state(row["state"], is_carried_out=row["is_carried_out"])
    word = say_kept_text(row["stage_name"])
    if row["state"] == TopicState.ENDED:
        word = say_outcome(row["outcome"], row["outcome_name"])
    return {**tag, "word": word or tag["word"]}


def _asked(request: HttpRequest) -> Filters:
    typed = asked(request, *NAMES)
    if "place" not in request.GET:
        typed["place"] = own_place(actor_in(request))
    return Filters(**typed)


def _whole(filters: Filters, moment: datetime) -> Any:
    """All of the place: what the figures count."""
    return topics(Filters(place=filters.place), moment)


def _filters(filters: Filters) -> list[dict[str, Any]]:
    places = [(row["code"], in_line(row)) for row in places_with_topics(filters.place)]
    states = [
        (TopicState.PROPOSED.value, say_topic_state("proposed")["word"]),
        (TopicState.RUNNING.value, say_topic_state("running")["word"]),
        (LATE, _("Late")),
        (TopicState.ENDED.value, say_topic_state("ended")["word"]),
    ]
    entries = [(code, say_text(name)) for code, name in entries_named(filters.place)]
    orders = [("", _("Newest first")), ("due", _("What is due first"))]
    return [
        select("place", _("Community"), places, filters.place),
        select("state", _("How it stands"), states, filters.state),
        select("entry", _("Entry of the catalogue"), entries, filters.entry),
        {
            "name": "order",
            "label": _("In which order"),
            "options": [
                {"value": value, "word": word, "chosen": value == filters.order}
                for value, word in orders
            ],
        },
    ]


def _chosen(choices: list[dict[str, Any]], words: str) -> str:
    """What the list is narrowed to and how it stands, in a line that is read while the filters are
    folded."""
    said = [
        option["word"].strip()
        for choice in choices
        for option in choice["options"]
        if option["chosen"] and option["value"]
    ]
    return " · ".join([*said, words] if words else said)


def _figures(filters: Filters, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    words = {
        "proposed": say_topic_state("proposed")["word"],
        "running": say_topic_state("running")["word"],
        LATE: _("Late"),
        "ended": say_topic_state("ended")["word"],
    }
    base = f"{reverse('topics')}?place={filters.place}"
    return [
        {
            "label": word,
            "value": counts[state],
            "href": f"{base}&state={state}",
            "kind": "late" if state == LATE and counts[state] else "",
        }
        for state, word in words.items()
    ]


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    ended = row["state"] == TopicState.ENDED
    return [
        show_number(row["number"]),
        row["title"],
        row["place__name"],
        say_topic_state(row["state"])["word"],
        say_outcome(row["outcome"], row["outcome_name"])
        if ended
        else say_kept_text(row["stage_name"]) or "—",
        say_kind(row["lead"]) if row["lead"] else "—",
        say_exact_by(row["due_at"]) if row["due_at"] else "—",
        say_exact(row["raised_at"])[:10],
    ]


urls: list[URLPattern] = [
    path("topics", topic_list, name="topics"),
    path("topics.xlsx", topic_list_xlsx, name="topics_xlsx"),
]
