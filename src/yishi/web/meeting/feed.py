"""Meetings as iCalendar: of a community as a public feed, and one alone. Names stand in neither."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from yishi.core.meeting.now import MeetingState
from yishi.core.place import PlaceKind
from yishi.phrases.meeting_form import say_form
from yishi.records.models import Meeting, Place
from yishi.records.queries.meeting_list import feed_of
from yishi.records.wallclock import now
from yishi.web.gate import missing, page
from yishi.web.meeting.shown import read

TYPE = "text/calendar; charset=utf-8"
# A meeting whose end nobody said is shown as two hours. Ours.
USUAL = timedelta(hours=2)


@page("meeting.list")
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The meetings of a community, for a calendar to follow."""
    place = Place.objects.filter(code=code[:20], kind=PlaceKind.COMMUNITY).first()
    if place is None:
        return missing(request)
    name = _("Meetings of %(place)s") % {"place": place.name}
    return _answer(request, name, feed_of(place, now()))


@page("meeting.view")
def one(request: HttpRequest, uid: str) -> HttpResponse:
    """One meeting, to put into one's own calendar."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    return _answer(request, shown.row.title, [shown.row])


def _answer(request: HttpRequest, name: str, rows: Iterable[Meeting]) -> HttpResponse:
    made = Calendar()
    made.add("prodid", "-//Yishi//meetings//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _line(name))
    for row in rows:
        made.add_component(_event(request, row))
    answer = HttpResponse(made.to_ical(), content_type=TYPE)
    answer.headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return answer


def _event(request: HttpRequest, row: Meeting) -> Event:
    address = request.build_absolute_uri(reverse("meeting", args=[row.uid]))
    host = request.get_host().split(":", 1)[0]
    off = row.state in (MeetingState.CANCELLED, MeetingState.FAILED)
    facts: dict[str, Any] = {
        "uid": f"{row.uid}@{host}",
        "dtstamp": row.called_at.astimezone(UTC),
        "dtstart": row.starts_at.astimezone(UTC),
        "dtend": (row.ends_at or row.starts_at + USUAL).astimezone(UTC),
        "sequence": row.version,
        "summary": _line(row.title),
        "location": _line(f"{row.place.name} {row.where}"),
        "description": f"{say_form(row.form)} · {row.body.name}\n{row.words}".strip(),
        "url": address,
        "status": "CANCELLED" if off else "CONFIRMED",
    }
    event = Event()
    for key, value in facts.items():
        event.add(key, value)
    return event


def _line(text: str) -> str:
    """On one line: a calendar's fields are lines, and a break would end one."""
    return " ".join(text.split())


urls: list[URLPattern] = [
    path("places/<str:code>/meetings.ics", feed, name="meetings_ics"),
    path("meetings/<str:uid>.ics", one, name="meeting_ics"),
]
