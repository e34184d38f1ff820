"""The list a case was opened from, shown beside it on a wide screen."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.person import Actor
from yishi.phrases.queue import say_queue
from yishi.records.queries.case_list import PAGE, rows_beside
from yishi.records.queries.work import BY_CODE, queue_condition
from yishi.web.case.filters import filters_in
from yishi.web.case.shown import Shown
from yishi.web.case.suggested import suggested
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


def cleared_queue(actor: Actor, origin: From) -> str:
    """The code of the queue the reader is clearing, one case after the other; "" for none."""
    queue = BY_CODE.get(QueryDict(origin.query).get("queue", ""))
    mine = queue is not None and queue.cleared and actor.seats_as(queue.role)
    return queue.code if queue is not None and mine else ""


def list_context(shown: Shown, origin: From) -> dict[str, Any]:
    """`layout` and what it needs: the page alone, or list left and matter right.

    At most two statements for the list; `quick`, the rows to choose from without leaving a queue
    that is cleared, three more.
    """
    base = reverse("case_list")
    alone = {
        "layout": "yishi/base.html",
        "beside": "",
        "list_href": f"{base}?open=yes",
        "list_title": _("Matters"),
        "quick": None,
    }
    if not origin.query:
        return alone
    query = QueryDict(origin.query)
    code = query.get("queue", "")
    queue = queue_condition(shown.actor, code, shown.now) if code else None
    if code and queue is None:
        return alone
    page = page_in(query)
    rows = rows_beside(shown.actor, filters_in(query), shown.now, page, queue)
    more = query.copy()
    more["page"] = str(page + 1)
    clearing = bool(cleared_queue(shown.actor, origin)) and shown.may("case.dispatch")
    return {
        "layout": "yishi/desk.html",
        "open": True,
        "beside": origin.query,
        "list_href": f"{base}?{origin.query}",
        "list_title": say_queue(code) if code else _("Matters"),
        "list": {"rows": case_rows(rows, shown.now, here=shown.case.uid, keep=origin.query)},
        "list_more": f"{base}?{more.urlencode()}" if len(rows) == PAGE else "",
        "quick": suggested(shown) if clearing else None,
    }
