"""How the texts of a topic came to be: every version, and what changed from one to the next."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.text import say_ground_kept, say_text_kind
from yishi.records.models import Option
from yishi.records.queries.own_text import Version, in_force_at, versions_of_options
from yishi.web.difference import changes_in, shown_difference
from yishi.web.gate import missing, page
from yishi.web.topic.running import head
from yishi.web.topic.shown import Shown, read


@page("topic.view")
def texts(request: HttpRequest, uid: str) -> HttpResponse:
    """Every option with its text, the versions before it, and of a charter or covenant what it
    would change in the one in force."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    kind = shown.held.procedure.text if shown.held.procedure else ""
    force = in_force_at(shown.topic.place_id, kind) if kind and not shown.topic.ended_at else None
    versions = versions_of_options([row.pk for row in shown.options])
    context = {
        **head(shown),
        "kind": say_text_kind(kind) if kind else "",
        "force": force,
        "force_href": reverse("text", args=[force.uid]) if force else "",
        "options": [_option(row, versions.get(row.pk, []), force, shown) for row in shown.options],
    }
    return render(request, "yishi/topic/texts.html", context)


def _option(row: Option, versions: list[Version], force: Any, shown: Shown) -> dict[str, Any]:
    steps = [
        {
            "no": new.no,
            "title": _("From version %(old)s to version %(new)s") % {"old": old.no, "new": new.no},
            "at": say_when(new.at, shown.now),
            "exact": say_exact(new.at),
            "pieces": shown_difference(old.words, new.words),
            "asked": new.asked,
            "hidden": say_ground_kept(new.hidden) if new.hidden else "",
            "answer": new.answer,
        }
        for old, new in pairwise(versions)
    ]
    pieces = shown_difference(force.words, row.words) if force else []
    return {
        "no": row.no,
        "title": row.title,
        "words": row.words,
        "version": versions[-1].no if versions else 1,
        "against": pieces,
        "changes": changes_in(pieces) if pieces else 0,
        "steps": steps[::-1],
    }


urls: list[URLPattern] = [path("topics/<str:uid>/texts", texts, name="topic_texts")]
