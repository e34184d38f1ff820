"""An election as a `.pb` file holds it, and how it is written. Source: pabulib.org/format.

How one is read, and what may be wrong in it: `pabulib_in.py`; a count as one: `pabulib_out.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from yishi.counting.budget.election import Ballot, Election, election_of

META, PROJECTS, VOTES = "META", "PROJECTS", "VOTES"
NEEDED = {META: ("key", "value"), PROJECTS: ("project_id", "cost"), VOTES: ("voter_id", "vote")}
# What a vote counted here says besides the format, so that it can be counted again as it was.
LOT, STEP, GIFT = "lot", "step", "gift"


class Vote(StrEnum):
    """How a ballot is filled in."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"


WITH_POINTS = (Vote.CUMULATIVE, Vote.SCORING)


Rows = tuple[dict[str, str], ...]


@dataclass(frozen=True)
class File:
    """What a file holds, as text, in its order. `unit`: how many of the election's units of money
    make 1 of the file's."""

    meta: Mapping[str, str]
    projects: Rows
    votes: Rows
    ballots: tuple[Ballot, ...] = field(repr=False)
    unit: int = 100

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids of the projects, in the order of the election's."""
        return tuple(row["project_id"] for row in self.projects)

    @cached_property
    def election(self) -> Election:
        """The election it holds."""
        costs = [_units(row["cost"], self.unit) for row in self.projects]
        return election_of(_units(self.meta["budget"], self.unit), costs, self.ballots)

    @property
    def official(self) -> frozenset[str] | None:
        """The ids of those it says were selected; None where it does not say."""
        if not self.projects or "selected" not in self.projects[0]:
            return None
        return frozenset(row["project_id"] for row in self.projects if row["selected"] == "1")

    @property
    def threshold(self) -> int:
        """The least score with which a project takes part."""
        return int(self.meta.get("min_project_score_threshold") or 0)

    @property
    def lot(self) -> tuple[int, ...]:
        """The places of the projects as they were drawn; in the file's order where it names none,
        which then stands for the lot."""
        drawn = parts_of(self.meta.get(LOT, "")) or self.names
        return tuple(self.names.index(name) for name in drawn)

    @property
    def step(self) -> int:
        """One step of completion, in the election's units of money; one of the file's where it
        does not say."""
        return _units(self.meta.get(STEP) or "1", self.unit)

    @property
    def gifts(self) -> dict[int, int]:
        """Place of a project → what is given to it, in the election's units."""
        said = {at: row.get(GIFT) or "0" for at, row in enumerate(self.projects)}
        units = {at: _units(amount, self.unit) for at, amount in said.items()}
        return {at: given for at, given in units.items() if given}


def write(file: File) -> str:
    """The same election as text: what `pabulib_in.read` reads as it was."""
    out = _Lines()
    to = csv.writer(out, delimiter=";", lineterminator="\n")
    to.writerow([META])
    to.writerow(NEEDED[META])
    to.writerows(file.meta.items())
    for name, rows in ((PROJECTS, file.projects), (VOTES, file.votes)):
        to.writerow([name])
        columns = list(rows[0]) if rows else NEEDED[name]
        to.writerow(columns)
        to.writerows([row[column] for column in columns] for row in rows)
    return "".join(out)


class _Lines(list[str]):
    """What a writer of rows writes to."""

    write = list.append


def parts_of(cell: str) -> list[str]:
    """What a cell lists, parted by commas."""
    return [part.strip() for part in cell.split(",")] if cell else []


def _units(amount: str, unit: int) -> int:
    return int(Decimal(amount) * unit)
