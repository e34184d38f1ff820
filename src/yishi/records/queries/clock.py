"""What a clock's row says of the time it stood still."""

from datetime import datetime

from yishi.core.calendar import Pause
from yishi.records.models import Clock


def pauses_of(clock: Clock) -> tuple[tuple[Pause, ...], tuple[datetime, str] | None]:
    """The pauses that have ended, and since when and why it stands still where one has not."""
    ended, still = [], None
    for begins, ends, cause in clock.pauses:
        if ends is None:
            still = datetime.fromisoformat(begins), cause
        else:
            ended.append(Pause(datetime.fromisoformat(begins), datetime.fromisoformat(ends), cause))
    return tuple(ended), still
