"""The rules in force at a place: nearest adoption upward, parsed once and kept by digest."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length

from yishi.core.calendar import Calendar, CalendarMissing, WorkHours, Year
from yishi.core.case.now import Terms
from yishi.core.channel import Channel
from yishi.core.instant import InstantRules
from yishi.core.method.floors import Floors
from yishi.core.refusal import Refusal
from yishi.records.models import Adoption, BundleRow, CalendarYear, Place
from yishi.rulebook import kinds
from yishi.rulebook.load import Bundle, read_bundle, usable_on

# A place may work by several methods at once; law is locked; floors add up down the line.
SEVERAL, LOCKED, FLOORS = "methods", "law", "floors"


class RulesMissing(Exception):
    """No usable bundle of this kind is in force here. `refusal` says it kindly."""

    def __init__(self, kind: str, refusal: Refusal) -> None:
        super().__init__(f"no usable {kind} rules: {refusal.code}")
        self.kind = kind
        self.refusal = refusal


def today_of(now: datetime) -> date:
    """The local day of a moment."""
    return now.astimezone(zone()).date()


def start_of(day: date) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(0), tzinfo=zone())


def zone() -> ZoneInfo:
    """The one time zone of the installation."""
    return ZoneInfo(settings.TIME_ZONE)


def adopted(
    place: Place, day: date, *wanted: str, maybe: tuple[str, ...] = ()
) -> dict[str, BundleRow]:
    """kind → bundle in force at `place` on `day`: the nearest place above wins. One query.

    Raises RulesMissing where a wanted kind has none, or its source is repealed by then; a kind
    of `maybe` is left out instead.
    """
    rows = _adoptions(tuple(sorted(place.ids)), (*wanted, *maybe), day)
    best: dict[str, tuple[tuple[int, Any], int, str]] = {}
    for kind, line, from_on, bundle_id, sha256 in rows:
        rank = (len(line), from_on)
        if kind not in best or rank >= best[kind][0]:
            best[kind] = (rank, bundle_id, sha256)
    found = {}
    for kind in wanted:
        if kind not in best:
            raise RulesMissing(kind, Refusal("rules_missing", need=kind, have=place.name))
        row = found[kind] = _bundle_row(*best[kind][1:])
        unusable = usable_on(bundle_of(row), day)
        if unusable:
            raise RulesMissing(kind, unusable)
    for kind in maybe:
        if kind in best:
            row = _bundle_row(*best[kind][1:])
            found |= {} if usable_on(bundle_of(row), day) else {kind: row}
    return found


def _adoptions(
    places: tuple[int, ...], kinds: tuple[str, ...], day: date
) -> list[tuple[str, str, object, int, str]]:
    """kind, line of the place, from when, bundle, its digest. Every act asks this: its statement
    is put together once for each number of places and kinds."""
    sql = _adoptions_sql(len(places), len(kinds))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*places, *kinds, connection.ops.adapt_datefield_value(day)])
        return cursor.fetchall()


@lru_cache(maxsize=64)
def _adoptions_sql(places: int, kinds: int) -> str:
    adoption, place, bundle = (m._meta.db_table for m in (Adoption, Place, BundleRow))
    return (
        f"SELECT a.kind, p.line, a.from_on, a.bundle_id, b.sha256 FROM {adoption} a "  # noqa: S608
        f"JOIN {place} p ON p.id = a.place_id JOIN {bundle} b ON b.id = a.bundle_id "
        f"WHERE a.place_id IN ({', '.join(['%s'] * places)}) "
        f"AND a.kind IN ({', '.join(['%s'] * kinds)}) AND a.from_on <= %s"
    )


@lru_cache(maxsize=256)
def _bundle_row(bundle_id: int, sha256: str) -> BundleRow:
    """A bundle never changes, so a process reads each once; the digest guards against another."""
    return BundleRow.objects.get(pk=bundle_id, sha256=sha256)


def methods_at(place: Place, day: date) -> dict[str, BundleRow]:
    """Name → method a place works by on `day`: of each the nearest place's latest word, and none
    that was stopped or whose source is repealed by then. One query, and one a method the process
    has not met."""
    rows = Adoption.objects.filter(
        place_id__in=place.ids, kind=SEVERAL, from_on__lte=day
    ).values_list("name", "place__line", "from_on", "stops", "bundle_id", "bundle__sha256")
    best: dict[str, tuple[tuple[int, date], bool, int, str]] = {}
    for name, line, from_on, stops, bundle_id, sha256 in rows:
        rank = (len(line), from_on)
        if name not in best or rank >= best[name][0]:
            best[name] = (rank, stops, bundle_id, sha256)
    found = {
        name: _bundle_row(bundle_id, sha256)
        for name, (_, stops, bundle_id, sha256) in sorted(best.items())
        if not stops
    }
    return {name: row for name, row in found.items() if not usable_on(bundle_of(row), day)}


def newest_words(day: date) -> dict[str, Subquery]:
    """For rows with a `place` and a `method`: what `newest_method` reads of them. No statement."""
    here = ExpressionWrapper(OuterRef("place__line"), CharField())
    words: QuerySet[Adoption] = Adoption.objects.filter(
        kind=SEVERAL, name=OuterRef("method__name"), from_on__lte=day
    )
    words = words.annotate(here=here).filter(here__startswith=F("place__line"))
    nearest = words.order_by(Length("place__line").desc(), "-from_on")
    return {
        "newest_stops": Subquery(nearest.values("stops")[:1]),
        "newest_id": Subquery(nearest.values("bundle_id")[:1]),
        "newest_sha256": Subquery(nearest.values("bundle__sha256")[:1]),
    }


def newest_method(row: Any, day: date) -> BundleRow | None:
    """What `methods_at` has under the name of the row's method, of a row annotated with
    `newest_words`. None, or one statement where the process has not met the bundle."""
    if row.newest_id is None or row.newest_stops:
        return None
    found = _bundle_row(row.newest_id, row.newest_sha256)
    return None if usable_on(bundle_of(found), day) else found


def floors_at(place: Place, day: date) -> tuple[Floors, ...]:
    """What no method may go below at a place, law first, then the floors of each place of its
    line. One query."""
    rows = Adoption.objects.filter(
        place_id__in=place.ids, kind__in=(LOCKED, FLOORS), from_on__lte=day
    ).values_list("kind", "place__line", "from_on", "bundle_id", "bundle__sha256")
    latest: dict[tuple[bool, int, str], tuple[date, int, str]] = {}
    for kind, line, from_on, bundle_id, sha256 in rows:
        key = (kind != LOCKED, len(line), kind)
        if key not in latest or from_on >= latest[key][0]:
            latest[key] = (from_on, bundle_id, sha256)
    found = (_bundle_row(*latest[key][1:]) for key in sorted(latest))
    return tuple(parsed(row) for row in found if not usable_on(bundle_of(row), day))


WORKING_KINDS = ("casework", "channels", "hours")


@dataclass(frozen=True)
class InForce:
    """What a case is decided by at a place: terms, channels, and the bundle the log names.

    `instant`: the limits of instant answers, None where none are sent.
    """

    terms: Terms
    channels: Mapping[str, Channel]
    row: BundleRow
    instant: InstantRules | None = None


def in_force(place: Place, day: date) -> InForce:
    """The working rules at `place` on `day`. Two queries. Raises RulesMissing."""
    rows = adopted(place, day, *WORKING_KINDS, maybe=("instant",))
    rules, hours, channels = (parsed(rows[k]) for k in ("casework", "hours", "channels"))
    return InForce(
        Terms(rules, calendar(hours)),
        {c.code: c for c in channels},
        rows["casework"],
        parsed(rows["instant"]) if "instant" in rows else None,
    )


_YEARS = f"SELECT year, id FROM {CalendarYear._meta.db_table} ORDER BY year, id"  # noqa: S608


def calendar(hours: WorkHours) -> Calendar:
    """Every loaded year, latest version of each. One small query; parsed once a version."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        latest: dict[int, int] = dict(cursor.fetchall())
    return _calendar(tuple(sorted(latest.values())), settings.TIME_ZONE, hours)


