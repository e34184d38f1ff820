"""Every clock of a case, worked out in front of the reader."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.calendar import Calendar, CalendarMissing, Pause, Span, SpanKind, due, explain
from yishi.core.clock import OPEN, ClockKind, ClockState, share_used
from yishi.core.number import show_number
from yishi.phrases.account import say_account
from yishi.phrases.clock import (
    say_by,
    say_clock,
    say_clock_kind,
    say_exact,
    say_exact_by,
    say_pause,
    say_still,
    say_when,
)
from yishi.phrases.rule import say_rule_kind
from yishi.phrases.span import say_limit
from yishi.records.models import Clock
from yishi.records.queries.clock import pauses_of
from yishi.records.queries.rule import adopted, calendar, parsed, start_of, today_of
from yishi.records.wallclock import now as read_clock
from yishi.web.case.shown import Shown, read
from yishi.web.gate import missing, page


@page("case.view")
def view(request: HttpRequest, uid: str) -> HttpResponse:
    """The clocks of a case, running ones first, each explained line by line."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    found = {
        "number": show_number(shown.case.number),
        "line": shown.case.line or shown.case.item_title or _("Without words"),
        "href": reverse("case", args=[uid]),
        "clocks": explained(shown),
    }
    return render(request, "yishi/case/clocks.html", found)


def explained(shown: Shown) -> list[dict[str, Any]]:
    """Every clock with its account, running ones first, as seen from `shown.now`."""
    row = adopted(shown.case.place, today_of(read_clock()), "hours")["hours"]
    days = calendar(parsed(row))
    clocks = list(
        Clock.objects.filter(case=shown.case)
        .select_related("rules", "assignment__unit")
        .defer("rules__files")
        .order_by("id")
    )
    clocks.sort(key=lambda clock: clock.state not in (*OPEN, ClockState.PAUSED))
    return [_clock(shown, clock, days) for clock in clocks]


def _clock(shown: Shown, clock: Clock, days: Calendar) -> dict[str, Any]:
    """One clock: its head, the account of its due moment, and where its length comes from."""
    span = Span(clock.span_length + clock.extended_by, SpanKind(clock.span_kind))
    state = ClockState(clock.state)
    waits = clock.due_at is None and state in OPEN
    return {
        "title": say_clock_kind(clock.kind),
        "holder": clock.assignment.unit.name if clock.assignment else "",
        "piece": _piece(shown, clock),
        "tag": _tag(state, clock),
        "missing": _missing(span, clock, days) if waits else "",
        "lines": _lines(shown, clock, span, days),
    }


def _piece(shown: Shown, clock: Clock) -> dict[str, Any] | None:
    """Words and bar of a clock that runs or stands still; None once it has ended."""
    state, started = ClockState(clock.state), clock.started_at
    pauses, still = pauses_of(clock)
    if state is ClockState.PAUSED and still is not None:
        return say_still(still[0], shown.now, _used(clock, still[0], pauses))
    if state not in OPEN or clock.due_at is None:
        return None
    return say_clock(clock.due_at, clock.amber_at, shown.now, "", started, pauses=pauses)


def _used(clock: Clock, at: datetime, pauses: Sequence[Pause]) -> int | None:
    """Percent of the time used at `at`; None without a due moment."""
    if clock.due_at is None:
        return None
    return share_used(at, clock.started_at, clock.due_at, pauses)


def _lines(shown: Shown, clock: Clock, span: Span, days: Calendar) -> list[dict[str, Any]]:
    now = shown.now
    # Somebody named the moment: there is nothing to count.
    named = clock.kind == ClockKind.OUTSIDE
    start = [
        {
            "text": _("Starts %(moment)s") % {"moment": say_when(clock.started_at, now)},
            "value": "" if named else say_limit(clock.span_length, span.kind),
            "source": _source(shown, clock),
            "exact": say_exact(clock.started_at),
        }
    ]
    if clock.extended_by:
        start.append(
            {
                "text": _("Extended by %(limit)s")
                % {"limit": say_limit(clock.extended_by, span.kind)},
                "value": _("%(limit)s in all") % {"limit": say_limit(span.length, span.kind)},
            }
        )
    pauses, still = pauses_of(clock)
    if still is not None:
        return [
            *start,
            *_until(clock, span, days, pauses, still),
            _still(clock, now, pauses, still),
        ]
    if clock.due_at is None:
        return start
    try:
        account = say_account(explain(clock.started_at, span, days, pauses), span)
        changed = due(clock.started_at, span, days, pauses) != clock.due_at
    except CalendarMissing:
        account, changed = [], True
    if named:
        account = []
    elif changed:
        # The moment holds as it was computed; a calendar loaded later does not move it.
        account = [{"text": _("Computed with the calendar loaded at the time"), "value": ""}]
    amber = []
    if clock.amber_at is not None:
        rules = parsed(clock.rules)
        amber = [
            {
                "text": _("Turns amber at %(share)s of the time") % {"share": rules.amber},
                "value": say_when(clock.amber_at, now),
                "source": _said(rules.sources.get("amber", "")),
                "exact": say_exact(clock.amber_at),
            }
        ]
    outcome = {
        "text": _("Due"),
        "value": _("by %(moment)s") % {"moment": say_by(clock.due_at, now)},
        "source": _calendars(clock.calendar),
        "exact": say_exact_by(clock.due_at),
    }
    return [*start, *account, *amber, outcome]


