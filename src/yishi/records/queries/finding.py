"""Findings: what the record bears, the list of them, and how a promise of the list was kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from yishi.core.case.request import RequestKind
from yishi.core.clock import ClockKind, ClockState
from yishi.core.finding import OnRecord, ran_out
from yishi.core.oversight import Found
from yishi.core.person import Actor
from yishi.records.models import Body, Clock, DutyRow, Entry, Finding, Inspection, Opinion, Request
from yishi.records.queries.case import LockedCase
from yishi.records.queries.clock import pauses_of
from yishi.records.queries.ledger import Span, bodies_named, narrowed, visible_at

ROW = (
    "uid",
    "breach",
    "words",
    "found_at",
    "body__name",
    "case__uid",
    "case__number",
    "case__place__name",
    "case__item_title",
    "duty__uid",
    "duty__title",
    "duty__promise",
)


def on_record(held: LockedCase, body: Body, now: datetime) -> OnRecord | None:
    """What the case's record says of the body's part in it; None where it had none.

    Five statements.
    """
    own = [row.pk for row in (*held.assignments, *held.ended) if row.unit_id == body.pk]
    if not own:
        return None
    case = held.case
    clocks = Clock.objects.filter(case=case, assignment_id__in=own)
    asked = Request.objects.filter(case=case, kind=RequestKind.RETURN)
    by_body = list(asked.values_list("assignment__unit_id", flat=True))
    failed = Entry.objects.filter(subject_uid=case.uid, code="case.check_failed")
    looks = Inspection.objects.filter(case=case, found__in=[Found.PARTLY, Found.NOT])
    return OnRecord(
        late=sum(_ran_out(clock, now) for clock in clocks),
        returned=len(by_body) if body.pk in by_body else 0,
        dissatisfied=case.dissatisfied,
        checks_failed=failed.count(),
        looked=looks.count(),
        opinions=Opinion.objects.filter(case=case, body=body).count(),
    )


def _ran_out(clock: Clock, now: datetime) -> bool:
    still = pauses_of(clock)[1]
    paused_at = still[0] if still else None
    return ran_out(ClockState(clock.state), clock.due_at, clock.ended_at, paused_at, now)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to: a breach, a body's code, a place's code, a month, a row."""

    breach: str = ""
    unit: str = ""
    place: str = ""
    month: str = ""
    duty: str = ""


def findings(actor: Actor, asked: Filters) -> QuerySet[Finding, Any]:
    """Findings the actor may read, newest first, as dicts of `ROW`."""
    found = narrowed(
        Finding.objects.filter(visible_at(actor, "finding.list", "case__place", "body_id")),
        Span("case__place", "body", "found_at", asked.place, asked.unit, asked.month),
    )
    if asked.breach:
        found = found.filter(breach=asked.breach)
    if asked.duty:
        found = found.filter(duty__uid=asked.duty)
    return found.order_by("-found_at", "-id").values(*ROW)


def breaches(actor: Actor) -> list[str]:
    """The breaches findings were recorded for, for the filter. One statement."""
    seen = Finding.objects.filter(visible_at(actor, "finding.list", "case__place", "body_id"))
    return list(seen.order_by("breach").values_list("breach", flat=True).distinct()[:40])


def units(actor: Actor) -> list[dict[str, Any]]:
    """The bodies findings were recorded against, for the filter. One statement."""
    seen = Finding.objects.filter(visible_at(actor, "finding.list", "case__place", "body_id"))
    return bodies_named(seen, "body_id")


@dataclass(frozen=True)
class Kept:
    """How the promise of a row was kept: matters given by it met in time, not met in time, still
    running in time; and the findings recorded about it."""

    kept: int
    broken: int
    open: int
    findings: int


def promise_of(row: DutyRow, now: datetime) -> Kept:
    """Counted over the handling clocks of the matters dispatched by the row. Two statements.

    A clock met before its exclusive due moment is a promise kept; one that ran out is a promise
    broken, whether it was met later or not. One that was stopped in time counts as neither.
    """
    limits = Clock.objects.filter(
        Q(assignment__duty=row) | Q(assignment__duty__isnull=True, case__duty=row),
        kind=ClockKind.HANDLE,
        assignment__is_lead=True,
    )
    ended, stopped = Q(ended_at__isnull=False), Q(state=ClockState.STOPPED)
    late_now = ~ended & Q(due_at__lte=now) & ~Q(state=ClockState.PAUSED)
    counts = limits.aggregate(
        kept=Count("pk", filter=ended & ~stopped & Q(ended_at__lt=F("due_at"))),
        broken=Count("pk", filter=Q(ended_at__gte=F("due_at")) | late_now),
        open=Count("pk", filter=~ended & ~late_now),
    )
    return Kept(**counts, findings=Finding.objects.filter(duty=row).count())
