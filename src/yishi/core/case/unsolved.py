"""After a text answered a matter at once (秒回): still unsolved, or no word from the resident.

Source: norms.md §1 Instant answer.
"""

from datetime import datetime

from yishi.core.case.intake import iso, notices
from yishi.core.case.now import CaseNow, ClockNow, Terms
from yishi.core.case.state import CaseState, allowed
from yishi.core.clock import ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event, SetClock
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Instant answer"
AGAIN = "report.unsolved"


def held_intake(case: CaseNow) -> ClockNow | None:
    """The intake clock of a matter that stands as a text answered it; None for any other."""
    held = (c for c in case.running(ClockKind.INTAKE) if c.state is ClockState.HELD)
    return next(held, None) if case.state is CaseState.ANSWERED else None


def _reopened(
    case: CaseNow, intake: ClockNow, terms: Terms, now: datetime
) -> tuple[tuple[Change, ...], tuple[SetClock, ...]]:
    """Back to be dispatched: the intake clock goes on as if it had never stopped, so it counts
    from filing; the text stays on the report, but is nobody's answer any more."""
    changes = (
        Change("case", case.uid, {"answered_at": None, "settled_at": None}),
        *(
            Change("report", report.uid, {"answered_at": None, "attempts": 0})
            for report in case.reports
        ),
    )
    runs = (
        SetClock(intake.uid, ClockState.RUNNING, now)
        if intake.due_at is not None
        else terms.go_on(intake, now)
    )
    return changes, (runs,)


def still_unsolved(
    case: CaseNow, words: str, terms: Terms, now: datetime, *, by_resident: bool
) -> Advanced | Refusal:
    """还没解决: said by the resident, or on the phone. Into the queue, the clock from filing.

    Refuses `not_instant` where no text answered it.
    """
    row = allowed("report.still_unsolved" if by_resident else "case.still_unsolved", case.state)
    if isinstance(row, Refusal):
        return row
    intake = held_intake(case)
    if intake is None:
        return Refusal("not_instant", source=SOURCE)
    changes, sets = _reopened(case, intake, terms, now)
    report = case.reports[0].uid if case.reports else ""
    params = {"words": words, "due": iso(intake.due_at), "report": report}
    return Advanced(
        Event("report.still_unsolved" if by_resident else "case.still_unsolved", params),
        CaseState.SUBMITTED,
        changes=changes,
        sets=(*sets, *case.end(now, ClockKind.CALL_BACK, to=ClockState.STOPPED)),
        notices=() if by_resident else notices(case, AGAIN, {}),
        part=row.part,
    )


def not_content(
    case: CaseNow, intake: ClockNow, event: Event, part: str, terms: Terms, now: datetime
) -> Advanced:
    """The same by a rating. Nobody has worked on it yet, so nobody does it again."""
    changes, sets = _reopened(case, intake, terms, now)
    return Advanced(
        Event(event.code, {**event.params, "due": iso(intake.due_at)}, event.facts),
        CaseState.SUBMITTED,
        changes=(*changes, Change("case", case.uid, {"dissatisfied": case.dissatisfied + 1})),
        sets=(*sets, *case.end(now, ClockKind.CALL_BACK)),
        notices=notices(case, AGAIN, {}),
        part=part,
    )


def close_silent(case: CaseNow, now: datetime) -> Advanced | Refusal:
    """No word within the adopted days: closed. Nobody was asked, so it is no call-back.

    Refuses `not_instant`, and `too_early` while the resident's word is waited for.
    """
    row = allowed("case.close_silent", case.state)
    if isinstance(row, Refusal):
        return row
    waits = case.running(ClockKind.CALL_BACK)
    if held_intake(case) is None or not waits:
        return Refusal("not_instant", source=SOURCE)
    due = waits[0].due_at
    if due is None or now < due:
        return Refusal("still_waited", need=iso(due), have=iso(now), unit="moment", source=SOURCE)
    return Advanced(
        Event("case.closed_silent"),
        CaseState.CALLED_BACK,
        sets=(
            *case.end(now, ClockKind.INTAKE),
            *case.end(now, ClockKind.CALL_BACK, to=ClockState.STOPPED),
        ),
        part=row.part,
    )
