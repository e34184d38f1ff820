"""The sheets of a meeting, on the one base of everything printed, in Chinese in either language."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.meeting.now import MeetingState as S
from yishi.core.number import show_number
from yishi.records.queries.meeting_shown import entry_of
from yishi.web.gate import missing, page
from yishi.web.meeting import sheet_after, sheet_before
from yishi.web.meeting.drafted import CHINESE
from yishi.web.meeting.shown import Shown, read
from yishi.web.sheet import foot_of, sheet

Fill = Callable[[Shown], dict[str, Any]]
# Name of the address: template, what fills it, the entries it rests on.
SHEETS: dict[str, tuple[str, Fill, tuple[str, ...]]] = {
    "notice": ("notice", sheet_before.notice, ("meeting.called", "meeting.called_again")),
    "agenda": ("agenda", sheet_before.agenda, ()),
    "signin": ("signin", sheet_before.signin, ()),
    "minutes": ("minutes", sheet_after.minutes, ("meeting.signed", "meeting.written")),
    "summary": ("minutes", sheet_after.summary, ("meeting.signed", "meeting.written")),
    "listed": ("listed", sheet_after.listed, ()),
}
AFTER = (S.CLOSED, S.SIGNED)


def say_sheet(name: str) -> str:
    """What a sheet is called."""
    return {
        "notice": _("Notice of the meeting"),
        "agenda": _("Agenda"),
        "signin": _("Attendance sheet"),
        "minutes": _("Minutes of the meeting"),
        "summary": _("Summary of the meeting"),
        "listed": _("Dated list of the meeting"),
    }[name]


def sheets_of(shown: Shown, *, public: bool = False) -> list[dict[str, str]]:
    """The sheets there are of a meeting as it stands; `public`: those for anybody."""
    return [
        {"href": reverse("meeting_sheet", args=[shown.row.uid, name]), "word": say_sheet(name)}
        for name in SHEETS
        if _there(shown, name, keeps=shown.names and not public)
    ]


def _there(shown: Shown, name: str, *, keeps: bool) -> bool:
    """Whether this reader may have the sheet now."""
    state = shown.state
    if name in ("notice", "agenda"):
        return state is not S.CANCELLED
    if name == "signin":
        return keeps
    if name == "minutes":
        return keeps and bool(shown.row.minutes)
    if name == "summary":
        return bool(shown.row.summary) and (state is S.SIGNED or (keeps and state in AFTER))
    return state in AFTER or (keeps and state is S.SITTING)


@page("meeting.view")
def view(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    """One sheet; 404 to whoever may not have it, as if there were none."""
    shown = read(request, uid)
    if shown is None or name not in SHEETS or not _there(shown, name, keeps=shown.names):
        return missing(request)
    template, fill, codes = SHEETS[name]
    back = reverse("meeting_desk" if shown.keeps else "meeting", args=[uid])
    with translation.override(CHINESE):
        number = show_number(shown.row.number)
        context = {
            **fill(shown),
            "name": f"{say_sheet(name)} {number}",
            "sheet": sheet(back, foot=foot_of(request, entry_of(uid, *codes)), code=number),
        }
        return render(request, f"yishi/meeting/sheet_{template}.html", context)


urls: list[URLPattern] = [
    path("meetings/<str:uid>/sheets/<str:name>", view, name="meeting_sheet"),
]
