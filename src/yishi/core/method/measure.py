"""What a method measures by: a share to be reached, a limit, a number, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yishi.core.calendar import Span


class Of(StrEnum):
    """What a share is counted of."""

    SEATS = "seats"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Bar:
    """A share that has to be reached: `more_than` it, or at least it, counted `of` what."""

    share: Fraction
    of: Of
    more_than: bool
    source: str

    def need(self, whole: int) -> int:
        """The least number that reaches it, of `whole`."""
        exact = self.share * whole
        least = -(-exact.numerator // exact.denominator)
        return least + 1 if self.more_than and least == exact else least

    def is_met(self, number: int, whole: int) -> bool:
        """Whether `number` of `whole` reaches it; of nobody nothing does."""
        return whole > 0 and number >= self.need(whole)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a stage may take, and where that comes from."""

    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number with its source."""

    number: int
    source: str
