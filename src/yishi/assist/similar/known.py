"""What is known of matters besides their words, as arrays: place, item, day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yishi.assist.similar.matter import Matter

_DAY = 86_400.0


class Names:
    """Numbers for items and for nested places; 0 stands for what is not known.

    A place is numbered with all that it lies in: 3号楼 of one estate is not 3号楼 of another.
    """

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {"": 0, (): 0}

    def of(self, name: object) -> int:
        """The number of a name, a new one for a new name."""
        return self._numbers.setdefault(name, len(self._numbers))


@dataclass(frozen=True)
class Known:
    """By matter: `place` level by level from the widest, `item`, `day` with its fraction."""

    place: NDArray[np.int64]
    item: NDArray[np.int64]
    day: NDArray[np.float64]

    @classmethod
    def of(cls, matters: Sequence[Matter], names: Names, levels: int) -> Known:
        """Read off the matters; `levels`: of the deepest place that will be compared."""
        place = np.zeros((len(matters), levels), dtype=np.int64)
        for row, matter in enumerate(matters):
            for level in range(len(matter.place)):
                place[row, level] = names.of(matter.place[: level + 1])
        item = np.array([names.of(matter.item) for matter in matters], dtype=np.int64)
        day = np.array([matter.at.timestamp() / _DAY for matter in matters], dtype=np.float64)
        return cls(place, item, day)

    def beside(self, other: Known) -> NDArray[np.float64]:
        """What two say beside their words, pair by pair: near, apart, item, days.

        near: of the levels both know, the share they agree in; apart: the rest of it; both 0 where
        one of them knows no place. item: 1 the same, -1 another, 0 where one knows none. days: the
        logarithm of one more than the days between.
        """
        both = (self.place > 0) & (other.place > 0)
        levels = both.sum(axis=1)
        agreed = (both & (self.place == other.place)).sum(axis=1)
        near = agreed / np.maximum(levels, 1)
        items = (self.item > 0) & (other.item > 0)
        item = np.where(self.item == other.item, 1, -1) * items
        return np.column_stack(
            [
                near,
                np.where(levels > 0, 1 - near, 0),
                item,
                np.log1p(np.abs(self.day - other.day)),
            ]
        )

    def rows(self, rows: NDArray[np.int64]) -> Known:
        """Of these matters only, in this order."""
        return Known(self.place[rows], self.item[rows], self.day[rows])
