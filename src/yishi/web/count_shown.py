"""What is shown of counts: who wins by each rule, round by round, why, and for one's receipt.

The parts in `templates/yishi/count` take these values, whether they come from a file or from a
round that is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yishi.counting.budget.beside import beside
from yishi.counting.budget.counted import Counted, Way, Won
from yishi.counting.budget.explain import Why
from yishi.phrases.budget import Money, say_rule, say_rule_how, say_rule_short, say_way
from yishi.phrases.budget_why import say_held, say_votes, say_why
from yishi.phrases.figures import say_share


@dataclass(frozen=True)
class Named:
    """What a project is called: its number or id, and its title."""

    number: str
    title: str


def election_shown(
    counts: Sequence[Counted],
    told: Sequence[Sequence[Why]],
    named: Sequence[Named],
    money: Money,
) -> dict[str, Any]:
    """One count, or two side by side, for `count/*.html`. `told`: the explanations of each."""
    election = counts[0].election
    shown = [count_shown(one, why, named, money) for one, why in zip(counts, told, strict=True)]
    return {
        "facts": [
            {"label": _("To spend"), "value": money.say(election.budget)},
            {"label": _("Projects to choose from"), "value": f"{len(election.costs):,}"},
            {"label": _("Voters"), "value": f"{election.voters:,}"},
        ],
        "counts": shown,
        "side": _side(counts, told, named, money),
        "differs": _differs(counts, named) if len(counts) > 1 else None,
        "receipts": [one["receipt"] for one in shown if one["receipt"]],
        "ballot": [
            {"project": at, "number": one.number, "title": one.title}
            for at, one in enumerate(named)
        ],
    }


def count_shown(
    counted: Counted, told: Sequence[Why], named: Sequence[Named], money: Money
) -> dict[str, Any]:
    """One count: its figures, its rounds as a drawing and a table, and what a receipt needs."""
    return {
        "id": counted.rule.value.replace("/", "-"),
        "rule": say_rule(counted.rule),
        "short": say_rule_short(counted.rule),
        "how": say_rule_how(counted.rule),
        "figures": _figures(counted, money),
        "rounds": _rounds(counted, named, money),
        "held": say_held(counted, told),
        "receipt": _receipt(counted, money),
    }


def _figures(counted: Counted, money: Money) -> list[dict[str, Any]]:
    voters, reached = counted.election.voters, counted.reached
    return [
        {
            "label": _("Projects chosen"),
            "value": len(counted.won),
            "denominator": _("of %(whole)s") % {"whole": len(counted.election.costs)},
        },
        {
            "label": _("Voters with at least one project they chose"),
            "value": say_share(Fraction(reached, voters)) if voters else "—",
            "denominator": _("%(count)s of %(whole)s")
            % {"count": f"{reached:,}", "whole": f"{voters:,}"},
        },
        {
            "label": _("Spent"),
            "value": money.say(counted.spent),
            "denominator": _("%(left)s is left") % {"left": money.say(counted.left)},
        },
    ]


def _rounds(counted: Counted, named: Sequence[Named], money: Money) -> dict[str, Any]:
    """What each winner takes of the budget, one after the other, and what is left in the end."""
    budget = max(counted.election.budget, 1)
    after = [*(one.left for one in counted.won[1:]), counted.left]
    rows = [
        {
            "round": at,
            "project": one.project,
            "number": named[one.project].number,
            "title": named[one.project].title,
            "cost": money.say(one.left - left),
            "start": 100 * (counted.election.budget - one.left) / budget,
            "share": 100 * (one.left - left) / budget,
            "way": "" if one.way in (Way.SHARES, Way.VOTES, Way.PACE) else say_way(one.way),
            "left": money.say(left),
            "paid": _paid(one, money),
            **_exact(counted, one),
        }
        for at, (one, left) in enumerate(zip(counted.won, after, strict=True), 1)
    ]
    left = {
        "label": _("Left over"),
        "cost": money.say(counted.left),
        "start": 100 * counted.spent / budget,
        "share": 100 * counted.left / budget,
    }
    heads = {
        True: _("The most that one supporter paid"),
        False: _("Given to each by then") if _has_pace(counted) else "",
    }
    return {"rows": rows, "left": left, "head": heads[counted.rule.by_shares]}


def _has_pace(counted: Counted) -> bool:
    return any(one.way is Way.PACE for one in counted.won)


def _paid(one: Won, money: Money) -> str:
    amount = one.most if one.most is not None else one.at
    return "" if amount is None else money.say(amount)


def _exact(counted: Counted, one: Won) -> dict[str, str]:
    """What the receipt reads of a row: fractions in the smallest unit of money."""
    if one.most is None:
        return {}
    gift = counted.gifts.get(one.project, 0)
    given = Fraction(gift, counted.election.costs[one.project])
    second = "second" if one.way is Way.GIFTS else ""
    return {"most": str(one.most), "gift": str(given) if not second else "0", "second": second}


def _receipt(counted: Counted, money: Money) -> dict[str, Any] | None:
    """What the receipt begins with; None where nothing is shared out."""
    if not counted.rule.by_shares or not counted.election.voters:
        return None
    return {
        "id": counted.rule.value.replace("/", "-"),
        "rule": say_rule(counted.rule),
        "each": money.say(counted.each),
        "exact": str(counted.each),
        "unit": money.unit,
        "words": money.words(),
    }


def _side(
    counts: Sequence[Counted],
    told: Sequence[Sequence[Why]],
    named: Sequence[Named],
    money: Money,
) -> dict[str, Any]:
    """Every project with its fate by each rule: winners of the first, then of the second alone,
    then the others by their points."""
    election = counts[0].election
    places = [{p: at for at, p in enumerate(one.winners)} for one in counts]

    def place(project: int) -> tuple[int, ...]:
        last = len(election.costs)
        return (
            *(by.get(project, last) for by in places),
            -election.scores[project],
            project,
        )

    return {
        "heads": [say_rule_short(one.rule) for one in counts],
        "rows": [
            {
                "project": project,
                "number": named[project].number,
                "title": named[project].title,
                "cost": money.say(election.costs[project]),
                "votes": say_votes(told[0][project]),
                "fates": [
                    _fate(one, why[project], money) for one, why in zip(counts, told, strict=True)
                ],
            }
            for project in sorted(range(len(election.costs)), key=place)
        ],
    }


def _fate(counted: Counted, why: Why, money: Money) -> dict[str, Any]:
    """Won or not by one rule, and why."""
    return {
        "head": say_rule_short(counted.rule),
        "rule": say_rule(counted.rule),
        "won": why.won is not None,
        "word": _("chosen") if why.won else _("not chosen"),
        "says": say_why(why, counted, money),
    }


def _differs(counts: Sequence[Counted], named: Sequence[Named]) -> list[dict[str, Any]]:
    """Who wins by both rules, and who by one alone."""
    told = beside(counts[0], counts[1])
    heads = [say_rule_short(one.rule) for one in counts[:2]]
    parts = (
        (_("By both"), told.both),
        (_("By “%(rule)s” alone") % {"rule": heads[0]}, told.here),
        (_("By “%(rule)s” alone") % {"rule": heads[1]}, told.there),
    )
    return [
        {"label": label, "count": len(part), "named": [named[project] for project in part]}
        for label, part in parts
    ]
