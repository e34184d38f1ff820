"""A meeting as its pages show it: read once, each table in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from yishi.core.grant import Subject
from yishi.core.meeting.now import Form, ItemNow, ItemState, MeetingNow, MeetingState
from yishi.core.meeting.terms import Terms, read_terms
from yishi.core.person import Actor
from yishi.core.place import BodyKind
from yishi.records.models import (
    AgendaItem,
    Attendance,
    Body,
    Entry,
    Invitee,
    Meeting,
    MeetingPaper,
    Statement,
)
from yishi.records.queries.body import choose_body
from yishi.records.queries.meeting import OPEN, kinds_in, owed_at, present_at, subject_of
from yishi.records.queries.seat import seats_at

ENTRIES = 100


@dataclass
class HeldMeeting:
    """A meeting and what is written about it, on `day`. Who came and who was invited by name is
    for whoever may read names, and read when it is asked for; a page for anybody takes the counts,
    and the bodies."""

    row: Meeting
    items: list[AgendaItem]
    said: list[Statement]
    day: date
    seats: dict[BodyKind, int] = field(default_factory=dict)
    present: dict[BodyKind, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it is called or sitting: who is there is still counted."""
        return self.row.state in OPEN

    @cached_property
    def terms(self) -> Terms:
        """What it is held by."""
        return read_terms(self.row.rule)

    @cached_property
    def people(self) -> int:
        """How many signed in. One statement."""
        return Attendance.objects.filter(meeting=self.row).count()

    @cached_property
    def came(self) -> list[Attendance]:
        """Who signed in, in the order they came. One statement."""
        rows = Attendance.objects.filter(meeting=self.row).select_related("person", "body")
        return list(rows.order_by("at", "id"))

    @cached_property
    def units_came(self) -> list[str]:
        """Names of the bodies somebody signed in for. One statement."""
        rows = Attendance.objects.filter(meeting=self.row, body__isnull=False).order_by("at", "id")
        return list(dict.fromkeys(rows.values_list("body__name", flat=True)))

    def attendance_of(self, person_id: int | None) -> Attendance | None:
        """The sign-in of that person. One statement, none for a visitor."""
        if person_id is None:
            return None
        rows = Attendance.objects.filter(meeting=self.row, person_id=person_id)
        return rows.select_related("body").first()

    @cached_property
    def invitees(self) -> list[Invitee]:
        """Everybody called, bodies and people by name. One statement."""
        rows = Invitee.objects.filter(meeting=self.row).select_related("body", "person")
        return list(rows.order_by("id"))

    @cached_property
    def bodies_called(self) -> list[tuple[Body, Invitee]]:
        """The bodies called. One statement."""
        rows = Invitee.objects.filter(meeting=self.row, body__isnull=False)
        found = rows.select_related("body").order_by("id")
        return [(one.body, one) for one in found if one.body is not None]

    @cached_property
    def guests_called(self) -> int:
        """How many people are called by name. One statement."""
        return Invitee.objects.filter(meeting=self.row, body__isnull=True).count()

    @cached_property
    def owed(self) -> list[AgendaItem]:
        """Items of earlier meetings of its rhythm nobody was told the end of. One statement."""
        if not self.row.rhythm:
            return []
        return list(owed_at(self.row).select_related("meeting", "listed__body").order_by("id"))

    @property
    def reportable(self) -> list[AgendaItem]:
        """What may be reported back from here: its own items, and what is owed from earlier."""
        return [*self.items, *self.owed]

    @cached_property
    def papers(self) -> list[MeetingPaper]:
        """Photos and papers, in the order they came. One statement."""
        return list(MeetingPaper.objects.filter(meeting=self.row).select_related("file"))

    @cached_property
    def units(self) -> list[dict[str, str]]:
        """The units that may be given something to put right: {uid, name}. One statement."""
        return choose_body(self.row.place)

    @cached_property
    def now(self) -> MeetingNow:
        """The frozen snapshot a sum is worked out from."""
        sides: dict[int, set[str]] = {}
        for one in self.said:
            sides.setdefault(one.item_id, set()).add(one.side)
        return MeetingNow(
            uid=self.row.uid,
            state=MeetingState(self.row.state),
            form=Form(self.row.form),
            starts_at=self.row.starts_at,
            items=tuple(
                ItemNow(
                    one.uid,
                    one.no,
                    ItemState(one.state),
                    one.topic.uid if one.topic else "",
                    one.reported_at is not None,
                    frozenset(sides.get(one.pk, ())),
                )
                for one in self.items
            ),
            decides=self.terms.decides,
            quorum=self.terms.quorum,
            seats=self.seats,
            present=self.present,
            people=self.people,
        )

    def subject(self, *, units: tuple[int, ...] | None = None, own: int | None = None) -> Subject:
        """What permission needs to know of it; `units`: those the act is for, where they are not
        the body that convenes it."""
        return subject_of(self.row, units=units, own=own)

    def invited(self, actor: Actor) -> list[Invitee]:
        """The calls this actor may answer: of a body they speak for, or of themselves. One
        statement, none for a visitor."""
        if actor.person_id is None:
            return []
        mine = Q(body_id__in=actor.bodies()) | Q(person_id=actor.person_id)
        rows = Invitee.objects.filter(mine, meeting=self.row).select_related("body", "person")
        return list(rows.order_by("id"))


def meeting_shown(uid: str, day: date) -> HeldMeeting | None:
    """The meeting of that uid; None where there is none. Three statements, two more while it is
    called or sits."""
    return _held(Meeting.objects.filter(uid=uid), day)


def meeting_by_code(code: str, day: date) -> HeldMeeting | None:
    """The meeting at whose door this code hangs; None where there is none."""
    return _held(Meeting.objects.filter(code=code, state__in=OPEN).exclude(code=""), day)


def _held(rows: QuerySet[Meeting], day: date) -> HeldMeeting | None:
    row = rows.select_related(
        "place", "body", "topic", "called_by", "written_by", "signed_by", "again_of"
    ).first()
    if row is None:
        return None
    items = AgendaItem.objects.filter(meeting=row).select_related("topic__method", "listed__body")
    items = items.defer("topic__method__files")
    said = Statement.objects.filter(item__meeting=row).select_related("person")
    held = HeldMeeting(row, list(items.order_by("no")), list(said.order_by("id")), day)
    if not held.terms.decides:
        return held
    if held.is_open:
        held.seats, held.present = seats_at(row.place_id, day), present_at(row, day)
    else:
        held.seats, held.present = kinds_in(row.counted, "seats"), kinds_in(row.counted, "present")
    return held


def entry_of(uid: str, *codes: str) -> Entry | None:
    """The entry of the public record a sheet rests on: the last of those codes, else the last at
    all. One statement."""
    rows = list(Entry.objects.filter(subject_uid=uid).order_by("-subject_no")[:ENTRIES])
    return next((one for one in rows if one.code in codes), rows[0] if rows else None)
