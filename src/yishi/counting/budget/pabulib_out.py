"""An election counted here as a `.pb` file, so that others can count it again.

Source: pabulib.org/format. What is written is read as the same election.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yishi.counting.budget.counted import Counted
from yishi.counting.budget.election import Ballot, Election
from yishi.counting.budget.pabulib import GIFT, LOT, STEP, WITH_POINTS, File, Rows, Vote
from yishi.counting.budget.stated import with_winners


@dataclass(frozen=True)
class Listed:
    """A project as the file names it: an id without commas or spaces at its ends, and a name."""

    id: str
    name: str


def file_of(
    counted: Counted,
    vote: Vote,
    projects: Sequence[Listed],
    *,
    about: Mapping[str, str],
    longest: int = 0,
    unit: int = 100,
) -> File:
    """The file of a count: the election, its rule, its lot and its winners, and where there are
    any the gifts and a step of completion that is not 1 of the file's money.

    Ballots stand in the order they were given, numbered from 1: whoever writes a secret vote gives
    them shuffled. `about`: what else the head says, such as `description` or `currency`. `longest`:
    how many places a ranking has; its first place is as many points. `unit`: how many of the
    election's units of money make 1. Raises ValueError for projects that are not the election's,
    and for an id that the format cannot hold.
    """
    election = counted.election
    if len(projects) != len(election.costs) or len({one.id for one in projects}) != len(projects):
        raise ValueError("the projects are not those of the election, each with an id of its own")
    if bad := [
        one.id for one in projects if not one.id or one.id != one.id.strip() or "," in one.id
    ]:
        raise ValueError(f"an id that the format cannot hold: {bad[0]!r}")
    ballots = tuple(_ballots(election))
    by_steps = counted.rule.by_shares
    most = longest or max((len(ballot) for ballot in ballots), default=0)
    meta = {
        **{key: _line(value) for key, value in about.items()},
        "num_projects": str(len(projects)),
        "num_votes": str(election.voters),
        "budget": amount(election.budget, unit),
        "vote_type": vote.value,
        "rule": counted.rule.value,
        LOT: ",".join(projects[at].id for at in counted.lot),
        **({STEP: amount(counted.unit, unit)} if by_steps and counted.unit != unit else {}),
        **({"max_length": str(most)} if vote is Vote.ORDINAL else {}),
        **({"min_project_score_threshold": str(counted.threshold)} if counted.threshold else {}),
    }
    gifts = counted.gifts
    rows: Rows = tuple(
        {
            "project_id": one.id,
            "cost": amount(election.costs[at], unit),
            **({GIFT: amount(gifts.get(at, 0), unit)} if gifts else {}),
            "votes": str(election.votes[at]),
            "score": str(election.scores[at]),
            "name": _line(one.name),
        }
        for at, one in enumerate(projects)
    )
    votes = tuple(_row(at, ballot, vote, projects) for at, ballot in enumerate(ballots, 1))
    return with_winners(File(meta, rows, votes, ballots, unit), counted.rule, counted.winners)


def amount(units: int, unit: int) -> str:
    """An amount as the format writes it: 600, 400.5."""
    return f"{(Decimal(units) / unit).normalize():f}"


def _line(text: str) -> str:
    """A text as one line: a bare return in a cell ends the row for whoever reads it."""
    return " ".join(text.split())


def _ballots(election: Election) -> list[Ballot]:
    kinds: dict[int, Ballot] = {}
    for kind in range(len(election.cast)):
        points = election.points[election.starts[kind] : election.starts[kind + 1]].tolist()
        kinds[kind] = dict(zip(election.named_by(kind), points, strict=True))
    return [kinds[kind] for kind in election.kind_of.tolist()]


def _row(number: int, ballot: Ballot, vote: Vote, projects: Sequence[Listed]) -> dict[str, str]:
    """One ballot, the most points first, so that a ranking stands in its order."""
    chosen = sorted(ballot, key=lambda project: (-ballot[project], project))
    row = {"voter_id": str(number), "vote": ",".join(projects[p].id for p in chosen)}
    if vote in WITH_POINTS:
        row["points"] = ",".join(str(ballot[project]) for project in chosen)
    return row
