"""The words of a matter that speak for an item, as they stand in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORDS = 4
# A run speaks for an item when it makes it so many times likelier than the rest. Ours.
SPEAKS = float(np.log(4.0))
LONGEST = 12


def runs_of(
    fold: str,
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    gains: NDArray[np.float64],
    most: int = WORDS,
) -> tuple[str, ...]:
    """The runs that gain most for an item, joined where they overlap; the strongest first."""
    strong = gains >= max(SPEAKS, float(gains.max(initial=0.0)) / 3)
    weight = np.zeros(len(fold))
    for start, length, gain in zip(starts[strong], lengths[strong], gains[strong], strict=True):
        weight[start : start + length] += gain
    found: dict[str, float] = {}
    start = 0
    while start < len(fold):
        end = start
        while end < len(fold) and weight[end] > 0 and fold[end] != " " and end - start < LONGEST:
            end += 1
        if end - start > 1:
            run = fold[start:end]
            found[run] = found.get(run, 0.0) + float(weight[start:end].sum())
        start = max(end, start + 1)
    ranked = sorted(found, key=lambda run: -found[run])
    return tuple(ranked[:most])
