"""The account of a clock, line by line: each day counted or skipped, and why."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.calendar import COUNTS_DAYS, Line, Reason, Span
from yishi.phrases.clock import say_pause, say_span

# Quiet stretches of a long account are told in one line.
LONGEST = 45


def say_account(lines: Sequence[Line], span: Span) -> list[dict[str, Any]]:
    """Contexts for `pieces/lines.html`, a line a day; without start and outcome."""
    said, counted = [], 0
    for line in lines[:LONGEST]:
        counted += line.counted or 0
        said.append(
            {
                "text": say_day(line.day),
                "value": _value(line, span, counted),
                "source": _why(line),
            }
        )
    if len(lines) > LONGEST:
        more = {"days": len(lines) - LONGEST}
        said.append({"text": _("… and %(days)s more days in the same way") % more, "value": ""})
    return said


def say_day(day: date) -> str:
    """A date with its weekday: 2026-03-12 周四."""
    words = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{day:%Y-%m-%d} {words[day.weekday()]}"


def _value(line: Line, span: Span, counted: int) -> str:
    if line.reason is Reason.START:
        return _("day zero")
    if line.counted is None:
        return _("not counted")
    if span.kind in COUNTS_DAYS:
        return _("day %(n)s of %(of)s") % {"n": counted, "of": span.length}
    used = say_span(timedelta(minutes=line.counted)) if line.counted else _("nothing")
    return _("%(used)s used") % {"used": used}


def _why(line: Line) -> str:
    match line.reason:
        case Reason.HOLIDAY:
            return line.name or _("Public holiday")
        case Reason.MAKEUP:
            make_up = _("Working day in exchange for a holiday")
            return f"{line.name} · {make_up}" if line.name else make_up
        case Reason.WEEKEND:
            return _("Weekend")
        case Reason.WORKING:
            return _("Working day")
        case Reason.CLOSED:
            return _("Outside office hours")
        case Reason.PAUSED:
            still, cause = _("Stood still"), say_pause(line.name)
            return f"{still} · {cause}" if cause else still
        case Reason.START:
            return _("The day it starts does not count")
    return _("Natural time")
