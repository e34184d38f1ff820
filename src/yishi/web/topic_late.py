"""超期议题: topics and parts past their time, by how long and who leads, for everybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_clock
from yishi.phrases.topic import say_part_state
from yishi.records.queries.paging import listed
from yishi.records.queries.topic_late import late_parts, late_topics
from yishi.records.wallclock import now
from yishi.web.gate import page
from yishi.web.rows import page_in, pager_of
from yishi.web.topic.list import shown_rows


@page("topic.list")
def view(request: HttpRequest) -> HttpResponse:
    """Every late topic of the place asked for, the longest late first."""
    moment, place = now(), request.GET.get("place", "")[:20]
    found = listed(late_topics(place, moment), page_in(request.GET))
    first = page_in(request.GET) == 1
    context = {
        "rows": shown_rows(found.rows, moment),
        "parts": [_part(row, moment) for row in late_parts(place, moment)] if first else [],
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/topic/late.html", context)


def _part(row: Mapping[str, Any], moment: datetime) -> dict[str, Any]:
    return {
        "href": reverse("topic", args=[row["topic"]]),
        "number": show_number(row["number"]),
        "line": row["title"],
        "place": row["place"],
        "holder": _("%(unit)s, called by %(lead)s") % {"unit": row["unit"], "lead": row["lead"]},
        "clock": say_clock(row["due_at"], row["amber_at"], moment, "", row["called_at"]),
        "marks": [say_part_state(row["state"])],
    }


urls: list[URLPattern] = [path("topics/late", view, name="topics_late")]
