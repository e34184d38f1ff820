"""How often each item used each bucket: a sparse table that grows, and scores a text by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from yishi.assist.routing.grams import BUCKETS, Buckets

# Learned one by one and not yet in the arrays; more would make a suggestion slower.
FRESH = 1_000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """`total`: the log-likelihood of each item; `spoken`: what its own bag adds to it; `of`: the
    same for one item, by bucket asked for."""

    total: Floats
    spoken: Floats
    _rows: NDArray[np.int64]
    _items: NDArray[np.int64]
    _gains: Floats
    _asked: int

    def of(self, item: int) -> Floats:
        """What each bucket asked for adds to `item`."""
        here = self._items == item
        found: Floats = np.bincount(self._rows[here], self._gains[here], self._asked).astype(float)
        return found


@dataclass
class Bags:
    """Counts by bucket and item: `starts` and `items`, `counts` in compressed rows; `fresh` what
    was added since, `used` and `size` the sums by bucket and by item."""

    starts: NDArray[np.int64]
    items: NDArray[np.int32]
    counts: NDArray[np.float32]
    used: NDArray[np.float32]
    size: NDArray[np.float64]
    fresh: dict[int, dict[int, float]] = field(default_factory=dict)
    added: int = 0

    @classmethod
    def empty(cls, items: int) -> Bags:
        """Nothing counted yet."""
        return cls(
            np.zeros(BUCKETS + 1, np.int64),
            np.zeros(0, np.int32),
            np.zeros(0, np.float32),
            np.zeros(BUCKETS, np.float32),
            np.zeros(items),
        )

    def fill(
        self, buckets: Buckets, items: NDArray[np.int64], weight: float, *, marks: bool = False
    ) -> None:
        """Adds many at once: bucket and item by pairs, each `weight` times. `marks` do not make a
        bag larger: it is as large as its words."""
        many = self.size.shape[0]
        keys, times = np.unique(buckets * many + items, return_counts=True)
        new = times.astype(np.float32) * np.float32(weight)
        if len(self.items):
            old = np.repeat(np.arange(BUCKETS), np.diff(self.starts)) * many + self.items
            spots = np.searchsorted(old, keys)
            there = (spots < len(old)) & (old[np.minimum(spots, len(old) - 1)] == keys)
            self.counts[spots[there]] += new[there]
            keys, new = keys[~there], new[~there]
            spots = spots[~there]
            keys = np.insert(old, spots, keys)
            self.counts = np.insert(self.counts, spots, new)
        else:
            self.counts = new
        self.items = (keys % many).astype(np.int32)
        self.starts = np.searchsorted(keys // many, np.arange(BUCKETS + 1))
        self.used += np.bincount(buckets, minlength=BUCKETS).astype(np.float32) * weight
        if not marks:
            self.size += np.bincount(items, minlength=many) * weight

    def add(self, item: int, buckets: Buckets, marks: Iterable[int]) -> None:
        """Adds one text's buckets and its marks to `item`."""
        for one in (*buckets.tolist(), *marks):
            row = self.fresh.setdefault(one, {})
            row[item] = row.get(item, 0.0) + 1.0
            self.used[one] += 1
        self.size[item] += len(buckets)
        self.added += 1
        if self.added >= FRESH:
            self.settle()

    def settle(self) -> None:
        """Brings what was added one by one into the arrays; nothing else changes."""
        pairs = [(one, at, n) for one, row in self.fresh.items() for at, n in row.items()]
        self.fresh, self.added = {}, 0
        if not pairs:
            return
        used, size = self.used.copy(), self.size.copy()
        one, at, n = (np.array(column) for column in zip(*pairs, strict=True))
        times = n.astype(np.int64)
        self.fill(np.repeat(one, times), np.repeat(at, times), 1.0)
        self.used, self.size = used, size

    def rarest(self, buckets: Buckets, most: int) -> NDArray[np.bool_]:
        """Which of these buckets are looked up: those first that the fewest items used, as long
        as no more than `most` counts are read."""
        spread = self.starts[buckets + 1] - self.starts[buckets]
        order = np.argsort(spread, kind="stable")
        chosen = np.zeros(len(buckets), np.bool_)
        chosen[order[np.cumsum(spread[order]) <= most]] = True
        return chosen

    def scores(self, buckets: Buckets, weights: Floats, lent: float) -> Scores:
        """How likely each item is to have spoken these buckets, each once, times its weight;
        one of weight 0 is not looked up."""
        heard = weights > 0
        begins = self.starts[buckets]
        lengths = np.where(heard, self.starts[buckets + 1] - begins, 0)
        rows = np.repeat(np.arange(len(buckets)), lengths)
        offsets = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at = np.repeat(begins, lengths) + offsets
        items, counts = self.items[at].astype(np.int64), self.counts[at].astype(np.float64)
        share = lent * (self.used[buckets] + 1.0) / (float(self.size.sum()) + BUCKETS)
        extra = [
            (row, item, n)
            for row, one in enumerate(buckets.tolist())
            if heard[row] and one in self.fresh
            for item, n in self.fresh[one].items()
        ]
        if extra:
            more_rows, more_items, more = (np.array(c) for c in zip(*extra, strict=True))
            table = np.zeros((len(buckets), len(self.size)), np.float32)
            table[rows, items] = counts
            table[more_rows, more_items] += more
            rows, items = np.nonzero(table)
            counts = table[rows, items].astype(np.float64)
        gains = np.log1p(counts / share[rows]) * weights[rows]
        spoken = np.bincount(items, gains, len(self.size)).astype(float)
        total = spoken + float(weights.sum()) * np.log(lent / (self.size + lent))
        return Scores(total, spoken, rows, items, gains, len(buckets))
