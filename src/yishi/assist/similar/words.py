"""Texts as counted runs of characters, and what each run is worth.

A run is two or three characters of a word. A *named* run is three or four that end as a name of a
place or a firm does: 路, 村, 苑, 厂. Runs are kept as numbers below `ROOM`; two that fall on one
number are taken for the same, which at a hundred thousand texts touches few and shifts little.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

_CODES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
_GAP = "\n"


def _points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Code points of all texts in one form, each text closed by a gap."""
    joined = _GAP.join(text.replace(_GAP, " ") for text in texts) + _GAP
    folded = unicodedata.normalize("NFKC", joined).lower()
    return np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)


def _is_letter() -> NDArray[np.bool_]:
    kept = np.zeros(0x110000, dtype=bool)
    for point in range(0x30000):
        kept[point] = unicodedata.category(chr(point))[0] in "LN"
    return kept


_LETTER = _is_letter()
_END = np.zeros(0x110000, dtype=bool)
_END[[ord(sign) for sign in ENDS]] = True


@dataclass(frozen=True)
class Runs:
    """Counted runs: text by run, for words and for names."""

    words: Any
    named: Any


def runs(texts: Sequence[str]) -> Runs:
    """Runs of each text; punctuation and spaces end no run, they are not there."""
    points = _points(texts)
    is_gap = points == ord(_GAP)
    keep = _LETTER[points] | is_gap
    points, is_gap = points[keep], is_gap[keep]
    row = np.cumsum(is_gap) - is_gap
    size = len(texts)
    wide = points.astype(np.uint64)

    def of(length: int, ends: bool) -> tuple[NDArray[Any], NDArray[Any]]:
        last = len(wide) - length + 1
        if last <= 0:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        code = np.full(last, length, dtype=np.uint64)
        for step in range(length):
            code = code * np.uint64(_CODES[step]) + wide[step : step + last]
            code ^= code >> np.uint64(29)
        inside = (row[:last] == row[length - 1 :]) & ~is_gap[length - 1 :]
        if ends:
            inside &= _END[points[length - 1 :]]
        code = (code * np.uint64(_CODES[0])) >> np.uint64(44)
        return row[:last][inside], code[inside].astype(np.int64)

    def counted(parts: Iterable[tuple[NDArray[Any], NDArray[Any]]]) -> Any:
        rows, codes = (np.concatenate(part) for part in zip(*parts, strict=True))
        ones = np.ones(len(rows), dtype=np.float32)
        made = csr_array((ones, (rows, codes)), shape=(size, ROOM))
        made.sum_duplicates()
        return made

    return Runs(
        counted((of(2, False), of(3, False))),
        counted((of(3, True), of(4, True))),
    )


@dataclass(frozen=True, eq=False)
class Weights:
    """What each run is worth: the rarer among the texts it was learned from, the more."""

    words: NDArray[np.float32]
    named: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Weights:
        """Learned from these texts; a run none of them has is worth the most."""
        return cls.learned(runs(texts))

    @classmethod
    def learned(cls, counted: Runs) -> Weights:
        """Learned from runs that were counted already."""
        return cls(_worth(counted.words), _worth(counted.named))

    def weigh(self, counted: Runs) -> Runs:
        """The same runs by weight, each text of length one."""
        return Runs(_unit(counted.words, self.words), _unit(counted.named, self.named))


def _worth(counted: Any) -> NDArray[np.float32]:
    seen = np.bincount(counted.indices, minlength=ROOM)
    return np.log((counted.shape[0] + 1) / (seen + 0.5)).clip(min=0).astype(np.float32)


def _unit(counted: Any, worth: NDArray[np.float32]) -> Any:
    weighed = counted.copy()
    weighed.data = np.log1p(counted.data) * worth[counted.indices]
    squares = np.zeros(counted.shape[0], dtype=np.float64)
    rows = np.repeat(np.arange(counted.shape[0]), np.diff(counted.indptr))
    np.add.at(squares, rows, weighed.data.astype(np.float64) ** 2)
    length = np.sqrt(squares)
    length[length == 0] = 1
    weighed.data = (weighed.data / length[rows]).astype(np.float32)
    return weighed
