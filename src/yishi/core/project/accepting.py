"""验收, 评价, 报修: whether it is as decided, what those who use it say of it, and what breaks.

Source: practice G12, C5; norms.md §1 Independence, §3.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yishi.core.method.language import StageKind
from yishi.core.outcome import Event
from yishi.core.place import BodyKind
from yishi.core.project.building import must_be_works
from yishi.core.project.now import ProjectNow
from yishi.core.project.saying import SOURCE, event, must_be_in
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import SCORES

INDEPENDENT = "norms.md §1 Independence"
# Without somebody of it nothing is accepted (居务监督委员会).
MUST_LOOK = BodyKind.SUPERVISORY_COMMITTEE
INSPECTORS_MOST = 20


@dataclass(frozen=True, slots=True)
class Inspector:
    """A body that looked, or a person by name. `built`: it is who built it."""

    name: str
    kind: BodyKind | None = None
    built: bool = False


def accept(
    now: ProjectNow, inspectors: Collection[Inspector], words: str, *, fit: bool
) -> Event | Refusal:
    """It was looked at: as decided, or back to the works and why. Refused: `round_elsewhere`,
    `inspectors_missing`, `inspectors_many`, `inspector_built` (who built it does not accept it),
    `inspector_of_committee` (nobody of the supervisory committee), `words_missing`."""
    wrong = must_be_works(now)
    if wrong:
        return wrong
    if not inspectors:
        return Refusal("inspectors_missing", 1, 0, "people", SOURCE)
    if len(inspectors) > INSPECTORS_MOST:
        return Refusal("inspectors_many", INSPECTORS_MOST, len(inspectors), "people", "ours")
    built = next((one.name for one in inspectors if one.built), "")
    if built:
        return Refusal("inspector_built", have=built, source=INDEPENDENT)
    if not any(one.kind is MUST_LOOK for one in inspectors):
        return Refusal("inspector_of_committee", source="practice C5")
    if not words.strip():
        return Refusal("words_missing", 1, 0, "words", SOURCE)
    facts: dict[str, int | str] = {"inspectors": len(inspectors)}
    if fit:
        return event("accepted", facts, words=words.strip())
    return event("not_accepted", facts, words=words.strip())


def score(now: ProjectNow, is_resident: bool, scored: bool, said: str) -> Event | Refusal:
    """Who uses it says how satisfied they are, once. Refused: `round_elsewhere`,
    `not_resident_here`, `score_unknown`, `scored_before`."""
    wrong = must_be_in(now, StageKind.APPRAISE)
    if wrong:
        return wrong
    if not is_resident:
        return Refusal("not_resident_here", source=SOURCE)
    if said not in SCORES:
        return Refusal("score_unknown", SCORES, said, "score", SOURCE)
    if scored:
        return Refusal("scored_before", source=SOURCE)
    # What was said stays out of what is told of it: a single score is nobody else's.
    return event("scored", {})


def report_defect(number: str) -> Event:
    """Something of it broke: a matter like any other, by its number."""
    return event("defect_reported", {}, case=number)
