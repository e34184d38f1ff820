"""Counts of the cases in a cut, whole and by group, and the cases behind each count.

A count and its list are the same mask, so they cannot differ. Source: decision 0020.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from yishi.core.figures import HandlingTime, Tally, Which
from yishi.counting.cases import Book, Flags, Numbers

SECOND = 1_000_000


@dataclass(frozen=True)
class Cut:
    """Which cases are looked at. None: no condition; 0: those without one.

    `places`: every place that may be looked at. `since`, `until`: microseconds, `until` exclusive.
    """

    places: frozenset[int]
    since: int | None = None
    until: int | None = None
    lead: int | None = None
    item: int | None = None
    channel: int | None = None


@dataclass(frozen=True)
class Counted:
    """The cases of a cut at a moment (microseconds), with the rule's hours for a repeat."""

    book: Book
    cut: Cut
    now: int
    repeat_hours: int
    _chosen: dict[Which, Numbers] = field(default_factory=dict)

    @cached_property
    def within(self) -> Flags:
        """The rows that are in the cut."""
        book, cut = self.book, self.cut
        found = _of(cut.places, book.column("place"))
        filed = book.column("filed")
        if cut.since is not None:
            found &= filed >= cut.since
        if cut.until is not None:
            found &= filed < cut.until
        if cut.lead is not None:
            found &= book.lead == cut.lead
        if cut.item is not None:
            found &= book.column("item") == cut.item
        if cut.channel is not None:
            found &= book.column("channel") == cut.channel
        return found

    def rows(self, which: Which) -> Numbers:
        """Where the cases of `which` stand in the book."""
        if which not in self._chosen:
            mask = self.book.masks(self.now, self.repeat_hours)[which]
            self._chosen[which] = np.flatnonzero(mask & self.within)
        return self._chosen[which]

    def ids(self, which: Which) -> Numbers:
        """The ids of the cases of `which`, latest first."""
        mask = self.book.masks(self.now, self.repeat_hours)[which] & self.within
        order = self.book.latest_first
        return self.book.column("id")[order[mask[order]]]

    @cached_property
    def tally(self) -> Tally:
        """Every count of the cut."""
        return Whole(self)

    def took(self, rows: Numbers) -> HandlingTime | None:
        """How long the cases in these rows took."""
        if not len(rows):
            return None
        took = (self.book.column("ended")[rows] - self.book.column("started")[rows]) / SECOND
        upper, lower = len(took) // 2, (len(took) - 1) // 2
        nine_in_ten = -(-9 * len(took) // 10) - 1
        ordered = np.partition(took, sorted({lower, upper, nine_in_ten}))
        median = (ordered[lower] + ordered[upper]) / 2
        return HandlingTime(float(took.mean()), float(median), float(ordered[nine_in_ten]))

    def count(self, which: Which) -> int:
        """How many cases of `which` there are."""
        mask = self.book.masks(self.now, self.repeat_hours)[which]
        return int(np.count_nonzero(mask & self.within))

    def split(self, groups: Numbers) -> Split:
        """The cut divided: `groups` names for each row of the book its group, from 0."""
        return Split(self, groups)

    def split_by(self, name: str) -> Split:
        """The cut divided by `place`, `lead`, `item` or `channel`."""
        keys = self.book.lead if name == "lead" else self.book.column(name)
        return Split(self, keys.astype(np.int64))

    def split_at(self, starts: Numbers) -> Split:
        """The cut divided by time: group n from `starts[n]` to before `starts[n + 1]`."""
        found = np.searchsorted(starts, self.book.column("filed"), side="right") - 1
        return Split(self, np.maximum(found, 0))

    def span(self) -> tuple[int, int] | None:
        """When the first and the last case of the cut were filed; None where there is none."""
        filed = self.book.column("filed")[self.rows(Which.RECEIVED)]
        return (int(filed.min()), int(filed.max())) if len(filed) else None


@dataclass(frozen=True)
class Split:
    """A cut in groups. Sums over the groups are the counts of the cut."""

    counted: Counted
    groups: Numbers
    _counts: dict[Which, Numbers] = field(default_factory=dict)

    def counts(self, which: Which) -> Numbers:
        """How many of `which` each group has, by group."""
        if which not in self._counts:
            top = int(self.groups.max(initial=0)) + 1
            rows = self.counted.rows(which)
            self._counts[which] = np.bincount(self.groups[rows], minlength=top)
        return self._counts[which]

    @cached_property
    def most_first(self) -> list[int]:
        """The groups that have a case, those with most first, then by their number."""
        received = self.counts(Which.RECEIVED)
        found = np.flatnonzero(received)
        return [int(group) for group in found[np.argsort(-received[found], kind="stable")]]

    def tally(self, group: int) -> Tally:
        """Every count of one group."""
        return Group(self, group)


class Whole(Tally):
    """The counts of a cut; each is made when it is asked for, and once."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._counts: dict[Which, int] = {}

    def count(self, which: Which) -> int:
        if which not in self._counts:
            self._counts[which] = self._counted.count(which)
        return self._counts[which]

    @cached_property
    def handling(self) -> HandlingTime | None:
        return self._counted.took(self._counted.rows(Which.HANDLED))


class Group(Tally):
    """The counts of one group; each is made when it is asked for."""

    def __init__(self, split: Split, group: int) -> None:
        self._split, self._group = split, group

    def count(self, which: Which) -> int:
        return int(self._split.counts(which)[self._group])

    @cached_property
    def handling(self) -> HandlingTime | None:
        handled = self._split.counted.rows(Which.HANDLED)
        return self._split.counted.took(handled[self._split.groups[handled] == self._group])


def _of(wanted: Collection[int], column: NDArray[np.int32]) -> Flags:
    """The rows whose value is one of those wanted."""
    known = np.zeros(int(column.max(initial=0)) + 1, dtype=np.bool_)
    known[[value for value in wanted if value < len(known)]] = True
    return known[column]
