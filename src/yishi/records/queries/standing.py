"""How the office stands: a leader's few counts, and what keeps clocks from running."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from yishi.core.clock import ClockState
from yishi.core.person import Actor
from yishi.records.models import CalendarYear, Case, Clock
from yishi.records.queries.case_list import Filters, opened
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import today_of

# The State Council publishes next year's notice in November; warn from December on.
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class LeaderCounts:
    """`month` as the list filter takes it; `closed` of those received in it."""

    month: str
    received: int
    closed: int
    open: int
    late: int


def leader_counts(actor: Actor, now: datetime) -> LeaderCounts:
    """Counts over what `actor` may list; each equals the list its filters give.

    One statement, over this month's cases and the open ones.
    """
    month = f"{today_of(now):%Y-%m}"
    of_month = Filters(month=month).condition(now)
    found = Case.objects.filter(visible(actor, "case.list"), opened() | of_month)
    counts = found.aggregate(
        received=Count("pk", filter=of_month),
        closed=Count("pk", filter=of_month & opened(False)),
        open=Count("pk", filter=opened()),
        late=Count("pk", filter=Filters(colour="late").condition(now)),
    )
    return LeaderCounts(month, **counts)


def years_missing(now: datetime) -> list[int]:
    """Years that clocks need, or soon will, without a loaded calendar. One statement."""
    today = today_of(now)
    needed = sorted({today.year, (today + AHEAD).year})
    loaded = set(CalendarYear.objects.filter(year__in=needed).values_list("year", flat=True))
    return [year for year in needed if year not in loaded]


def waiting_clocks() -> int:
    """Clocks that cannot be computed yet. One statement."""
    return Clock.objects.filter(state=ClockState.WAITS).count()
