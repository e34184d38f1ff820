"""The meetings of a place: those to come and past, what the rhythm proposes, what is owed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.core.meeting.now import Form, MeetingState
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.place import PlaceKind
from yishi.phrases.clock import say_clock, say_exact, say_when
from yishi.phrases.meeting import say_item_state, say_meeting_state
from yishi.phrases.meeting_form import say_form
from yishi.phrases.rule import say_text
from yishi.records.models import AgendaItem, Place
from yishi.records.queries.meeting_list import (
    COMING,
    PAST,
    Filters,
    Proposed,
    meeting_rows,
    meetings,
    owed_in,
    places_with_meetings,
    proposed_at,
)
from yishi.records.queries.paging import listed
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic_list import own_place
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, page
from yishi.web.ledger import Ledger, asked, select, workbook
from yishi.web.office import Cell
from yishi.web.rows import page_in, pager_of

NAMES = ("place", "state", "form", "period", "month", "topic")
OWED_MOST = 10


@page("meeting.list")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Every meeting of the place asked for; of one's own place unless another was."""
    moment, filters, actor = now(), _asked(request), actor_in(request)
    found = listed(meeting_rows(meetings(filters, moment)), page_in(request.GET))
    query = request.GET.copy()
    query.pop("page", None)
    here = _place(filters.place)
    may_call = bool(reach(actor, "meeting.call"))
    owed, owed_total = _owed(request, here)
    context = {
        "rows": shown_rows(found.rows, moment),
        "pager": pager_of(found, request.GET),
        "filters": _filters(filters),
        "month": filters.month[:7],
        "narrowed": any(
            (filters.state, filters.form, filters.period, filters.month, filters.topic)
        ),
        "found_word": {COMING: _("Meetings to come"), PAST: _("Meetings held")}.get(
            filters.period, _("All meetings")
        ),
        "chosen": filters.place,
        "may_call": may_call,
        "proposals": [_proposal(one, moment, may_call) for one in _proposed(here, moment)],
        "owed": [_owed_row(one, moment, may_call) for one in owed],
        "owed_total": owed_total,
        "download": f"{reverse('meetings_xlsx')}?{query.urlencode()}",
        "feed": reverse("meetings_ics", args=[here.code]) if here else "",
    }
    return render(request, "yishi/meeting/list.html", context)


@page("meeting.list")
def meeting_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    labels = [
        _("Number"), _("Meeting"), _("Form of meeting"), _("Community"), _("Convened by"),
        _("When"), _("Where"), _("How it stands"),
    ]  # fmt: skip
    return workbook(
        Ledger(
            name="meetings",
            title=_("Meetings"),
            lead="",
            labels=labels,
            rows=meeting_rows(meetings(_asked(request), now())),
            cells=_cells,
        )
    )


def shown_rows(found: Iterable[Mapping[str, Any]], moment: datetime) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html` for rows of `meeting_list.ROW`; one that is the reader's
    to run leads to the desk's screen of it."""
    return [
        {
            "href": reverse("meeting_desk" if row.get("keeps") else "meeting", args=[row["uid"]]),
            "number": say_when(row["starts_at"], moment),
            "line": row["title"],
            "place": f"{row['place__name']} · {row['where']}",
            "holder": row["body__name"],
            "marks": [say_meeting_state(row["state"])],
        }
        for row in found
    ]


def minutes_rows(found: Iterable[Mapping[str, Any]], moment: datetime) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html` for minutes that wait for a signature: each leads to the
    desk's screen of its meeting, where they are read and signed."""
    return [
        {
            "href": reverse("meeting_desk", args=[row["uid"]]),
            "number": show_number(row["number"]),
            "line": row["title"],
            "place": row["place__name"],
            "holder": row["body__name"],
            "clock": say_clock(row["minutes_by"], None, moment, "", row["closed_at"]),
            "marks": [{"word": _("Minutes to sign off"), "mark": "waiting", "kind": "soon"}],
        }
        for row in found
    ]


