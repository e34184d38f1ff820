"""Matters that can be asked which of them one is like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yishi.assist.similar.known import Known, Names
from yishi.assist.similar.matter import Likeness, Matter, SimilarTerms
from yishi.assist.similar.telling import near_pairs
from yishi.assist.similar.words import Runs, Weights, runs
from yishi.assist.text import shared

_AT_ONCE = 1 << 17


@dataclass(frozen=True)
class Pair:
    """Two matters of an index, by key, and the chance that they are the same."""

    one: int
    other: int
    score: float


def likeness(one: Matter, other: Matter, weights: Weights, terms: SimilarTerms) -> Likeness:
    """How like two matters are, by words weighed as `weights` say."""
    return Index([other], terms, weights).of(one, other)


class Index:
    """Matters held in memory with the weights of their words.

    `weights`: learned from the matters themselves where none are given; give some learned from
    all earlier texts where there are few matters. A matter added later is weighed by the same.
    """

    def __init__(
        self,
        matters: Iterable[Matter] = (),
        terms: SimilarTerms | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.terms = terms or SimilarTerms()
        self._held = {matter.key: matter for matter in matters}
        counted = runs([words_of(matter) for matter in self._held.values()])
        self.weights = weights or Weights.learned(counted)
        self._counted: Runs | None = counted
        self._arrays: _Arrays | None = None

    def __len__(self) -> int:
        return len(self._held)

    def held(self) -> tuple[Matter, ...]:
        """What is held, in the order it came."""
        return tuple(self._held.values())

    def add(self, matter: Matter) -> None:
        """Hold `matter`; one of the same key is replaced."""
        self.remove(matter.key)
        self._held[matter.key] = matter
        self._counted = self._arrays = None

    def remove(self, key: int) -> None:
        """Hold it no more; a key that is not held is none."""
        if self._held.pop(key, None) is not None:
            self._counted = self._arrays = None

    def candidates(
        self, matter: Matter, most: int = 5, least: float = 0.0
    ) -> list[tuple[int, Likeness]]:
        """The `most` likeliest of what is held, at least `least` likely, without itself."""
        if not self._held:
            return []
        scores = self._made().scores(matter, self.terms, self.weights)
        keys = tuple(self._held)
        found: list[tuple[int, Likeness]] = []
        for row in np.argsort(-scores, kind="stable"):
            if scores[row] < least or len(found) == most:
                break
            if keys[row] != matter.key:
                other = self._held[keys[row]]
                found.append((other.key, _say(matter, other, float(scores[row]))))
        return found

    def of(self, one: Matter, other: Matter) -> Likeness:
        """How like two matters are, held or not."""
        two = _Arrays.of([other], runs([words_of(other)]), self.weights)
        return _say(one, other, float(two.scores(one, self.terms, self.weights)[0]))

    def pairs(self, least: float | None = None) -> list[Pair]:
        """Pairs held that are at least `least` likely (`terms.join` if not said).

        Looked for among those that share several of their most telling words, so that a hundred
        thousand are looked through at once; a pair without such words is not found.
        """
        if len(self._held) < 2:
            return []
        likely = self.terms.join if least is None else least
        one, other, scores = self._made().pairs(self.terms, likely)
        keys = tuple(self._held)
        return [
            Pair(keys[first], keys[second], float(score))
            for first, second, score in zip(one, other, scores, strict=True)
        ]

    def among(self, some: Sequence[int], others: Sequence[int]) -> NDArray[Any]:
        """The chance of each of `some` keys with each of `others`, as a table."""
        made = self._made()
        return made.among(
            [made.row[key] for key in some], [made.row[key] for key in others], self.terms
        )

    def _made(self) -> _Arrays:
        if self._arrays is None:
            matters = list(self._held.values())
            counted = self._counted or runs([words_of(matter) for matter in matters])
            self._arrays = _Arrays.of(matters, counted, self.weights)
            self._counted = None
        return self._arrays


def words_of(matter: Matter) -> str:
    """What is compared as words: the text, and where exactly."""
    return f"{matter.text} {matter.spot}" if matter.spot else matter.text


def _say(one: Matter, other: Matter, score: float) -> Likeness:
    nearest = ""
    for mine, theirs in zip(one.place, other.place, strict=False):
        if mine != theirs:
            break
        nearest = str(mine)
    return Likeness(
        score,
        shared(words_of(one), words_of(other)),
        nearest,
        bool(one.item) and one.item == other.item,
        abs((one.at - other.at).days),
    )


@dataclass(frozen=True, eq=False)
class _Arrays:
    """What is held, a row for each matter."""

    weighed: Runs
    known: Known
    names: Names
    row: dict[int, int]

    @classmethod
    def of(cls, matters: list[Matter], counted: Runs, weights: Weights) -> _Arrays:
        names = Names()
        levels = max((len(matter.place) for matter in matters), default=0)
        row = {matter.key: number for number, matter in enumerate(matters)}
        return cls(weights.weigh(counted), Known.of(matters, names, levels), names, row)

    def scores(self, matter: Matter, terms: SimilarTerms, weights: Weights) -> NDArray[Any]:
        """How likely each row is the same as `matter`."""
        asked = weights.weigh(runs([words_of(matter)]))
        subject = self.weighed.subject @ asked.subject.toarray()[0]
        place = self.weighed.place @ asked.place.toarray()[0]
        levels = self.known.place.shape[1]
        cut = Matter(matter.key, "", matter.at, matter.place[:levels], item=matter.item)
        return chance(subject, place, self.known.beside(Known.of([cut], self.names, levels)), terms)

    def among(self, some: list[int], others: list[int], terms: SimilarTerms) -> NDArray[Any]:
        """The chance of each pair of rows, `some` down and `others` across."""
        one, other = np.repeat(some, len(others)), np.tile(others, len(some))
        subject, place = (
            (side[some] @ side[others].T).toarray().ravel()
            for side in (self.weighed.subject, self.weighed.place)
        )
        beside = self.known.rows(one).beside(self.known.rows(other))
        return chance(subject, place, beside, terms).reshape(len(some), len(others))

    def pairs(
        self, terms: SimilarTerms, least: float
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Rows, the lower first, of pairs that share telling words; and their chance."""
        one, other = near_pairs(self.weighed)
        beside = self.known.rows(one).beside(self.known.rows(other))
        possible = chance(np.ones(len(one)), np.ones(len(one)), beside, terms) >= least
        one, other, beside = one[possible], other[possible], beside[possible]
        scores = np.empty(len(one))
        for start in range(0, len(one), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            subject = _dots(self.weighed.subject, one[some], other[some])
            place = _dots(self.weighed.place, one[some], other[some])
            scores[some] = chance(subject, place, beside[some], terms)
        likely = scores >= least
        return one[likely], other[likely], scores[likely]


def _dots(weighed: Any, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(weighed[one].multiply(weighed[other]).sum(axis=1)).ravel()


def chance(
    subject: NDArray[Any], place: NDArray[Any], beside: NDArray[Any], terms: SimilarTerms
) -> NDArray[Any]:
    """The chance of each pair, from the cosines of its two kinds of words and what is beside."""
    weighed = (
        terms.bias
        + terms.subject * np.sqrt(np.clip(subject, 0, 1))
        + terms.place_words * np.sqrt(np.clip(place, 0, 1))
        + beside @ np.array([terms.near, terms.apart, terms.item, terms.days])
    )
    return np.asarray(1 / (1 + np.exp(-weighed)))
