"""More time, or time that stands still: 延期 and 中止, asked by the lead, decided by another.

Source: norms.md §1, Clocks: extension once, before it runs out, no longer than the original,
with an approver; the resident is told.
"""

from collections.abc import Mapping
from datetime import datetime

from yishi.core.calendar import Span, due
from yishi.core.case.asking import decided
from yishi.core.case.giving import STILL
from yishi.core.case.intake import iso, notices
from yishi.core.case.now import CaseNow, ClockNow, Terms, WorkNow
from yishi.core.case.request import RequestKind, RequestNow, RequestState
from yishi.core.case.state import CaseState, Transition, allowed
from yishi.core.clock import WORK, ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Clocks"
# What co-handlers owe, and are owed, while nothing can be done on the case.
OF_OTHERS = (ClockKind.SIGN, ClockKind.RETURN)
SUSPENDED = "suspended"


def ask_extension(
    case: CaseNow, work: WorkNow, length: int, reason: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """The lead asks for `length` more, in the units of its limit.

    Refusals: `lead_only`, `extension_late` (it has run out), `extension_used`,
    `extension_long`, `reason_missing`, `already_asked`.
    """
    row = allowed("case.ask_extension", case.state)
    if isinstance(row, Refusal):
        return row
    most = may_extend(case, work, terms, now)
    if isinstance(most, Refusal):
        return most
    if not 1 <= length <= most.length:
        return Refusal("extension_long", most.length, length, most.kind.value, SOURCE)
    if not reason.strip():
        return Refusal("reason_missing", source=SOURCE)
    params = {"unit": work.unit, "reason": reason, "length": length, "kind": most.kind}
    return _asked(case, "case.extension_asked", row, params, terms, now)


def may_extend(case: CaseNow, work: WorkNow, terms: Terms, now: datetime) -> Span | Refusal:
    """The most this unit may ask for, in the units of its limit; or why it may not ask at all."""
    wrong = _may_ask(case, work)
    if wrong:
        return wrong
    clocks = _own(case, work)
    if any(clock.due_at is not None and now >= clock.due_at for clock in clocks):
        return Refusal("extension_late", iso(clocks[0].due_at), iso(now), "moment", SOURCE)
    if len(_accepted(case, RequestKind.EXTENSION)) >= terms.course.extension_times:
        return Refusal("extension_used", terms.course.extension_times, source=SOURCE)
    most = min(_room(clock, terms) for clock in clocks)
    if most < 1:
        return Refusal("extension_long", most, 1, clocks[0].span.kind.value, SOURCE)
    return Span(most, clocks[0].span.kind)


def decide_extension(
    case: CaseNow, request: RequestNow, accepted: bool, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """Another person's word on it. Refusals: `already_decided`, `own_request`, `why_missing`,
    `extension_late` (the time ran out before anybody decided: it can only be refused)."""
    row = allowed("case.decide_extension", case.state)
    if isinstance(row, Refusal):
        return row
    work = case.work(request.work)
    if request.kind is not RequestKind.EXTENSION or not request.state.is_open or work is None:
        return Refusal("already_decided", have=request.state)
    if not accepted:
        return _refused(case, request, "case.extension_refused", words, row, now)
    clocks = _own(case, work)
    if any(clock.due_at is not None and now >= clock.due_at for clock in clocks):
        return Refusal("extension_late", iso(clocks[0].due_at), iso(now), "moment", SOURCE)
    more = request.length or 0
    # None gets more than it may have, also where a case with a shorter limit was merged since.
    sets = tuple(
        terms.go_on(c, now, extended_by=c.extended_by + min(more, _room(c, terms))) for c in clocks
    )
    until = sets[0].timing.due_at if sets[0].timing else None
    params = {"unit": work.unit, "words": words, "length": more, "due": iso(until)}
    params["kind"] = clocks[0].span.kind
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event("case.extended", params, {"length": more}),
        changes=(decided(request, RequestState.ACCEPTED, words, now),),
        sets=(*sets, *case.end(now, ClockKind.REQUEST)),
        notices=notices(case, "case.extended", params),
    )


def ask_suspension(
    case: CaseNow,
    work: WorkNow,
    ground: str,
    until_at: datetime,
    reason: str,
    terms: Terms,
    now: datetime,
) -> Advanced | Refusal:
    """The lead asks that its clock stand still until `until_at`, on one of the adopted grounds.

    Refusals: `lead_only`, `ground_unknown`, `until_past`, `until_far`, `suspension_used`,
    `reason_missing`, `already_asked`.
    """
    row = allowed("case.ask_suspension", case.state)
    if isinstance(row, Refusal):
        return row
    farthest = may_suspend(case, work, terms, now)
    if isinstance(farthest, Refusal):
        return farthest
    if ground not in terms.course.suspend_reasons:
        return Refusal("ground_unknown", tuple(terms.course.suspend_reasons), ground)
    if until_at <= now:
        return Refusal("until_past", iso(now), iso(until_at), "moment")
    if until_at > farthest:
        return Refusal("until_far", iso(farthest), iso(until_at), "moment", terms.rules.id)
    if not reason.strip():
        return Refusal("reason_missing", source=SOURCE)
    params = {"unit": work.unit, "ground": ground, "reason": reason, "until": iso(until_at)}
    return _asked(case, "case.suspension_asked", row, params, terms, now)


def may_suspend(case: CaseNow, work: WorkNow, terms: Terms, now: datetime) -> datetime | Refusal:
    """The latest moment a suspension asked for now may end; or why this unit may not ask."""
    wrong = _may_ask(case, work)
    if wrong:
        return wrong
    if len(_accepted(case, RequestKind.SUSPENSION)) >= terms.course.suspension_times:
        return Refusal("suspension_used", terms.course.suspension_times, source=terms.rules.id)
    return due(now, terms.course.suspension_longest, terms.calendar)


def decide_suspension(
    case: CaseNow, request: RequestNow, accepted: bool, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """Accepted, the clocks of the work stand still until the agreed moment, which has a clock too.

    Refusals: `already_decided`, `why_missing`, `until_past`.
    """
    row = allowed("case.decide_suspension", case.state)
    if isinstance(row, Refusal):
        return row
    work = case.work(request.work)
    if request.kind is not RequestKind.SUSPENSION or not request.state.is_open or work is None:
        return Refusal("already_decided", have=request.state)
    if not accepted:
        return _refused(case, request, "case.suspension_refused", words, row, now)
    until = request.until_at
    if until is None or until <= now:
        return Refusal("until_past", iso(now), iso(until), "moment")
    params = {"unit": work.unit, "words": words, "until": iso(until)}
    name = terms.course.suspend_reasons.get(request.ground)
    # The resident reads what is waited for, in the words of the rules; the reason is for offices.
    params |= {"waits_for": name.zh} if name else {}
    still = tuple(
        terms.pause(clock, now, SUSPENDED)
        for clock in case.running(*STILL, *OF_OTHERS)
        if clock.state in (ClockState.RUNNING, ClockState.WAITS)
    )
    return Advanced(
        state=CaseState.SUSPENDED,
        part=row.part,
        event=Event("case.suspended", params),
        changes=(
            decided(request, RequestState.ACCEPTED, words, now),
            Change("request", request.uid, {"state_before": case.state}),
        ),
        sets=(*still, *case.end(now, ClockKind.REQUEST)),
        starts=(terms.until(ClockKind.SUSPEND, now, until, work.uid),),
        notices=notices(case, "case.suspended", params),
    )


def resume(case: CaseNow, words: str, terms: Terms, now: datetime) -> Advanced | Refusal:
    """The ground is gone, or its time is over: every clock goes on with what it has used."""
    row = allowed("case.resume", case.state)
    if isinstance(row, Refusal):
        return row
    last = _accepted(case, RequestKind.SUSPENSION)[-1]
    on = tuple(
        terms.go_on(clock, now)
        for clock in case.running(*STILL, *OF_OTHERS)
        # A part that was given back stands still for its own reason.
        if clock.open_pause is not None and clock.open_pause[1] == SUSPENDED
    )
    due_at = min((s.timing.due_at for s in on if s.timing and s.timing.due_at), default=None)
    params = {"unit": last.unit, "words": words, "due": iso(due_at)}
    return Advanced(
        state=last.state_before,
        part=row.part,
        event=Event("case.resumed", params),
        sets=(*on, *case.end(now, ClockKind.SUSPEND)),
        notices=notices(case, "case.resumed", params),
    )


def _may_ask(case: CaseNow, work: WorkNow) -> Refusal | None:
    if not work.is_lead:
        return Refusal("lead_only", have=work.unit, source="norms.md §1 Lead is responsible")
    if work.result_at is not None:
        return Refusal("already_submitted", have=work.unit)
    # One thing at a time: one answer would end the clock of the other.
    if any(r.work == work.uid and r.state.is_open for r in case.requests):
        return Refusal("already_asked", have=work.unit)
    return None


def _own(case: CaseNow, work: WorkNow) -> tuple[ClockNow, ...]:
    """The clocks by which the lead is measured, its own first: also those of merged cases.

    A lead that has not submitted always has one.
    """
    found = [c for c in case.running(*WORK) if c.assignment == work.uid]
    return tuple(sorted(found, key=lambda clock: clock.case != ""))


def _room(clock: ClockNow, terms: Terms) -> int:
    """How much longer this clock may still get, in its own units."""
    return max(0, int(clock.span.length * terms.course.extension_share) - clock.extended_by)


def _accepted(case: CaseNow, kind: RequestKind) -> list[RequestNow]:
    return [r for r in case.requests if r.kind is kind and r.state is RequestState.ACCEPTED]


def _asked(
    case: CaseNow,
    code: str,
    row: Transition,
    params: Mapping[str, object],
    terms: Terms,
    now: datetime,
) -> Advanced:
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event(code, params),
        starts=(terms.start(ClockKind.REQUEST, now),),
    )


def _refused(
    case: CaseNow, request: RequestNow, code: str, words: str, row: Transition, now: datetime
) -> Advanced | Refusal:
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    return Advanced(
        state=case.state,
        part=row.part,
        event=Event(code, {"unit": request.unit, "words": words}),
        changes=(decided(request, RequestState.REFUSED, words, now),),
        sets=case.end(now, ClockKind.REQUEST),
    )
