"""Texts as counted runs of characters, and what each run is worth.

A run is two or three characters in a row. Runs that lie in a name of a place or a firm, by how such
names end (路, 村, 苑, 厂), are its *place words*; all others are its *subject words*: what is the
matter. Runs are kept as numbers below `ROOM`; two that fall on one number are taken for the same,
which at a hundred thousand texts touches few and shifts little. Digits in a row longer than
five identify somebody and are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

ROOM = 1 << 20

ENDS = (
    "路街道巷弄胡同村寨屯组苑园城区坊里庭府邸居庐轩阁厦楼栋幢座"
    "厂司店铺馆场站桥湾河湖塘山岭校学院所宿舍市镇县乡线期号"
)
"""How names of places, firms and lines end. Ours."""

NAME = 3
"""A name is taken to be this long, its end included. Ours: found on the shared judged pairs."""

_CODES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_GAP = "\n"
_NUMBER = re.compile("[0-9０-９]{6,}")


@cache
def _forms() -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """For each code point its one form (NFKC, small), and whether it is a letter or a digit."""
    form = np.arange(0x110000, dtype=np.uint32)
    letter = np.zeros(0x110000, dtype=bool)
    for point in range(0x30000):
        folded = unicodedata.normalize("NFKC", chr(point)).lower()
        if len(folded) == 1:
            form[point] = ord(folded)
        letter[point] = unicodedata.category(chr(point))[0] in "LN"
    return form, letter


def _points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Letters of all texts in one form, each text closed by a gap; and where the gaps are."""
    joined = _GAP.join(text.replace(_GAP, " ") for text in texts) + _GAP
    form, letter = _forms()
    given = np.frombuffer(_NUMBER.sub(" ", joined).encode("utf-32-le"), dtype=np.uint32)
    is_gap = given == ord(_GAP)
    kept = letter[given] | is_gap
    return form[given[kept]], is_gap[kept]


_END = np.zeros(0x110000, dtype=bool)
_END[[ord(sign) for sign in ENDS]] = True


@dataclass(frozen=True)
class Runs:
    """Runs of texts: a row for each text, a column for each run."""

    subject: Any
    place: Any


def runs(texts: Sequence[str]) -> Runs:
    """Runs of each text, counted; punctuation and spaces are not there."""
    points, is_gap = _points(texts)
    row: NDArray[np.int32] = (np.cumsum(is_gap) - is_gap).astype(np.int32)
    in_name = _in_name(points, row)
    parts: dict[bool, list[tuple[NDArray[Any], NDArray[Any]]]] = {False: [], True: []}
    for length in (2, 3):
        rows, codes, named = _of_length(length, points, row, is_gap, in_name)
        for side in (False, True):
            parts[side].append((rows[named == side], codes[named == side]))
    return Runs(_counted(parts[False], len(texts)), _counted(parts[True], len(texts)))


def _in_name(points: NDArray[Any], row: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each character lies in a name: its end, or one of those before it."""
    ends = _END[points]
    within = ends.copy()
    for ahead in range(1, NAME):
        within[:-ahead] |= ends[ahead:] & (row[ahead:] == row[:-ahead])
    return within


def _of_length(
    length: int,
    points: NDArray[Any],
    row: NDArray[Any],
    is_gap: NDArray[Any],
    in_name: NDArray[Any],
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Row, number and side of each run of `length` characters."""
    last = max(len(points) - length + 1, 0)
    code = np.full(last, length, dtype=np.uint64)
    named = np.ones(last, dtype=bool)
    for step in range(length):
        code = code * np.uint64(_CODES[step]) + points[step : step + last]
        code ^= code >> np.uint64(29)
        named &= in_name[step : step + last]
    inside = ~is_gap[length - 1 :] & (row[:last] == row[length - 1 :])
    code = (code * np.uint64(_CODES[0])) >> np.uint64(64 - ROOM.bit_length() + 1)
    return row[:last][inside], code[inside].astype(np.int32), named[inside]


def _counted(parts: list[tuple[NDArray[Any], NDArray[Any]]], size: int) -> Any:
    rows = np.concatenate([part[0] for part in parts])
    codes = np.concatenate([part[1] for part in parts])
    made = csr_array((np.ones(len(rows), np.float32), (rows, codes)), shape=(size, ROOM))
    made.sum_duplicates()
    return made


@dataclass(frozen=True, eq=False)
class Weights:
    """What each run is worth: the rarer among the texts it was learned from, the more."""

    subject: NDArray[np.float32]
    place: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Weights:
        """Learned from these texts; a run none of them has is worth the most."""
        return cls.learned(runs(texts))

    @classmethod
    def learned(cls, counted: Runs) -> Weights:
        """Learned from runs that were counted already."""
        return cls(_worth(counted.subject), _worth(counted.place))

    @classmethod
    def even(cls) -> Weights:
        """Every run is worth the same: where there are no texts to learn from."""
        return cls(np.ones(ROOM, np.float32), np.ones(ROOM, np.float32))

    def weigh(self, counted: Runs) -> Runs:
        """The same runs by weight, each text of length one."""
        return Runs(_unit(counted.subject, self.subject), _unit(counted.place, self.place))


def _worth(counted: Any) -> NDArray[np.float32]:
    seen = np.bincount(counted.indices, minlength=ROOM)
    return np.log((counted.shape[0] + 1) / (seen + 0.5)).clip(min=0).astype(np.float32)


def _unit(counted: Any, worth: NDArray[np.float32]) -> Any:
    """The same runs weighed, each row of length one."""
    weighed = counted.copy()
    weighed.data = np.log1p(counted.data) * worth[counted.indices]
    rows = np.repeat(np.arange(counted.shape[0]), np.diff(counted.indptr))
    length = np.sqrt(np.bincount(rows, weighed.data**2, minlength=counted.shape[0]))
    length[length == 0] = 1
    weighed.data = (weighed.data / length[rows]).astype(np.float32)
    return weighed