def _until(
    clock: Clock,
    span: Span,
    days: Calendar,
    pauses: Sequence[Pause],
    still: tuple[datetime, str],
) -> list[dict[str, Any]]:
    """The account up to the day the clock stopped. What comes after depends on when it resumes."""
    since, cause = still
    day = since.astimezone(days.zone).date()
    rest = Pause(since, start_of(day + timedelta(days=1)), cause)
    try:
        lines = explain(clock.started_at, span, days, (*pauses, rest))
    except CalendarMissing:
        return []
    return say_account([line for line in lines if line.day <= day], span)


def _still(
    clock: Clock, now: datetime, pauses: Sequence[Pause], still: tuple[datetime, str]
) -> dict[str, Any]:
    """Since when and why it stands still, and how much it has used."""
    since, cause = still
    moment = {"moment": say_when(since, now)}
    used = _used(clock, since, pauses)
    stands = clock.state == ClockState.PAUSED
    return {
        "text": (
            _("Stands still since %(moment)s")
            if stands
            else _("Stood still from %(moment)s to its end")
        )
        % moment,
        "value": "" if used is None else _("%(share)s %% used so far") % {"share": used},
        "source": say_pause(cause),
        "exact": say_exact(since),
    }


def _source(shown: Shown, clock: Clock) -> str:
    """Which rule gave the length: the list's row, or the adopted rule, with its own source."""
    duty, rules = shown.case.duty, parsed(clock.rules)
    named = _("Rules “%(kind)s”, version %(version)s") % {
        "kind": say_rule_kind(clock.rules.kind),
        "version": clock.rules.version,
    }
    if clock.kind == ClockKind.OUTSIDE:
        ordered = shown.beside.outside
        return _join(
            *(f"{one.system} {one.number}" for one in ordered if one.due_at == clock.due_at)
        )
    if clock.kind != ClockKind.HANDLE:
        return _join(named, rules.sources.get(f"clocks.{clock.kind}"))
    if shown.case.urgent:
        return _join(named, rules.sources.get("urgent"))
    if duty is not None and duty.limit_length:
        return _join(_("Responsibility list: %(item)s") % {"item": duty.title}, duty.basis)
    key = f"handle.{shown.case.nature}"
    return _join(named, rules.sources.get(key))


def _calendars(kept: str) -> str:
    """The work-day calendars a clock was counted by, as it keeps them: `2026@1 2027@1`."""
    held = [part.partition("@") for part in kept.split()]
    return _(", ").join(
        _("Work-day calendar of %(year)s, version %(version)s") % {"year": year, "version": version}
        for year, _at, version in held
    )


def _join(*parts: str | None) -> str:
    return " · ".join(_said(part) for part in parts if part)


def _said(source: str) -> str:
    """A source as people read it; a number of our own choosing says so."""
    return _("a number of our own, which a place may change") if source == "ours" else source


def _tag(state: ClockState, clock: Clock) -> dict[str, str]:
    if state is ClockState.DONE:
        if clock.due_at and clock.ended_at and clock.ended_at >= clock.due_at:
            return {"word": _("Met, but late"), "mark": "late", "kind": "late"}
        return {"word": _("Met in time"), "mark": "done", "kind": "done"}
    return {
        ClockState.RUNNING: {"word": _("Running"), "mark": "clock", "kind": "act"},
        ClockState.WAITS: {"word": _("Waits for the calendar"), "mark": "waiting", "kind": "late"},
        ClockState.PAUSED: {"word": _("Stands still"), "mark": "waiting", "kind": "waiting"},
        ClockState.HELD: {"word": _("Held"), "mark": "waiting", "kind": "waiting"},
        ClockState.STOPPED: {"word": _("Stopped"), "mark": "refuse", "kind": ""},
    }[state]


def _missing(span: Span, clock: Clock, days: Calendar) -> str:
    """Which year's calendar it waits for."""
    try:
        due(clock.started_at, span, days, pauses_of(clock)[0])
    except CalendarMissing as error:
        return _(
            "The work-day calendar of %(year)s is not loaded, so the date is not set. "
            "No time is lost: it counts from the start once the calendar is there."
        ) % {"year": error.year}
    return _("The calendar is loaded; the date is set within the minute.")