def _asked(request: HttpRequest) -> Filters:
    typed = asked(request, *NAMES)
    if "place" not in request.GET and not typed["topic"]:
        typed["place"] = own_place(actor_in(request))
    return Filters(**typed)


def _place(code: str) -> Place | None:
    """The community asked for; proposals and what is owed are of one community."""
    if not code:
        return None
    return Place.objects.filter(code=code, kind=PlaceKind.COMMUNITY).first()


def _proposed(here: Place | None, moment: datetime) -> list[Proposed]:
    return proposed_at(here, moment) if here else []


def _proposal(one: Proposed, moment: datetime, may_call: bool) -> dict[str, Any]:
    days = (one.on - today_of(moment)).days
    on = _("%(month)s/%(day)s") % {"month": one.on.month, "day": one.on.day}
    made = {"name": say_text(one.name), "on": on, "place": "", "late": False, "href": ""}
    if one.called:
        tag = say_meeting_state(one.state)
        return {
            **made,
            "words": tag["word"],
            "href": reverse("meeting", args=[one.called]),
            "word": _("See it"),
            "mark": "next",
        }
    made["words"] = _("not called yet, in %(days)s days") % {"days": days}
    if one.rest is not False:
        rest = _("a day of rest") if one.rest else _("the calendar of that year is not loaded")
        made["words"] = _("%(words)s; %(rest)s") % {"words": made["words"], "rest": rest}
    made["late"] = True
    if one.is_talk_day and not may_call:
        word = _("I have something to talk over")
        made |= {"href": reverse("topic_new"), "word": word, "mark": "talk", "primary": False}
    if may_call:
        asked_for = {"place": one.place, "rhythm": one.code, "on": one.on.isoformat()}
        made |= {
            "href": f"{reverse('meeting_new')}?{urlencode(asked_for)}",
            "word": _("Call this meeting"),
            "mark": "people",
            "primary": days <= 14,
        }
    return made


def _owed(request: HttpRequest, here: Place | None) -> tuple[list[AgendaItem], int]:
    """What has to be reported back, for whoever looks after it."""
    if here is None or not reach(actor_in(request), "meeting.owed"):
        return [], 0
    return owed_in(here, OWED_MOST)


def _owed_row(item: AgendaItem, moment: datetime, keeps: bool) -> dict[str, str]:
    row = item.meeting
    known = {
        "state": say_item_state(item.state)["word"],
        "title": row.title,
        "when": say_when(row.starts_at, moment),
    }
    name = "meeting_desk" if keeps else "meeting"
    return {
        "title": item.title,
        "words": _("%(state)s at “%(title)s”, %(when)s") % known,
        "href": f"{reverse(name, args=[row.uid])}#item-{item.uid}",
        "word": _("To the meeting"),
    }


def _filters(filters: Filters) -> list[dict[str, Any]]:
    places = [(row["code"], row["name"]) for row in places_with_meetings()]
    states = [(one.value, say_meeting_state(one)["word"]) for one in MeetingState]
    forms = [(one.value, say_form(one)) for one in Form]
    periods = [(COMING, _("Still to come")), (PAST, _("Past"))]
    return [
        select("place", _("Community"), places, filters.place),
        select("state", _("How it stands"), states, filters.state),
        select("form", _("Form of meeting"), forms, filters.form),
        select("period", _("When"), periods, filters.period),
    ]


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    return [
        show_number(row["number"]),
        row["title"],
        say_form(row["form"]),
        row["place__name"],
        row["body__name"],
        say_exact(row["starts_at"])[:16],
        row["where"],
        say_meeting_state(row["state"])["word"],
    ]


urls: list[URLPattern] = [
    path("meetings", meeting_list, name="meetings"),
    path("meetings.xlsx", meeting_list_xlsx, name="meetings_xlsx"),
]
