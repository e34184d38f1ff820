"""Topics as a list anybody may read: of a place, by where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from yishi.core.number import read_number
from yishi.core.person import Actor
from yishi.core.topic.now import TopicState
from yishi.records.models import BundleRow, Person, Place, Topic
from yishi.records.queries.ledger import month_of
from yishi.records.queries.paging import plain
from yishi.records.queries.rule import parsed

STATES = tuple(state.value for state in TopicState)
LATE = "late"
PLACES, ENTRIES, RECENT = 500, 40, 200
ROW = (
    "uid", "number", "title", "state", "stage", "stage_kind", "stage_name", "lead", "entered_at",
    "due_at", "amber_at", "raised_at", "ended_at", "outcome", "outcome_name", "is_carried_out",
    "result", "tally", "place__name", "place__code",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed by; "" is no filter. `place`: a code, that place and all below it;
    `state`: a state of a topic, or `late`; `entry`: a code of the catalogue; `q`: words or a
    number; `month`: raised in it; `order`: `due` for where they stand, else newest first."""

    place: str = ""
    state: str = ""
    entry: str = ""
    q: str = ""
    month: str = ""
    order: str = ""


def topics(filters: Filters, now: datetime) -> "QuerySet[Topic]":
    """The topics within the filters, unordered."""
    rows = _within(Topic.objects.all(), filters.place)
    if filters.state in STATES:
        rows = rows.filter(state=filters.state)
    elif filters.state == LATE:
        rows = rows.filter(state=TopicState.RUNNING, due_at__lte=now)
    if filters.entry:
        rows = rows.filter(entry=filters.entry)
    if month := month_of(filters.month):
        rows = rows.filter(raised_at__gte=month[0], raised_at__lt=month[1])
    for word in filters.q.split():
        number = read_number(word)
        known = Q(title__icontains=word)
        rows = rows.filter(known | Q(number=number) if isinstance(number, str) else known)
    return rows


def topic_rows(rows: "QuerySet[Topic]", order: str = "") -> "QuerySet[Topic, Any]":
    """`rows` as dicts of `ROW`: the newest first, or by where they stand, the earliest due first
    and those without a limit behind them."""
    if order == "due":
        return rows.order_by("-state", F("due_at").asc(nulls_last=True), "-id").values(*ROW)
    return rows.order_by("-raised_at", "-id").values(*ROW)


def count_topics(rows: "QuerySet[Topic]", now: datetime) -> dict[str, int]:
    """How many there are in each state, and how many are late. One statement."""
    running = Q(state=TopicState.RUNNING)
    return rows.order_by().aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in STATES},
        **{LATE: Count("pk", filter=running & Q(due_at__lte=now))},
    )


def places_with_topics(own: str = "") -> list[dict[str, Any]]:
    """The places that have topics, and the one of code `own`: {code, name, line}. One
    statement."""
    have = Topic.objects.order_by().values("place_id")
    rows = Place.objects.filter(Q(pk__in=have) | Q(code=own)).order_by("line")
    return plain(rows.values("code", "name", "line")[:PLACES])


def entries_named(place: str) -> list[tuple[str, Any]]:
    """Code → name of the catalogue's entries that topics of a place fall under. Two statements,
    and one a method the process has not met."""
    rows = _within(Topic.objects.exclude(entry=""), place).order_by()
    pairs = list(rows.values_list("method_id", "entry").distinct()[:ENTRIES])
    bundles = BundleRow.objects.filter(pk__in={method for method, _entry in pairs})
    methods = {row.pk: parsed(row) for row in bundles.defer("files")}
    found = {}
    for method, code in pairs:
        entry = methods[method].entry(code) if method in methods else None
        if entry is not None:
            found[code] = entry.name
    return sorted(found.items())


def own_place(actor: Actor) -> str:
    """The code of the place a list begins with: of the first post, else of the home; "" for none.
    One statement."""
    if actor.person_id is None:
        return ""
    if actor.seats:
        return Place.objects.filter(pk=actor.seats[0].place_id).values_list("code", flat=True)[0]
    homes = Person.objects.filter(pk=actor.person_id, home__isnull=False)
    return homes.values_list("home__community__code", flat=True).first() or ""


def running_at(place: Place, actor: Actor) -> list[dict[str, Any]]:
    """Topics of a community that have not ended and that others raised, the newest first, to
    compare a new one with. One statement."""
    rows = Topic.objects.filter(place=place).exclude(state=TopicState.ENDED)
    # A form that is sent twice is the same topic, not one like it.
    rows = rows.exclude(raised_by_id=actor.person_id or 0)
    return plain(rows.order_by("-raised_at", "-id").values(*ROW)[:RECENT])


def open_to_voices(place: str, now: datetime, most: int) -> list[dict[str, Any]]:
    """Topics that may be commented on or objected to at `now`, those that close first first. One
    statement."""
    rows = _within(Topic.objects.filter(stage_kind__in=("comment", "notice")), place)
    # A tally keeps its moments in UTC, so that their text sorts as they do.
    rows = rows.annotate(until=Cast(KeyTextTransform("until", "tally"), CharField()))
    rows = rows.filter(state=TopicState.RUNNING, until__gt=now.astimezone(UTC).isoformat())
    return plain(rows.order_by("until", "-id").values(*ROW)[:most])


def on_board(places: Iterable[str], most: int) -> list[dict[str, Any]]:
    """Notices that hang out and topics that ended, for the public board: by uid of the place,
    none for all. One statement."""
    shown = Q(state=TopicState.ENDED) | Q(
        state=TopicState.RUNNING, stage_kind="notice", tally__has_key="until"
    )
    rows = Topic.objects.filter(shown)
    wanted = [uid for uid in places if uid]
    if wanted:
        rows = rows.filter(place__uid__in=wanted)
    # Running ones have no end yet and stand first.
    ordered = rows.order_by(F("ended_at").desc(nulls_first=True), "-id")
    return plain(ordered.values(*ROW)[:most])


def raised_by(actor: Actor, most: int) -> list[dict[str, Any]]:
    """One's own topics, the newest first. One statement."""
    rows = Topic.objects.filter(raised_by_id=actor.person_id or 0)
    return plain(rows.order_by("-raised_at", "-id").values(*ROW)[:most])


def under_way(place: str, most: int) -> list[dict[str, Any]]:
    """Topics in their procedure, the earliest due first. One statement."""
    rows = _within(Topic.objects.filter(state=TopicState.RUNNING), place)
    return plain(rows.order_by(F("due_at").asc(nulls_last=True), "-id").values(*ROW)[:most])


def _within(rows: "QuerySet[Topic]", place: str) -> "QuerySet[Topic]":
    if not place:
        return rows
    line = Place.objects.filter(code=place).values("line")[:1]
    return rows.filter(place__in=Place.objects.filter(line__startswith=line).values("pk"))
