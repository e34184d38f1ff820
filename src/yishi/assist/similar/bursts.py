"""Many of one kind in one place within days, against what is usual there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yishi.assist.similar.matter import Matter, SimilarTerms


@dataclass(frozen=True)
class Burst:
    """`count` matters within `days`, where `usual` is usual.

    `keys`: those in the window, the earliest first; `earlier`: the same kind before it.
    `usual`: how many such days bring there by `terms.history`. `chance`: of that many or more,
    were nothing the matter. `words`: what they say; `place`, `item`: what they share, "" if not.
    """

    keys: tuple[int, ...]
    earlier: tuple[int, ...]
    count: int
    days: int
    usual: float
    chance: float
    words: tuple[str, ...]
    place: str
    item: str


def bursts(
    matters: Sequence[Matter], now: datetime, terms: SimilarTerms | None = None
) -> list[Burst]:
    """What piles up in the days before `now`, the least usual first.

    `matters`: of the window and of the history before it; later ones are left out.
    Nobody names a place or a kind: they come from the matters' places, items and words.
    """
    raise NotImplementedError
