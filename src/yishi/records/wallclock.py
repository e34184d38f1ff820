"""The one place that reads the clock.

Everything below the entrances is given `now`; the entrances ask for it here.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings


def now() -> datetime:
    """The present moment in UTC, moved by YISHI_CLOCK_OFFSET_SECONDS (0 except in the demo)."""
    return machine_now() + timedelta(seconds=settings.YISHI_CLOCK_OFFSET_SECONDS)


def machine_now() -> datetime:
    """The machine's own clock in UTC; only for working out that offset."""
    return datetime.now(UTC)
