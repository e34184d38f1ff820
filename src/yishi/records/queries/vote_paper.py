"""The paper of a vote: what two people entered, and what came of it.

In a secret vote each entry lies sealed under the vote's key: with few papers a serial would point
at whoever handed theirs in. Serial 0 is the show of hands.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from yishi.core.method.language import Choose
from yishi.core.vote.paper import HANDS_SERIAL, hands_in
from yishi.records.models import PaperBallot, Vote
from yishi.records.queries.vote import in_it
from yishi.records.vote_key import VoteKey


@dataclass
class Papers:
    """Agreed papers as letters, with their area where they are by name; serials that wait for a
    second entry, and whose two entries differ; the show of hands and of how many, where one was
    counted."""

    letters: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    once: tuple[int, ...] = ()
    differ: tuple[int, ...] = ()
    hands: dict[str, tuple[int, int, int]] | None = None
    hands_number: int | None = None
    rows: list[tuple[PaperBallot, str]] = field(default_factory=list)
    ways: dict[int, str] = field(default_factory=dict)

    def ballots(self) -> list[tuple[int | None, str, str, str]]:
        """(line, its name, letters, way) of each agreed paper, for a vote by name."""
        return [
            (
                row.voter_id,
                row.voter.uid if row.voter else f"paper {row.serial}",
                letters,
                self.ways.get(row.voter_id or 0, "paper"),
            )
            for row, letters in self.rows
        ]


def papers_of(vote: Vote, key: VoteKey | None) -> Papers:
    """Every paper of a vote. Two statements. Raises VoteKeyLost."""
    found = Papers()
    once, differ = [], []
    rows = PaperBallot.objects.filter(vote=vote).select_related("voter").order_by("serial")
    for row in rows:
        if row.is_agreed is None:
            once.append(row.serial)
        elif not row.is_agreed:
            differ.append(row.serial)
        elif row.serial == HANDS_SERIAL:
            hands = opened(row.first, row, key)["hands"]
            found.hands = {uid: (n[0], n[1], n[2]) for uid, n in hands.items()}
            found.hands_number = hands_in(Choose(vote.choose), found.hands.values())
        else:
            letters = str(opened(row.first, row, key)["letters"])
            found.letters[letters] += 1
            found.rows.append((row, letters))
            if row.voter is not None:
                found.areas[letters] += row.voter.area_cm2
    found.once, found.differ = tuple(once), tuple(differ)
    lines = [row.voter_id for row, _ in found.rows if row.voter_id is not None]
    if lines:
        parts = in_it(vote).filter(way__in=("paper", "door"))
        found.ways = dict(parts.values_list("voter_id", "way"))
    return found


def closed(what: dict[str, Any], row: PaperBallot, key: VoteKey | None) -> dict[str, Any]:
    """What one person entered, as it is kept."""
    if key is None:
        return what
    return {"sealed": key.close(json.dumps(what, sort_keys=True), row.uid)}


def opened(kept: Any, row: PaperBallot, key: VoteKey | None) -> dict[str, Any]:
    """The same again. Raises VoteKeyLost."""
    if key is None:
        return dict(kept)
    return dict(json.loads(key.open(kept["sealed"], row.uid)))
