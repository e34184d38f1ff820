"""What meetings still owe somebody: a report on what was listed or put off, and their minutes.

Source: practice G8 (件件有回音).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from yishi.core.meeting.grants import WROTE
from yishi.core.meeting.now import MeetingState
from yishi.core.meeting.reporting import OWED
from yishi.core.meeting.terms import read_terms
from yishi.core.person import Actor
from yishi.records.models import AgendaItem, Hand, Meeting
from yishi.records.queries.ledger import Span, narrowed, visible_at
from yishi.records.queries.meeting import HELD, roles_at
from yishi.records.queries.paging import Listed, listed

ACT = "meeting.owed"
# So many that wait for one signature are looked through; nobody has more.
MOST = 100
ITEM = (
    "uid", "no", "title", "state", "outcome", "settled_at", "report_by", "listed__uid",
    "listed__number", "listed__body__name", "listed__due_at", "listed__closed_at",
    "meeting__uid", "meeting__title", "meeting__rhythm", "meeting__place__name",
    "meeting__starts_at", "topic__uid",
)  # fmt: skip
MINUTES = (
    "uid", "number", "title", "place__name", "body__name", "closed_at", "minutes_by", "written_by",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """Codes of a place and of the body the entry of the list is for; `late`: past their day."""

    place: str = ""
    unit: str = ""
    late: bool = False


def to_report(actor: Actor, asked: Filters, now: datetime, page: int) -> Listed:
    """A page of what has to be reported back, the first due first: `ITEM` and `late`, whether its
    day is past. Two statements."""
    found = owed_items(actor, asked, now)
    ordered = found.order_by(F("report_by").asc(nulls_last=True), "id")
    shown = listed(ordered.values(*ITEM), page)
    for row in shown.rows:
        row["late"] = row["report_by"] is not None and row["report_by"] <= now
    return shown


def owed_items(actor: Actor, asked: Filters, now: datetime) -> QuerySet[AgendaItem]:
    """The items themselves, unordered: of meetings that were held in the actor's places, or that
    a body of theirs convened."""
    rows = AgendaItem.objects.filter(
        visible_at(actor, ACT, "meeting__place", "meeting__body_id"),
        meeting__state__in=HELD,
        state__in=OWED,
        reported_at__isnull=True,
    )
    rows = narrowed(
        rows, Span("meeting__place", "listed__body", "settled_at", asked.place, asked.unit)
    )
    return rows.filter(report_by__lte=now) if asked.late else rows


def owed_counts(actor: Actor, now: datetime) -> dict[str, int]:
    """How many have to be reported back (`owed`), and of those how many are past their day
    (`late`). One statement."""
    rows = owed_items(actor, Filters(), now).order_by()
    return rows.aggregate(owed=Count("pk"), late=Count("pk", filter=Q(report_by__lte=now)))


def minutes_owed(actor: Actor, now: datetime, page: int) -> Listed:
    """A page of closed meetings whose minutes nobody signed off yet, the first due first:
    `MINUTES` and `late`. Two statements."""
    rows = Meeting.objects.filter(visible_at(actor, ACT), state=MeetingState.CLOSED)
    ordered = rows.order_by(F("minutes_by").asc(nulls_last=True), "id")
    shown = listed(ordered.values(*MINUTES), page)
    for row in shown.rows:
        row["late"] = row["minutes_by"] is not None and row["minutes_by"] <= now
    return shown


def minutes_to_sign(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Closed meetings whose minutes were written by others and wait for the actor's signature, as
    the form of each names who signs; the first due first: `MINUTES` and `late`. One statement."""
    wrote = Hand.objects.filter(
        subject_uid=OuterRef("uid"), person_id=actor.person_id or 0, part=WROTE
    )
    rows = (
        Meeting.objects.filter(visible_at(actor, "meeting.sign_off"), state=MeetingState.CLOSED)
        .exclude(minutes="")
        .filter(~Exists(wrote))
        .select_related("place", "body")
        .order_by(F("minutes_by").asc(nulls_last=True), "id")
    )
    return [
        {
            "uid": row.uid,
            "number": row.number,
            "title": row.title,
            "place__name": row.place.name,
            "body__name": row.body.name,
            "closed_at": row.closed_at,
            "minutes_by": row.minutes_by,
            "late": row.minutes_by is not None and row.minutes_by <= now,
        }
        for row in rows[:MOST]
        if set(read_terms(row.rule).signs) & roles_at(actor, row)
    ]
