"""How a case stands: its clock, who is at work on it, and who was."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.clock import WORK, ClockState, share_used
from yishi.phrases.clock import say_clock, say_still
from yishi.records.models import Assignment, Clock
from yishi.records.queries.clock import pauses_of
from yishi.web.case.shown import Shown


def clock_shown(shown: Shown) -> dict[str, Any] | None:
    """The earliest clock of an open case, less the time it stood still, with the way to all."""
    case = shown.case
    if not case.is_open:
        return None
    running = [c for c in shown.held.clocks if c.due_at == case.due_at and c.kind == case.due_kind]
    first = running[0] if running and case.due_at else None
    return say_clock(
        case.due_at,
        case.amber_at,
        shown.now,
        case.due_kind,
        first.started_at if first else None,
        reverse("clock", args=[case.uid]),
        pauses_of(first)[0] if first else (),
    )


def works_shown(shown: Shown) -> list[dict[str, Any]]:
    """Lead and co-handlers, each with its part, how far it is and its own clock."""
    timed = {
        clock.assignment_id: clock
        for clock in shown.held.clocks
        if clock.kind in WORK and clock.due_at is not None
    }
    return [
        {
            "role": _("Lead") if row.is_lead else _("Co-handler"),
            "unit": row.unit.name,
            "title": row.title,
            "tag": _tag(row),
            "result": row.result,
            "clock": None if row.result_at else _clock(shown, timed.get(row.pk)),
        }
        for row in shown.held.assignments
    ]


def ended_shown(shown: Shown) -> list[str]:
    """The units that had it before, and how their work ended."""
    words = {
        "returned": _("%(unit)s: returned it"),
        "ruled": _("%(unit)s: taken from it by a ruling"),
    }
    return [
        words.get(row.ended_by, "%(unit)s") % {"unit": row.unit.name} for row in shown.held.ended
    ]


def _tag(row: Assignment) -> dict[str, str]:
    if row.result_at:
        return {"word": _("Part done"), "mark": "done", "kind": "done"}
    if row.signed_at:
        return {"word": _("At work"), "mark": "unit", "kind": "act"}
    return {"word": _("Not signed yet"), "mark": "waiting", "kind": "waiting"}


def _clock(shown: Shown, clock: Clock | None) -> dict[str, Any] | None:
    if clock is None or clock.due_at is None:
        return None
    pauses, still = pauses_of(clock)
    if clock.state == ClockState.PAUSED and still is not None:
        used = share_used(still[0], clock.started_at, clock.due_at, pauses)
        return say_still(still[0], shown.now, used)
    return say_clock(
        clock.due_at, clock.amber_at, shown.now, clock.kind, clock.started_at, pauses=pauses
    )
