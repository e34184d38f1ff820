"""A vote on the projects of a round: the paper, the money, and what the count came to.

What stands on the paper is kept with the vote as it opens: what each project costs, what others
give to it, the money there is and the lot. So the count is the same whenever it is done again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from yishi.core.ledger import AccountKind
from yishi.core.method.ballot import BallotKind, Counting, CountRule
from yishi.core.method.measure import Count as Number
from yishi.core.method.round import Payer
from yishi.core.project.now import PledgeState, ProjectState
from yishi.core.vote.marks import Paper
from yishi.records.models import Account, Ballot, Pledge, Project, Topic, Vote
from yishi.records.queries.money import held_by

CONFIRMED = Q(pledges__state=PledgeState.CONFIRMED)
OF_FUND = Q(pledges__payer=Payer.FUND)


@dataclass(frozen=True)
class OnPaper:
    """A project that is voted on: its option, what it costs, what others than the fund give."""

    option: str
    cost_fen: int
    given_fen: int


def agreed_projects(topic: Topic) -> list[OnPaper]:
    """The projects that were agreed on, in the order of their options. One statement."""
    rows = Project.objects.filter(topic=topic, state=ProjectState.AGREED)
    found = rows.annotate(given=Sum("pledges__amount_fen", filter=CONFIRMED & ~OF_FUND))
    told = found.order_by("option__no").values_list("option__uid", "cost_fen", "given")
    return [OnPaper(uid, cost or 0, given or 0) for uid, cost, given in told]


def money_for(topic: Topic) -> int:
    """What the funds of the round have for those that are voted on: what they hold by the ledger
    and have set aside for those on the paper, less what projects chosen before still lack. Five
    statements."""
    funds = Account.objects.filter(
        topic=topic, kind=AccountKind.FUND, fund__payer=Payer.FUND, fund__swept_at=None
    )
    free = sum(held_by(funds).values())
    aside = Pledge.objects.filter(
        project__topic=topic,
        project__state=ProjectState.AGREED,
        state=PledgeState.CONFIRMED,
        payer=Payer.FUND,
    ).aggregate(n=Sum("amount_fen"))["n"]
    chosen = Project.objects.filter(topic=topic, state=ProjectState.CHOSEN)
    rows = chosen.annotate(given=Sum("pledges__amount_fen", filter=CONFIRMED))
    lacking = sum(
        max(0, (cost or 0) - (given or 0)) for cost, given in rows.values_list("cost_fen", "given")
    )
    return max(0, free + (aside or 0) - lacking)


def chosen_before(topic: Topic) -> int:
    """How many projects of the round are chosen already. One statement."""
    return Project.objects.filter(topic=topic, state=ProjectState.CHOSEN).count()


def paper_of(vote: Vote) -> Paper | None:
    """What a ballot of this vote is filled in by; None where it is no vote on projects. Before it
    opens nothing costs anything."""
    rule = vote.rule
    if not rule.get("ballot"):
        return None
    most, kept = rule["most"], rule.get("projects", {})
    costs, gifts = kept.get("costs", []), kept.get("gifts", [])
    return Paper(
        kind=BallotKind(rule["ballot"]),
        most=most["number"] if most else 0,
        source=most["source"] if most else "",
        options=tuple(one[0] for one in vote.options),
        prices=tuple(cost - gift for cost, gift in zip(costs, gifts, strict=True)),
        money_fen=kept.get("money_fen", 0),
    )


def counting_of(rule: Mapping[str, Any]) -> Counting | None:
    """By which rule and version it is counted, as the method had it when the roll was made."""
    kept = rule.get("counting")
    if not kept:
        return None
    least = kept["least"]
    return Counting(
        CountRule(kept["rule"]),
        kept["version"],
        kept["source"],
        Number(least["number"], least["source"]) if least else None,
    )


def counting_kept(counting: Counting | None) -> dict[str, Any] | None:
    """The same as it is kept."""
    if counting is None:
        return None
    least = counting.least
    return {
        "rule": counting.rule.value,
        "version": counting.version,
        "source": counting.source,
        "least": {"number": least.number, "source": least.source} if least else None,
    }


def standing_options(vote: Vote) -> frozenset[str]:
    """Those on the paper whose project is still agreed on: none that was stopped meanwhile. One
    statement."""
    uids = [one[0] for one in vote.options]
    rows = Project.objects.filter(option__uid__in=uids, state=ProjectState.AGREED)
    return frozenset(rows.values_list("option__uid", flat=True))


def marks_counted(vote: Vote) -> Counter[str]:
    """Each way a ballot of a vote that is over was filled in, and how often. One statement."""
    rows = Ballot.objects.filter(vote=vote).order_by("chosen").values_list("chosen")
    return Counter(dict(rows.annotate(n=Count("pk"))))
