"""The whole of a meeting on one screen, for whoever holds it: called, sign-in, sitting, each item,
minutes, sign-off, reported back. Works on a tablet while people sit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.meeting.calling import may_sign_in_from
from yishi.core.meeting.now import MeetingState as S
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.meeting import say_way
from yishi.phrases.meeting_form import say_record
from yishi.web.gate import missing, page
from yishi.web.meeting.course import flow, now_to_do
from yishi.web.meeting.deed import inline
from yishi.web.meeting.deeds import (
    ADD,
    CANCEL,
    SIGN_FOR,
)
from yishi.web.meeting.drafted import name_of, say_for
from yishi.web.meeting.items import owed_card, worked
from yishi.web.meeting.papers import shown_papers
from yishi.web.meeting.sheets import sheets_of
from yishi.web.meeting.shown import Shown, counted, head, read, say_progress
from yishi.web.sheet import qr

STEPS = (S.CALLED, S.SITTING, S.CLOSED, S.SIGNED)


@page("meeting.view")
def desk(request: HttpRequest, uid: str) -> HttpResponse:
    """The screen; somebody who does not hold the meeting goes to its public page."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if not shown.keeps:
        return redirect("meeting", uid)
    owed = [owed_card(shown, one) for one in shown.held.owed] if shown.state in STEPS else []
    context = {
        **head(shown),
        "flow": flow(shown),
        "now": now_to_do(shown),
        "owed": owed,
        "items": [worked(shown, one) for one in shown.held.items],
        "progress": say_progress(shown),
        "add": _add(shown),
        "minutes": _minutes(shown),
        "door": _door(request, shown),
        "count": _count(shown),
        "came": came(shown),
        "called": _called(shown),
        "sheets": sheets_of(shown),
        "quiet": _quiet(shown),
    }
    return render(request, "yishi/meeting/desk.html", context)


@page("meeting.view")
def count(request: HttpRequest, uid: str) -> HttpResponse:
    """Who is there and whether that is enough: the numbers alone, asked for while people come."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    return render(request, "yishi/meeting/count.html", {"count": _count(shown)})


def came(shown: Shown) -> list[dict[str, str]]:
    """Who signed in, the last first, to whoever may read names."""
    if not shown.names:
        return []
    return [
        {
            "name": name_of(one) or _("Somebody whose name is not known"),
            "as": say_for(shown, one),
            "at": say_exact(one.at)[11:16],
            "way": say_way(one.way),
        }
        for one in reversed(shown.held.came)
    ]


def _count(shown: Shown) -> dict[str, Any]:
    made = counted(shown)
    if not _lies_open(shown):
        # Nobody is missing yet.
        made["kind"] = ""
    if shown.held.is_open:
        made["again"] = reverse("meeting_count", args=[shown.row.uid])
    return made


def _add(shown: Shown) -> list[dict[str, Any]]:
    """One more item, where the form of meeting takes unannounced ones or it is still called."""
    sits = shown.state is S.SITTING
    if not shown.may(ADD.act) or (sits and shown.held.terms.announced_only):
        return []
    return [{**inline_link(shown), "quiet": True}]


def inline_link(shown: Shown) -> dict[str, Any]:
    """The way to the form for one more item, which offers the topics that wait."""
    return {"href": ADD.href(shown.row.uid), "word": ADD.word(), "mark": ADD.mark}


def _minutes(shown: Shown) -> dict[str, Any] | None:
    row = shown.row
    if shown.state not in (S.SITTING, S.CLOSED, S.SIGNED):
        return None
    by = ""
    if row.written_by is not None:
        by = _("Written by %(name)s") % {"name": row.written_by.name}
    if row.signed_by is not None and row.signed_at is not None:
        known = {"name": row.signed_by.name, "at": say_when(row.signed_at, shown.now)}
        by = f"{by} · {_('signed off by %(name)s, %(at)s') % known}"
    needs = [say_record(one) for one in shown.held.terms.record]
    links = []
    if shown.may("meeting.add_paper"):
        href = reverse("meeting_paper", args=[row.uid])
        links.append({"href": href, "word": _("Add a photo or a paper"), "mark": "camera"})
    return {
        "summary": row.summary,
        "minutes": row.minutes,
        "by": by,
        "needs": _("Kept of this meeting: %(what)s") % {"what": _(", ").join(needs)},
        "links": links,
        "deeds": [],
        **shown_papers(shown),
    }


def _door(request: HttpRequest, shown: Shown) -> dict[str, Any] | None:
    """The panel at the door: the code, its picture, the desk's own sign-in."""
    if not shown.held.is_open or not shown.row.code:
        return None
    address = request.build_absolute_uri(reverse("meeting_here", args=[shown.row.code]))
    takes = shown.may(SIGN_FOR.act) and _lies_open(shown)
    deeds = [inline(SIGN_FOR, shown, to="door")] if takes else []
    return {
        "qr": qr(address, scale=6, border=2),
        "code": f"{shown.row.code[:3]} {shown.row.code[3:]}",
        "address": address.split("://", 1)[-1],
        "deeds": deeds,
    }


def _lies_open(shown: Shown) -> bool:
    """Whether the hour has come from which people sign in."""
    return shown.now >= may_sign_in_from(shown.row.starts_at, shown.held.terms.early)


def _called(shown: Shown) -> dict[str, str]:
    invitees = shown.held.invitees
    comes = sum(1 for one in invitees if one.answer == "comes")
    told = sum(1 for one in invitees if one.told_how)
    known = {"all": len(invitees), "told": told, "comes": comes}
    away = [
        one.body.name for one in invitees if one.body and one.must_come and one.answer == "away"
    ]
    return {
        "words": _("%(all)s called, %(told)s told, %(comes)s come") % known,
        "missing": _("Has to come and cannot: %(who)s") % {"who": _(", ").join(away)}
        if away
        else "",
    }


def _quiet(shown: Shown) -> list[dict[str, str]]:
    found = []
    if shown.may(CANCEL.act):
        found.append({"href": CANCEL.href(shown.row.uid), "word": CANCEL.word()})
    return found


urls: list[URLPattern] = [
    path("meetings/<str:uid>/desk", desk, name="meeting_desk"),
    path("meetings/<str:uid>/count", count, name="meeting_count"),
]
