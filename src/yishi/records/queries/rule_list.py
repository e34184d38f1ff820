"""Rules as their administrator sees them: what is in force where, what is kept, what waits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from yishi.core.clock import ClockState
from yishi.core.person import Actor
from yishi.core.place import ids_of
from yishi.records.models import Adoption, BundleRow, CalendarYear, Clock, DutyRow, Place
from yishi.records.queries.duty import standing_on
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.place import below, seats_for

HEAD = ("kind", "name", "version", "sha256", "valid_from", "repealed_on", "source", "loaded_at")


@dataclass(frozen=True)
class Held:
    """One kind of rule at a place: the bundle, where it was adopted, from when."""

    bundle: BundleRow
    place: str
    from_on: date
    is_next: bool = False


def held_at(place: Place, day: date) -> list[Held]:
    """What is in force at `place` on `day`, by kind, and what will be. One statement."""
    rows = Adoption.objects.filter(place_id__in=place.ids)
    best: dict[str, tuple[tuple[int, date], Held]] = {}
    coming = []
    for row in rows.select_related("bundle", "place").order_by("from_on", "id"):
        if row.from_on > day:
            coming.append(Held(row.bundle, row.place.name, row.from_on, is_next=True))
            continue
        rank = (len(row.place.line), row.from_on)
        if row.kind not in best or rank >= best[row.kind][0]:
            best[row.kind] = (rank, Held(row.bundle, row.place.name, row.from_on))
    return [best[kind][1] for kind in sorted(best)] + coming


def bundles(page: int) -> Listed:
    """Every bundle kept, newest first. Two statements."""
    rows = BundleRow.objects.order_by("-loaded_at", "-id")
    return listed(rows.values("id", *HEAD), page)


def bundle_row(kind: str, name: str, version: str) -> BundleRow | None:
    """One version of a rule file; every administrator may read every rule."""
    return BundleRow.objects.filter(kind=kind, name=name, version=version).first()


@dataclass(frozen=True)
class Years:
    """The calendars loaded, latest version of each year, and how many clocks wait for which."""

    years: list[CalendarYear]
    waiting: dict[int, int]


def calendars() -> Years:
    """Two statements. A clock waits for the first year from its start that is not loaded."""
    latest = {row.year: row for row in CalendarYear.objects.order_by("year", "id")}
    started = (
        Clock.objects.filter(state=ClockState.WAITS)
        .annotate(year=ExtractYear("started_at"))
        .values_list("year")
        .annotate(many=Count("id"))
        .order_by("year")
    )
    waiting: dict[int, int] = {}
    for year, many in started:
        while year in latest:
            year += 1
        waiting[year] = waiting.get(year, 0) + many
    return Years([latest[year] for year in sorted(latest, reverse=True)], waiting)


DUTY_COLUMNS = (
    "uid",
    "code",
    "category",
    "major",
    "title",
    "grade",
    "area",
    "lead",
    "co",
    "limit_words",
    "limit_length",
    "limit_kind",
)


def duties(actor: Actor, words: str, category: str, unit: str, page: int, day: date) -> Listed:
    """A page of the responsibility lists in force in the actor's places. Two statements.

    Each of `words` must stand in the item, its class, its grade, its unit or its code.
    """
    rows = _duties(actor).filter(standing_on(day))
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(major__icontains=word)
            | Q(grade__icontains=word)
            | Q(lead__icontains=word)
            | Q(code__icontains=word)
        )
    if category:
        rows = rows.filter(category=category)
    if unit:
        rows = rows.filter(lead=unit)
    return listed(rows.order_by("position", "id").values(*DUTY_COLUMNS), page)


def duty_filters(actor: Actor, day: date) -> tuple[list[str], list[tuple[str, int]]]:
    """The classes there are, and the 60 units that lead most items. Two statements."""
    rows = _duties(actor).filter(standing_on(day))
    classes = rows.exclude(category="").order_by("category").values_list("category", flat=True)
    units = rows.values_list("lead").annotate(many=Count("id")).order_by("-many", "lead")
    return list(classes.distinct()[:20]), [(lead, many) for lead, many in units[:60] if lead]


def duty_for(actor: Actor, uid: str) -> DutyRow | None:
    """One row of a list, also a replaced one; None where it is not of the actor's place."""
    rows = _duties(actor, "duty.view").filter(uid=uid)
    return rows.select_related("bundle", "place", "lead_body").first()


def _duties(actor: Actor, act: str = "rules.view") -> QuerySet[DutyRow]:
    """Lists of the actor's places, of those below, and of those above them."""
    lines = seats_for(actor, act)
    above = {pk for line in lines for pk in ids_of(line)}
    return DutyRow.objects.filter(below(lines, "place__line") | Q(place_id__in=above))
