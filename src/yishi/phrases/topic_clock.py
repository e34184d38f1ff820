"""The clock of a topic as people read it: how long one may speak or vote, else when it is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import StageKind
from yishi.phrases.clock import say_by, say_clock

OPEN = (StageKind.COMMENT, StageKind.NOTICE, StageKind.VOTE, StageKind.COLLECT)


def open_until(
    kind: str, tally: Mapping[str, Any], due_at: datetime | None, now: datetime
) -> datetime | None:
    """Until when (exclusive) one may comment, object, vote or wish in the step; None where one may
    not, or where the step itself is overdue, which comes first."""
    if kind not in OPEN or "until" not in tally:
        return None
    until = datetime.fromisoformat(str(tally["until"]))
    return until if now < until and (due_at is None or now < due_at) else None


def say_topic_clock(
    kind: str,
    tally: Mapping[str, Any],
    due_at: datetime | None,
    amber_at: datetime | None,
    entered_at: datetime | None,
    now: datetime,
) -> dict[str, Any] | None:
    """The context of `pieces/clock.html` for a topic that runs; None where nothing is due."""
    until = open_until(kind, tally, due_at, now)
    if until is None:
        return say_clock(due_at, amber_at, now, "", entered_at)
    shown = say_clock(until, None, now, "", entered_at)
    assert shown is not None
    said = {
        StageKind.COMMENT: _("Open for comment until %(until)s"),
        StageKind.NOTICE: _("Open for objections until %(until)s"),
        StageKind.VOTE: _("Open for votes until %(until)s"),
        StageKind.COLLECT: _("Open for wishes until %(until)s"),
    }[StageKind(kind)]
    return {**shown, "words": said % {"until": say_by(until, now)}}
