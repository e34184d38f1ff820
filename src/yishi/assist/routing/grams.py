"""A text as numbers: each run of two or three letters is one of 2²⁰ buckets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 20
# A matter says what it is about early; what goes on for pages would outweigh a hundred others.
LONGEST = 400
# What is no letter or digit, and numbers of houses (D座, 3号楼), which say where, not what.
_BETWEEN = re.compile(r"[^\w\n]|_|(?<![a-z0-9])[a-z0-9]{1,4}(?:座|栋|幢|号楼|号|楼|单元|室|层)")
_SPACE, _END = ord(" "), ord("\n")
_FACTORS = tuple(np.uint64(f) for f in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))

Buckets = NDArray[np.int64]


def folded(text: str) -> str:
    """`text` in one form (NFKC, lower case), what is no letter and every house number a space."""
    short = unicodedata.normalize("NFKC", text[:LONGEST].replace("\n", " ")).lower()
    return _BETWEEN.sub(" ", short)


def grams_of(fold: str) -> tuple[Buckets, NDArray[np.int64], NDArray[np.int64]]:
    """The buckets of a `folded` text, and where each run stands: its start and its length."""
    buckets, _texts, starts, lengths = _grams(fold)
    return buckets, starts, lengths


def grams_of_all(texts: Sequence[str]) -> tuple[Buckets, NDArray[np.int64]]:
    """The buckets of many texts at once, and the number of the text each belongs to."""
    short = "\n".join(text[:LONGEST].replace("\n", " ") for text in texts)
    fold = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", short).lower())
    buckets, numbers, _starts, _lengths = _grams(fold)
    return buckets, numbers


def bucket(mark: str) -> int:
    """The bucket of what is no run of a text: a place, a channel."""
    total = 0xCBF29CE484222325
    for sign in mark.encode():
        total = (total ^ sign) * 0x100000001B3 % (1 << 64)
    return total % BUCKETS


def _grams(
    fold: str,
) -> tuple[Buckets, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    signs = np.frombuffer(fold.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    number = np.cumsum(signs == _END)
    gap = (signs == _SPACE) | (signs == _END)
    two = ~(gap[:-1] | gap[1:])
    three = two[:-1] & ~gap[2:]
    pair = signs[:-1] * _FACTORS[0] + signs[1:] * _FACTORS[1]
    # The high bits of a product depend on every bit of what was multiplied.
    first = (pair * _FACTORS[2]) >> np.uint64(44)
    second = ((pair[:-1] + signs[2:] * _FACTORS[2]) * _FACTORS[0]) >> np.uint64(44)
    at_two, at_three = np.flatnonzero(two), np.flatnonzero(three)
    starts = np.concatenate([at_two, at_three])
    buckets = np.concatenate([first[at_two], second[at_three]]).astype(np.int64)
    lengths = np.concatenate([np.full(len(at_two), 2), np.full(len(at_three), 3)])
    return buckets, number[starts], starts, lengths
