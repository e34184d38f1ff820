"""Meetings of a place, coming and past; what the rhythm proposes; what they still owe: a report
back, and their minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yishi.core.grant import Subject
from yishi.core.meeting.grants import WROTE
from yishi.core.meeting.now import Form, MeetingState
from yishi.core.meeting.reporting import OWED
from yishi.core.meeting.terms import read_terms
from yishi.core.method.language import Rhythm
from yishi.core.method.rhythm import next_on
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.place import BodyKind, PlaceKind, ids_of
from yishi.records.models import AgendaItem, Hand, Meeting, Place
from yishi.records.queries.ledger import Span, narrowed, visible_at
from yishi.records.queries.meeting import HELD, roles_at
from yishi.records.queries.meeting_call import rhythms_at
from yishi.records.queries.paging import plain
from yishi.records.queries.place import seats_for
from yishi.records.queries.rule import days_off, start_of, today_of

ROW = (
    "uid", "number", "title", "state", "form", "starts_at", "ends_at", "where", "place__name",
    "body__name",
)  # fmt: skip
OFF = (MeetingState.CANCELLED, MeetingState.FAILED)
COMING, PAST = "coming", "past"
# So far ahead the rhythm is shown: the year's end is seen from the autumn on. Ours.
AHEAD = timedelta(days=100)
MOST = 300
# So many that wait for one signature are looked through; nobody has more.
MOST_TO_SIGN = 100


@dataclass(frozen=True)
class Filters:
    """Code of a place, state, form, `coming` or `past`, a month such as `2026-03`, uid of a topic
    on the agenda; "" is none."""

    place: str = ""
    state: str = ""
    form: str = ""
    period: str = ""
    month: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Proposed:
    """A meeting the rhythm of a method proposes: `called` is the uid of the one that was. `rest`:
    whether offices rest on that day, None where its year's calendar is not loaded. `is_talk_day`:
    whether residents bring to it what they want talked over."""

    place: str
    code: str
    name: Any
    on: date
    called: str = ""
    state: str = ""
    rest: bool | None = False
    is_talk_day: bool = False


def meetings(filters: Filters, now: datetime) -> QuerySet[Meeting]:
    """Meetings within the filters; coming ones the next first, all others the latest first."""
    span = Span("place", "body", "starts_at", filters.place, "", filters.month)
    rows = narrowed(Meeting.objects.all(), span)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.topic:
        rows = rows.filter(items__topic__uid=filters.topic).distinct()
    if filters.form:
        rows = rows.filter(form=filters.form)
    if filters.period == COMING:
        return rows.filter(starts_at__gte=now - timedelta(hours=6)).order_by("starts_at", "id")
    if filters.period == PAST:
        rows = rows.filter(starts_at__lt=now)
    return rows.order_by("-starts_at", "-id")


def meeting_rows(rows: QuerySet[Meeting]) -> QuerySet[Meeting, dict[str, Any]]:
    """The columns a list shows."""
    return rows.values(*ROW)


def coming(places: Q, now: datetime, most: int) -> list[dict[str, Any]]:
    """Meetings still to be held or sitting at places, the next first. One statement."""
    since = start_of(today_of(now))
    rows = Meeting.objects.filter(
        places, starts_at__gte=since, state__in=(MeetingState.CALLED, MeetingState.SITTING)
    )
    return plain(rows.order_by("starts_at", "id").values(*ROW)[:most])


def coming_at(place: str, now: datetime, most: int) -> list[dict[str, Any]]:
    """The same of one community by its code, of all where none is named. One statement."""
    if not place:
        return coming(Q(), now, most)
    line = Place.objects.filter(code=place).values("line")[:1]
    return coming(Q(place__line__startswith=line), now, most)


def held_lately(places: Iterable[str], most: int) -> list[dict[str, Any]]:
    """Meetings that are called or signed off, for the public board, the latest first: by uid of
    the place, none for all. One statement."""
    rows = Meeting.objects.filter(state__in=(MeetingState.CALLED, MeetingState.SIGNED))
    wanted = [uid for uid in places if uid]
    if wanted:
        rows = rows.filter(place__uid__in=wanted)
    return plain(rows.order_by("-starts_at", "-id").values(*ROW)[:most])


def of_actor(actor: Actor, now: datetime, most: int) -> list[dict[str, Any]]:
    """Meetings that still come: which the actor holds, to which their body or they themselves are
    called; `keeps`: whether its whole course is theirs to run. One statement."""
    bodies = actor.bodies()
    mine = Q(invitees__body_id__in=bodies) | Q(body_id__in=bodies)
    if actor.person_id is not None:
        mine |= Q(invitees__person_id=actor.person_id)
    for line in seats_for(actor, "meeting.call"):
        mine |= Q(place__line__startswith=line)
    since = start_of(today_of(now))
    live = (MeetingState.CALLED, MeetingState.SITTING)
    rows = Meeting.objects.filter(mine, starts_at__gte=since, state__in=live)
    found = rows.distinct().order_by("starts_at", "id").values(*ROW, "place__line", "body_id")
    return [row | {"keeps": _keeps(actor, row)} for row in plain(found[:most])]


def _keeps(actor: Actor, row: Mapping[str, Any]) -> bool:
    subject = Subject(path=ids_of(row["place__line"]), units=frozenset({row["body_id"]}))
    return isinstance(permit(actor, "meeting.call", subject), Permitted)


def proposed_at(place: Place, now: datetime) -> list[Proposed]:
    """The next meeting of each rhythm of a place within `AHEAD`, the earliest first, and whether
    it is called. Three statements."""
    today = today_of(now)
    rhythms = rhythms_at(place, today)
    if not rhythms:
        return []
    rows = Meeting.objects.filter(
        place=place, rhythm__in=list(rhythms), starts_at__gte=start_of(today.replace(day=1))
    ).exclude(state__in=OFF)
    called = {
        (rhythm, today_of(starts)): (uid, state)
        for rhythm, starts, uid, state in rows.values_list("rhythm", "starts_at", "uid", "state")
    }
    found = []
    for code, (_method, one) in rhythms.items():
        on = next_on(one, today)
        if on > today + AHEAD:
            continue
        # A meeting of this round may have been called for another day of its month.
        same = next(
            (
                each
                for (rhythm, day), each in called.items()
                if rhythm == code and (day.year, day.month) == (on.year, on.month)
            ),
            ("", ""),
        )
        found.append(Proposed(place.code, code, one.name, on, *same, is_talk_day=_is_talk_day(one)))
    off = days_off(one.on for one in found)
    return sorted((replace(one, rest=off[one.on]) for one in found), key=lambda one: one.on)


def talk_day_at(code: str, today: date) -> tuple[Any, date] | None:
    """The name and the day of the next meeting to which the residents of a community bring what
    they want talked over; None where its methods have none. Two statements, none for ""."""
    place = Place.objects.filter(code=code, kind=PlaceKind.COMMUNITY).first() if code else None
    rhythms = rhythms_at(place, today).values() if place else ()
    days = [(next_on(one, today), one.name) for _method, one in rhythms if _is_talk_day(one)]
    return min(((name, on) for on, name in days), key=lambda each: each[1], default=None)


def _is_talk_day(rhythm: Rhythm) -> bool:
    """A talk of the residents' committee, which sits for everybody, at which topics are
    collected."""
    is_talk = rhythm.form in ("", Form.TALK)
    return is_talk and rhythm.collects and rhythm.body is BodyKind.RESIDENTS_COMMITTEE


def owed_in(place: Place, most: int) -> tuple[list[AgendaItem], int]:
    """Items of meetings held at a place that are listed or put off and not reported back, the
    oldest first, and how many. Two statements."""
    rows = AgendaItem.objects.filter(
        meeting__place=place, meeting__state__in=HELD, state__in=OWED, reported_at__isnull=True
    )
    shown = rows.select_related("meeting", "listed__body").order_by("meeting__starts_at", "no")
    return list(shown[:most]), rows.count()


def minutes_to_sign(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Closed meetings whose minutes were written by others and wait for the actor's signature, as
    the form of each names who signs; the first due first, and whether its day is past. One
    statement."""
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
        for row in rows[:MOST_TO_SIGN]
        if set(read_terms(row.rule).signs) & roles_at(actor, row)
    ]


def places_with_meetings() -> list[dict[str, Any]]:
    """Communities, for a filter: {code, name}. One statement."""
    held = Meeting.objects.values("place_id")
    rows = Place.objects.filter(kind=PlaceKind.COMMUNITY, pk__in=held).order_by("code")
    return plain(rows.values("code", "name")[:MOST])


def feed_of(place: Place, now: datetime) -> list[Meeting]:
    """The meetings of a place for its calendar: of the last year and all to come; the latest,
    where they are too many. One statement."""
    since = now - timedelta(days=366)
    rows = Meeting.objects.filter(place=place, starts_at__gte=since).select_related("place", "body")
    return list(rows.order_by("-starts_at", "-id")[:MOST])[::-1]
