"""What a dossier holds besides the page of its case: everything, in pages of bounded size."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from yishi.core.form import Form
from yishi.records.models import (
    Attachment,
    Call,
    Case,
    Entry,
    Finding,
    Inspection,
    Rating,
    Report,
    Ruling,
)
from yishi.records.queries.case import LockedCase
from yishi.records.queries.form import (
    Found,
    of_list,
    of_opinions,
    of_orders,
    of_requests,
    of_works,
)
from yishi.records.queries.form_report import PAGE, OfReport, of_reports

# As many photos as a hundred residents may send; the rest is counted.
PHOTOS_MOST = 1000


@dataclass(frozen=True)
class Bundle:
    """A case with all that hangs on it. `merged`: the cases it took in, with their own stories."""

    held: LockedCase
    merged: tuple[Case, ...]
    entries: tuple[Entry, ...]
    rulings: tuple[Ruling, ...]
    calls: tuple[Call, ...]
    inspections: tuple[Inspection, ...]
    findings: tuple[Finding, ...]
    photos: tuple[Attachment, ...]
    forms: tuple[tuple[Form, Found], ...] = field(default=())

    def entries_of(self, case: Case) -> list[Entry]:
        """The story of one of the cases, oldest first."""
        return [entry for entry in self.entries if entry.subject_uid == case.uid]


def bundle(held: LockedCase) -> Bundle:
    """Everything but the reports, which come in pages. A fixed number of statements."""
    case = held.case
    merged = tuple(Case.objects.filter(main=case).select_related("place").order_by("filed_at"))
    uids = [case.uid, *(each.uid for each in merged)]
    entries = Entry.objects.filter(subject_uid__in=uids).select_related("person")
    mine = Q(case=case) | Q(case__main=case) | Q(report__in=held.reports)
    photos = Attachment.objects.filter(mine).select_related("file").order_by("part", "id")
    listed = of_list(case.place, case, case.filed_at)
    forms: list[tuple[Form, Found]] = [(Form.HANDING_OVER, each) for each in of_works(held)]
    for form in (Form.RETURN, Form.EXTENSION):
        forms += [(form, each) for each in of_requests(held, form)]
    forms += [(Form.ORDER, each) for each in of_orders(held)]
    forms += [(Form.DATED_LIST, listed)] if listed.total else []
    forms += [(Form.OPINION, each) for each in of_opinions(held)]
    return Bundle(
        held,
        merged,
        tuple(entries.order_by("at", "id")),
        tuple(case.rulings.select_related("lead").order_by("id")),
        tuple(case.calls.order_by("id")),
        tuple(case.inspections.order_by("id")),
        tuple(case.findings.select_related("body").order_by("id")),
        tuple(photos[:PHOTOS_MOST]),
        tuple(forms),
    )


def report_pages(held: LockedCase) -> Iterator[list[OfReport]]:
    """The reports a page at a time, without names and phones."""
    for page in range(1, -(-len(held.reports) // PAGE) + 1):
        yield of_reports(held, page, contact=False)


def ratings_of(reports: list[Report]) -> dict[int, list[Rating]]:
    """report → every round's rating, oldest first. One statement."""
    found: dict[int, list[Rating]] = {}
    for rating in Rating.objects.filter(report__in=reports).order_by("round"):
        found.setdefault(rating.report_id, []).append(rating)
    return found
