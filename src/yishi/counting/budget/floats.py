"""Floats that rank, and how far each can be off. They never decide.

Source: docs/algorithms/budget.md, Equal shares.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HALF_UNIT = 2.0**-53
"""How far a rounded float is off, for one that is 1."""
FEW = 8 * HALF_UNIT
"""How far what comes of a few rounded steps is off, for one that is 1."""
NEARLY = 1e-6
"""Who has so much more than is due, as a part of it, surely pays it whole."""
PIECE = 8192
TOO_ROUGH = 1e-9
"""Where a purse may be off by more than this of the first, all are taken from the fractions."""


def dot(a: Floats, b: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    """The sum of the products; in pieces, for which no library wakes a second thread."""
    if len(a) <= PIECE:
        return float(a.dot(b))
    return sum(float(a[at : at + PIECE].dot(b[at : at + PIECE])) for at in range(0, len(a), PIECE))


def even(held: Floats, cast: Floats, price: float, alike: float, known: float) -> float:
    """What each gives where those with less give all: at least `alike`, and what is `known`."""
    gives, payers = max(alike, known), 0.0
    while True:
        rich = held > gives
        now = dot(cast, rich)
        if now in (payers, 0.0):
            return gives
        then = (price - dot(held * ~rich, cast)) / now
        if then < gives:
            if payers or gives == alike:
                return gives
            # What was known is above by a rounding: begin anew.
            gives = alike
            continue
        gives, payers = then, now
