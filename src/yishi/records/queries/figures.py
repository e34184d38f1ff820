"""Figures and the lists behind them: the same conditions for both, and only what the reader may.

Counting is three grouped statements (cases, lead clocks, what sources assert) for all
dimensions together, whatever the number of cases.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import CharField, Count, F, Func, IntegerField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.core.figures import (
    NONE,
    SETTLED_STATES,
    Dimension,
    Slice,
    Tally,
    Which,
    month_days,
)
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.records.models import Body, Case, Clock, Entry, Place, Source
from yishi.records.queries.lately import lately
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import zone

ACT = "figures.view"
ROW = (
    "uid",
    "number",
    "item_title",
    "line",
    "place_id",
    "place__name",
    "lead__name",
    "main__number",
    "main__lead__name",
    "channel",
    "filed_at",
    "state",
    "is_imported",
    "source__asserted_on_time",
)


class LocalMonth(Func):
    """A stored moment's month in the installation's zone, as `2026-03`.

    On SQLite the zone's winter distance from UTC is used, so that the database counts by
    itself: right for zones without summer time, such as China's.
    """

    output_field = CharField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        offset = datetime(2026, 1, 1, tzinfo=zone()).utcoffset()
        minutes = int(offset.total_seconds()) // 60 if offset else 0
        template = f"strftime('%%%%Y-%%%%m', %(expressions)s, '{minutes:+d} minutes')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        template = f"to_char(%(expressions)s AT TIME ZONE '{zone().key}', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template, **context)


class Seconds(Func):
    """Whole seconds from the first moment to the second."""

    output_field = IntegerField()
    arity = 2
    arg_joiner = " - "

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        first, last = (compiler.compile(source) for source in self.source_expressions)
        return f"(unixepoch({last[0]}) - unixepoch({first[0]}))", (*last[1], *first[1])

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        first, last = (compiler.compile(source) for source in self.source_expressions)
        sql = f"CAST(EXTRACT(EPOCH FROM ({last[0]} - {first[0]})) AS bigint)"
        return sql, (*last[1], *first[1])


@dataclass(frozen=True)
class Spot:
    """A place a reader sees figures of."""

    id: int
    uid: str
    name: str
    line: str
    parent_id: int | None


@dataclass(frozen=True)
class View:
    """A slice, resolved: the conditions of the reader and of the slice, on `Case`."""

    condition: Q
    places: Mapping[int, Spot]
    roots: tuple[Spot, ...]
    unit: str = ""


@dataclass
class Counts:
    """The tallies of a view: of all of it, and by dimension and key.

    Keys: place and unit ids, item and channel codes, months; "" where a case has none.
    """

    total: Tally
    groups: dict[Dimension, dict[str, Tally]]
    titles: dict[str, str]


def look(actor: Actor, part: Slice) -> View | Refusal:
    """What `actor` sees of `part`. Two statements at most.

    Refused: `not_found` (no such place or unit within the reader's reach), `month_wrong`.
    """
    places = _places(actor)
    within = visible(actor, ACT)
    top = {spot.id for spot in places.values() if spot.parent_id not in places}
    if part.place:
        chosen = next((spot for spot in places.values() if spot.uid == part.place), None)
        if chosen is None:
            return Refusal("not_found", have="place")
        below = [spot.id for spot in places.values() if spot.line.startswith(chosen.line)]
        within &= Q(place_id__in=below)
        top = {chosen.id}
    since, until = part.since, part.until
    if part.month:
        days = month_days(part.month)
        if days is None:
            return Refusal("month_wrong", have=part.month[:20])
        since, until = max(filter(None, (since, days[0]))), min(filter(None, (until, days[1])))
    if since:
        within &= Q(filed_at__gte=_midnight(since))
    if until:
        within &= Q(filed_at__lt=_midnight(until))
    name = ""
    if part.unit == NONE:
        within &= Q(lead__isnull=True, main__lead__isnull=True)
    elif part.unit:
        body = Body.objects.filter(uid=part.unit).values("id", "name").first()
        if body is None:
            return Refusal("not_found", have="unit")
        led = Q(main__lead_id=body["id"]) | Q(main__lead__isnull=True, lead_id=body["id"])
        within, name = within & led, body["name"]
    for field, value in (("item", part.item), ("channel", part.channel)):
        if value:
            within &= Q(**{field: "" if value == NONE else value})
    return View(within, places, tuple(places[pk] for pk in sorted(top)), name)


def count(view: View, now: datetime) -> Counts:
    """Every tally of the view, by every dimension: three statements."""
    groups: dict[Dimension, dict[str, Tally]] = {dimension: {} for dimension in Dimension}
    titles: dict[str, str] = {}
    for row in _union(Case.objects.filter(view.condition), "", _CASE_COUNTS, titled=True):
        dimension, key, title = (
            Dimension(row.pop("dimension")),
            row.pop("key") or "",
            row.pop("title"),
        )
        if dimension is Dimension.ITEM:
            titles[key] = title
        groups[dimension].setdefault(key, Tally()).add(Tally(**row))
    clocks = _lead_clocks().filter(_under(view.condition, "case__"))
    sources = Source.objects.filter(_under(view.condition, "case__"))
    for rows, counts in ((clocks, _clock_counts(now)), (sources, _SOURCE_COUNTS)):
        for row in _union(rows, "case__", counts):
            found = groups[Dimension(row.pop("dimension"))]
            found.setdefault(row.pop("key") or "", Tally()).add(
                Tally(**{name.removeprefix("n_"): value or 0 for name, value in row.items()})
            )
    total = Tally()
    for tally in groups[Dimension.PLACE].values():
        total.add(tally)
    return Counts(total, groups, titles)


def counted(actor: Actor, part: Slice, view: View, now: datetime) -> Counts:
    """As :func:`count`, remembered until the journal grows; `now` is a whole minute.

    Every change of a case is an entry of the journal, so what is remembered is what a fresh
    count would say.
    """
    last = Entry.objects.order_by("-id").values_list("uid", flat=True).first()
    return lately("figures", (last, actor.seats, part, now), lambda: count(view, now))


def by_place_below(counts: Counts, view: View) -> dict[int, Tally]:
    """The tallies of places, gathered under those the view is divided into.

    One root is divided into its children; its own cases stand under the root itself.
    """
    several = len(view.roots) > 1
    gathered: dict[int, Tally] = defaultdict(Tally)
    for key, tally in counts.groups[Dimension.PLACE].items():
        spot = view.places[int(key)]
        root = next(root for root in view.roots if spot.line.startswith(root.line))
        rest = spot.line.removeprefix(root.line)
        under = root.id if several or not rest else int(rest.partition(".")[0])
        gathered[under].add(tally)
    return dict(gathered)


def cases_of(view: View, which: Which, now: datetime) -> QuerySet[Case]:
    """The cases a figure counts, latest first."""
    found = Case.objects.filter(view.condition, _condition(which, now))
    return found.order_by("-filed_at", "-id")


def unit_names(ids: list[int]) -> dict[int, tuple[str, str]]:
    """id → uid and name of bodies. One statement."""
    rows = Body.objects.filter(id__in=ids).values_list("id", "uid", "name")
    return {pk: (uid, name) for pk, uid, name in rows}


def _places(actor: Actor) -> dict[int, Spot]:
    seats = [seat for _grant, seat in reach(actor, ACT) if seat is not None]
    within = Q(pk__in=())
    for seat in seats:
        within |= Q(line__startswith=seat.line)
    rows = Place.objects.filter(within).order_by("code")
    return {
        row[0]: Spot(*row) for row in rows.values_list("id", "uid", "name", "line", "parent_id")
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=zone())


def _under(condition: Q, prefix: str) -> Q:
    """A condition on `Case`, put to something that belongs to one."""
    made = Q()
    made.connector, made.negated = condition.connector, condition.negated
    made.children = [
        _under(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])
        for child in condition.children
        if isinstance(child, Q | tuple)
    ]
    return made


def _lead_clocks() -> QuerySet[Clock]:
    """The lead unit's handling clock of each case; a case has at most one."""
    return Clock.objects.filter(kind=ClockKind.HANDLE, assignment__is_lead=True).exclude(
        state=ClockState.STOPPED
    )


# A merged case stands where its main case stands; one merge deep, never more.
_SETTLED = Q(state__in=sorted(SETTLED_STATES)) | Q(main__state__in=sorted(SETTLED_STATES))
_OPEN = Q(is_open=True) | Q(main__is_open=True)
_MERGED = Q(main__isnull=False)
_WITHDRAWN = Q(state=CaseState.WITHDRAWN)
_ON_TIME = Q(ended_at__isnull=False, ended_at__lt=F("due_at"))


def _overdue(now: datetime) -> Q:
    late = Q(ended_at__isnull=False, ended_at__gte=F("due_at"))
    ran_out = Q(ended_at__isnull=True, due_at__lte=now) & ~Q(state=ClockState.PAUSED)
    return late | ran_out


def _condition(which: Which, now: datetime) -> Q:
    """`core.figures.belongs`, as a condition on `Case`; a test compares the two."""
    match which:
        case Which.SETTLED:
            return _SETTLED
        case Which.OPEN:
            return _OPEN
        case Which.MERGED:
            return _MERGED
        case Which.WITHDRAWN:
            return _WITHDRAWN
        case Which.TIMED:
            return _with_clock(_ON_TIME | _overdue(now))
        case Which.ON_TIME:
            return _with_clock(_ON_TIME)
        case Which.OVERDUE:
            return _with_clock(_overdue(now))
        case Which.HANDLED:
            return _with_clock(Q(ended_at__isnull=False))
        case Which.IMPORTED:
            return Q(is_imported=True)
        case Which.ASSERTED_ON_TIME:
            return Q(is_imported=True, source__asserted_on_time=True)
        case Which.ASSERTED_OVERDUE:
            return Q(is_imported=True, source__asserted_on_time=False)
        case Which.ASSERTED_UNKNOWN:
            return Q(is_imported=True, source__asserted_on_time__isnull=True)
        case Which.RECEIVED:
            return Q()


def _with_clock(condition: Q) -> Q:
    return Q(pk__in=_lead_clocks().filter(condition).values("case_id"))


_CASE_COUNTS = {
    "received": Count("pk"),
    "settled": Count("pk", filter=_SETTLED),
    "open": Count("pk", filter=_OPEN),
    "merged": Count("pk", filter=_MERGED),
    "withdrawn": Count("pk", filter=_WITHDRAWN),
    "imported": Count("pk", filter=Q(is_imported=True)),
}
# An annotation may not take a column's name.
_SOURCE_COUNTS = {
    "n_asserted_on_time": Count("pk", filter=Q(asserted_on_time=True)),
    "n_asserted_overdue": Count("pk", filter=Q(asserted_on_time=False)),
}


def _clock_counts(now: datetime) -> dict[str, Count | Sum]:
    ended = Q(ended_at__isnull=False)
    return {
        "on_time": Count("pk", filter=_ON_TIME),
        "overdue": Count("pk", filter=_overdue(now)),
        "handled": Count("pk", filter=ended),
        "handled_seconds": Sum(Seconds(F("started_at"), F("ended_at")), filter=ended),
    }


def _union(rows, prefix, counts, *, titled=False):  # type: ignore[no-untyped-def]
    """`counts` of the rows by every dimension, in one statement."""
    keys = {
        Dimension.PLACE: Cast(f"{prefix}place_id", CharField()),
        # Who leads the main case handles what was merged into it.
        Dimension.UNIT: Cast(Coalesce(f"{prefix}main__lead_id", f"{prefix}lead_id"), CharField()),
        Dimension.ITEM: F(f"{prefix}item"),
        Dimension.MONTH: LocalMonth(F(f"{prefix}filed_at")),
        Dimension.CHANNEL: F(f"{prefix}channel"),
    }
    parts = []
    for dimension, key in keys.items():
        part = rows.annotate(dimension=Value(dimension.value, CharField()), key=key)
        extra = {}
        if titled:
            own = dimension is Dimension.ITEM
            words = F("item_title") if own else Value("", CharField())
            extra = {"title": Max(words, output_field=CharField())}
        parts.append(part.values("dimension", "key").annotate(**counts, **extra).order_by())
    return parts[0].union(*parts[1:], all=True)
