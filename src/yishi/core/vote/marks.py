"""A ballot of the projects of a round as it is kept: one mark for each, in the order of the paper.

A mark is so many digits wide as the greatest needs, so all ballots of a vote have one length, a
blank one too; what they come to is a count of equal texts. Source: docs/algorithms/votes.md,
Ballots of projects; decision 0030.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from yishi.core.method.ballot import BallotKind
from yishi.core.refusal import Refusal

SOURCE = "norms.md §3"
Marks = Mapping[str, int]
"""Option uid → its mark: 1 where it is chosen, its place in a ranking from 1, or its points. What
was not chosen is missing."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a ballot is filled in by. `most`: how many may be chosen or are ranked, or how many
    points there are to give, 0 for no bound; `options`: uids in the order of the paper; `prices`:
    what each takes of `money_fen`, for a knapsack."""

    kind: BallotKind
    most: int
    source: str
    options: tuple[str, ...]
    prices: tuple[int, ...]
    money_fen: int

    @property
    def width(self) -> int:
        """How many digits a mark has."""
        return len(str(self.most)) if self.kind in (BallotKind.RANKING, BallotKind.POINTS) else 1


def write_marks(paper: Paper, said: Iterable[tuple[str, int]]) -> str | Refusal:
    """The digits of a ballot; nothing said is a blank one, which is a vote for no project.

    Refused: `option_unknown`, `project_twice`, `mark_wrong` (a place or points below what there
    is), `chosen_many`, `over_money` (what is chosen costs more than there is), `ranked_many`,
    `rank_twice`, `rank_missing` (a place nobody has, before one that somebody has), `points_many`.
    """
    pairs = [(uid, mark) for uid, mark in said if mark != 0]
    unknown = next((uid for uid, _ in pairs if uid not in paper.options), None)
    if unknown is not None:
        numbers = tuple(range(1, len(paper.options) + 1))
        return Refusal("option_unknown", numbers, unknown, "option", SOURCE)
    marks = dict(pairs)
    if len(marks) != len(pairs):
        return Refusal("project_twice", 1, 2, "project", SOURCE)
    wrong = _wrong(paper, marks)
    return wrong or "".join(f"{marks.get(uid, 0):0{paper.width}}" for uid in paper.options)


def read_marks(paper: Paper, digits: str) -> dict[str, int]:
    """What a ballot says."""
    width = paper.width
    marks = {
        uid: int(digits[at * width : (at + 1) * width]) for at, uid in enumerate(paper.options)
    }
    return {uid: mark for uid, mark in marks.items() if mark}


def points_of(paper: Paper, digits: str) -> dict[int, int]:
    """A ballot as it is counted: place on the paper → points. Of a ranking of three the first gets
    three, as cities count; what is chosen gets one."""
    marks = read_marks(paper, digits)
    of = {uid: at for at, uid in enumerate(paper.options)}
    if paper.kind is BallotKind.RANKING:
        return {of[uid]: paper.most - place + 1 for uid, place in marks.items()}
    return {of[uid]: mark for uid, mark in marks.items()}


def is_blank(digits: str) -> bool:
    """Nothing is chosen: its voter took part and wants no project."""
    return not digits.strip("0")


def cost_of(paper: Paper, marks: Marks) -> int:
    """What the chosen projects take of the money."""
    prices = dict(zip(paper.options, paper.prices, strict=True))
    return sum(prices[uid] for uid in marks)


def order_for(vote: str, line: str, options: Sequence[str]) -> tuple[str, ...]:
    """The order in which a voter is shown the projects: their own, the same each time they look,
    and over all voters no project stands first more often than another. Worked out from the uids
    of the vote and of the line, which were drawn at random."""
    return tuple(sorted(options, key=lambda uid: sha256(f"{vote} {line} {uid}".encode()).digest()))


def _wrong(paper: Paper, marks: Marks) -> Refusal | None:
    if any(mark < 0 for mark in marks.values()):
        return Refusal("mark_wrong", 1, min(marks.values()), "mark", SOURCE)
    match paper.kind:
        case BallotKind.RANKING:
            return _wrong_ranks(paper, sorted(marks.values()))
        case BallotKind.POINTS:
            given = sum(marks.values())
            if given > paper.most:
                return Refusal("points_many", paper.most, given, "point", paper.source)
            return None
    if any(mark != 1 for mark in marks.values()):
        return Refusal("mark_wrong", 1, max(marks.values()), "mark", SOURCE)
    if paper.most and len(marks) > paper.most:
        return Refusal("chosen_many", paper.most, len(marks), "project", paper.source)
    spent = cost_of(paper, marks) if paper.kind is BallotKind.KNAPSACK else 0
    if spent > paper.money_fen:
        return Refusal("over_money", paper.money_fen, spent, "fen", SOURCE)
    return None


def _wrong_ranks(paper: Paper, places: Sequence[int]) -> Refusal | None:
    if places and (len(places) > paper.most or places[-1] > paper.most):
        most = max(len(places), places[-1])
        return Refusal("ranked_many", paper.most, most, "place", paper.source)
    for at, place in enumerate(places, 1):
        if at > 1 and place == places[at - 2]:
            return Refusal("rank_twice", 1, place, "place", SOURCE)
        if place != at:
            return Refusal("rank_missing", at, place, "place", SOURCE)
    return None
