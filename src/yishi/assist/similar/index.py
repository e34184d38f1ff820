"""Matters that can be asked which of them one is like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yishi.assist.similar.matter import Likeness, Matter, SimilarTerms
from yishi.assist.similar.words import Weights


@dataclass(frozen=True)
class Pair:
    """Two matters of an index, by key, the smaller first, and the chance that they are the same."""

    one: int
    other: int
    score: float


def likeness(one: Matter, other: Matter, weights: Weights, terms: SimilarTerms) -> Likeness:
    """How like two matters are, by words weighed as `weights` say."""
    return Index([other], terms, weights).candidates(one, 1)[0][1]


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
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def add(self, matter: Matter) -> None:
        """Hold `matter`; one of the same key is replaced."""
        raise NotImplementedError

    def remove(self, key: int) -> None:
        """Hold it no more; a key that is not held is none."""
        raise NotImplementedError

    def candidates(
        self, matter: Matter, most: int = 5, least: float = 0.0
    ) -> list[tuple[int, Likeness]]:
        """The `most` likeliest of what is held, at least `least` likely, without itself."""
        raise NotImplementedError

    def pairs(self, least: float | None = None) -> list[Pair]:
        """Pairs held that are at least `least` likely (`terms.join` if not said)."""
        raise NotImplementedError
