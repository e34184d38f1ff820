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


class Payer(StrEnum):
    """Whose money it is: the fund set apart for small works, government besides it, society (firms,
    institutes, organisations), the residents themselves. Source: practice G10, G11."""

    FUND = "fund"
    GOVERNMENT = "government"
    SOCIETY = "society"
    RESIDENTS = "residents"


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
    back.
    `sources`: key → where its number comes from."""

    kinds: tuple[ProjectKind, ...]
    positive: tuple[Listed, ...]
    negative: tuple[Listed, ...]
    funds: tuple[FundKind, ...]
    quotes: int
    quotes_from_fen: int
    self_built_fen: int
    sweep_month: int
    sources: Mapping[str, str]

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
