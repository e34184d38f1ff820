"""How a clock's row keeps the time it stood still."""

from collections.abc import Sequence
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


def pauses_kept(pauses: Sequence[Pause], open_pause: tuple[datetime, str] | None) -> list[list]:
    """Pauses as a clock row keeps them."""
    kept: list[list] = [[p.from_at.isoformat(), p.to_at.isoformat(), p.cause] for p in pauses]
    if open_pause is not None:
        kept.append([open_pause[0].isoformat(), None, open_pause[1]])
    return kept
