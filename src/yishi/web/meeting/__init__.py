"""Pages of meetings (会议): the list, calling one, its public page, the desk's one screen, the
register of calls, signing in by the code, its sheets, its papers, its calendar."""

from collections.abc import Sequence

from django.urls import URLPattern

from yishi.web.meeting import answering, call, desk, feed, here, page, papers, sheets
from yishi.web.meeting import list as meetings
from yishi.web.meeting.deed import addresses
from yishi.web.meeting.deeds import DEEDS

# A fixed word goes before what would take it for a uid.
urls: Sequence[URLPattern] = [
    *meetings.urls,
    *feed.urls,
    *call.urls,
    *page.urls,
    *desk.urls,
    *answering.urls,
    *papers.urls,
    *sheets.urls,
    *here.urls,
    *addresses(DEEDS),
]
