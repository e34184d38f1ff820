"""Two counts of one election side by side: who wins in both, and who in one alone.

Source: docs/algorithms/budget.md, Why.
"""

from dataclasses import dataclass

from yishi.counting.budget.counted import Counted


@dataclass(frozen=True)
class Beside:
    """The projects by where they win, each list in the order of the first count that has it."""

    both: tuple[int, ...]
    here: tuple[int, ...]
    there: tuple[int, ...]


def beside(here: Counted, there: Counted) -> Beside:
    """Who wins in both counts, in the first alone, in the second alone. Raises ValueError for two
    elections with different projects."""
    if here.election.costs != there.election.costs:
        raise ValueError("two counts of different projects")
    own, other = set(here.winners), set(there.winners)
    return Beside(
        both=tuple(p for p in here.winners if p in other),
        here=tuple(p for p in here.winners if p not in other),
        there=tuple(p for p in there.winners if p not in own),
    )
