"""What the forms about one resident's words are filled from: registration, answer, call-back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yishi.core.case.state import CaseState
from yishi.core.caserules import Text
from yishi.core.clock import WORK
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.records.models import Attachment, Clock, Entry, Link, Person, Rating, Report
from yishi.records.queries.case import LockedCase, gather
from yishi.records.queries.rule import RulesMissing, adopted, parsed, today_of

PAGE = 50


@dataclass(frozen=True)
class Contact:
    """Name and phone of who raised it; for the two forms that hold them, and for no other."""

    name: str
    phone: str


@dataclass(frozen=True)
class OfReport:
    """One resident's words in a case. `entries`: what was written when it was filed, answered
    and rated, each the one its form rests on."""

    held: LockedCase
    report: Report
    contact: Contact | None
    filed_by: str
    photos: tuple[Attachment, ...]
    proofs: tuple[Attachment, ...]
    rating: Rating | None
    clock: Clock | None
    channel: Text | None
    entries: dict[datetime, Entry]
    last: Entry | None

    def entry(self, moment: datetime | None) -> Entry | None:
        """The entry of that moment, else the latest of the case."""
        return (self.entries.get(moment) if moment else None) or self.last


def of_reports(
    held: LockedCase, page: int = 1, uid: str = "", *, contact: bool = True
) -> list[OfReport]:
    """The reports of a case, `PAGE` at a time, or the one named. Nine statements at most."""
    reports = [row for row in held.reports if not uid or row.uid == uid]
    reports = reports[(page - 1) * PAGE : page * PAGE]
    if not reports:
        return []
    case = held.case
    who = {pk for row in reports for pk in (row.filed_by_id, row.person_id) if pk}
    people = Person.objects.in_bulk(who)
    ratings = {
        row.report_id: row for row in Rating.objects.filter(report__in=reports).order_by("round")
    }
    files = list(
        Attachment.objects.filter(report__in=reports).select_related("file").order_by("id")
    )
    proofs = tuple(
        Attachment.objects.filter(case=case, part="proof").select_related("file").order_by("id")
    )
    timed = Clock.objects.filter(case=case, kind__in=WORK)
    clock = timed.filter(assignment__is_lead=True).order_by("id").last()
    channels = _channels(held, reports[0])
    entries, last = _entries(held, reports, list(ratings.values()))
    return [
        OfReport(
            held,
            row,
            _contact(row, people) if contact else None,
            people[row.filed_by_id].name if row.filed_by_id in people else "",
            tuple(file for file in files if file.report_id == row.pk),
            proofs,
            ratings.get(row.pk),
            clock,
            channels.get(row.channel),
            entries.get(row.pk, {}),
            last,
        )
        for row in reports
    ]


def of_own(actor: Actor, uid: str, act: str) -> OfReport | None:
    """One's own report, or None where it is not or `act` is not allowed."""
    link = (
        Link.objects.filter(report__uid=uid, until_at__isnull=True)
        .select_related("report", "case__place__parent", "case__lead", "case__rules")
        .defer("case__rules__files")
        .first()
    )
    if link is None or link.report.person_id is None:
        return None
    raised = {"raised": frozenset({link.report.person_id})}
    subject = Subject(state=CaseState(link.case.state), parties=raised)
    if not isinstance(permit(actor, act, subject), Permitted):
        return None
    held = gather(link.case)
    # A withdrawn report is no more among those in hand; its thread is still its resident's.
    held.reports = [link.report]
    return next(iter(of_reports(held, uid=uid, contact=False)), None)


def _contact(row: Report, people: dict[int, Person]) -> Contact:
    person = people.get(row.person_id) if row.person_id is not None else None
    return Contact(person.name, person.phone) if person else Contact(row.name, row.phone)


def _channels(held: LockedCase, report: Report) -> dict[str, Text]:
    """The channels' names where and when it was filed; none where no rules name them."""
    try:
        row = adopted(held.case.place, today_of(report.filed_at), "channels")["channels"]
    except RulesMissing:
        return {}
    return {channel.code: channel.name for channel in parsed(row)}


def _entries(
    held: LockedCase, reports: Sequence[Report], ratings: Sequence[Rating]
) -> tuple[dict[int, dict[datetime, Entry]], Entry | None]:
    """report → moment → entry, over every case it was ever handled in; and the case's latest."""
    links = Link.objects.filter(report__in=reports).values_list("report_id", "case__uid")
    cases: dict[str, set[int]] = {held.case.uid: {row.pk for row in reports}}
    for report_id, uid in links:
        cases.setdefault(uid, set()).add(report_id)
    moments = {row.filed_at for row in reports} | {row.rated_at for row in ratings}
    moments |= {row.answered_at for row in reports if row.answered_at}
    found: dict[int, dict[datetime, Entry]] = {}
    rows = Entry.objects.filter(subject_uid__in=cases, at__in=moments).order_by("id")
    for entry in rows.select_related("person"):
        for report_id in cases[entry.subject_uid]:
            found.setdefault(report_id, {})[entry.at] = entry
    last = Entry.objects.filter(subject_uid=held.case.uid).order_by("-subject_no").first()
    return found, last
