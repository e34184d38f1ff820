"""The second half: independent check, answer, call-back, again if need be, archive."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from yishi.core.case.giving import CONTACT, STILL
from yishi.core.case.intake import iso, notices, tell
from yishi.core.case.now import CaseNow, ClockNow, Terms
from yishi.core.case.state import CaseState, Transition, allowed
from yishi.core.case.unsolved import held_intake, not_content
from yishi.core.clock import WORK, ClockKind, ClockState
from yishi.core.outcome import Advanced, Change, Event, SetClock
from yishi.core.refusal import Refusal

STARS = range(1, 6)
# What ends with the resident's last word; intake is held where a text answered at once.
OF_ANSWER = (ClockKind.CALL_BACK, ClockKind.INTAKE)


@dataclass(frozen=True, slots=True)
class Rating:
    """One call-back: solved, how satisfied, and axis → stars 1 to 5. Source: norms.md §1."""

    report: str
    solved: bool
    satisfaction: str
    stars: Mapping[str, int]
    words: str = ""

    @property
    def content(self) -> bool:
        """Solved and at least basically satisfied."""
        return self.solved and self.satisfaction != "dissatisfied"


def check(
    case: CaseNow, passed: bool, words: str, terms: Terms, now: datetime
) -> Advanced | Refusal:
    """Somebody who did not handle it looks: settled, or back to the unit with the reason.

    That the checker is not the handler is held by the permit table. Refuses: `why_missing`.
    """
    row = allowed("case.check", case.state)
    if isinstance(row, Refusal):
        return row
    if passed:
        return Advanced(
            state=CaseState.SETTLED,
            part=row.part,
            event=Event("case.check_passed", {"note": words}, {"passed": 1}),
            sets=tuple(
                SetClock(clock.uid, ClockState.STOPPED if _idle(clock) else ClockState.DONE, now)
                for clock in case.running(*STILL, ClockKind.SIGN, ClockKind.CHECK)
            ),
            starts=(terms.start(ClockKind.ANSWER, now),),
        )
    if not words.strip():
        return Refusal("why_missing", source="norms.md §1 Independence")
    return _back(case, words, row, terms, now)


def _idle(clock: ClockNow) -> bool:
    """Not met, but needed no longer: of a part that was given back, or a contact not owed."""
    return clock.state is ClockState.PAUSED or clock.kind is CONTACT


def _back(case: CaseNow, words: str, row: Transition, terms: Terms, now: datetime) -> Advanced:
    """To the unit, whose clock goes on as if it had never stopped.

    What was settled on the spot had no clock and gets one now; what nobody has in hand goes back
    to be dispatched.
    """
    event = Event("case.check_failed", {"why": words}, {"passed": 0})
    checked = case.end(now, ClockKind.CHECK)
    if case.lead is None:
        intake = terms.start(ClockKind.INTAKE, now)
        return Advanced(event, CaseState.FILED, sets=checked, starts=(intake,), part=row.part)
    lead = case.lead.uid
    held = case.running(*WORK, of=lead)
    redo = any(clock.kind is ClockKind.REDO and not clock.case for clock in held)
    timed = any(not clock.case for clock in held)
    span = terms.rules.handle_span(case.nature)
    return Advanced(
        event,
        CaseState.REDO if redo else CaseState.HANDLING,
        changes=(Change("assignment", lead, {"result_at": None}),),
        sets=(
            # One that waited for its calendar when it was held is worked out again.
            *(
                SetClock(clock.uid, ClockState.RUNNING, now)
                if clock.due_at is not None
                else terms.go_on(clock, now)
                for clock in held
            ),
            *case.end(now, ClockKind.SIGN, to=ClockState.RUNNING),
            *checked,
        ),
        starts=() if timed else (terms.start(ClockKind.HANDLE, now, span, lead),),
        part=row.part,
    )


def answer(case: CaseNow, words: str, terms: Terms, now: datetime) -> Advanced | Refusal:
    """Every resident on the case is answered, each on their own report.

    Who was content with an answer before keeps it and is not asked again: the case was only done
    again for somebody else. Refuses: `answer_missing`. Source: promise 件件有回音; 上海 art. 23
    for topics.
    """
    row = allowed("case.answer", case.state)
    if isinstance(row, Refusal):
        return row
    if not words.strip():
        return Refusal("answer_missing")
    call_back = terms.start(ClockKind.CALL_BACK, now)
    waiting = replace(case, reports=tuple(r for r in case.reports if not r.rated))
    return Advanced(
        state=CaseState.ANSWERED,
        part=row.part,
        event=Event("case.answered", {"answer": words}, {"reports": len(waiting.reports)}),
        changes=tell(waiting, words, now),
        sets=(
            *case.end(now, ClockKind.ANSWER, ClockKind.TOPIC, ClockKind.INTAKE, ClockKind.OUTSIDE),
            # A topic that came back from a unit needs none any more.
            *case.end(now, *STILL, to=ClockState.STOPPED),
        ),
        starts=(call_back,),
        notices=notices(waiting, "case.answered", {"answer": words}),
    )


def not_reached(case: CaseNow, terms: Terms, now: datetime, report: str = "") -> Advanced | Refusal:
    """A call nobody took, about `report` or whoever is next to be called.

    After the adopted number of tries a report counts as unreached; the case is closed once
    nobody is left to call. An unreached call is not a valid call-back and stays out of the three
    rates. Refuses with `not_found`, `already_rated`.
    """
    row = allowed("case.call_back", case.state)
    if isinstance(row, Refusal):
        return row
    limit = terms.rules.call_back_attempts
    left = case.to_call(limit)
    called = next((r for r in left if not report or r.uid == report), None)
    if called is None:
        rated = next((r for r in case.reports if r.uid == report and r.rated), None)
        return Refusal("already_rated", have=rated.number) if rated else _unknown()
    tries = called.attempts + 1
    last = tries >= limit and len(left) == 1
    params = {"tries": tries, "limit": limit, "report": called.uid}
    return Advanced(
        state=CaseState.CALLED_BACK if last else CaseState.ANSWERED,
        part=row.part,
        event=Event("case.call_back_missed", params, {"tries": tries}),
        changes=(
            Change("case", case.uid, {"attempts": case.attempts + 1}),
            Change("report", called.uid, {"attempts": tries}),
        ),
        sets=case.end(now, *OF_ANSWER) if last else (),
    )


def call_back(
    case: CaseNow, rating: Rating, terms: Terms, now: datetime, *, by_resident: bool
) -> Advanced | Refusal:
    """The resident's own word on how it went, given on the phone or by themselves.

    Content → called back, once nobody else on the case is still to be asked. Not content → the
    same unit does it again with a new clock, for everybody; the second time a supervisory order
    goes out beside it. What a text answered at once goes to be dispatched, its clock from filing.
    The others who wait are told; who was content is not asked again.
    Refusals: `axis_missing`, `stars_wrong`, `satisfaction_unknown`, `already_rated`.
    Source: norms.md §1 Call-back.
    """
    act = "report.rate" if by_resident else "case.call_back"
    row = allowed(act, case.state)
    if isinstance(row, Refusal):
        return row
    wrong = _check_rating(case, rating, terms)
    if wrong:
        return wrong
    code = "report.rated" if by_resident else "case.called_back"
    facts: dict[str, int | str] = {"solved": int(rating.solved), "satisfied": rating.satisfaction}
    facts |= {f"axis_{axis}": stars for axis, stars in sorted(rating.stars.items())}
    params = {
        "solved": rating.solved,
        "satisfaction": rating.satisfaction,
        "words": rating.words,
        "report": rating.report,
    }
    if rating.content:
        left = case.to_call(terms.rules.call_back_attempts)
        closes = all(r.uid == rating.report for r in left)
        return Advanced(
            state=CaseState.CALLED_BACK if closes else CaseState.ANSWERED,
            part=row.part,
            event=Event(code, params, facts),
            sets=case.end(now, *OF_ANSWER) if closes else (),
        )
    rounds = case.dissatisfied + 1
    own = next(r for r in case.reports if r.uid == rating.report)
    # A resident whose case was merged brings along how often it has been done for them.
    lead = case.lead
    ordered = lead is not None and max(rounds, own.unhappy + 1) >= terms.rules.order_after
    if (intake := held_intake(case)) is not None:
        event = Event(f"{code}_unsolved", params, facts)
        return not_content(case, intake, event, row.part, terms, now)
    # A topic, or a spot nobody's unit was named for: it goes back to be dispatched.
    redo = terms.start(
        ClockKind.REDO if lead else ClockKind.INTAKE, now, assignment=lead.uid if lead else ""
    )
    starts = [redo]
    if lead is not None and ordered:
        starts.append(terms.start(ClockKind.ORDER, now, assignment=lead.uid))
    again = Change("assignment", lead.uid, {"result_at": None}) if lead else None
    params |= {"unit": lead.unit if lead else "", "due": iso(redo.clock.due_at), "round": rounds}
    params |= {"ordered": True} if ordered else {}
    others = tuple(r for r in case.reports if not r.rated and r.uid != own.uid)
    shared = {"unit": params["unit"], "due": params["due"]}
    return Advanced(
        state=CaseState.REDO if lead else CaseState.FILED,
        part=row.part,
        event=Event(f"{code}_redo", params, {**facts, "round": rounds, "ordered": int(ordered)}),
        changes=(
            Change("case", case.uid, {"dissatisfied": rounds}),
            *((again,) if again else ()),
        ),
        sets=case.end(now, ClockKind.CALL_BACK),
        starts=tuple(starts),
        notices=(
            *notices(replace(case, reports=(own,)), "case.redo", params),
            *notices(replace(case, reports=others), "case.redo_shared", shared),
        ),
    )


def archive(case: CaseNow, terms: Terms, now: datetime) -> Advanced | Refusal:
    """Put away once the adopted days have passed since the case was called back.

    Refuses with `too_early`.
    """
    row = allowed("case.archive", case.state)
    if isinstance(row, Refusal):
        return row
    closed = case.closed_at
    moment = terms.due(closed, terms.rules.archive_after) if closed is not None else None
    if moment is None or now < moment:
        return Refusal("too_early", iso(moment), iso(now), "moment", terms.rules.id)
    return Advanced(Event("case.archived"), CaseState.ARCHIVED, part=row.part)


def set_clocks(case: CaseNow, terms: Terms) -> Advanced | Refusal:
    """Computes the clocks that waited for a calendar, from their own start: no time is lost.

    Refuses with `calendar_missing` while none of them can be computed.
    """
    sets = [
        going
        for clock in case.clocks
        if clock.state is ClockState.WAITS
        and (going := terms.go_on(clock, clock.started_at)).state is ClockState.RUNNING
    ]
    if not sets:
        return Refusal("calendar_missing", source="State Council notice of the year")
    first = sets[0].timing
    event = Event(
        "case.clock_set", {"due": iso(first.due_at if first else None)}, {"clocks": len(sets)}
    )
    return Advanced(event, case.state, sets=tuple(sets))


def _unknown() -> Refusal:
    return Refusal("not_found", have="report")


def _check_rating(case: CaseNow, rating: Rating, terms: Terms) -> Refusal | None:
    rules = terms.rules
    report = next((r for r in case.reports if r.uid == rating.report), None)
    if report is None:
        return _unknown()
    if report.rated:
        return Refusal("already_rated", have=report.number)
    if rating.satisfaction not in rules.satisfaction:
        return Refusal("satisfaction_unknown", tuple(rules.satisfaction), rating.satisfaction)
    missing = tuple(axis for axis in rules.axes if axis not in rating.stars)
    if missing:
        return Refusal("axis_missing", len(rules.axes), missing, "axes", "norms.md §1 Call-back")
    wrong = tuple(axis for axis, stars in rating.stars.items() if stars not in STARS)
    if wrong:
        return Refusal("stars_wrong", "1–5", wrong, "stars", "norms.md §1 Call-back")
    return None
