"""Which forms there are of a case: one of each row that has one."""

from dataclasses import dataclass
from datetime import datetime

from yishi.core.case.request import RequestKind
from yishi.core.form import ACT, Form
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.records.models import Assignment, Listed, Opinion, Order, Report, Request
from yishi.records.queries.case import LockedCase
from yishi.records.queries.form_report import PAGE


@dataclass(frozen=True)
class Leaf:
    """One form that can be taken. `about`: the unit or the number it is about."""

    form: Form
    uid: str
    about: str
    at: datetime | None


def forms_of(held: LockedCase) -> list[Leaf]:
    """Those about the handling, in the order of the trade. Five statements."""
    case = held.case
    found = [
        Leaf(Form.HANDING_OVER, work.uid, work.unit.name, work.dispatched_at)
        for work in Assignment.objects.filter(case=case).select_related("unit").order_by("id")
    ]
    requests = Request.objects.filter(case=case).select_related("assignment__unit").order_by("id")
    found += [
        Leaf(
            Form.RETURN if row.kind == RequestKind.RETURN else Form.EXTENSION,
            row.uid,
            row.assignment.unit.name,
            row.asked_at,
        )
        for row in requests
        if row.kind != RequestKind.SUSPENSION
    ]
    found += [
        Leaf(Form.ORDER, row.uid, row.unit.name, row.issued_at)
        for row in Order.objects.filter(case=case).select_related("unit").order_by("id")
    ]
    first = Listed.objects.filter(case=case).order_by("id").values_list("opened_at", flat=True)
    if opened := first.first():
        found.append(Leaf(Form.DATED_LIST, case.uid, case.place.name, opened))
    found += [
        Leaf(Form.OPINION, row.uid, row.body.name, row.written_at)
        for row in Opinion.objects.filter(case=case).select_related("body").order_by("id")
    ]
    return found


def forms_of_reports(
    actor: Actor, held: LockedCase, page: int
) -> tuple[list[tuple[Report, list[Form]]], int]:
    """A page of the reports with the forms this actor may take of each, and how many there are."""
    may = {
        form: isinstance(permit(actor, ACT[form], held.subject), Permitted)
        for form in (Form.REGISTRATION, Form.ANSWER, Form.CALL_BACK)
    }
    rows = held.reports[(page - 1) * PAGE : page * PAGE]
    return [
        (row, [form for form in may if may[form] and _there_is(form, row)]) for row in rows
    ], len(held.reports)


def _there_is(form: Form, report: Report) -> bool:
    return form is Form.REGISTRATION or report.answered_at is not None
