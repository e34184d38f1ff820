"""Which items of the responsibility list a matter may be, by the words its earlier cases used.

Each item has a bag of letter runs: its own words on the list, counted `LISTED` times, and those
of every case dispatched under it. A matter is as likely to be of an item as the item's bag is to
have spoken it, runs the item never used being lent by all items together (Dirichlet smoothing,
as search engines rank documents).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from yishi.assist.routing.bags import Bags
from yishi.assist.routing.grams import Buckets, bucket, folded, grams_of, grams_of_all
from yishi.assist.routing.reason import runs_of

SUGGESTED = 5
# The list's own words weigh as those of so many cases. Ours.
LISTED = 4
# How much the words of all items lend to one: the runs of about three messages. Ours.
LENT = 300.0
# A place and a channel say as much as so many runs. Ours.
BESIDE = 3.0
# Runs overlap, so they say the same thing two or three times over; measured, see routing.md.
SPREAD = 0.7
# So many counts are read for a matter, those of runs first that the fewest items used. Ours.
WEIGHED = 60_000
# Learned at once by arrays.
AT_ONCE = 40_000
KEPT_CASES = 8
SAMPLE = 48
# A case is like another where so much of a sample of its runs is in the other.
LIKE = 0.15


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list: its code, and all its own words (title, classes, grades)."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a matter: words without what identifies anybody, and marks of where and
    by which channel (`place:12`, `channel:phone`)."""

    words: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A dispatched case to learn: its key, the code of its item, what was heard."""

    key: int
    code: str
    heard: Heard


@dataclass(frozen=True, slots=True)
class Suggested:
    """An item with the share of likelihood it holds among all (0–1; at most a half before its
    first case, two thirds after it, and so on), the words of the matter that
    speak for it, how many earlier cases it had, and the keys of those most like it."""

    code: str
    confidence: float
    words: tuple[str, ...]
    cases: int
    like: tuple[int, ...]


@dataclass
class Items:
    """The index: bags of letter runs by item. Codes that are not on the list are not learned."""

    codes: tuple[str, ...]
    bags: Bags
    cases: NDArray[np.int64]
    kept: dict[int, list[tuple[int, Buckets]]] = field(default_factory=dict)
    _place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._place = {code: at for at, code in enumerate(self.codes)}

    @classmethod
    def of(cls, listed: Sequence[Item], cases: Iterable[Case] = ()) -> Items:
        """The index of a list, the items in its order, and of the cases dispatched by it so far,
        oldest first."""
        said: dict[str, list[str]] = {}
        for item in listed:
            said.setdefault(item.code, []).append(item.words)
        codes = tuple(said)
        made = cls(codes, Bags.empty(len(codes)), np.zeros(len(codes), np.int64))
        own = [(at, " ".join(dict.fromkeys(words))) for at, words in enumerate(said.values())]
        found, numbers = grams_of_all([words for _, words in own])
        made.bags.fill(found, numbers, float(LISTED))
        waiting = iter(cases)
        while some := list(islice(waiting, AT_ONCE)):
            made._learn_many(some)
        return made

    def learn(self, case: Case) -> None:
        """One more case of its item."""
        at = self._place.get(case.code)
        if at is None:
            return
        found, _, _ = grams_of(folded(case.heard.words))
        self.bags.add(at, found, [bucket(mark) for mark in case.heard.marks])
        self.cases[at] += 1
        self._keep(at, case.key, found)

    def suggest(self, heard: Heard, most: int = SUGGESTED) -> list[Suggested]:
        """At most `most` items, the likeliest first. An item that neither its own words nor any
        mark speaks for is not among them."""
        fold = folded(heard.words)
        buckets, starts, lengths = grams_of(fold)
        found, back = np.unique(buckets, return_inverse=True)
        marks = np.array(sorted({bucket(mark) for mark in heard.marks}), np.int64)
        telling = self.bags.rarest(found, WEIGHED)
        weights = np.concatenate([telling.astype(float), np.full(len(marks), BESIDE)])
        scores = self.bags.scores(np.concatenate([found, marks]), weights, LENT)
        spoken = scores.spoken > 0
        if not spoken.any():
            return []
        shares = _shares(scores.total, float(weights.sum()))
        ranked = np.argsort(-scores.total, kind="stable")
        best = ranked[spoken[ranked]][:most].tolist()
        answer = []
        for at in best:
            gained = scores.of(at)[: len(found)]
            words = runs_of(fold, starts, lengths, gained[back])
            answer.append(
                Suggested(
                    self.codes[at],
                    float(shares[at]) * _trusted(int(self.cases[at])),
                    words,
                    int(self.cases[at]),
                    self._like(at, found),
                )
            )
        return answer

    def _learn_many(self, cases: Sequence[Case]) -> None:
        known = [(self._place[case.code], case) for case in cases if case.code in self._place]
        if not known:
            return
        places = np.array([at for at, _ in known])
        found, numbers = grams_of_all([case.heard.words for _, case in known])
        self.bags.fill(found, places[numbers], 1.0)
        seen: dict[str, int] = {}
        marked = [
            (seen.setdefault(mark, bucket(mark)) if mark not in seen else seen[mark], at)
            for at, case in known
            for mark in case.heard.marks
        ]
        if marked:
            pairs = np.array(marked, np.int64)
            self.bags.fill(pairs[:, 0], pairs[:, 1], 1.0, marks=True)
        self.cases += np.bincount(places, minlength=len(self.codes))
        # Only the newest of each item are kept to be shown, so only they are cut out again.
        newest: dict[int, list[int]] = {}
        for number in range(len(known) - 1, -1, -1):
            if len(newest.setdefault(known[number][0], [])) < KEPT_CASES:
                newest[known[number][0]].append(number)
        for at, wanted in newest.items():
            for number in reversed(wanted):
                case = known[number][1]
                self._keep(at, case.key, grams_of(folded(case.heard.words))[0])

    def _keep(self, at: int, key: int, found: Buckets) -> None:
        # The smallest buckets of a text are a fair sample of it.
        kept = self.kept.setdefault(at, [])
        kept.append((key, np.unique(found)[:SAMPLE].astype(np.int32)))
        del kept[:-KEPT_CASES]

    def _like(self, at: int, found: Buckets) -> tuple[int, ...]:
        near = []
        for key, sample in self.kept.get(at, ()):
            spots = np.minimum(np.searchsorted(found, sample), max(len(found) - 1, 0))
            same = np.count_nonzero(found[spots] == sample) if len(found) else 0
            if same and same >= LIKE * len(sample):
                near.append((same / len(sample), key))
        return tuple(key for _, key in sorted(near, reverse=True)[:3])


def _trusted(cases: int) -> float:
    """Nobody is surer than so few cases allow: the rule of succession."""
    return (cases + 1) / (cases + 2)


def _shares(totals: NDArray[np.float64], runs: float) -> NDArray[np.float64]:
    """The likelihoods as shares of one, overlapping runs counted as fewer."""
    eased = (totals - totals.max()) * SPREAD / max(runs, 1.0) ** 0.5
    risen = np.exp(eased)
    return risen / risen.sum()
