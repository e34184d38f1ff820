"""A person's own messages, and the page each leads to: nobody opens more by a message than without.

A message names a number; whether its page opens is asked anew of the same rows that make the
list of that page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from yishi.core.message import MORNING
from yishi.core.person import Actor
from yishi.records.models import Case, Meeting, Message, Project, Proposal, Topic
from yishi.records.queries.permit import cases
from yishi.records.queries.report import report_uid, report_uids

STAFF = "staff."
TOPIC = "topic."
MEETING = "meeting."
VOTE = "vote."
# Kind of public page → what it shows.
OF_KIND: dict[str, Any] = {
    "topic": Topic.objects,
    "meeting": Meeting.objects,
    "round": Topic.objects,
    "proposal": Proposal.objects,
    "project": Project.objects,
}
COLUMNS = ("id", "template", "about", "params", "text", "not_before", "read_at")


@dataclass(frozen=True)
class Leads:
    """Where a message leads: the kind of page (`report`, `case`, `work`, one of `OF_KIND`, or ""
    for none) and its uid. `open` is False where this person may not open it, or no longer."""

    page: str = ""
    uid: str = ""
    open: bool = True


def list_messages(actor: Actor, now: datetime) -> QuerySet[Message, Any]:
    """What the system told this person, newest first, once its time has come."""
    return _own(actor, now).order_by("-id").values(*COLUMNS)


def count_unread(actor: Actor, now: datetime) -> int:
    """How many of them have not been read."""
    return unread(actor, now).count()


def unread(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Those of them that have not been read, to be counted with something else."""
    return _own(actor, now).filter(read_at__isnull=True)


def number_of(row: Mapping[str, Any]) -> str:
    """The number of the matter a message is about; empty where it is about none."""
    staff = str(row["template"]).startswith(STAFF)
    return str((not staff and row["about"]) or row["params"].get("number", ""))


def leads_of(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> dict[int, Leads]:
    """message → where it leads, for a page of them. At most six queries."""
    rows = list(rows)
    staff = {number_of(row) for row in rows if row["template"].startswith(STAFF)} - {""}
    told: dict[str, set[str]] = {}
    for row in rows:
        told.setdefault(_public(row), set()).add(number_of(row))
    own = told.pop("", set()) - {""} - staff
    # Topics, meetings, wishes and projects are public: whoever was told of one may open it.
    uids = {
        kind: dict(OF_KIND[kind].filter(number__in=numbers).values_list("number", "uid"))
        for kind, numbers in told.items()
    }
    reports = report_uids(actor, own) if own else {}
    seen = cases(actor, "case.view").filter(number__in=staff) if staff else Case.objects.none()
    numbered = dict(seen.values_list("number", "uid")) if staff else {}
    found = {}
    for row in rows:
        number, kind = number_of(row), _public(row)
        if row["template"] == MORNING:
            found[row["id"]] = Leads("work", open=bool(actor.seats))
        elif not number:
            found[row["id"]] = Leads()
        elif kind:
            found[row["id"]] = Leads(kind, uids[kind].get(number, ""), number in uids[kind])
        elif number in staff and row["template"].startswith(STAFF):
            found[row["id"]] = Leads("case", numbered.get(number, ""), number in numbered)
        else:
            found[row["id"]] = Leads("report", reports.get(number, ""), number in reports)
    return found


def _public(row: Mapping[str, Any]) -> str:
    """The kind of public page a message leads to, "" for none: of a topic or its vote, and not of
    the matter of one's own that is talked over in it; of a meeting, a wish, a project."""
    template = str(row["template"])
    if template.startswith((TOPIC, VOTE)):
        return "" if row["about"] else "topic"
    return next((kind for kind in OF_KIND if template.startswith(f"{kind}.")), "")


def page_of_number(actor: Actor, number: str) -> Leads:
    """The page a number in a message leads to: one's own report, a topic, a meeting, a wish, a
    project, else a case one may see."""
    if uid := report_uid(actor, number):
        return Leads("report", uid)
    if topic := Topic.objects.filter(number=number).values_list("uid", flat=True).first():
        return Leads("topic", topic)
    for kind in ("meeting", "proposal", "project"):
        if uid := OF_KIND[kind].filter(number=number).values_list("uid", flat=True).first():
            return Leads(kind, uid)
    case = cases(actor, "case.view").filter(number=number).values_list("uid", flat=True).first()
    return Leads("case", case) if case else Leads(open=False)


def mark_read(actor: Actor, number: str, case_uids: Iterable[str], now: datetime) -> None:
    """The messages about this report count as read once its page is opened."""
    # Before messages named their report, the case told which it was.
    about = Q(about=number) | Q(about="", entry__subject_uid__in=tuple(case_uids))
    unread(actor, now).filter(about).update(read_at=now)


def mark_topic_read(actor: Actor, number: str, now: datetime) -> None:
    """What this person was told of the topic with this number and its votes counts as read."""
    kinds = Q(template__startswith=TOPIC) | Q(template__startswith=VOTE)
    unread(actor, now).filter(kinds, params__number=number).update(read_at=now)


def mark_meeting_read(actor: Actor, number: str, now: datetime) -> None:
    """What this person was told of the meeting with this number counts as read."""
    unread(actor, now).filter(template__startswith=MEETING, params__number=number).update(
        read_at=now
    )


def mark_kind_read(actor: Actor, kind: str, number: str, now: datetime) -> None:
    """What this person was told of the wish or the project with this number counts as read."""
    told = unread(actor, now).filter(template__startswith=f"{kind}.", params__number=number)
    told.update(read_at=now)


def mark_all_read(actor: Actor, now: datetime) -> int:
    """All of them count as read; how many did not yet."""
    return unread(actor, now).update(read_at=now)


def mark_staff_read(actor: Actor, now: datetime, number: str = "") -> None:
    """What staff were told of the case with this number, or else of the day, counts as read."""
    rows = unread(actor, now).filter(template__startswith=STAFF)
    about = Q(params__number=number) if number else Q(entry__isnull=True)
    rows.filter(about).update(read_at=now)


def _own(actor: Actor, now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(
        recipient_id=actor.person_id, channel="in_app", not_before__lte=now
    )
