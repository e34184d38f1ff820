"""The only door to a case: locked for an act, or read by somebody who may."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yishi.core.calendar import Span, SpanKind
from yishi.core.case.merging import FOLLOWED
from yishi.core.case.now import CaseNow, ClockNow, ReportNow, WorkNow
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.state import CaseKind, CaseState
from yishi.core.clock import WORK, ClockKind, ClockState
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.records.models import Assignment, Call, Case, Clock, Hand, Rating, Report, Request
from yishi.records.models.base import Kept
from yishi.records.queries.clock import pauses_of
from yishi.records.queries.draw import drawn_open
from yishi.records.queries.request import requests_of

ENDED = (ClockState.DONE, ClockState.STOPPED)
# `core.case.closing.Rating.content`, as a condition on `Rating`: a resident's last word.
CONTENT = Q(solved=True) & ~Q(satisfaction="dissatisfied")


@dataclass
class LockedCase:
    """A case held for an act: the rows, and the frozen snapshot a decision sees.

    `assignments` are those in hand; `ended` those taken away again.
    """

    case: Case
    now: CaseNow
    subject: Subject
    assignments: list[Assignment]
    clocks: list[Clock]
    reports: list[Report]
    ended: list[Assignment] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
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
            "request": list(self.requests),
        }
        for row in rows.get(kind, []):
            if row.uid == uid:
                return row
        raise KeyError(f"{kind} {uid} is not held")


def lock_case(uid: str) -> LockedCase | None:
    """The case and all a decision needs, in seven statements; None where there is none.

    PostgreSQL locks the case row, and looks only then: a statement that waited for the lock would
    see everything but the row itself as it was before. On SQLite the transaction is exclusive.
    """
    if connection.features.has_select_for_update:
        list(Case.objects.filter(uid=uid).select_for_update().values_list("pk"))
    rows = (
        _with_more(Case.objects.filter(uid=uid))
        .select_related("place", "building", "rules")
        .defer("rules__files")
    )
    case = rows.first()
    return None if case is None else gather(case)


def case_for(actor: Actor, uid: str, act: str = "case.view") -> LockedCase | None:
    """The case for reading, or None where there is none or `actor` may not see it."""
    case = (
        _with_more(Case.objects.filter(uid=uid))
        .select_related(
            "place__parent",
            "lead",
            "rules",
            "building",
            "grid",
            "duty",
            "first_asked",
            "main",
            "instant",
        )
        .defer("rules__files")
        .first()
    )
    if case is None:
        return None
    held = gather(case)
    return held if isinstance(permit(actor, act, held.subject), Permitted) else None


def _with_more(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Whether anything was asked of it, help is called for or it was drawn by lot, and how many
    cases are merged into it: no join, so that PostgreSQL can lock the row."""
    merged = Case.objects.filter(main=OuterRef("pk")).order_by().values("main")
    return cases.annotate(
        was_asked=Exists(Request.objects.filter(case=OuterRef("pk"))),
        is_called=Exists(Call.objects.filter(case=OuterRef("pk"), closed_at__isnull=True)),
        is_drawn=Exists(drawn_open().filter(case=OuterRef("pk"))),
        merged_count=Coalesce(Subquery(merged.annotate(n=Count("pk")).values("n")), 0),
    )


