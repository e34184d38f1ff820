"""One first screen per role: what is mine to do now, oldest clock first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.meeting.now import MeetingState
from yishi.core.permit import reach
from yishi.core.person import Actor, Role
from yishi.phrases.queue import say_queue
from yishi.phrases.role import say_role, say_seat
from yishi.records.queries.amendment import count_proposed
from yishi.records.queries.meeting_list import minutes_to_sign, of_actor
from yishi.records.queries.piles import Pile, piles_of
from yishi.records.queries.standing import leader_counts, waiting_clocks, years_missing
from yishi.records.queries.topic_work import SCREENING, TopicQueue, topics_waiting
from yishi.records.queries.work import SHORT, Waiting, work_of
from yishi.records.wallclock import now
from yishi.web.gate import actor_in, page
from yishi.web.groups import hot_note
from yishi.web.meeting.list import minutes_rows
from yishi.web.meeting.list import shown_rows as meeting_rows
from yishi.web.rows import case_rows
from yishi.web.topic.list import shown_rows
from yishi.web.vote.waiting import vote_rows
from yishi.web.work.deliberating import body_doors, say_part

# Who is called to meetings, or holds them.
MEETS = (
    Role.COMMUNITY_DESK, Role.SECRETARY, Role.CONVENER, Role.MEMBER, Role.UNIT_HANDLER,
    Role.LEGAL_ADVISER, Role.OVERSEER,
)  # fmt: skip
# Who signs off minutes.
SIGNS = (Role.CONVENER, Role.SECRETARY)


@page("work.view")
def view(request: HttpRequest) -> HttpResponse:
    """Sections by role. A resident without an appointment goes to the hall's first page."""
    actor, moment = actor_in(request), now()
    if not actor.seats:
        return redirect(reverse("home"))
    waiting = work_of(actor, moment)
    roles = list(dict.fromkeys(seat.role for seat in actor.seats))
    piles, news = piles_of(actor, moment)
    bodies = body_doors(actor)
    sections = [_section(actor, role, waiting, moment) for role in roles]
    talks = topics_waiting(actor, moment)
    _seat_meetings(actor, sections, roles, moment)
    _seat_minutes(actor, sections, roles, moment)
    for section, role in zip(sections, roles, strict=True):
        own = [_topics(queue, rows, moment) for queue, rows in talks if queue.role == role]
        section["queues"] = [*own, *section["queues"]]
        if "meetings" in section:
            section["queues"].insert(0, section["meetings"])
        if "minutes" in section:
            section["queues"].insert(0, section["minutes"])
        section["piles"] = [_pile(pile, many) for pile, many in piles if pile.role == role]
        section["doors"] += bodies.get(role, [])
    total = sum(len(queue["rows"]) for section in sections for queue in section["queues"])
    return render(
        request,
        "yishi/work/first.html",
        {
            "sections": sections,
            "several": len(sections) > 1,
            "quiet": total == 0,
            "unread": news,
            "votes": vote_rows(actor, moment),
            "may_file": bool(reach(actor, "report.file_for")),
            "may_settle": bool(reach(actor, "report.settle_on_spot")),
        },
    )


def _section(actor: Actor, role: Role, waiting: list[Waiting], moment: datetime) -> dict[str, Any]:
    queues = [_queue(found, moment) for found in waiting if found.queue.role == role]
    office = next((seat.office for seat in actor.seats_as(role) if seat.office), "")
    return {
        "role": say_role(role),
        "office": office,
        "seat": say_seat(role, office),
        "queues": [queue for queue in queues if queue["count"]],
        "empty": [queue for queue in queues if not queue["count"]],
        "figures": _figures(actor, moment) if role is Role.LEADER else [],
        "doors": _doors(role),
        "part": say_part(role),
        "hot": hot_note(actor, moment) if role is Role.DISPATCHER else None,
        "notices": _notices(actor, moment) if role is Role.ADMINISTRATOR else [],
    }


def _queue(found: Waiting, moment: datetime) -> dict[str, Any]:
    code = found.queue.code
    return {
        "code": code,
        "title": say_queue(code),
        "count": found.count,
        "tone": found.queue.tone if found.count else "",
        "rows": case_rows(found.rows, moment, keep=f"queue={code}"),
        "href": f"{reverse('case_list')}?queue={code}",
    }


