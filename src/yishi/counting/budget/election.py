"""An election of projects: what there is to spend, what each costs, who chose what.

Money is whole numbers of the smallest unit (fen). Voters with the same ballot are one kind of
ballot with a number beside it: they are always treated alike, so every rule counts kinds.
Source: docs/algorithms/budget.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from yishi.counting.budget.floats import Backing, Numbers

Ballot = Mapping[int, int]
"""One voter's ballot: project → points; an approval is one point."""


class BadElection(ValueError):
    """What was given is no election; the message says why."""


@dataclass(frozen=True, eq=False)
class Election:
    """`budget` and `costs` in the smallest unit of money, costs above 0. Kind `k` of ballot was
    cast `cast[k]` times and names `chosen[starts[k]:starts[k+1]]` with `points` beside them."""

    budget: int
    costs: tuple[int, ...]
    cast: Numbers
    starts: Numbers
    chosen: Numbers
    points: Numbers
    kind_of: Numbers
    """The kind of each voter's ballot, in the order they were given."""

    @property
    def voters(self) -> int:
        """How many ballots were cast."""
        return len(self.kind_of)

    @cached_property
    def supporters(self) -> list[Numbers]:
        """For each project the kinds of ballot that name it, ascending."""
        by_project = np.argsort(self.chosen, kind="stable")
        kinds = np.repeat(np.arange(len(self.cast)), np.diff(self.starts))[by_project]
        ends = np.cumsum(np.bincount(self.chosen, minlength=len(self.costs)))
        return np.split(kinds, ends[:-1])

    @cached_property
    def backing(self) -> Backing:
        """The same as arrays of floats: who stands behind each project, and what it costs."""
        kinds = np.concatenate([*self.supporters, np.zeros(0, dtype=np.int64)])
        starts = np.cumsum([0, *map(len, self.supporters)], dtype=np.int64)
        votes, costs = (
            np.array(self.votes, dtype=np.float64),
            np.array(self.costs, dtype=np.float64),
        )
        cast, none = self.cast[kinds].astype(np.float64), np.zeros(0)
        return Backing(starts, kinds, cast, votes, costs, costs, none, none).priced(self.costs)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters named each project."""
        return tuple(int(self.cast[kinds].sum()) for kinds in self.supporters)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The points each project got from everybody."""
        times = np.repeat(self.cast, np.diff(self.starts)) * self.points
        total = np.zeros(len(self.costs), dtype=np.int64)
        np.add.at(total, self.chosen, times)
        return tuple(int(score) for score in total)

    def named_by(self, kind: int) -> list[int]:
        """The projects that a kind of ballot names."""
        named: list[int] = self.chosen[self.starts[kind] : self.starts[kind + 1]].tolist()
        return named

    def cost_of(self, projects: Iterable[int]) -> int:
        """What these projects cost together."""
        return sum(self.costs[project] for project in projects)


def election_of(budget: int, costs: Sequence[int], ballots: Iterable[Ballot]) -> Election:
    """The election of these ballots. Raises BadElection for a budget or a cost below its least, a
    ballot that names no project of the list, or points below 1."""
    if budget < 0:
        raise BadElection("the budget is below 0")
    if any(cost <= 0 for cost in costs):
        raise BadElection("a project costs nothing")
    kinds: dict[tuple[tuple[int, int], ...], int] = {}
    kind_of = []
    for ballot in ballots:
        kind = tuple(sorted(ballot.items()))
        for project, points in kind:
            if not 0 <= project < len(costs):
                raise BadElection(f"a ballot names project {project}, which is not on the list")
            if points < 1:
                raise BadElection(f"a ballot gives {points} points")
        kind_of.append(kinds.setdefault(kind, len(kinds)))
    of = np.array(kind_of, dtype=np.int64)
    return Election(
        budget,
        tuple(costs),
        cast=np.bincount(of, minlength=len(kinds)).astype(np.int64),
        starts=np.cumsum([0, *map(len, kinds)], dtype=np.int64),
        chosen=np.array([project for kind in kinds for project, _ in kind], dtype=np.int64),
        points=np.array([points for kind in kinds for _, points in kind], dtype=np.int64),
        kind_of=of,
    )
