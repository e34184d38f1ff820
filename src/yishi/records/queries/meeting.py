"""The only door to a meeting that is acted on: locked, with all a decision needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from yishi.core.calendar import CalendarMissing, Span, due
from yishi.core.meeting.items import SCORES, Scores
from yishi.core.meeting.now import Form, ItemNow, ItemState, MeetingNow, MeetingState
from yishi.core.meeting.reporting import OWED
from yishi.core.meeting.rule import MeetingRules
from yishi.core.meeting.terms import Terms, read_terms
from yishi.core.permit import Subject
from yishi.core.person import Actor, Role
from yishi.core.place import BodyKind
from yishi.records.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Body,
    Invitee,
    Meeting,
    Place,
    Statement,
)
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.rule import adopted, in_force, parsed
from yishi.records.queries.seat import seats_at, sitting

# A meeting that was not held owes nobody a word.
HELD = (MeetingState.SITTING, MeetingState.CLOSED, MeetingState.SIGNED)
OPEN = (MeetingState.CALLED, MeetingState.SITTING)


@dataclass
class LockedMeeting:
    """A meeting held for an act: its row, its items, and the snapshot a decision sees."""

    row: Meeting
    items: list[AgendaItem]
    day: date

    @cached_property
    def terms(self) -> Terms:
        """What it is held by."""
        return read_terms(self.row.rule)

    @cached_property
    def now(self) -> MeetingNow:
        """The frozen snapshot, with who has signed in."""
        return now_of(self.row, self.items, self.terms, self.day)

    def item(self, uid: str) -> AgendaItem | None:
        """The row of one item."""
        return next((one for one in self.items if one.uid == uid), None)


def lock_meeting(pk: int, day: date) -> LockedMeeting:
    """The meeting, nobody else's until this act is done. PostgreSQL locks its row; on SQLite the
    transaction is exclusive."""
    if connection.features.has_select_for_update:
        list(Meeting.objects.filter(pk=pk).select_for_update().values_list("pk"))
    row = Meeting.objects.select_related("place", "body", "topic", "method").get(pk=pk)
    return LockedMeeting(row, list(AgendaItem.objects.filter(meeting=row).order_by("no")), day)


def meeting_row(uid: str) -> Meeting | None:
    """The meeting of that uid, with its place and the body that convenes it. One statement."""
    return Meeting.objects.select_related("place", "body").filter(uid=uid).first()


def now_of(row: Meeting, items: Iterable[AgendaItem], terms: Terms, day: date) -> MeetingNow:
    """A meeting as a decision sees it on `day`. At most eight statements."""
    heard: dict[int, set[str]] = {}
    for item, side in Statement.objects.filter(item__meeting=row).values_list("item_id", "side"):
        heard.setdefault(item, set()).add(side)
    topics = dict(
        AgendaItem.objects.filter(meeting=row, topic__isnull=False).values_list("pk", "topic__uid")
    )
    counted = row.state in OPEN
    return MeetingNow(
        uid=row.uid,
        state=MeetingState(row.state),
        form=Form(row.form),
        starts_at=row.starts_at,
        items=tuple(
            ItemNow(
                one.uid,
                one.no,
                ItemState(one.state),
                topics.get(one.pk, ""),
                one.reported_at is not None,
                frozenset(heard.get(one.pk, ())),
            )
            for one in items
        ),
        decides=terms.decides,
        quorum=terms.quorum,
        seats=seats_at(row.place_id, day) if counted else kinds_in(row.counted, "seats"),
        present=present_at(row, day) if counted else kinds_in(row.counted, "present"),
        came=came_to(row, day) if counted else frozenset(kinds_in(row.counted, "came")),
        people=Attendance.objects.filter(meeting=row).count(),
        invited=Invitee.objects.filter(meeting=row).count(),
        unreported=owed_at(row).count(),
    )


def kinds_in(counted: Numbers, name: str) -> dict[BodyKind, int]:
    """Numbers by kind of body as a closed meeting kept them."""
    return {BodyKind(kind): number for kind, number in counted.get(name, {}).items()}


# What a meeting keeps of its numbers: seats, who was there, and item by item what it scored.
Numbers = dict[str, dict[str, Any]]


def with_scores(kept: Numbers, no: int, scores: Scores) -> Numbers:
    """What is kept of a meeting, and the scores of an item of it."""
    told = dict(zip(SCORES, scores, strict=True))
    return {**kept, "scores": {**kept.get("scores", {}), str(no): told}}


def scores_in(kept: Numbers, no: int) -> dict[str, int]:
    """What those who were there scored an item with; {} where they did not."""
    found: dict[str, int] = kept.get("scores", {}).get(str(no), {})
    return found


def counted(now: MeetingNow, before: Numbers | None = None) -> Numbers:
    """Seats, and who was there, as they are kept with a meeting that is over; `before`: what was
    kept of it while it sat, whose scores stay."""
    scores = {"scores": before["scores"]} if before and "scores" in before else {}
    return {
        **scores,
        "seats": {kind.value: number for kind, number in sorted(now.seats.items())},
        "present": {kind.value: number for kind, number in sorted(now.present.items())},
        "came": {kind.value: 1 for kind in sorted(now.came)},
        "people": {"all": now.people},
    }


def present_at(row: Meeting, day: date) -> dict[BodyKind, int]:
    """Kind → seats that are there: of the bodies of the place, who signed in with a seat in force
    on `day`, once each. One statement."""
    there = Attendance.objects.filter(meeting=row, person__isnull=False).values("person_id")
    rows = Appointment.objects.filter(
        sitting(day), body__place_id=row.place_id, person_id__in=there
    )
    counted = rows.order_by().values("body__kind").annotate(n=Count("person_id", distinct=True))
    return {BodyKind(kind): n for kind, n in counted.values_list("body__kind", "n")}


def came_to(row: Meeting, day: date) -> frozenset[BodyKind]:
    """The kinds of bodies that sat down: somebody signed in for one, or has a seat in one of the
    place. Two statements."""
    signed = Attendance.objects.filter(meeting=row, body__isnull=False).order_by()
    named = {BodyKind(kind) for kind in signed.values_list("body__kind", flat=True).distinct()}
    return frozenset(named | set(present_at(row, day)))


def bodies_of(person_id: int, place: Place, day: date) -> list[Body]:
    """The bodies a person may sit there for: a seat in one of the place, or the unit they answer
    for. One statement."""
    seats = Q(sitting(day), body__place_id=place.pk)
    units = Q(in_force_on(day), role=Role.UNIT_HANDLER, person__is_active=True)
    found = Appointment.objects.filter(seats | units, person_id=person_id, body__isnull=False)
    return list(Body.objects.filter(pk__in=found.values("body_id")).order_by("id"))


def owed(place_id: int, rhythm: str = "") -> Q:
    """Items of meetings held at a place that nobody was told the end of: listed or put off, and
    not reported back (practice G8)."""
    found = Q(
        meeting__place_id=place_id,
        meeting__state__in=HELD,
        state__in=OWED,
        reported_at__isnull=True,
    )
    return found & Q(meeting__rhythm=rhythm) if rhythm else found


def owed_at(row: Meeting) -> QuerySet[AgendaItem]:
    """What has to be reported back before this meeting closes: of earlier ones of its rhythm.
    What is itself on its agenda again is answered by what comes of it."""
    if not row.rhythm:
        return AgendaItem.objects.none()
    earlier = AgendaItem.objects.filter(owed(row.place_id, row.rhythm))
    before = earlier.filter(meeting__starts_at__lt=row.starts_at).exclude(meeting=row)
    return before.exclude(after__meeting=row)


def rules_for(place: Place, day: date) -> MeetingRules:
    """How meetings are held at a place. Raises RulesMissing where nothing is adopted."""
    rules: MeetingRules = parsed(adopted(place, day, "meetings")["meetings"])
    return rules


def subject_of(
    row: Meeting, *, units: Iterable[int] | None = None, own: int | None = None
) -> Subject:
    """What permission needs to know of a meeting: the body that convenes it speaks by `UNIT`, or
    `units` where the act is for others. `own`: who was invited by name."""
    return Subject(
        state=MeetingState(row.state),
        path=row.place.ids,
        units=frozenset({row.body_id} if units is None else units),
        parties={"raised": frozenset({own})} if own else {},
        public=True,
    )


def roles_at(actor: Actor, row: Meeting) -> frozenset[Role]:
    """As what the actor keeps the record of a meeting: the desk or the secretary of its place,
    who convenes its body."""
    here = (Role.COMMUNITY_DESK, Role.SECRETARY)
    roles = {r for r in here if any(s.place_id in row.place.ids for s in actor.seats_as(r))}
    if any(seat.body_id == row.body_id for seat in actor.seats_as(Role.CONVENER)):
        roles.add(Role.CONVENER)
    return frozenset(roles)


def until(held: LockedMeeting, span: Span, now: datetime) -> datetime | None:
    """The moment a span that begins now runs out, exclusive; None where the year's calendar is
    not loaded: it is due and nobody can say when."""
    try:
        return due(now, span, in_force(held.row.place, held.day).terms.calendar)
    except CalendarMissing:
        return None
