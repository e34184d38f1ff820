"""A rating is left out only on a ground of the rules, asked by one and decided by another.

A unit appeals against a rating of its work (申诉); staff may ask for one to be left out (剔除).
Nothing changes what the resident said: the rating stays on the record and is counted as excluded.
Source: norms.md §1 Three rates.
"""

from datetime import datetime
from enum import StrEnum

from yishi.core.case.now import Terms
from yishi.core.outcome import Event
from yishi.core.rates import RateRules
from yishi.core.refusal import Refusal

SOURCE = "norms.md §1 Three rates"


class ExclusionState(StrEnum):
    """ASKED, then APPROVED or REFUSED."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


STANDING = (ExclusionState.ASKED, ExclusionState.APPROVED)


def ask(
    reason: str,
    words: str,
    rules: RateRules,
    terms: Terms,
    *,
    rated_at: datetime,
    now: datetime,
    appeals: bool,
    stands: bool,
    number: str,
    unit: str,
) -> Event | Refusal:
    """A rating is asked to be left out. `appeals`: by its unit, within the time for appeals;
    `stands`: it was asked before and not refused.

    Refuses: `exclusion_stands`, `exclusion_reason_unknown`, `why_missing`, `appeal_too_late`.
    """
    if stands:
        return Refusal("exclusion_stands", have=number, source=SOURCE)
    if reason not in rules.reasons:
        return Refusal("exclusion_reason_unknown", tuple(rules.reasons), reason, source=rules.id)
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    until = terms.due(rated_at, rules.appeal) if appeals else None
    if until is not None and now >= until:
        source = f"{rules.id} {rules.version}"
        return Refusal("appeal_too_late", until.isoformat(), now.isoformat(), "moment", source)
    reach = rules.reasons[reason].reach
    params = {"number": number, "reason": reason, "words": words, "unit": unit}
    facts: dict[str, int | str] = {"reason": reason, "reach": reach.value, "appeal": int(appeals)}
    return Event("exclusion.asked", params, facts)


def decide(
    approved: bool, words: str, *, state: ExclusionState, reason: str, number: str
) -> Event | Refusal:
    """Left out, or not; with the reason either way. Refuses: `exclusion_decided`, `why_missing`."""
    if state is not ExclusionState.ASKED:
        return Refusal("exclusion_decided", have=state, source=SOURCE)
    if not words.strip():
        return Refusal("why_missing", source=SOURCE)
    params = {"number": number, "approved": approved, "words": words, "reason": reason}
    return Event("exclusion.decided", params, {"approved": int(approved), "reason": reason})
