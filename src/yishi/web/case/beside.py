"""The list a case was opened from, shown beside it on a wide screen."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.phrases.queue import say_queue
from yishi.records.queries.case_list import rows_beside
from yishi.records.queries.work import queue_condition
from yishi.web.case.filters import filters_in
from yishi.web.case.shown import Shown
from yishi.web.rows import case_rows, page_in

LONGEST = 300


@dataclass(frozen=True)
class From:
    """The query of a list, as the address or the form of a case carries it; empty for none."""

    query: str = ""

    def address(self, uid: str) -> str:
        """The case with the same list beside it."""
        href = reverse("case", args=[uid])
        return f"{href}?{urlencode({'beside': self.query})}" if self.query else href


def came_from(request: HttpRequest) -> From:
    """Which list the reader came from. Only our own filters are read out of it."""
    return From((request.POST.get("beside") or request.GET.get("beside", ""))[:LONGEST])


def list_context(shown: Shown, origin: From) -> dict[str, Any]:
    """`layout` and what it needs: the page alone, or list left and matter right.

    One statement for the list, which is not counted again.
    """
    base = reverse("case_list")
    alone = {
        "layout": "yishi/base.html",
        "beside": "",
        "list_href": f"{base}?open=yes",
        "list_title": _("Matters"),
    }
    if not origin.query:
        return alone
    query = QueryDict(origin.query)
    code = query.get("queue", "")
    queue = queue_condition(shown.actor, code, shown.now) if code else None
    if code and queue is None:
        return alone
    rows = rows_beside(shown.actor, filters_in(query), shown.now, page_in(query), queue)
    return {
        "layout": "yishi/desk.html",
        "open": True,
        "beside": origin.query,
        "list_href": f"{base}?{origin.query}",
        "list_title": say_queue(code) if code else _("Matters"),
        "list": {"rows": case_rows(rows, shown.now, here=shown.case.uid, keep=origin.query)},
    }
