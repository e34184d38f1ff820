"""What a round of small works (微实事) announces before it begins: kinds of projects with caps,
what is wanted and what is not allowed, whose money there is, when what is left is swept.

Source: practice G10–G12; norms.md §3.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yishi.core.caserules import Text

OURS = "ours"
# Where a method does not say it: room for every neighbour's wish; a look in the morning, at noon
# and in the evening; a plan that can still be read.
WISHES_EACH, LOOKS_A_DAY, MILESTONES = 5, 3, 20


class Payer(StrEnum):
    """Whose money it is: the fund set apart for small works, government besides it, society (firms,
    institutes, organisations), the residents themselves. Source: practice G10, G11."""

    FUND = "fund"
    GOVERNMENT = "government"
    SOCIETY = "society"
    RESIDENTS = "residents"


@dataclass(frozen=True, slots=True)
class Most:
    """So many at most, and where that is written."""

    number: int
    source: str = OURS


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project, and how much of the fund one of them may have at most."""

    code: str
    name: Text
    cap_fen: int
    source: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the positive or the negative list; `source`: where it is written."""

    code: str
    name: Text
    source: str


@dataclass(frozen=True, slots=True)
class FundKind:
    """A source of money, and whose it is."""

    code: str
    name: Text
    payer: Payer
    source: str


@dataclass(frozen=True, slots=True)
class Round:
    """The terms of a round. `quotes`: so many quotations are compared where a project costs
    `quotes_from_fen` or more; `self_built_fen`: up to so much residents may build it themselves,
    0 for nothing; `sweep_month`: what is left at the end of that month of the year after goes
    back; `wishes_each`: so many wishes of one person wait or go on at once; `looks_a_day`: so often
    one person looks on while a project is built; `milestones`: so many steps one project has.
    `sources`: key → where its number comes from; what a method leaves out is ours."""

    kinds: tuple[ProjectKind, ...]
    positive: tuple[Listed, ...]
    negative: tuple[Listed, ...]
    funds: tuple[FundKind, ...]
    quotes: int
    quotes_from_fen: int
    self_built_fen: int
    sweep_month: int
    sources: Mapping[str, str]
    wishes_each: int = WISHES_EACH
    looks_a_day: int = LOOKS_A_DAY
    milestones: int = MILESTONES

    def source(self, key: str) -> str:
        """Where a number of the terms comes from, by its name in the rule file."""
        return self.sources.get(key, OURS)

    def kind(self, code: str) -> ProjectKind | None:
        """The kind of project of that code."""
        return next((one for one in self.kinds if one.code == code), None)

    def fund(self, code: str) -> FundKind | None:
        """The source of money of that code."""
        return next((one for one in self.funds if one.code == code), None)

    def ground(self, code: str) -> Listed | None:
        """The entry of the negative list of that code."""
        return next((one for one in self.negative if one.code == code), None)

    def sweeps_on(self, began_on: date) -> date:
        """The last day on which money of a round that began then may be spent."""
        year = began_on.year + 1
        return date(year, self.sweep_month, monthrange(year, self.sweep_month)[1])
