"""What a form is filled from: the row it is about, what stands beside it, the entry it rests on.

Every form names one row by its uid; whoever may not take that form of that row finds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from yishi.core.case.request import RequestKind
from yishi.core.clock import WORK, ClockKind
from yishi.core.form import ACT, Form
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.records.models import (
    Assignment,
    Case,
    Clock,
    Entry,
    Listed,
    Opinion,
    Order,
    Place,
    Request,
    Ruling,
)
from yishi.records.queries.case import LockedCase, case_for
from yishi.records.queries.form_report import OfReport, of_own, of_reports

LONGEST_LIST = 200


@dataclass(frozen=True)
class OfWork:
    """交办单: one unit's work, the others', its clocks from first to last."""

    held: LockedCase
    work: Assignment
    others: tuple[str, ...]
    clocks: tuple[Clock, ...]
    entry: Entry | None


@dataclass(frozen=True)
class OfRequest:
    """退回单, 延期审批表: what a unit asked for and the word on it. `clock`: what it is held to."""

    held: LockedCase
    request: Request
    ruling: Ruling | None
    clock: Clock | None
    entry: Entry | None


@dataclass(frozen=True)
class OfOrder:
    """督办单, with the clock of its answer and since when the unit had the matter."""

    held: LockedCase
    order: Order
    clock: Clock | None
    entry: Entry | None


@dataclass(frozen=True)
class OfOpinion:
    """监督意见书."""

    opinion: Opinion
    entry: Entry | None


@dataclass(frozen=True)
class OfList:
    """限期整改清单 of a place with all below it, or of one case: open ones first, by their day."""

    place: Place
    case: Case | None
    rows: tuple[Listed, ...]
    total: int
    open: int
    late: int
    at: datetime
    entry: Entry | None


Found = OfReport | OfWork | OfRequest | OfOrder | OfOpinion | OfList


def find(actor: Actor, form: Form, uid: str, now: datetime) -> Found | None:
    """What `form` of the row `uid` is filled from, or None where `actor` may not take it."""
    act = ACT[form]
    match form:
        case Form.REGISTRATION | Form.ANSWER | Form.CALL_BACK:
            held = _held(actor, act, Q(links__report__uid=uid, links__until_at__isnull=True))
            return next(iter(of_reports(held, uid=uid)), None) if held else None
        case Form.HANDING_OVER:
            held = _held(actor, act, Q(assignments__uid=uid))
            return next((w for w in of_works(held) if w.work.uid == uid), None) if held else None
        case Form.RETURN | Form.EXTENSION:
            held = _held(actor, act, Q(requests__uid=uid))
            found = of_requests(held, form) if held else ()
            return next((r for r in found if r.request.uid == uid), None)
        case Form.ORDER:
            held = _held(actor, act, Q(orders__uid=uid))
            return next((o for o in of_orders(held) if o.order.uid == uid), None) if held else None
        case Form.OPINION:
            return next((o for o in _opinions(Q(uid=uid)) if _may_read(actor, act, o)), None)
        case Form.DATED_LIST:
            return _list_at(actor, act, uid, now)


def find_own(actor: Actor, uid: str) -> OfReport | None:
    """The answer to one's own matter, for its resident."""
    return of_own(actor, uid, "form.print_own")


def of_works(held: LockedCase) -> list[OfWork]:
    """Everybody's work on a case, in hand or ended, the lead first. Three statements."""
    works = list(
        Assignment.objects.filter(case=held.case)
        .select_related("unit", "duty")
        .order_by("-is_lead", "id")
    )
    clocks = list(Clock.objects.filter(assignment__in=works).order_by("id"))
    entries = entries_at(held, (work.dispatched_at for work in works))
    here = [work for work in works if work.ended_at is None]
    return [
        OfWork(
            held,
            work,
            tuple(other.unit.name for other in here if other.pk != work.pk),
            tuple(clock for clock in clocks if clock.assignment_id == work.pk),
            entries.get(work.dispatched_at) or entries.get(None),
        )
        for work in works
    ]


def of_requests(held: LockedCase, form: Form) -> list[OfRequest]:
    """The returns or the extensions asked for on a case, oldest first. Three statements."""
    kind = RequestKind.RETURN if form is Form.RETURN else RequestKind.EXTENSION
    rows = list(
        Request.objects.filter(case=held.case, kind=kind)
        .select_related("assignment__unit", "suggested", "asked_by", "decided_by", "ruling__lead")
        .order_by("id")
    )
    works = [row.assignment_id for row in rows]
    clocks = {
        clock.assignment_id: clock
        for clock in Clock.objects.filter(assignment__in=works, kind__in=WORK).order_by("id")
    }
    entries = entries_at(held, (row.asked_at for row in rows))
    return [
        OfRequest(
            held,
            row,
            getattr(row, "ruling", None),
            clocks.get(row.assignment_id),
            entries.get(row.asked_at) or entries.get(None),
        )
        for row in rows
    ]


