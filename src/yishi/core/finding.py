"""责任追究: a finding is recorded against a body, and only on what the record shows.

Units are compared, never persons. Source: norms.md §1 Responsibility list; practice H11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yishi.core.case.now import CaseNow, Terms
from yishi.core.clock import ClockState
from yishi.core.outcome import Advanced, Event
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 责任追究"
RETURNS = 2


class Ground(StrEnum):
    """What on the record a finding may rest on."""

    LATE = "late"
    RETURNED = "returned"
    DISSATISFIED = "dissatisfied"
    CHECK_FAILED = "check_failed"
    LOOKED = "looked"
    OPINION = "opinion"


# A breach that names its own ground; any other may rest on any of them.
FITTING: Mapping[str, frozenset[Ground]] = {
    "late": frozenset({Ground.LATE}),
    "pushed": frozenset({Ground.RETURNED}),
}


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record of a case says about one body's part in it, counted.

    `late`: its clocks that ran out; `returned`: requests to return the case, where the body made
    one of them; `looked`: looks of the committee that found it not as said.
    """

    late: int = 0
    returned: int = 0
    dissatisfied: int = 0
    checks_failed: int = 0
    looked: int = 0
    opinions: int = 0

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds there are, in the order of the enumeration."""
        there = {
            Ground.LATE: self.late >= 1,
            Ground.RETURNED: self.returned >= RETURNS,
            Ground.DISSATISFIED: self.dissatisfied >= 1,
            Ground.CHECK_FAILED: self.checks_failed >= 1,
            Ground.LOOKED: self.looked >= 1,
            Ground.OPINION: self.opinions >= 1,
        }
        return tuple(ground for ground in Ground if there[ground])


def ran_out(
    state: ClockState,
    due_at: datetime | None,
    ended_at: datetime | None,
    paused_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a clock's due moment, which is exclusive, was reached while it ran.

    One that ended or is held counts to that moment, one that stands still to where it stopped.
    """
    if due_at is None:
        return False
    until = paused_at if state is ClockState.PAUSED else ended_at
    return due_at <= (until or now)


def record(
    case: CaseNow, unit: str, breach: str, words: str, found: OnRecord | None, terms: Terms
) -> Advanced | Refusal:
    """A finding against `unit`. `found` is None where the body had no part in the case.

    The state stays. Refuses: `no_part` (need: the units that have or had one), `breach_unknown`,
    `no_breach` (nothing on the record bears it), `finding_missing`.
    """
    if found is None:
        return Refusal("no_part", tuple(work.unit for work in case.works), unit, source=SOURCE)
    known = terms.course.breaches
    if breach not in known:
        return Refusal("breach_unknown", tuple(known), breach, source=terms.rules.id)
    grounds = [g for g in found.grounds if g in FITTING.get(breach, frozenset(Ground))]
    if not grounds:
        need = tuple(sorted(FITTING.get(breach, frozenset(Ground))))
        return Refusal("no_breach", need, found.grounds, "ground", SOURCE)
    if not words.strip():
        return Refusal("finding_missing", source=SOURCE)
    params = {"unit": unit, "breach": breach, "words": words, "grounds": [str(g) for g in grounds]}
    return Advanced(Event("finding.recorded", params, {"breach": breach}), case.state, part="found")
