"""The rules in force at a place: nearest adoption upward, parsed once and kept by digest."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from yishi.core.calendar import Calendar, CalendarMissing, WorkHours, Year
from yishi.core.case.now import Terms
from yishi.core.channel import Channel
from yishi.core.instant import InstantRules
from yishi.core.refusal import Refusal
from yishi.records.models import Adoption, BundleRow, CalendarYear, Place
from yishi.rulebook import kinds
from yishi.rulebook.load import Bundle, read_bundle, usable_on


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
    rows = Adoption.objects.filter(
        place_id__in=place.ids, kind__in=(*wanted, *maybe), from_on__lte=day
    ).values_list("kind", "place__line", "from_on", "bundle_id", "bundle__sha256")
    best: dict[str, tuple[tuple[int, date], int, str]] = {}
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


@lru_cache(maxsize=256)
def _bundle_row(bundle_id: int, sha256: str) -> BundleRow:
    """A bundle never changes, so a process reads each once; the digest guards against another."""
    return BundleRow.objects.get(pk=bundle_id, sha256=sha256)


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


def calendar(hours: WorkHours) -> Calendar:
    """Every loaded year, latest version of each. One small query; parsed once a version."""
    latest = dict(CalendarYear.objects.order_by("year", "id").values_list("year", "id"))
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
