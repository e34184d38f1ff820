"""The only door to a case: locked for an act, or read by somebody who may."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from yishi.core.calendar import Span, SpanKind
from yishi.core.case.now import CaseNow, ClockNow, ReportNow, WorkNow
from yishi.core.case.state import CaseKind, CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.records.models import Assignment, Case, Clock, Hand, Rating, Report
from yishi.records.models.base import Kept

ENDED = (ClockState.DONE, ClockState.STOPPED)


@dataclass
class LockedCase:
    """A case held for an act: the rows, and the frozen snapshot a decision sees."""

    case: Case
    now: CaseNow
    subject: Subject
    assignments: list[Assignment]
    clocks: list[Clock]
    reports: list[Report]
    aliases: dict[int, str] = field(default_factory=dict)
    parts: frozenset[tuple[int, str]] = frozenset()
    others: dict[tuple[str, str], Kept] = field(default_factory=dict)

    def row(self, kind: str, uid: str) -> Kept:
        """The row a change names. Raises KeyError where core named one that is not held."""
        if kind == "case":
            return self.case
        if (kind, uid) in self.others:
            return self.others[kind, uid]
        rows: dict[str, list[Kept]] = {
            "assignment": list(self.assignments),
            "clock": list(self.clocks),
            "report": list(self.reports),
        }
        for row in rows.get(kind, []):
            if row.uid == uid:
                return row
        raise KeyError(f"{kind} {uid} is not held")


def lock_case(uid: str) -> LockedCase | None:
    """The case and all a decision needs, in six statements; None where there is none.

    PostgreSQL locks the case row; on SQLite the transaction itself is exclusive.
    """
    rows = (
        Case.objects.filter(uid=uid)
        .select_related("place", "building", "rules")
        .defer("rules__files")
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    case = rows.first()
    return None if case is None else _gather(case)


def case_for(actor: Actor, uid: str, act: str = "case.view") -> LockedCase | None:
    """The case for reading, or None where there is none or `actor` may not see it."""
    case = (
        Case.objects.filter(uid=uid)
        .select_related("place__parent", "lead", "rules", "building", "grid", "duty", "first_asked")
        .defer("rules__files")
        .first()
    )
    if case is None:
        return None
    held = _gather(case)
    return held if isinstance(permit(actor, act, held.subject), Permitted) else None


def _gather(case: Case) -> LockedCase:
    assignments = list(case.assignments.select_related("unit").order_by("-is_lead", "id"))
    clocks = list(case.clocks.exclude(state__in=ENDED).order_by("id"))
    reports = list(_reports(case))
    hands = list(Hand.objects.filter(subject_uid=case.uid).values("person_id", "part", "alias"))
    by_id = {row.pk: row.uid for row in assignments}
    now = CaseNow(
        uid=case.uid,
        state=CaseState(case.state),
        kind=CaseKind(case.kind),
        nature=case.nature,
        urgent=case.urgent,
        dissatisfied=case.dissatisfied,
        attempts=case.attempts,
        closed_at=case.closed_at,
        works=tuple(_work(row) for row in assignments),
        clocks=tuple(_clock(row, by_id) for row in clocks),
        reports=tuple(
            ReportNow(
                row.uid,
                row.number,
                row.person_id,
                has_contact=bool(row.phone) or row.person_id is not None,
                rated=getattr(row, "is_rated", False),
            )
            for row in reports
        ),
    )
    parties: dict[str, frozenset[int]] = {}
    for hand in hands:
        parties[hand["part"]] = parties.get(hand["part"], frozenset()) | {hand["person_id"]}
    parties["raised"] = frozenset(r.person_id for r in reports if r.person_id is not None)
    subject = Subject(
        state=now.state,
        path=case.place.ids,
        grid=case.grid_id,
        units=frozenset(row.unit_id for row in assignments),
        parties=parties,
        public=case.is_public,
    )
    return LockedCase(
        case,
        now,
        subject,
        assignments,
        clocks,
        reports,
        {hand["person_id"]: hand["alias"] for hand in hands},
        frozenset((hand["person_id"], hand["part"]) for hand in hands),
    )


def _reports(case: Case) -> QuerySet[Report]:
    """Its reports; once it is answered, whether each has had its say in this round."""
    reports = Report.objects.filter(links__case=case, links__until_at=None).order_by("id")
    if case.state != CaseState.ANSWERED:
        return reports
    said = Rating.objects.filter(report=OuterRef("pk"), case=case, round=case.dissatisfied + 1)
    return reports.annotate(is_rated=Exists(said))


def _work(row: Assignment) -> WorkNow:
    return WorkNow(
        row.uid,
        row.unit_id,
        row.unit.name,
        row.is_lead,
        signed=row.signed_at is not None,
        contacted=row.contacted_at is not None,
        result_at=row.result_at,
    )


def _clock(row: Clock, assignments: dict[int, str]) -> ClockNow:
    return ClockNow(
        row.uid,
        ClockKind(row.kind),
        ClockState(row.state),
        row.started_at,
        Span(row.span_length, SpanKind(row.span_kind)),
        row.due_at,
        assignments.get(row.assignment_id or 0, ""),
    )
