"""What is compared, what comes out, and the numbers it is weighed by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Matter:
    """What is known of a matter when it is compared.

    `key`: the caller's number for it. `text`: the person's words; identifying words are taken out
    before they come here. `place`: nested places from the widest to the nearest, by id or name:
    (community, estate, building); one that is missing is left out, () if nothing is known.
    `spot`: where exactly, in words. `item`: the code of the responsibility list, "" if unknown.
    """

    key: int
    text: str
    at: datetime
    place: tuple[int | str, ...] = ()
    spot: str = ""
    item: str = ""


@dataclass(frozen=True)
class Likeness:
    """How likely two matters are the same, and why.

    `score`: the chance, 0 to 1, among pairs that are alike enough to be looked at.
    `words`: what both texts say, the most telling first, at most four; every one stands in both.
    `same_place`: the nearest place both lie in, as it was given; "" if none, or not known.
    `same_item`: both have the same, known item. `days`: whole days between them.
    """

    score: float
    words: tuple[str, ...] = ()
    same_place: str = ""
    same_item: bool = False
    days: int = 0


@dataclass(frozen=True)
class SimilarTerms:
    """The numbers it goes by. All `ours`: see docs/algorithms/similar.md for how they were found.

    The first seven weigh what two matters share; `yishi evaluate` fits them again and says them.
    """

    bias: float = -1.79
    subject: float = 2.24
    """By the root of the cosine of the words that say what is the matter."""
    place_words: float = 3.69
    """By the root of the cosine of the words that name a place."""
    near: float = 0.56
    apart: float = -5.6
    """By the share of the levels of place they agree in, and by the rest."""
    item: float = 1.52
    """For the same item; against, for another."""
    days: float = -0.25
    """By the logarithm of one more than the days between."""

    offer: float = 0.5
    """From this chance on a matter is offered to whoever writes another."""
    join: float = 0.6
    """From this chance on two matters come into one group."""
    middle: float = 0.5
    """Guard against chains: the nearer half of the pairs of two parts is at least this alike."""

    window: int = 7
    """Days that a burst is counted over."""
    history: int = 91
    """Days before the window that say what is usual."""
    least: int = 4
    """Fewer than this are no burst, however unusual."""
    chance: float = 0.001
    """So many in the window come about by chance less often than this."""
