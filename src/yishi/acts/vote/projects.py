"""A vote on the projects of a round: the lot as it opens, the count as it closes, and what becomes
of each project."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yishi.acts.door import Ask, Stale
from yishi.acts.project.giving_back import decline
from yishi.acts.round.telling import to_authors
from yishi.core.method.ballot import CountRule
from yishi.core.method.round import Round
from yishi.core.outcome import Notice
from yishi.core.project.choosing import by_vote
from yishi.core.project.now import COURSE, PledgeState, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.vote.marks import Paper, is_blank, points_of
from yishi.counting.budget.again import explained
from yishi.counting.budget.counted import Counted, Rule, count
from yishi.counting.budget.effort import ends_within
from yishi.counting.budget.election import Ballot, Election, election_of
from yishi.counting.budget.kept import keep, keep_enough
from yishi.records.models import Pledge, Project, Topic, Vote
from yishi.records.models.base import Kept
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote_round import (
    OnPaper,
    agreed_projects,
    counting_of,
    money_for,
    paper_of,
    standing_options,
)

# One step of completion: a yuan more in every purse, as cities count; ten, a hundred or a thousand
# where a yuan would take more steps than these. The step is published with the count.
UNITS_FEN = (100, 1_000, 10_000, 100_000)
STEPS_MOST = 2_000
# Counts again, for what would have been enough: about a second of one processor (measured).
WORK_MOST = 60_000_000


@dataclass(frozen=True)
class Opening:
    """What a vote on projects opens with; `lot`: places on the paper, in the order drawn."""

    projects: tuple[OnPaper, ...]
    money_fen: int
    lot: tuple[int, ...]

    def kept(self) -> dict[str, Any]:
        """As it is kept with the vote: {money_fen, costs, gifts, lot: uids}."""
        return {
            "money_fen": self.money_fen,
            "costs": [one.cost_fen for one in self.projects],
            "gifts": [min(one.given_fen, one.cost_fen) for one in self.projects],
            "lot": [self.projects[at].option for at in self.lot],
        }


def draw(ask: Ask, held: LockedTopic, paper: Iterable[str]) -> Opening:
    """The projects on the paper, the money there is, and the lot, drawn now."""
    may = frozenset(paper)
    projects = tuple(one for one in agreed_projects(held.topic) if one.option in may)
    lot = list(range(len(projects)))
    for at in range(len(lot) - 1, 0, -1):
        other = ask.entropy.below(at + 1)
        lot[at], lot[other] = lot[other], lot[at]
    return Opening(projects, money_for(held.topic), tuple(lot))


def over_cap(topic: Topic, terms: Round, projects: Iterable[OnPaper]) -> tuple[str, ...]:
    """Titles of those projects that would have more of the fund than the cap of their kind:
    nobody could confirm it, had they won. One statement."""
    asked = {one.option: one.cost_fen - one.given_fen for one in projects}
    rows = Project.objects.filter(topic=topic, option__uid__in=asked).order_by("option__no")
    told = rows.values_list("option__uid", "option__title", "kind")
    kinds = [(asked[uid], title, terms.kind(kind)) for uid, title, kind in told]
    return tuple(title for fen, title, kind in kinds if kind and fen > kind.cap_fen)


def election_in(vote: Vote, letters: Mapping[str, int], out: Iterable[str] = ()) -> Election:
    """The ballots of a vote as an election. Blank ones took part and want nothing: they are in the
    quorum and have no share. `out`: options nobody can choose any more."""
    paper = paper_of(vote)
    assert paper is not None
    gone = {paper.options.index(uid) for uid in out}
    ballots = list(_ballots(paper, letters, gone))
    costs = vote.rule["projects"]["costs"]
    if not _by_shares(vote):
        # Where nobody has a share, a project takes of the money what others do not give.
        costs = [max(price, 1) for price in paper.prices]
    return election_of(paper.money_fen, costs, ballots)


def count_projects(vote: Vote, letters: Counter[str]) -> tuple[Counted, tuple[str, ...]]:
    """The count by the rule of the vote, and uids that could not be chosen any more, because they
    were stopped or are costed anew since the vote opened. One statement."""
    standing = standing_options(vote)
    uids = [one[0] for one in vote.options]
    out = tuple(uid for uid in uids if uid not in standing)
    election = election_in(vote, letters, out)
    counting = counting_of(vote.rule)
    assert counting is not None
    rule = Rule(f"{counting.rule}/{counting.version}")
    lot = [uids.index(uid) for uid in vote.rule["projects"]["lot"]]
    gifts = {at: gift for at, gift in enumerate(vote.rule["projects"]["gifts"]) if gift}
    least = counting.least.number if counting.least else 0
    unit = _unit(election, lot, rule)
    given = gifts if _by_shares(vote) else None
    counted = count(election, lot, rule, threshold=least, unit=unit, gifts=given)
    return counted, out


def result_kept(vote: Vote, counted: Counted, out: tuple[str, ...]) -> dict[str, Any]:
    """What is kept of a count with the result of its vote: as `counting.budget.kept`, and {money,
    voters, out: uids that were left out, enough, winners: uids in the order they won}."""
    uids = [one[0] for one in vote.options]
    return {
        **keep(counted),
        "money": counted.election.budget,
        "voters": counted.election.voters,
        "out": list(out),
        "enough": keep_enough(explained(counted, WORK_MOST)),
    } | {"winners": [uids[project] for project in counted.winners]}


def settle(topic: Topic, paper: Iterable[str], won: Iterable[str], ask: Ask) -> list[Kept]:
    """Each project on the paper is chosen or not, its version claimed; of one that is not, what
    funders had set aside goes back to them. The rows that changed. Raises Stale where one has moved
    on meanwhile."""
    uids, winners = list(paper), frozenset(won)
    rows = Project.objects.filter(topic=topic, option__uid__in=uids).select_related("option")
    changed: list[Kept] = []
    for row in rows.order_by("pk"):
        before = ProjectState(row.state)
        after = by_vote(before, won=row.option.uid in winners)
        if after is before:
            continue
        if after not in COURSE[before]:
            raise ValueError(f"no way from {before} to {after}")
        row.state, row.version = after, row.version + 1
        row.ended_at = ask.now if after is ProjectState.NOT_CHOSEN else None
        claimed = Project.objects.filter(pk=row.pk, version=row.version - 1)
        values = {"state": row.state, "ended_at": row.ended_at, "version": row.version}
        if not claimed.update(**values):
            raise Stale
        changed.append(row)
        if after is ProjectState.NOT_CHOSEN:
            changed += _given_back(ask, row)
    return changed


def tell_authors(rows: Iterable[Kept]) -> list[Notice]:
    """What those who wished for the projects among the rows of `settle` are told."""
    projects = [row for row in rows if isinstance(row, Project)]
    return [one for row in projects for one in to_authors(row, ProjectState.AGREED)]


def _given_back(ask: Ask, project: Project) -> list[Kept]:
    rows: list[Kept] = []
    confirmed = Pledge.objects.filter(project=project, state=PledgeState.CONFIRMED)
    for pledge in confirmed.order_by("id"):
        back = decline(ask, project, pledge)
        if isinstance(back, Refusal):
            raise Stale
        rows += back
    return rows


def _by_shares(vote: Vote) -> bool:
    counting = counting_of(vote.rule)
    return counting is not None and counting.rule is CountRule.EQUAL_SHARES


def _ballots(paper: Paper, letters: Mapping[str, int], gone: set[int]) -> Iterable[Ballot]:
    for digits, number in sorted(letters.items()):
        if is_blank(digits):
            continue
        points = points_of(paper, digits)
        kept = {project: given for project, given in points.items() if project not in gone}
        for _ in range(number if kept else 0):
            yield kept


def _unit(election: Election, lot: list[int], rule: Rule) -> int:
    """The first step with which completion surely ends in time."""
    for unit in UNITS_FEN[:-1]:
        if ends_within(election, lot, rule, STEPS_MOST, unit):
            return unit
    return UNITS_FEN[-1]
