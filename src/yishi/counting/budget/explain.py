"""For each project why it won or lost, and what would have been enough.

Each promise is about one change with everything else held as it was, and a test counts the
changed election again. Source: docs/algorithms/budget.md, Why.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yishi.counting.budget.counted import GREEDY, Counted, Rule, Won
from yishi.counting.budget.explain_greedy import Turns
from yishi.counting.budget.explain_pace import Pace
from yishi.counting.budget.greedy import Fate


class Reason(StrEnum):
    """Why a project lost."""

    NOBODY = "nobody"
    """Nobody chose it."""
    BELOW = "below"
    """Fewer points than take part."""
    TOO_DEAR = "too_dear"
    """In its turn what was left did not pay for it."""
    NOT_REACHED = "not_reached"
    """The count ended before its turn."""
    SHORT = "short"
    """When sharing ended its supporters had less left than it costs, and so had the budget."""
    NOT_GATHERED = "not_gathered"
    """When the count ended its supporters had not gathered what it costs (Phragmén)."""
    NOT_HELD = "not_held"
    """Its supporters had gathered the money; the budget did not hold it, and the count ended."""


@dataclass(frozen=True)
class Why:
    """What became of one project.

    `won`: how, None for a loser, whose `reason` says why. `score` points by `votes` voters.
    `left`: what the budget held in its turn, None where it had no turn.
    `together`: what its supporters had, when sharing or gathering ended; None by most votes.
    `purses`: to how many full shares that which was missing comes, by shares alone.
    `cost_enough`: at this cost it would have won; `votes_enough`: with so many more voters who
    choose it alone and give it one point. Both in a count from the beginning with everything else
    as it was, and None where nothing is promised: completed shares promise only what `again` has
    counted. By most votes they are the greatest cost and the least number; else one that is enough.
    `spare`: how many votes fewer it could have had and still won, by most votes alone.
    """

    project: int
    cost: int
    votes: int
    score: int
    won: Won | None
    reason: Reason | None = None
    left: int | None = None
    together: Fraction | None = None
    purses: int | None = None
    cost_enough: int | None = None
    votes_enough: int | None = None
    spare: int | None = None


_BY_FATE = {
    Fate.BELOW: Reason.BELOW,
    Fate.TOO_DEAR: Reason.TOO_DEAR,
    Fate.NOT_REACHED: Reason.NOT_REACHED,
}


def explain(counted: Counted) -> tuple[Why, ...]:
    """Why each project won or lost, in the order of their list."""
    won = {one.project: one for one in counted.won}
    projects = range(len(counted.election.costs))
    if counted.rule in GREEDY:
        return tuple(_by_turn(counted, Turns(counted), won.get(p), p) for p in projects)
    if counted.rule is Rule.PHRAGMEN:
        pace = Pace(counted)
        return tuple(_by_pace(counted, pace, won.get(p), p) for p in projects)
    lefts = {turn.project: turn.left for turn in counted.turns}
    return tuple(_by_share(counted, lefts.get(p), won.get(p), p) for p in projects)


def _by_turn(counted: Counted, turns: Turns, won: Won | None, project: int) -> Why:
    election = counted.election
    cost, votes, score = election.costs[project], election.votes[project], election.scores[project]
    left = turns.left_before(project)
    if won:
        spare = turns.spare(project)
        return Why(project, cost, votes, score, won, left=left, spare=spare)
    fate = turns.fate(project)
    return Why(
        project,
        cost,
        votes,
        score,
        None,
        Reason.NOBODY if not score else _BY_FATE[fate],
        left=left if fate is Fate.TOO_DEAR else None,
        cost_enough=None if fate is Fate.BELOW else turns.cost_enough(project),
        votes_enough=turns.votes_enough(project),
    )


def _by_share(counted: Counted, left: int | None, won: Won | None, project: int) -> Why:
    election = counted.election
    cost, votes, score = election.costs[project], election.votes[project], election.scores[project]
    together = counted.together[project]
    if won:
        return Why(project, cost, votes, score, won)
    missing = cost - counted.gifts.get(project, 0) - together
    plain = counted.rule is Rule.SHARES_PLAIN and not counted.gifts
    return Why(
        project,
        cost,
        votes,
        score,
        None,
        Reason.SHORT if votes else Reason.NOBODY,
        left=left if votes else None,
        together=together,
        purses=int(-(-missing // counted.each)) if counted.each else None,
        cost_enough=int(together) or None if plain else None,
    )


def _by_pace(counted: Counted, pace: Pace, won: Won | None, project: int) -> Why:
    election = counted.election
    cost, votes, score = election.costs[project], election.votes[project], election.scores[project]
    if won:
        return Why(project, cost, votes, score, won)
    reason = Reason.NOT_GATHERED if votes else Reason.NOBODY
    return Why(
        project,
        cost,
        votes,
        score,
        None,
        Reason.NOT_HELD if project == pace.stopped_by else reason,
        left=counted.left if project == pace.stopped_by else None,
        together=pace.gathered(project),
        cost_enough=pace.cost_enough(project),
        votes_enough=pace.votes_enough(project),
    )
