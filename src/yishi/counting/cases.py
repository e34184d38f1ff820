"""Every case as a row of small integers, and which figures count it, said of all at once.

`core.figures_case.belongs` says the same of one; a test compares the two on random data.
Moments are microseconds since 1970, 0 for none. Source: docs/algorithms/figures.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from yishi.core.case.state import CaseState
from yishi.core.figures import SETTLED_STATES, Which

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

STATES = tuple(CaseState)
SATISFACTIONS = ("", "dissatisfied", "basically", "satisfied")
UNKNOWN, NO, YES = -1, 0, 1
HOUR = 3_600_000_000
FIRST_OF_ITS_KIND = np.iinfo(np.int64).max

ROW = np.dtype(
    [
        ("id", "i8"),
        ("filed", "i8"),
        ("place", "i4"),
        ("lead", "i4"),  # 0: no unit
        ("item", "i4"),  # 0: not sorted yet
        ("channel", "i4"),
        ("state", "i1"),  # position in STATES
        ("main", "i8"),  # the case it is merged into, 0: none
        ("instant", "?"),
        ("unsolved", "?"),  # it was answered at once, and that did not do
        ("imported", "?"),
        ("asserted", "i1"),  # UNKNOWN, NO, YES: in time, says the source
        ("community", "?"),  # its lead is a community's body
        ("clock", "?"),
        ("started", "i8"),
        ("due", "i8"),
        ("ended", "i8"),
        ("stands", "?"),
        ("contacted", "?"),
        ("return_asked", "?"),
        ("return_accepted", "?"),
        ("pushed", "?"),
        ("rated", "?"),
        ("valid", "?"),
        ("solved", "?"),
        ("valid_satisfaction", "?"),
        ("satisfaction", "i1"),  # position in SATISFACTIONS
        ("excluded", "?"),
        ("excluded_satisfaction", "?"),
    ]
)


ORDERING = {"filed", "place", "item"}
SORTED = ("_in_order", "since_last", "latest_first")


def joined(rows: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """`rows` with those of `fresh` in place of the same cases and beside the others, by id."""
    at = np.searchsorted(rows["id"], fresh["id"])
    known = at < len(rows)
    known[known] = rows["id"][at[known]] == fresh["id"][known]
    made = rows.copy()
    made[at[known]] = fresh[known]
    if known.all():
        return made
    both = np.concatenate([made, fresh[~known]])
    return both[np.argsort(both["id"], kind="stable")]


@dataclass(frozen=True)
class Book:
    """All cases at one version of the record; it never changes. `rows`: ROW, ascending by id."""

    rows: np.ndarray
    _moments: dict[tuple[int, int], dict[Which, Flags]] = field(default_factory=dict)

    def with_fresh(self, fresh: np.ndarray) -> Book:
        """The book with these rows in place of the same cases and beside the others."""
        book = Book(joined(self.rows, fresh))
        if len(book.rows) > len(self.rows):
            return book
        at = np.searchsorted(self.rows["id"], fresh["id"])
        changed = {
            name: _with(old, at, fresh[name])
            for name, old in self._columns.items()
            if not np.array_equal(old[at], fresh[name])
        }
        vars(book)["_columns"] = self._columns | changed
        if not changed.keys() & ORDERING:
            # Most acts move no case in time, place or kind: what was sorted stays sorted.
            vars(book).update({name: vars(self)[name] for name in SORTED if name in vars(self)})
        return book

    def column(self, name: str) -> np.ndarray:
        """One column, in one piece of memory."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {name: np.ascontiguousarray(self.rows[name]) for name in ROW.names or ()}

    @cached_property
    def main_at(self) -> tuple[Numbers, Numbers]:
        """Where the merged cases are, and where their main cases are."""
        merged = np.flatnonzero(self.column("main"))
        return merged, np.searchsorted(self.column("id"), self.column("main")[merged])

    @cached_property
    def lead(self) -> NDArray[np.int32]:
        """Who leads it: of a merged case whoever leads the main one, if anybody does."""
        lead = self.column("lead").copy()
        merged, main = self.main_at
        lead[merged] = np.where(lead[main] > 0, lead[main], lead[merged])
        return lead

    @cached_property
    def latest_first(self) -> Numbers:
        """The rows in the order of a list: the latest filed first."""
        return self._in_order[::-1]

    @cached_property
    def _in_order(self) -> Numbers:
        """By when they were filed, then by id: the rows are by id already."""
        return np.argsort(self.column("filed"), kind="stable")

    @cached_property
    def since_last(self) -> Numbers:
        """Microseconds since the case before it of the same item in the same place."""
        filed, item = self.column("filed"), self.column("item").astype(np.int64)
        kind = self.column("place") * (item.max(initial=0) + 1) + item
        order = self._in_order[np.argsort(kind[self._in_order], kind="stable")]
        same = (np.diff(kind[order]) == 0) & (item[order][1:] > 0)
        gaps = np.full(len(self.rows), FIRST_OF_ITS_KIND, dtype=np.int64)
        gaps[order[1:][same]] = np.diff(filed[order])[same]
        return gaps

    def masks(self, now: int, repeat_hours: int) -> dict[Which, Flags]:
        """Which rows are of each set at `now`; kept for the moment that was asked last."""
        found = self._moments.get((now, repeat_hours))
        if found is None:
            found = _masks(self, now, repeat_hours)
            self._moments.clear()
            self._moments[now, repeat_hours] = found
        return found