@lru_cache(maxsize=4)
def _calendar(ids: tuple[int, ...], zone_name: str, hours: WorkHours) -> Calendar:
    years = {
        row.year: Year(row.year, row.version, row.source, _days(row.off), _days(row.work))
        for row in CalendarYear.objects.filter(id__in=ids)
    }
    return Calendar(years, ZoneInfo(zone_name), hours)


def _days(stored: dict[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in stored.items()}


def is_day_off(day: date) -> bool:
    """Whether offices rest on `day`; no where its year's calendar is not loaded. One query."""
    try:
        return not calendar(kinds.office_hours()).is_working(day)
    except CalendarMissing:
        return False


def days_off(days: Iterable[date]) -> dict[date, bool | None]:
    """Day → whether offices rest on it; None where its year's calendar is not loaded. One query."""
    known = calendar(kinds.office_hours())
    found: dict[date, bool | None] = {}
    for day in days:
        try:
            found[day] = not known.is_working(day)
        except CalendarMissing:
            found[day] = None
    return found


_BUNDLES: dict[str, Any] = {}


def bundle_of(row: BundleRow) -> Bundle:
    """The bundle behind a row; immutable, so it is read once a process."""
    key = f"bundle {row.sha256} {row.kind}"
    if key not in _BUNDLES:
        files = {name: base64.b64decode(body) for name, body in row.files.items()}
        _BUNDLES[key] = read_bundle(row.kind, files)
    return _BUNDLES[key]


def parsed(row: BundleRow) -> Any:
    """The core value a bundle means (CaseRules, channels, redaction rules…), parsed once."""
    key = f"parsed {row.sha256} {row.kind}"
    if key not in _BUNDLES:
        _BUNDLES[key] = kinds.parse(bundle_of(row))
    return _BUNDLES[key]


def stored_files(files: dict[str, bytes]) -> dict[str, str]:
    """Bundle bytes as JSON keeps them."""
    return {name: base64.b64encode(body).decode() for name, body in files.items()}
