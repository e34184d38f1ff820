"""What the vote of a round came to, in words: who is chosen, by which rule, and the lot."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.counting.budget.counted import Rule, Way
from yishi.phrases.budget import say_rule, say_way
from yishi.phrases.money import say_yuan
from yishi.records.models import Vote


def say_lot(vote: Vote) -> str:
    """The lot as it was drawn, by the numbers of the projects; "" before the vote opens."""
    numbers = {one[0]: one[1] for one in vote.options}
    drawn = vote.rule.get("projects", {}).get("lot", [])
    return _(", ").join(str(numbers[uid]) for uid in drawn)


def say_winners(vote: Vote) -> list[dict[str, Any]]:
    """The projects that won, in their order: {no, title, cost, votes, way}; none where it was no
    vote on projects, or came to nothing."""
    kept = vote.result.get("projects")
    if not kept:
        return []
    costs = vote.rule["projects"]["costs"]
    return [
        {
            "no": vote.options[project][1],
            "title": vote.options[project][2],
            "cost": say_yuan(costs[project]),
            "votes": _votes(kept["votes"][project], kept["scores"][project]),
            "way": say_way(Way(way)),
        }
        for project, way, *_rest in kept["won"]
    ]


def say_count(vote: Vote) -> list[dict[str, str]]:
    """The rule of the count, the money, what is left and the lot: {label, value}."""
    kept = vote.result.get("projects")
    if not kept:
        return []
    return [
        {"label": _("Counted by"), "value": say_rule(Rule(kept["rule"]))},
        {"label": _("To spend"), "value": say_yuan(kept["money"])},
        {"label": _("Left over"), "value": say_yuan(kept["left"])},
        {"label": _("The lot, drawn before the vote"), "value": say_lot(vote)},
    ]


def _votes(votes: int, score: int) -> str:
    if votes != score:
        return _("%(score)s points from %(votes)s voters") % {"score": score, "votes": votes}
    return _("one vote") if votes == 1 else _("%(votes)s votes") % {"votes": votes}
