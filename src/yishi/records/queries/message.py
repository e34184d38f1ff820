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
from yishi.records.models import Case, Message
from yishi.records.queries.permit import cases
from yishi.records.queries.report import report_uid, report_uids

STAFF = "staff."
COLUMNS = ("id", "template", "about", "params", "text", "not_before", "read_at")


@dataclass(frozen=True)
class Leads:
    """Where a message leads: the kind of page (`report`, `case`, `work`, or "" for none) and its
    uid. `open` is False where this person may not open it, or no longer."""

    page: str = ""
    uid: str = ""
    open: bool = True


def list_messages(actor: Actor, now: datetime) -> QuerySet[Message, Any]:
    """What the system told this person, newest first, once its time has come."""
    return _own(actor, now).order_by("-id").values(*COLUMNS)


def count_unread(actor: Actor, now: datetime) -> int:
    """How many of them have not been read."""
    return _own(actor, now).filter(read_at__isnull=True).count()


def number_of(row: Mapping[str, Any]) -> str:
    """The number of the matter a message is about; empty where it is about none."""
    staff = str(row["template"]).startswith(STAFF)
    return str((not staff and row["about"]) or row["params"].get("number", ""))


def leads_of(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> dict[int, Leads]:
    """message → where it leads, for a page of them. At most two queries."""
    rows = list(rows)
    staff = {number_of(row) for row in rows if row["template"].startswith(STAFF)} - {""}
    own = {number_of(row) for row in rows if not row["template"].startswith(STAFF)} - {""}
    reports = report_uids(actor, own) if own else {}
    seen = cases(actor, "case.view").filter(number__in=staff) if staff else Case.objects.none()
    numbered = dict(seen.values_list("number", "uid")) if staff else {}
    found = {}
    for row in rows:
        number = number_of(row)
        if row["template"] == MORNING:
            found[row["id"]] = Leads("work", open=bool(actor.seats))
        elif not number:
            found[row["id"]] = Leads()
        elif number in staff and row["template"].startswith(STAFF):
            found[row["id"]] = Leads("case", numbered.get(number, ""), number in numbered)
        else:
            found[row["id"]] = Leads("report", reports.get(number, ""), number in reports)
    return found


def page_of_number(actor: Actor, number: str) -> Leads:
    """The page a number in a message leads to: one's own report, else a case one may see."""
    if uid := report_uid(actor, number):
        return Leads("report", uid)
    case = cases(actor, "case.view").filter(number=number).values_list("uid", flat=True).first()
    return Leads("case", case) if case else Leads(open=False)


def mark_read(actor: Actor, number: str, case_uids: Iterable[str], now: datetime) -> None:
    """The messages about this report count as read once its page is opened."""
    # Before messages named their report, the case told which it was.
    about = Q(about=number) | Q(about="", entry__subject_uid__in=tuple(case_uids))
    _unread(actor, now).filter(about).update(read_at=now)


def mark_all_read(actor: Actor, now: datetime) -> int:
    """All of them count as read; how many did not yet."""
    return _unread(actor, now).update(read_at=now)


def mark_staff_read(actor: Actor, now: datetime, number: str = "") -> None:
    """What staff were told of the case with this number, or else of the day, counts as read."""
    rows = _unread(actor, now).filter(template__startswith=STAFF)
    about = Q(params__number=number) if number else Q(entry__isnull=True)
    rows.filter(about).update(read_at=now)


def _own(actor: Actor, now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(
        recipient_id=actor.person_id, channel="in_app", not_before__lte=now
    )


def _unread(actor: Actor, now: datetime) -> QuerySet[Message]:
    return _own(actor, now).filter(read_at__isnull=True)
