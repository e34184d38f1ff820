"""三率: response, solved and satisfied, out of the valid call-backs; and what is left out of them.

A valid call-back is one that was answered: a call nobody took is none. An approved exclusion takes
a rating out of every rate or of satisfaction alone, and is published in count.
Source: norms.md §1 Three rates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction

from yishi.core.calendar import Span
from yishi.core.caserules import Text


class Reach(StrEnum):
    """What an exclusion leaves a rating out of: every rate, or satisfaction alone."""

    ALL = "all"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground on which a rating may be left out, how far that reaches, and where it is from."""

    name: Text
    reach: Reach
    source: str


@dataclass(frozen=True, slots=True)
class RateRules:
    """The formula of the rates where it is adopted, a version of a rule file.

    `response`, `solved`, `satisfied`: the weights, which sum to 1. `basically`: how much a
    basically satisfied resident counts. `appeal`: how long after a rating its unit may appeal.
    `repeat_hours`: within how long another matter of its kind in its community is a repeat.
    """

    id: str
    version: str
    response: Fraction
    solved: Fraction
    satisfied: Fraction
    basically: Fraction
    appeal: Span
    repeat_hours: int
    reasons: Mapping[str, Reason]


@dataclass(slots=True)
class RateCounts:
    """What the rates are worked out from; sums of these are sums of call-backs.

    `valid`: call-backs that count; `valid_satisfaction`: those that count for satisfaction;
    `contacted`: of `valid`, the unit had contacted the resident; `excluded`: taken out of all,
    `excluded_satisfaction`: out of satisfaction alone.
    """

    valid: int = 0
    contacted: int = 0
    solved: int = 0
    valid_satisfaction: int = 0
    satisfied: int = 0
    basically: int = 0
    excluded: int = 0
    excluded_satisfaction: int = 0

    def add(self, other: RateCounts) -> None:
        """Adds another to this one."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@dataclass(frozen=True, slots=True)
class Rates:
    """Exact shares, None where nothing can be divided by; `score` needs all three."""

    response: Fraction | None
    solved: Fraction | None
    satisfied: Fraction | None
    score: Fraction | None


def rates(counts: RateCounts, rules: RateRules) -> Rates:
    """The rates of `counts` by the formula of `rules`.

    response = contacted ÷ valid; solved = solved ÷ valid; satisfied = (satisfied + basically ×
    its share) ÷ valid for satisfaction; score = their weighted sum.
    """
    response = _share(Fraction(counts.contacted), counts.valid)
    solved = _share(Fraction(counts.solved), counts.valid)
    content = counts.satisfied + counts.basically * rules.basically
    satisfied = _share(content, counts.valid_satisfaction)
    score = None
    if response is not None and solved is not None and satisfied is not None:
        score = rules.response * response + rules.solved * solved + rules.satisfied * satisfied
    return Rates(response, solved, satisfied, score)


def _share(part: Fraction, whole: int) -> Fraction | None:
    return part / whole if whole else None
