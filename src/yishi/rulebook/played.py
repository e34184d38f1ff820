"""A method's cases, played: where its case file and the method itself no longer agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from yishi.core.calendar import Calendar
from yishi.core.method.floors import Floors
from yishi.core.method.language import Method
from yishi.core.topic.rehearse import rehearse
from yishi.core.topic.sentence import Case, Mismatch
from yishi.rulebook.cases import cases_of
from yishi.rulebook.kinds import parse, work_hours
from yishi.rulebook.load import Bundle
from yishi.rulebook.shipped import shipped, shipped_bundle

# A Monday in working hours of a year whose calendar is shipped: a case names days, never dates.
BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def parting(
    bundle: Bundle, method: Method, layers: Iterable[Floors]
) -> tuple[tuple[Case, Mismatch], ...]:
    """Each case of the bundle that does not come out as it says, and where.

    `layers` know the matters its options are about. Raises RuleFileError for a case file that
    cannot be read.
    """
    layers, calendar = tuple(layers), _calendar()
    played = ((case, rehearse(method, case, layers, calendar, BEGINS)) for case in cases_of(bundle))
    return tuple((case, wrong) for case, wrong in played if wrong is not None)


@cache
def _calendar() -> Calendar:
    years = [parse(bundle) for bundle in shipped() if bundle.kind == "calendar"]
    hours = work_hours(shipped_bundle("hours", "standard"))
    return Calendar({year.year: year for year in years}, UTC, hours)