def _topics(queue: TopicQueue, rows: list[Mapping[str, Any]], moment: datetime) -> dict[str, Any]:
    """Topics that wait, with the list behind them; rounds with wishes to screen lead there."""
    shown = shown_rows(rows[:SHORT], moment)
    if queue.code == SCREENING:
        for line, row in zip(shown, rows, strict=False):
            line["href"] = reverse("round_screen", args=[row["uid"]])
    return {
        "code": f"{queue.role}-{queue.code}",
        "title": say_queue(queue.code),
        "count": len(rows),
        "tone": queue.tone,
        "rows": shown,
        "href": f"{reverse(queue.to)}?{queue.asked}",
    }


def _seat_meetings(
    actor: Actor, sections: list[dict[str, Any]], roles: list[Role], moment: datetime
) -> None:
    """The next meetings, under the first role that goes to them. One statement, none for others."""
    at = next((no for no, role in enumerate(roles) if role in MEETS), None)
    if at is None:
        return
    rows = of_actor(actor, moment, SHORT)
    if rows:
        sections[at]["meetings"] = {
            "code": "meetings",
            "title": _("The next meetings"),
            "count": len(rows),
            "tone": "",
            "rows": meeting_rows(rows, moment),
            "href": f"{reverse('meetings')}?period=coming",
        }


def _seat_minutes(
    actor: Actor, sections: list[dict[str, Any]], roles: list[Role], moment: datetime
) -> None:
    """Minutes that wait for one's signature, under the first role that signs. One statement, none
    for others."""
    at = next((no for no, role in enumerate(roles) if role in SIGNS), None)
    if at is None:
        return
    rows = minutes_to_sign(actor, moment)
    if rows:
        sections[at]["minutes"] = {
            "code": "minutes",
            "title": say_queue("minutes_to_sign"),
            "count": len(rows),
            "tone": "late" if any(row["late"] for row in rows) else "soon",
            "rows": minutes_rows(rows[:SHORT], moment),
            "href": f"{reverse('meetings')}?place=&state={MeetingState.CLOSED}",
        }


def _pile(pile: Pile, many: int) -> dict[str, Any]:
    """What waits beside the cases, with the list behind it."""
    return {
        "title": say_queue(pile.code),
        "count": many,
        "tone": pile.tone,
        "href": f"{reverse(pile.to)}?state={pile.state}",
    }


def _figures(actor: Actor, moment: datetime) -> list[dict[str, Any]]:
    """This month at a glance, each number with the list behind it."""
    counts = leader_counts(actor, moment)
    base, month = reverse("case_list"), counts.month
    return [
        {
            "label": _("Received this month"),
            "value": counts.received,
            "href": f"{base}?month={month}",
        },
        {
            "label": _("Of these finished"),
            "value": counts.closed,
            "denominator": _("of %(all)s") % {"all": counts.received},
            "href": f"{base}?month={month}&open=no",
        },
        {
            "label": _("Open now"),
            "value": counts.open,
            "href": f"{base}?open=yes",
        },
        {
            "label": _("Late now"),
            "value": counts.late,
            "denominator": _("of %(all)s open") % {"all": counts.open},
            "href": f"{base}?colour=late",
            "kind": "late" if counts.late else "",
        },
    ]


def _doors(role: Role) -> list[dict[str, str]]:
    def door(name: str, word: str, hint: str, mark: str) -> dict[str, str]:
        return {"href": reverse(name), "word": word, "hint": hint, "mark": mark}

    if role is Role.ADMINISTRATOR:
        return [
            door("places", _("Places"), _("communities, grids, buildings, bodies"), "place"),
            door("people", _("People"), _("staff and residents"), "people"),
            door("appointments", _("Appointments"), _("roles, terms, handing over"), "key"),
            door("rules", _("Rules"), _("bundles, lists, calendars"), "ground"),
        ]
    if role is Role.AUDITOR:
        return [door("audit", _("Audit"), _("sign-ins and reads of personal data"), "verified")]
    return []


def _notices(actor: Actor, moment: datetime) -> list[dict[str, str]]:
    """What an administrator has to put right before clocks can run."""
    notices = [
        {
            "text": _("The work-day calendar of %(year)s is not loaded.") % {"year": year},
            "href": reverse("calendar"),
            "action": _("Load it"),
        }
        for year in years_missing(moment)
    ]
    if proposed := count_proposed(actor):
        text = _("%(count)s rulings propose a change of the responsibility list.")
        href = f"{reverse('rule_amendments')}?state=proposed"
        notices.append({"text": text % {"count": proposed}, "href": href, "action": _("Read them")})
    waiting = waiting_clocks()
    if waiting:
        text = _("%(count)s clocks wait for a calendar.") % {"count": waiting}
        notices.append({"text": text, "href": reverse("calendar"), "action": _("Calendars")})
    return notices
