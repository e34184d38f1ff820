"""What the rhythm proposes, and on which of those days offices rest."""

from datetime import UTC, date, datetime

import pytest

from tests.acts.hall import Hall, make_hall
from tests.acts.world import World
from yishi.records.models import CalendarYear
from yishi.records.queries.meeting_list import proposed_at
from yishi.records.queries.rule import days_off


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi")


@pytest.mark.parametrize(
    ("now", "on", "rest"),
    [
        (datetime(2026, 3, 11, 1, tzinfo=UTC), date(2026, 4, 10), False),  # a Friday
        (datetime(2026, 4, 11, 1, tzinfo=UTC), date(2026, 5, 10), True),  # a Sunday
        (datetime(2026, 12, 11, 1, tzinfo=UTC), date(2027, 1, 10), None),
    ],
)
def test_the_next_talk_day_and_whether_offices_rest_on_it(
    hall: Hall, now: datetime, on: date, rest: bool | None
) -> None:
    CalendarYear.objects.filter(year=2027).delete()
    (one,) = proposed_at(hall.world.places["柳荫社区"], now)
    assert (one.code, one.on, one.rest, one.called) == ("talk_day", on, rest, "")


def test_a_make_up_day_is_no_day_of_rest(hall: Hall) -> None:
    assert days_off([date(2026, 5, 1), date(2026, 5, 9)]) == {
        date(2026, 5, 1): True,
        date(2026, 5, 9): False,
    }
