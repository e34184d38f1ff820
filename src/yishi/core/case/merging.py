"""并案: handled once, while every resident keeps number, thread, answer and rating; and undoing it.

The main case is held to the clocks of those merged into it, so merging wins nobody time; undoing
gives each its own clocks back. Nothing is deleted. Source: norms.md §1, Clocks, Similar matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yishi.core.case.asking import lapse
from yishi.core.case.intake import Filing, file, notices
from yishi.core.case.now import CaseNow, ClockNow, Terms
from yishi.core.case.state import INTAKE, CaseState, allowed
from yishi.core.clock import OPEN, WORK, ClockKind, ClockState
from yishi.core.outcome import Advanced, Event, SetClock
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Similar matters"
NEW = "new:"
BEFORE_GIVEN = (ClockKind.INTAKE, ClockKind.TOPIC)
# The clocks of a merged case to which its main case is held.
FOLLOWED = (*BEFORE_GIVEN, *WORK, ClockKind.OUTSIDE)
# What merging and its undoing leave as it is: an order is answered, a higher system's deadline
# met, wherever the case is handled.
LEFT = (ClockKind.ORDER, ClockKind.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Both:
    """One decision about two cases. `clocks`: uid → state, what undoing restores."""

    case: Advanced
    main: Advanced
    clocks: Mapping[str, str]


def merge(case: CaseNow, main: CaseNow, why: str, terms: Terms, now: datetime) -> Both | Refusal:
    """`case` is handled with `main` from now on.

    Refusals: `not_now`, `merge_self`, `merge_chain` (others are merged into it: it has to be the
    main one), `main_behind` (it is further on than the main one: choose it as the main one),
    `group_full`.
    """
    row, taking = allowed("case.merge", case.state), allowed("case.take_in", main.state)
    if isinstance(row, Refusal):
        return row
    if isinstance(taking, Refusal):
        return taking
    if case.uid == main.uid:
        return Refusal("merge_self")
    if case.merged:
        return Refusal("merge_chain", have=case.merged, source=SOURCE)
    if case.state not in INTAKE and main.state in INTAKE:
        return Refusal("main_behind", have=case.state, source=SOURCE)
    most, reports = terms.course.merge_reports, len(case.reports) + len(main.reports)
    if reports > most:
        return Refusal("group_full", most, reports, "reports", terms.rules.id)
    lapsed, stopped = lapse(case, now)
    gone = {change.uid for change in stopped}
    sets = list(stopped)
    for clock in case.clocks:
        if clock.uid not in gone and clock.kind not in LEFT:
            sets += _follow(clock, main, terms, now)
    lead = main.lead.unit if main.lead else ""
    told = {"unit": lead, "reports": reports}
    return Both(
        Advanced(
            state=CaseState.MERGED,
            part=row.part,
            event=Event("case.merged", {"why": why, **told}, {"reports": len(case.reports)}),
            changes=lapsed,
            sets=tuple(sets),
            notices=notices(case, "case.merged", told),
        ),
        Advanced(
            state=main.state,
            part=taking.part,
            event=Event("case.took_in", {"why": why, **told}, {"reports": reports}),
        ),
        {clock.uid: _before(clock) for clock in case.clocks if clock.uid not in gone},
    )


def join(
    filing: Filing, main: CaseNow, terms: Terms, now: datetime, channels: Mapping[str, object]
) -> Both | Refusal:
    """What a resident raises, filed and merged into `main` at birth, as they chose (加入同类诉求).

    Its intake clock is started as for any other; where `main` has its unit, so has this one, and
    the clock is met. `sets` and `clocks` name it `new:0`. Refuses as `intake.file` does, and with
    `join_closed` and `group_full`. Who may join which matter: `core.similar.check_joining`.
    """
    born = file(filing, terms, now, channels)
    if isinstance(born, Refusal):
        return born
    if isinstance(allowed("case.take_in", main.state), Refusal):
        return Refusal("join_closed", source=SOURCE)
    most, reports = terms.course.merge_reports, len(main.reports) + 1
    if reports > most:
        return Refusal("group_full", most, reports, "reports", terms.rules.id)
    given = main.state not in INTAKE
    told = {"unit": main.lead.unit if main.lead else "", "reports": reports}
    return Both(
        Advanced(
            state=CaseState.MERGED,
            part=born.part,
            event=Event("report.joined", {**born.event.params, **told}, born.event.facts),
            starts=born.starts,
            sets=(SetClock(f"{NEW}0", ClockState.DONE, now),) if given else (),
        ),
        Advanced(
            state=main.state, part="joined", event=Event("case.joined", told, {"reports": reports})
        ),
        {f"{NEW}0": born.starts[0].clock.state.value},
    )


def unmerge(
    case: CaseNow,
    main: CaseNow,
    before: CaseState,
    clocks: Mapping[str, ClockState],
    back: int,
    why: str,
    terms: Terms,
    now: datetime,
) -> Both | Refusal:
    """`case` stands again where it stood; each clock as it was, with the time it has used.

    `case.clocks` must hold every clock of `clocks`, also ended ones; `back` is how many reports
    go back with it. Refusals: `not_now`, `already_answered_main`, `nobody_left` (in one of the
    two), `why_missing`.
    """
    row, letting = allowed("case.unmerge", case.state), allowed("case.let_go", main.state)
    if isinstance(row, Refusal):
        return row
    if isinstance(letting, Refusal):
        return Refusal("already_answered_main", have=main.state, source=SOURCE)
    if not 0 < back < len(main.reports):
        return Refusal("nobody_left", source=SOURCE)
    if not why.strip():
        return Refusal("why_missing", source=SOURCE)
    sets: list[SetClock] = []
    for clock in case.clocks:
        was = clocks.get(clock.uid)
        if was is not None and clock.kind not in LEFT:
            sets += _again(clock, was, terms, now)
    return Both(
        Advanced(
            state=before,
            part=row.part,
            event=Event("case.unmerged", {"why": why}, {"reports": back}),
            sets=tuple(sets),
        ),
        Advanced(
            state=main.state,
            part=letting.part,
            event=Event("case.let_go", {"why": why}, {"reports": back}),
        ),
        {},
    )


def _before(clock: ClockNow) -> str:
    """The state undoing brings back. What was held for a request that lapses runs again."""
    held = clock.state is ClockState.HELD and clock.kind is ClockKind.SIGN
    return ClockState.RUNNING.value if held else clock.state.value


def _again(clock: ClockNow, was: ClockState, terms: Terms, now: datetime) -> tuple[SetClock, ...]:
    """One clock of a case that is taken out, as it was; what it used meanwhile stays used."""
    if was is ClockState.PAUSED:
        if clock.state is ClockState.PAUSED:
            return ()
        if clock.open_pause is not None:
            return (SetClock(clock.uid, was, now),)
        return (terms.pause(clock, now, "returned"),)
    if clock.state is ClockState.PAUSED or (was in OPEN and clock.due_at is None):
        return (terms.go_on(clock, now),)
    if was is clock.state or clock.state in OPEN:
        return ()
    return (SetClock(clock.uid, ClockState.RUNNING if was in OPEN else was, now),)


def _follow(clock: ClockNow, main: CaseNow, terms: Terms, now: datetime) -> tuple[SetClock, ...]:
    """What becomes of one clock of a case that is merged."""
    given = main.state not in INTAKE
    if clock.kind in BEFORE_GIVEN:
        # The main case has its unit, so this one has too.
        return (SetClock(clock.uid, ClockState.DONE, now),) if given else ()
    if clock.kind in WORK and clock.of_lead:
        if clock.state is ClockState.PAUSED and given:
            return (terms.go_on(clock, now),)
        return ()
    return (SetClock(clock.uid, ClockState.STOPPED, now),)


# From the least far on; a state that is not here takes nothing in.
_FAR = (
    CaseState.SUBMITTED,
    CaseState.FILED,
    CaseState.TOPIC,
    CaseState.DISPATCHED,
    CaseState.SIGNED,
    CaseState.HANDLING,
    CaseState.REDO,
)


def main_of(cases: Sequence[tuple[str, CaseState, int]]) -> str:
    """Which of several to suggest as the main one: (uid, state, how many are merged into it),
    the oldest first.

    One that took others in has to be it; then the one furthest along; else the oldest.
    """

    def rank(index: int) -> tuple[bool, int, int]:
        _, state, merged = cases[index]
        far = _FAR.index(state) if state in _FAR else -1
        return merged > 0 and far >= 0, far, -index

    return cases[max(range(len(cases)), key=rank)][0]
