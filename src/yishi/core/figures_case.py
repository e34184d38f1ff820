"""Which figures count a case, said of one case at a time.

`counting.cases` says the same of all of them at once; a test compares the two.
Source: docs/algorithms/figures.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yishi.core.case.state import CaseState
from yishi.core.figures import SETTLED_STATES, Which


@dataclass(frozen=True, slots=True)
class Word:
    """The last rating of the residents of a case, put together.

    `valid`: it counts in the rates, `valid_satisfaction` in satisfaction; `excluded` and
    `excluded_satisfaction`: an approved exclusion took one out of all rates, or of satisfaction.
    Where several residents rated, it is solved if all of them say so, and they are as satisfied
    as the least satisfied of them.
    """

    valid: bool = False
    solved: bool = False
    valid_satisfaction: bool = False
    satisfaction: str = ""
    excluded: bool = False
    excluded_satisfaction: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case decides which figures count it.

    `has_clock`: the lead unit's handling clock exists and was not stopped; `due_at` is
    exclusive and None while it waits for a calendar; `ended_at` None while it runs; `stands`
    while it stands still. `main`: where the main case stands, of a case that is merged.
    `asserted`: what the source of an imported case says of its being in time. `led`,
    `by_community`, `contacted`: of a merged case, as its main case. `instant`: a text
    answered it the moment it was filed; `unsolved`: that did not do. `repeats`: another of its
    item came in its place within the rule's hours before.
    """

    state: CaseState
    is_imported: bool = False
    asserted: bool | None = None
    has_clock: bool = False
    due_at: datetime | None = None
    ended_at: datetime | None = None
    stands: bool = False
    main: CaseState | None = None
    instant: bool = False
    unsolved: bool = False
    repeats: bool = False
    led: bool = False
    by_community: bool = False
    contacted: bool = False
    return_asked: bool = False
    return_accepted: bool = False
    pushed: bool = False
    word: Word | None = None


def belongs(which: Which, case: CaseFacts, now: datetime) -> bool:
    """Whether a case is one of `which` at `now`.

    On time is a clock that ended before its due moment; overdue one that ended later, or that
    has run out without ending. A clock that still has time is neither, and not in TIMED; nor is
    one that stands still. A merged case is settled and open as its main case is, and is judged by
    a clock of its own or not at all: merging makes nobody punctual.
    """
    state = case.main or case.state
    on_time, overdue = _judged(case, now)
    word = case.word or Word()
    community = case.led and case.by_community
    asserted = case.asserted if case.is_imported else None
    answered_at_once = case.instant and not case.unsolved
    return {
        Which.RECEIVED: True,
        Which.SETTLED: state in SETTLED_STATES,
        Which.OPEN: state.is_open,
        Which.MERGED: case.main is not None,
        Which.WITHDRAWN: case.state is CaseState.WITHDRAWN,
        Which.REPEATS: case.repeats,
        Which.INSTANT: case.instant,
        Which.INSTANT_UNSOLVED: case.instant and case.unsolved,
        Which.TIMED: on_time or overdue,
        Which.ON_TIME: on_time,
        Which.OVERDUE: overdue,
        Which.HANDLED: case.has_clock and case.ended_at is not None,
        Which.RETURN_ASKED: case.return_asked,
        Which.RETURN_ACCEPTED: case.return_asked and case.return_accepted,
        Which.LED: case.led,
        Which.COMMUNITY_LED: community,
        Which.COMMUNITY_TIMED: community and (on_time or overdue),
        Which.COMMUNITY_OVERDUE: community and overdue,
        Which.COMMUNITY_ASSERTED: community and asserted is not None,
        Which.COMMUNITY_ASSERTED_OVERDUE: community and asserted is False,
        Which.PUSHED: case.pushed,
        Which.RATED: case.word is not None,
        Which.VALID: word.valid,
        Which.CONTACTED: word.valid and (case.contacted or answered_at_once),
        Which.SOLVED: word.valid and word.solved,
        Which.VALID_SATISFACTION: word.valid_satisfaction,
        Which.SATISFIED: word.valid_satisfaction and word.satisfaction == "satisfied",
        Which.BASICALLY: word.valid_satisfaction and word.satisfaction == "basically",
        Which.EXCLUDED: word.excluded,
        Which.EXCLUDED_SATISFACTION: word.excluded_satisfaction,
        Which.IMPORTED: case.is_imported,
        Which.ASSERTED_ON_TIME: asserted is True,
        Which.ASSERTED_OVERDUE: asserted is False,
        Which.ASSERTED_UNKNOWN: case.is_imported and asserted is None,
    }[which]


def _judged(case: CaseFacts, now: datetime) -> tuple[bool, bool]:
    """Whether its clock was met, or ran out."""
    if not case.has_clock or case.due_at is None or case.stands:
        return False, False
    on_time = case.ended_at is not None and case.ended_at < case.due_at
    return on_time, not on_time and case.due_at <= (case.ended_at or now)
