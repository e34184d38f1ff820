"""A count as it is kept beside its ballots, in whole numbers and fractions as text, and read again.

Who won in which order and how, what any one voter paid, how much was in a purse: with the ballots
and the costs it is the whole count, and nobody has to count again to show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from yishi.counting.budget.counted import Counted, Rule, Way, Won
from yishi.counting.budget.election import Election
from yishi.counting.budget.explain import Why
from yishi.counting.budget.greedy import Fate, Turn


def keep(counted: Counted) -> dict[str, Any]:
    """The count as plain values: {rule, threshold, unit, lot, gifts, won: [[project, way, left,
    most, at]], left, each, steps, turns: [[project, score, left, fate]], together, votes, scores}.
    Projects are their places in the election; fractions are text, None where there is none."""
    return {
        "rule": counted.rule.value,
        "threshold": counted.threshold,
        "unit": counted.unit,
        "lot": list(counted.lot),
        "gifts": [[project, gift] for project, gift in sorted(counted.gifts.items())],
        "won": [
            [one.project, one.way.value, one.left, _text(one.most), _text(one.at)]
            for one in counted.won
        ],
        "left": counted.left,
        "each": str(counted.each),
        "steps": counted.steps,
        "turns": [[one.project, one.score, one.left, one.fate.value] for one in counted.turns],
        "together": [str(one) for one in counted.together],
        "votes": list(counted.election.votes),
        "scores": list(counted.election.scores),
    }


def read_kept(kept: Mapping[str, Any], election: Election) -> Counted:
    """The count of this election as it was kept. Raises KeyError or ValueError for what `keep` did
    not write."""
    return Counted(
        election=election,
        lot=tuple(kept["lot"]),
        rule=Rule(kept["rule"]),
        won=tuple(
            Won(project, Way(way), left, _fraction(most), _fraction(at))
            for project, way, left, most, at in _rows(kept, "won")
        ),
        left=kept["left"],
        threshold=kept["threshold"],
        unit=kept["unit"],
        gifts={row[0]: row[1] for row in _rows(kept, "gifts")},
        each=Fraction(kept["each"]),
        steps=kept["steps"],
        turns=tuple(
            Turn(project, score, left, Fate(fate))
            for project, score, left, fate in _rows(kept, "turns")
        ),
        together=tuple(map(Fraction, kept["together"])),
    )


def keep_enough(told: Sequence[Why]) -> list[list[int | None]]:
    """What would have been enough, as it was found by counting again: [project, cost, voters] of
    each loser that something was found for."""
    return [
        [one.project, one.cost_enough, one.votes_enough]
        for one in told
        if not one.won and (one.cost_enough or one.votes_enough)
    ]


def with_enough(told: Sequence[Why], kept: Sequence[Sequence[int | None]]) -> tuple[Why, ...]:
    """The same explanations with what was kept as enough."""
    found = {row[0]: row[1:] for row in kept}
    return tuple(
        replace(one, cost_enough=found[one.project][0], votes_enough=found[one.project][1])
        if one.project in found
        else one
        for one in told
    )


def _rows(kept: Mapping[str, Any], name: str) -> Sequence[Sequence[Any]]:
    rows: Sequence[Sequence[Any]] = kept[name]
    return rows


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
