"""越程序处置: every exception to a procedure with name, office and reason, for everybody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from yishi.core.number import show_number
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.rule import say_text
from yishi.records.models import BundleRow
from yishi.records.queries.paging import listed
from yishi.records.queries.rule import parsed
from yishi.records.queries.topic_exceptions import exceptions, topics_named
from yishi.records.wallclock import now
from yishi.web.gate import page
from yishi.web.rows import page_in, pager_of

PAGE = 20


@page("topic.list")
def view(request: HttpRequest) -> HttpResponse:
    """Every exception, the newest first."""
    moment = now()
    found = listed(exceptions(request.GET.get("place", "")[:20]), page_in(request.GET), PAGE)
    context = {"rows": shown(found.rows, moment), "pager": pager_of(found, request.GET)}
    return render(request, "yishi/topic/exceptions.html", context)


def latest(place: str, most: int, moment: datetime) -> list[dict[str, Any]]:
    """The last few of a place, for the board. One statement, two more where there are any."""
    return shown(exceptions(place)[:most], moment)


def shown(rows: Iterable[Mapping[str, Any]], moment: datetime) -> list[dict[str, Any]]:
    """The rows of `topic/exception_rows.html`."""
    rows = list(rows)
    topics = topics_named({row["subject_uid"] for row in rows})
    wanted = {one["method_id"] for one in topics.values()}
    methods = {row.pk: parsed(row) for row in BundleRow.objects.filter(pk__in=wanted)}
    told = []
    for row in rows:
        topic, params = topics[row["subject_uid"]], row["params"]
        method = methods.get(topic["method_id"])
        course = method.procedure(topic["procedure"]) if method else None
        ways = [course.stage(params.get(name, "")) if course else None for name in ("stage", "to")]
        told.append(
            {
                "title": topic["title"],
                "number": show_number(topic["number"]),
                "place": topic["place__name"],
                "href": reverse("topic", args=[topic["uid"]]),
                "from": say_text(ways[0].name) if ways[0] else "",
                "to": say_text(ways[1].name) if ways[1] else "",
                "who": params.get("by_name", ""),
                "office": row["office"],
                "why": params.get("why", ""),
                "at": say_when(row["at"], moment),
                "exact": say_exact(row["at"]),
                "record": reverse("record_entry", args=[row["seq"]]) if row["seq"] else "",
            }
        )
    return told


urls: list[URLPattern] = [path("topics/exceptions", view, name="topic_exceptions")]
