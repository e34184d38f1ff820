"""Small elections for the tests: by hand, and at random from a seed."""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from tests import needs
from yishi.counting.budget.election import Ballot, Election, election_of
from yishi.counting.budget.pabulib import File
from yishi.counting.budget.pabulib_in import read
from yishi.counting.budget.ties import Rank, ties


def approvals(budget: int, costs: Iterable[int], *ballots: set[int]) -> Election:
    """An election in which every ballot is a set of projects."""
    return election_of(budget, list(costs), [dict.fromkeys(ballot, 1) for ballot in ballots])


def in_order(election: Election) -> Rank:
    """The order of ties after a lot that drew the projects as they are listed."""
    return ties(election, range(len(election.costs)))


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """Up to six projects and nine voters, with ties galore."""
    costs = draw(st.lists(st.integers(1, 12), min_size=1, max_size=6))
    ballot: st.SearchStrategy[Ballot] = st.dictionaries(
        st.integers(0, len(costs) - 1), st.just(1), max_size=len(costs)
    )
    ballots = draw(st.lists(ballot, min_size=1, max_size=9))
    return election_of(draw(st.integers(0, 40)), costs, ballots)


def with_points(election: Election) -> Election:
    """The same ballots, with points besides: the first named gets the most."""
    ballots = []
    for kind in election.kind_of.tolist():
        named = election.named_by(kind)
        ballots.append({project: len(named) - at for at, project in enumerate(named)})
    return election_of(election.budget, election.costs, ballots)


def collection() -> list[Path]:
    """The published elections kept beside the checkout."""
    return sorted(needs.shared_data("pabulib").glob("*.pb"))


def published(path: Path) -> File:
    """One of them, read."""
    return read(path.read_text(encoding="utf-8"))