def _with(column: np.ndarray, at: Numbers, values: np.ndarray) -> np.ndarray:
    """A copy of a column, with other values in some places."""
    made = column.copy()
    made[at] = values
    return made


def _masks(book: Book, now: int, repeat_hours: int) -> dict[Which, Flags]:
    own, (merged, main) = book.column("state"), book.main_at
    state = own.copy()
    state[merged] = own[main]
    community, contacted = book.column("community").copy(), book.column("contacted").copy()
    mains_lead = book.column("lead")[main] > 0
    community[merged] = np.where(mains_lead, community[main], community[merged])
    contacted[merged] |= contacted[main]
    led = book.lead > 0
    community &= led
    due, ended = book.column("due"), book.column("ended")
    timed = book.column("clock") & (due > 0) & ~book.column("stands")
    has_ended = ended > 0
    on_time = timed & has_ended & (ended < due)
    overdue = timed & ~on_time & (due <= np.where(has_ended, ended, now))
    instant, imported = book.column("instant"), book.column("imported")
    unsolved = instant & book.column("unsolved")
    asserted = book.column("asserted")
    valid, valid_satisfaction = book.column("valid"), book.column("valid_satisfaction")
    satisfaction = book.column("satisfaction")
    gone = own == STATES.index(CaseState.WITHDRAWN)
    is_merged = book.column("main") > 0
    judged = community & imported & (asserted != UNKNOWN)
    return {
        Which.RECEIVED: np.ones(len(book.rows), dtype=np.bool_),
        Which.SETTLED: _among(SETTLED_STATES)[state],
        Which.OPEN: _among(frozenset(s for s in CaseState if s.is_open))[state],
        Which.MERGED: is_merged,
        Which.WITHDRAWN: gone,
        Which.REPEATS: book.since_last <= repeat_hours * HOUR,
        Which.INSTANT: instant,
        Which.INSTANT_UNSOLVED: unsolved,
        Which.TIMED: on_time | overdue,
        Which.ON_TIME: on_time,
        Which.OVERDUE: overdue,
        Which.HANDLED: book.column("clock") & has_ended,
        Which.RETURN_ASKED: book.column("return_asked"),
        Which.RETURN_ACCEPTED: book.column("return_asked") & book.column("return_accepted"),
        Which.LED: led,
        Which.COMMUNITY_LED: community,
        Which.COMMUNITY_TIMED: community & (on_time | overdue),
        Which.COMMUNITY_OVERDUE: community & overdue,
        Which.COMMUNITY_ASSERTED: judged,
        Which.COMMUNITY_ASSERTED_OVERDUE: judged & (asserted == NO),
        Which.PUSHED: book.column("pushed"),
        Which.RATED: book.column("rated"),
        Which.VALID: valid,
        Which.CONTACTED: valid & (contacted | (instant & ~unsolved)),
        Which.SOLVED: valid & book.column("solved"),
        Which.VALID_SATISFACTION: valid_satisfaction,
        Which.SATISFIED: valid_satisfaction & (satisfaction == SATISFACTIONS.index("satisfied")),
        Which.BASICALLY: valid_satisfaction & (satisfaction == SATISFACTIONS.index("basically")),
        Which.EXCLUDED: book.column("excluded"),
        Which.EXCLUDED_SATISFACTION: book.column("excluded_satisfaction"),
        Which.IMPORTED: imported,
        Which.ASSERTED_ON_TIME: imported & (asserted == YES),
        Which.ASSERTED_OVERDUE: imported & (asserted == NO),
        Which.ASSERTED_UNKNOWN: imported & (asserted == UNKNOWN),
    }


def _among(states: frozenset[CaseState]) -> Flags:
    """For each position in STATES, whether it is one of these."""
    return np.array([state in states for state in STATES])