def of_orders(held: LockedCase) -> list[OfOrder]:
    """The supervisory orders on a case, oldest first. Three statements."""
    rows = list(
        Order.objects.filter(case=held.case).select_related("unit", "issued_by").order_by("id")
    )
    clocks = {
        clock.started_at: clock
        for clock in Clock.objects.filter(case=held.case, kind=ClockKind.ORDER).order_by("id")
    }
    entries = entries_at(held, (row.issued_at for row in rows))
    return [
        OfOrder(
            held,
            row,
            clocks.get(row.issued_at),
            entries.get(row.issued_at) or entries.get(None),
        )
        for row in rows
    ]


def of_opinions(held: LockedCase) -> list[OfOpinion]:
    """The committee's opinions on a case. Two statements."""
    return _opinions(Q(case=held.case))


def of_list(place: Place, case: Case | None, now: datetime) -> OfList:
    """The dated list of a place, or of one case. Three statements."""
    mine = Q(case=case) if case else Q(place__line__startswith=place.line)
    rows = Listed.objects.filter(mine)
    open_ = Q(closed_at__isnull=True)
    sums = rows.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=open_),
        late=Count("pk", filter=open_ & Q(done_at__isnull=True, due_at__lte=now)),
    )
    shown = rows.select_related("body").order_by(F("closed_at").desc(nulls_first=True), "due_at")
    kept = tuple(shown[:LONGEST_LIST])
    uids = [row.uid for row in kept] + ([case.uid] if case else [place.uid])
    last = Entry.objects.filter(subject_uid__in=uids).order_by("-at", "-id").first()
    return OfList(place, case, kept, sums["total"], sums["open"], sums["late"], now, last)


def entries_at(held: LockedCase, moments: Iterable[datetime]) -> dict[datetime | None, Entry]:
    """moment → the entry of the case written then; None → its latest. One statement."""
    wanted = set(moments)
    if not wanted:
        return {}
    rows = Entry.objects.filter(subject_uid=held.case.uid)
    newest = rows.order_by("-subject_no").values("pk")[:1]
    found: dict[datetime | None, Entry] = {}
    for entry in rows.filter(Q(at__in=wanted) | Q(pk__in=newest)).select_related("person"):
        found[entry.at] = entry
        last = found.get(None)
        if last is None or entry.subject_no > last.subject_no:
            found[None] = entry
    return found


def _held(actor: Actor, act: str, which: Q) -> LockedCase | None:
    uid = Case.objects.filter(which).values_list("uid", flat=True).first()
    return case_for(actor, uid, act) if uid else None


def _opinions(which: Q) -> list[OfOpinion]:
    rows: QuerySet[Opinion, Any] = Opinion.objects.filter(which).select_related(
        "place__parent", "case__place", "body", "written_by", "replied_by"
    )
    found = list(rows.order_by("id"))
    uids = [uid for row in found for uid in (row.uid, row.case.uid if row.case else "") if uid]
    moments = [row.written_at for row in found]
    entries = {
        (entry.subject_uid, entry.at): entry
        for entry in Entry.objects.filter(subject_uid__in=uids, at__in=moments)
    }
    return [
        OfOpinion(
            row,
            entries.get((row.uid, row.written_at))
            or entries.get((row.case.uid if row.case else "", row.written_at)),
        )
        for row in found
    ]


def _may_read(actor: Actor, act: str, found: OfOpinion) -> bool:
    """Who sees its place, and the body it was written to."""
    row = found.opinion
    subject = Subject(path=row.place.ids, units=frozenset({row.body_id}))
    return isinstance(permit(actor, act, subject), Permitted)


def _list_at(actor: Actor, act: str, uid: str, now: datetime) -> OfList | None:
    held = _held(actor, act, Q(uid=uid))
    if held is not None:
        return of_list(held.case.place, held.case, now)
    place = Place.objects.filter(uid=uid).first()
    if place is None:
        return None
    granted = permit(actor, act, Subject(path=place.ids))
    return of_list(place, None, now) if isinstance(granted, Permitted) else None
