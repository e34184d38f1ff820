"""When the steps of one story come, so that it rests where it was written to rest."""

from datetime import datetime, timedelta

from yishi.core.case.state import CaseState
from yishi.demo.tale import Tale
from yishi.records.models import Clock


def filed_at(tale: Tale) -> datetime:
    """When the words were written: late enough that the limit still runs where it should."""
    story, moments = tale.story, tale.moments
    written = moments.filed(story.filed)
    if story.stop not in ("handling", "checking", "settled", "answered") or story.late:
        return written
    if not story.duty:
        return written
    back = {"handling": 0, "checking": 14, "settled": 24, "answered": 40}[story.stop]
    row = tale.duty()
    hours = _hours(row.limit_length, row.limit_kind) if not story.urgent else 24
    soonest = moments.now - timedelta(hours=back + 0.6 * hours + 2)
    return max(written, soonest)


def result_at(tale: Tale, turn: int) -> datetime:
    """A share of the limit after the work began; past it where the story is late."""
    moments = tale.moments
    if turn == 0 and (end := near_end(tale, CaseState.CHECKING)):
        return end
    kind = "redo" if turn else "handle"
    clock = Clock.objects.filter(case__uid=tale.uid, kind=kind, assignment__is_lead=True).latest(
        "id"
    )
    limit = clock.due_at or clock.started_at + timedelta(days=4)
    if tale.story.late and turn == 0:
        return moments.office(limit + timedelta(hours=moments.draw.uniform(4, 50)))
    share = moments.draw.uniform(0.35, 0.75)
    planned = clock.started_at + (limit - clock.started_at) * share
    planned = max(planned, tale.at + timedelta(minutes=40))
    office = moments.office(planned)
    return office if office < limit else planned


def near_end(tale: Tale, state: CaseState) -> datetime | None:
    """For a story that rests after this step or the next: a moment of these last hours."""
    draw, now = tale.moments.draw, tale.moments.now
    rest = tale.story.stop
    back = {
        ("checking", "checking"): (3, 12),
        ("settled", "checking"): (12, 20),
        ("settled", "settled"): (2, 8),
        ("answered", "checking"): (26, 36),
        ("answered", "answered"): (5, 22),
    }.get((rest, state.value))
    if back is None:
        return None
    moment = now - timedelta(hours=draw.uniform(*back))
    if moment <= tale.at:
        moment = tale.at + (now - tale.at) * 0.4
    return tale.set_to(moment)


def _hours(length: int | None, kind: str) -> float:
    """About how long a limit is in hours by the wall clock, on ordinary days."""
    each = {"hour": 1.0, "working_hour": 3.0}.get(kind, 24.0)
    return (length or 5) * each
