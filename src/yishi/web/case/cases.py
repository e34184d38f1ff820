"""The list of cases: filters as one form, one page at a time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.case.state import MOVABLE
from yishi.core.permit import reach
from yishi.phrases.queue import say_queue
from yishi.phrases.stage import say_stages
from yishi.records.queries.case_list import Filters, case_page, communities, units
from yishi.records.queries.work import queue_condition
from yishi.records.wallclock import now
from yishi.web.case.filters import filters_in
from yishi.web.gate import actor_in, missing, page
from yishi.web.rows import case_rows, page_in, pager


@page("case.list")
def view(request: HttpRequest) -> HttpResponse:
    """Cases this person may see, narrowed by the query; `queue` is one of `/work`."""
    actor, moment, query = actor_in(request), now(), request.GET
    filters = filters_in(query)
    code = query.get("queue", "")
    queue = queue_condition(actor, code, moment) if code else None
    if code and queue is None:
        return missing(request)
    found = case_page(actor, filters, moment, page_in(query), queue)
    rows = case_rows(found.rows, moment, found.photos, keep=query.urlencode() or "all=1")
    picks = bool(reach(actor, "case.merge")) and len(rows) > 1
    if picks:
        _choosable(found.rows, rows)
    return render(
        request,
        "yishi/case/list.html",
        {
            "title": say_queue(code) if code else _("Matters"),
            "queue": code,
            "all_href": reverse("case_list"),
            "total": f"{found.total}+" if found.capped else found.total,
            "rows": rows,
            "picks": picks,
            "pager": pager(found.page, found.pages, found.total, query, found.capped),
            "groups": [] if code else _groups(filters),
            "places": [] if code else communities(actor),
            "units": [] if code else units(actor),
            "filters": filters,
            "kept": [(name, query[name]) for name in ("item", "month") if query.get(name)],
            "narrowed": filters != Filters(),
        },
    )


def _choosable(found: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """A box on each row that can be put together with others."""
    for kept, row in zip(found, rows, strict=True):
        if kept["state"] in MOVABLE:
            row["pick"] = kept["uid"]
            row["pick_word"] = _("Choose %(number)s") % {"number": row["number"]}


def _groups(filters: Filters) -> list[dict[str, Any]]:
    """Chips: how far, how urgent."""
    stages = [("", _("All")), *say_stages().items()]
    colours = [
        ("", _("All")),
        ("late", _("Late")),
        ("soon", _("Due soon")),
        ("waiting", _("Waits for a calendar")),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "word": word, "checked": value == now_chosen}
                for value, word in options
            ],
        }
        for name, label, options, now_chosen in (
            ("stage", _("How far"), stages, filters.stage),
            ("colour", _("Time"), colours, filters.colour),
        )
    ]
