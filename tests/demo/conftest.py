"""The demo's district, told once in a run for each day it is tried on, and rolled back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.acts.kept import made_once
from yishi.demo.seed import Guest, seed

# An ordinary Wednesday morning; a Saturday night; a day whose year has no calendar yet; a
# holiday, with the old year behind it.
MOMENTS = {
    "wednesday": datetime(2026, 3, 11, 2, 0, tzinfo=UTC),
    "saturday": datetime(2026, 11, 21, 15, 0, tzinfo=UTC),
    "no calendar": datetime(2027, 2, 1, 5, 0, tzinfo=UTC),
    "holiday": datetime(2026, 1, 2, 1, 0, tzinfo=UTC),
}


class Told:
    """A moment, and the guests the seed answered."""

    def __init__(self, now: datetime, guests: list[Guest]) -> None:
        self.now = now
        self.guests = guests


def tell(now: datetime, guests: Callable[[], list[Guest]]) -> Iterator[Told]:
    """What `guests` seeds is there until the generator is closed."""
    with transaction.atomic():
        yield Told(now, guests())
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=MOMENTS)
def told(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Told]:
    """The demo as of each moment, shared by the tests of a module, which only read it."""
    now = MOMENTS[request.param]
    with django_db_blocker.unblock():
        yield from tell(now, lambda: made_once(f"demo {now}", lambda: seed(now)))
