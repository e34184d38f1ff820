"""The floats of equal shares, compiled by numba where it is installed: quicker, the same winners.

Optional: what is compiled only ranks, as the plain functions do, and whatever either leaves open is
decided by fractions. Source: docs/algorithms/budget.md, What it costs.
"""

from functools import cache
from types import FunctionType

from yishi.counting.budget import floats
from yishi.counting.budget.election import Election
from yishi.counting.budget.floats import PLAIN, Engine

MARKS = 50_000
"""From so many names on different ballots compiling pays: loading takes about a second (ours)."""
NAMES = ("dot", "even", "off_by", "look", "take", "buy_sure", "follow_sure", "open_one")


def engine_for(election: Election) -> Engine:
    """What counts an election soonest: compiled where it is large."""
    return compiled() or PLAIN if len(election.chosen) >= MARKS else PLAIN


@cache
def compiled() -> Engine | None:
    """The functions of `floats`, calling each other compiled; None without numba, and where what it
    compiles cannot be kept, since compiling takes longer than most counts. Kept beside `floats` or
    in the user's cache, and made anew when `floats` changes."""
    try:
        from numba import njit
    except ImportError:
        return None
    names = dict(vars(floats))
    for name in NAMES:
        plain: FunctionType = names[name]
        try:
            names[name] = njit(cache=True)(FunctionType(plain.__code__, names, name))
        except RuntimeError:
            return None
    return Engine(*(names[name] for name in Engine._fields))
