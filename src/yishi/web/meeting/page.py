"""A meeting as anybody reads it: what, when, where, about what, who is called, what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.meeting.now import MeetingState as S
from yishi.core.meeting.sitting import quorum
from yishi.phrases.clock import say_exact, say_full, say_when
from yishi.phrases.meeting import say_came, say_coming, say_counts, say_limit
from yishi.phrases.meeting_form import say_form
from yishi.web.gate import missing, page
from yishi.web.meeting.answering import answer_links
from yishi.web.meeting.deed import inline
from yishi.web.meeting.deeds import SAY
from yishi.web.meeting.drafted import say_attended
from yishi.web.meeting.items import card
from yishi.web.meeting.papers import public_photos
from yishi.web.meeting.sheets import sheets_of
from yishi.web.meeting.shown import Shown, counted, head, read

OVER = (S.CLOSED, S.SIGNED)


@page("meeting.view")
def meeting(request: HttpRequest, uid: str) -> HttpResponse:
    """What is public of a meeting, and what this person may do about it. No name of anybody who
    came or is invited by name is on it, whoever looks."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    row, over = shown.row, shown.state in OVER
    context = {
        **head(shown),
        "form_word": say_form(row.form),
        "stands": _stands(shown),
        "is_over": over,
        "items": [_item(shown, one) for one in shown.held.items],
        "summary": row.summary if shown.state is S.SIGNED else "",
        "signed": _("Signed off %(when)s") % {"when": say_when(row.signed_at, shown.now)}
        if row.signed_at
        else "",
        "count": _count(shown) if over or shown.state in (S.SITTING, S.FAILED) else None,
        "quorum": say_counts(quorum(shown.held.now)) if shown.state is S.CALLED else [],
        "called": _called(shown),
        "guests": _guests(shown),
        "facts": _facts(shown),
        "ics": reverse("meeting_ics", args=[uid]),
        "sheets": sheets_of(shown, public=True),
        "photos": public_photos(shown) if over else [],
        "deeds": [],
        "links": [*_links(shown), *answer_links(shown)],
    }
    return render(request, "yishi/meeting/page.html", context)


def _item(shown: Shown, item: Any) -> dict[str, Any]:
    """The card; where somebody who signed in may speak, with the form to do so."""
    made = card(shown, item)
    speaks = shown.state is S.SITTING and item.state == "open" and shown.is_mine
    if speaks and not shown.keeps and shown.may(SAY.act):
        made["deeds"] = [inline(SAY, shown, item, quiet=True)]
    return made


def _stands(shown: Shown) -> str:
    row = shown.row
    if shown.state is S.CANCELLED:
        return _("Called off: %(why)s") % {"why": row.why}
    if shown.state is S.FAILED:
        if row.again.exists():
            return _("Too few came. It is called again.")
        return _("It was not held, and is not called again yet.")
    if shown.state is S.CLOSED:
        return _("The meeting is over. The summary stands here once it is signed off.")
    if shown.state is S.CALLED and shown.held.terms.urgent:
        return _("Called at short notice: %(why)s") % {"why": shown.held.terms.urgent}
    return ""


def _count(shown: Shown) -> dict[str, Any]:
    made = counted(shown)
    return {**made, "words": say_attended(shown) if shown.state in OVER else made["words"]}


def _called(shown: Shown) -> list[dict[str, Any]]:
    """The bodies called, with what they answered, and once it is over which were there; people
    called by name are only counted."""
    came = shown.held.units_came if shown.state in OVER else []
    return [
        {
            "name": body.name,
            "must": one.must_come,
            "tag": say_came()
            if body.name in came
            else say_coming(one.answer)
            if one.answer
            else None,
        }
        for body, one in shown.held.bodies_called
    ]


def _guests(shown: Shown) -> str:
    many = shown.held.guests_called
    return _("and %(n)s guests by name") % {"n": many} if many else ""


def _facts(shown: Shown) -> list[dict[str, str]]:
    row, terms = shown.row, shown.held.terms
    facts = [
        {"label": _("Convened by"), "value": row.body.name},
        {"label": _("Community"), "value": row.place.name},
        {
            "label": _("Called on"),
            "value": say_when(row.called_at, shown.now),
            "exact": say_exact(row.called_at),
        },
        {"label": _("Notice"), "value": say_limit(terms.notice)},
        {
            "label": _("By which rule"),
            "value": _("Rules on meetings, version %(version)s") % {"version": terms.version},
        },
    ]
    if row.ends_at is not None:
        facts.insert(2, {"label": _("Ends"), "value": say_full(row.ends_at)})
    return facts


def _links(shown: Shown) -> list[dict[str, Any]]:
    """To the screen of whoever holds it; to signing in, for somebody with the code at hand."""
    if not shown.keeps:
        return []
    href = reverse("meeting_desk", args=[shown.row.uid])
    return [{"href": href, "word": _("Hold this meeting"), "mark": "people", "primary": True}]


urls: list[URLPattern] = [path("meetings/<str:uid>", meeting, name="meeting")]
