"""Titles that may mean the same: by the pairs of characters they share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

from yishi.assist.text import grams, letters

K = TypeVar("K")
# Of the shorter title so much is in the other. Ours: it only chooses what is shown, never what is
# done, and a title too many costs one look.
LEAST = Fraction(1, 3)


def alike(title: str, others: Iterable[tuple[K, str]], most: int) -> list[K]:
    """The keys of the titles most like `title`, at most `most`, the likest first."""
    mine = _pairs(title)
    found = [(share, key) for key, other in others if (share := _share(mine, _pairs(other)))]
    found.sort(key=lambda pair: -pair[0])
    return [key for _share_of, key in found[:most]]


def _pairs(title: str) -> frozenset[str]:
    return frozenset(grams(letters(title), 2, 2))


def _share(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """What part of the smaller set both have; 0 below `LEAST`."""
    if not one or not other:
        return Fraction(0)
    share = Fraction(len(one & other), min(len(one), len(other)))
    return share if share >= LEAST else Fraction(0)
