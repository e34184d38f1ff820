"""A meeting that was called and that nobody opened does not stand as called for ever."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from yishi.acts.door import Ask, Done
from yishi.acts.meeting import sitting
from yishi.core.meeting.calling import LONGEST
from yishi.core.meeting.now import MeetingState
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.records.models import Meeting

Batch = Callable[..., "list[dict[str, Any]]"]
Count = Callable[["Done | Refusal"], int]


def lapse_meetings(batch: Batch, done: Count, now: datetime) -> int:
    """Those whose day is over; how many."""
    over = Meeting.objects.filter(state=MeetingState.CALLED, starts_at__lte=now - LONGEST)
    return sum(
        done(sitting.lapse(Ask(SYSTEM, now, f"tick-meeting-{row['uid']}"), row["uid"]))
        for row in batch("lapse_meetings", over, "uid")
    )
