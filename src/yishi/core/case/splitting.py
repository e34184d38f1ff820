"""拆分: one matter of several parts, each with its own unit and clock, and one lead.

The lead gathers the parts into a single answer: it cannot settle while one is open unless it
says why. Source: practice P2; norms.md §1, Lead is responsible.
"""

from dataclasses import dataclass
from datetime import datetime

from yishi.core.calendar import Span
from yishi.core.case.giving import Duty, Given, take_over
from yishi.core.case.intake import iso, notices, unit_notices
from yishi.core.case.now import CaseNow, Terms
from yishi.core.case.state import INTAKE, CaseState, allowed
from yishi.core.clock import ClockKind
from yishi.core.outcome import Advanced, Event
from yishi.core.refusal import Refusal

TITLE_MAX = 80  # ours: what fits in a line of a unit's work


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is, by which row of the list (uid and item), whose, in what limit."""

    title: str
    row: str
    item: str
    unit_id: int
    unit: str
    limit: Span | None


def split(
    case: CaseNow, parts: tuple[Part, ...], terms: Terms, now: datetime
) -> Advanced | Refusal:
    """The parts, lead's first. A case already given keeps its lead and gets the parts beside it.

    Refusals: `parts_few` (fewer than two), `parts_many`, `part_title_missing`, `part_title_long`,
    `part_unit_twice` (a unit has one part; two parts of one unit are one part), `part_has_it`.
    """
    row = allowed("case.split", case.state)
    if isinstance(row, Refusal):
        return row
    fresh = case.state in INTAKE
    if len(parts) < (2 if fresh else 1):
        return Refusal("parts_few", 2, len(parts), "parts")
    most = terms.course.split_parts
    if len(parts) + len(case.works) > most:
        return Refusal("parts_many", most, len(parts) + len(case.works), "parts", terms.rules.id)
    if any(not part.title.strip() for part in parts):
        return Refusal("part_title_missing")
    longest = max(len(part.title) for part in parts)
    if longest > TITLE_MAX:
        return Refusal("part_title_long", TITLE_MAX, longest, "characters")
    units = [part.unit_id for part in parts]
    if len(set(units)) < len(units):
        twice = next(part.unit for part in parts if units.count(part.unit_id) > 1)
        return Refusal("part_unit_twice", have=twice)
    has = {work.unit_id: work.unit for work in case.works}
    if again := [has[unit] for unit in units if unit in has]:
        return Refusal("part_has_it", have=again[0])
    by_part = sorted(case.works, key=lambda work: not work.is_lead)
    kept = tuple((work.unit_id, work.unit) for work in by_part)
    bodies = (*kept, *((part.unit_id, part.unit) for part in parts))
    limits = (*(None for _ in kept), *(part.limit for part in parts))
    duty = Duty(parts[0].row, parts[0].item, bodies[0][1], bodies[0][0], bodies[1:])
    taken = take_over(case, Given(duty, limits=limits), terms, now)
    params = {
        "lead": bodies[0][1],
        "parts": [{"title": part.title, "unit": part.unit} for part in parts],
        "due": iso(taken.lead_due),
    }
    return Advanced(
        state=CaseState.DISPATCHED if fresh else case.state,
        part=row.part,
        event=Event("case.split", params, {"parts": len(parts)}),
        changes=taken.changes,
        sets=(*case.end(now, ClockKind.INTAKE, ClockKind.TOPIC), *taken.sets),
        starts=taken.starts,
        notices=notices(case, "case.split", params),
        unit_notices=unit_notices(case, taken),
    )
