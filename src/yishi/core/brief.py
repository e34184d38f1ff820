"""What a leader reads: 周调度, 月点评, 民情专报. A document of sections, words and tables.

A brief is made from figures of one period and those of the period before and of the year before;
units are compared, persons never named. Source: product.md, leader; norms.md §1; practice P4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yishi.core.period import Grain, Span, before, span_at


class BriefKind(StrEnum):
    """周调度 of a week, 月点评 of a month, 民情专报 of one kind of matter or place."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: heads, rows of words and numbers, widths of the columns in millimetres.

    `numbers`: the columns that hold numbers, from 0.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what it says, and its tables."""

    title: str
    says: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole document. `annexes` stand after the signature, each on a page of its own."""

    title: str
    issuer: str
    period: str
    made_on: str
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...] = ()
    basis: tuple[str, ...] = ()


def brief_span(kind: BriefKind, day: date) -> Span:
    """The days a brief made on `day` is about: the whole week or month before it; for a special
    one the SPECIAL_DAYS that end with the day before."""
    match kind:
        case BriefKind.WEEKLY:
            return before(span_at(Grain.WEEK, day))
        case BriefKind.MONTHLY:
            return before(span_at(Grain.MONTH, day))
        case BriefKind.SPECIAL:
            return Span(day - timedelta(days=SPECIAL_DAYS), day)


SPECIAL_DAYS = 90  # ours: a season, so that a trend shows
