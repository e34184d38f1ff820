"""会议记录, 会议纪要, 限期整改清单 of a meeting: what is printed after it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.phrases.clock import say_date
from yishi.phrases.meeting_form import say_form
from yishi.records.models import AgendaItem
from yishi.web.meeting.drafted import say_attended, say_day
from yishi.web.meeting.sheet_before import when
from yishi.web.meeting.shown import Shown

# A sheet holds so many pictures without spilling over; the others lie with the meeting. Ours.
PICTURES = 2
# From so many characters on the type is set closer, so that one page does. Ours.
LONG = 240


def minutes(shown: Shown) -> dict[str, Any]:
    """会议记录: for staff and those who were called; names stand in it."""
    made = _made(shown, _("%(title)s: minutes"), shown.row.minutes)
    return {**made, "sign": [*made["sign"], _("Signed: 　　　　　　")]}


def summary(shown: Shown) -> dict[str, Any]:
    """会议纪要: for anybody; attendance stands in it in numbers."""
    made = _made(shown, _("%(title)s: summary"), shown.row.summary)
    photos = [one for one in shown.held.papers if one.kind == "photo"][:PICTURES]
    uid = shown.row.uid
    hrefs = [reverse("meeting_paper_file", args=[uid, one.uid]) for one in photos]
    return {**made, "pictures": hrefs, "dense": made["dense"] or bool(hrefs)}


def _made(shown: Shown, title: str, text: str) -> dict[str, Any]:
    row = shown.row
    wrote = row.written_by.name if row.written_by else ""
    signed = row.signed_by.name if row.signed_by else _("not signed off yet")
    lines = [
        [{"label": _("Meeting time"), "word": when(shown)}],
        [{"label": _("Place"), "word": row.where}],
        [
            {"label": _("Form of meeting"), "word": say_form(row.form)},
            {"label": _("Convened by"), "word": row.body.name},
        ],
        [{"label": _("Attendance"), "word": say_attended(shown)}],
        [{"label": _("Written by"), "word": wrote}, {"label": _("Signed off by"), "word": signed}],
    ]
    return {
        "title": title % {"title": row.title},
        "lines": lines,
        "parts": [
            {"head": "", "words": line, "lines": []} for line in text.splitlines() if line.strip()
        ],
        "dense": len(text) > LONG,
        "sign": [row.body.name, say_date(row.signed_at or row.closed_at or row.starts_at)],
    }


def listed(shown: Shown) -> dict[str, Any]:
    """限期整改清单 of this meeting: what, by whom, by when, how it stands."""
    row = shown.row
    rows = [_row(shown, item) for item in shown.held.items if item.listed is not None]
    known = {"title": row.title, "day": say_date(row.starts_at)}
    return {
        "title": _("Dated list: %(title)s") % known,
        "about": _("From “%(title)s” on %(day)s.") % known,
        "rows": rows,
        "closing": [
            _(
                "The unit reports it done by the day; somebody else looks before it comes off. "
                "What became of each is reported back at the next meeting."
            )
        ],
    }


def _row(shown: Shown, item: AgendaItem) -> dict[str, str]:
    one = item.listed
    assert one is not None
    stands = _("under way")
    if one.closed_at is not None:
        stands = _("put right on %(day)s") % {"day": say_date(one.closed_at)}
    elif one.done_at is not None:
        stands = _("reported done")
    elif one.due_at <= shown.now:
        stands = _("late")
    return {
        "title": item.title,
        "unit": one.body.name,
        "due": say_day(one.due_at),
        "stands": stands,
    }