def gather(case: Case, clocks: list[Clock] | None = None) -> LockedCase:
    """The rows about a case and the snapshot made of them; `clocks` where others are wanted."""
    asked, merged = getattr(case, "was_asked", False), getattr(case, "merged_count", 0)
    rows = list(case.assignments.select_related("unit").order_by("-is_lead", "id"))
    assignments = [row for row in rows if row.ended_at is None]
    clocks = list(_clocks(case, merged)) if clocks is None else clocks
    everyone = list(_reports(case))
    # Who withdrew keeps their thread, and is owed nothing more.
    left = case.state == CaseState.WITHDRAWN
    reports = [row for row in everyone if left or row.withdrawn_at is None]
    hands = list(Hand.objects.filter(subject_uid=case.uid).values("person_id", "part", "alias"))
    requests = requests_of(case) if asked else []
    by_id = {row.pk: row for row in rows}
    lead = next((row for row in assignments if row.is_lead), None)
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
        clocks=tuple(_clock(row, case, by_id, lead) for row in clocks),
        reports=tuple(
            ReportNow(
                row.uid,
                row.number,
                row.person_id,
                has_contact=bool(row.phone) or row.person_id is not None,
                rated=getattr(row, "is_rated", False),
                urged_at=row.urged_at,
                attempts=row.attempts,
                unhappy=getattr(row, "unhappy", 0),
                rounds=getattr(row, "last_round", 0),
            )
            for row in reports
        ),
        requests=tuple(_request(row) for row in requests),
        merged=merged,
        ruled=any(row.state == RequestState.RULED for row in requests),
    )
    parties: dict[str, frozenset[int]] = {}
    for hand in hands:
        parties[hand["part"]] = parties.get(hand["part"], frozenset()) | {hand["person_id"]}
    parties["raised"] = frozenset(r.person_id for r in everyone if r.person_id is not None)
    subject = Subject(
        state=now.state,
        path=case.place.ids,
        grid=case.grid_id,
        units=frozenset(row.unit_id for row in assignments),
        parties=parties,
        public=case.is_public,
        called=getattr(case, "is_called", False),
        drawn=getattr(case, "is_drawn", False),
    )
    return LockedCase(
        case,
        now,
        subject,
        assignments,
        clocks,
        reports,
        [row for row in rows if row.ended_at is not None],
        requests,
        {hand["person_id"]: hand["alias"] for hand in hands},
        frozenset((hand["person_id"], hand["part"]) for hand in hands),
    )


def _clocks(case: Case, merged: int) -> QuerySet[Clock]:
    """Its clocks that have not ended, and those of merged cases that it is held to."""
    found = Clock.objects.exclude(state__in=ENDED).order_by("id")
    if not merged:
        return found.filter(case=case)
    followed = Q(case__main=case, kind__in=FOLLOWED)
    return found.filter(Q(case=case) | followed).select_related("assignment", "case")


def _reports(case: Case) -> QuerySet[Report]:
    """Its reports; once it was answered, what each resident has said of it so far."""
    reports = Report.objects.filter(links__case=case, links__until_at=None).order_by("id")
    if case.answered_at is None:
        return reports
    said = Rating.objects.filter(report=OuterRef("pk")).order_by()
    ended = said.filter(CONTENT)
    unhappy = said.exclude(CONTENT).values("report").annotate(n=Count("pk")).values("n")
    last = said.values("report").annotate(n=Max("round")).values("n")
    return reports.annotate(
        is_rated=Exists(ended),
        unhappy=Coalesce(Subquery(unhappy), 0),
        last_round=Coalesce(Subquery(last), 0),
    )


def _work(row: Assignment) -> WorkNow:
    return WorkNow(
        row.uid,
        row.unit_id,
        row.unit.name,
        row.is_lead,
        signed=row.signed_at is not None,
        contacted=row.contacted_at is not None,
        result_at=row.result_at,
        signed_at=row.signed_at,
        title=row.title,
    )


def _clock(
    row: Clock, case: Case, assignments: dict[int, Assignment], lead: Assignment | None
) -> ClockNow:
    followed = row.case_id != case.pk
    work = row.assignment if followed else assignments.get(row.assignment_id or 0)
    uid = work.uid if work else ""
    if followed:
        uid = lead.uid if lead is not None and row.kind in WORK else ""
    pauses, still = pauses_of(row)
    return ClockNow(
        row.uid,
        ClockKind(row.kind),
        ClockState(row.state),
        row.started_at,
        Span(row.span_length, SpanKind(row.span_kind)),
        row.due_at,
        uid,
        unit_id=work.unit_id if work else 0,
        of_lead=work is not None and work.is_lead,
        amber_at=row.amber_at,
        calendar=row.calendar,
        extended_by=row.extended_by,
        pauses=pauses,
        open_pause=still,
        case=row.case.uid if followed else "",
    )


def _request(row: Request) -> RequestNow:
    return RequestNow(
        row.uid,
        RequestKind(row.kind),
        RequestState(row.state),
        row.assignment.uid,
        row.assignment.unit_id,
        row.assignment.unit.name,
        CaseState(row.state_before),
        row.length,
        row.until_at,
        row.asked_by_id,
        row.clause,
    )
