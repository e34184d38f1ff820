"""Matters that are likely all the same, as groups."""

from __future__ import annotations

from dataclasses import dataclass

from yishi.assist.similar.index import Index
from yishi.assist.similar.matter import SimilarTerms


@dataclass(frozen=True)
class Group:
    """Two or more matters, likely the same, and why.

    `keys`: by time, the earliest first. `words`: what most of their texts say, at most four.
    `same_place`, `same_item`: the nearest place and the item all of them share, "" if none.
    `score`: the mean chance of the links that hold it together.
    """

    keys: tuple[int, ...]
    score: float
    words: tuple[str, ...]
    same_place: str
    same_item: str


def groups(index: Index, terms: SimilarTerms | None = None) -> list[Group]:
    """Groups among what `index` holds, the largest first; each matter is in one at most.

    Joined from the likeliest pair down; two parts join only where their members are alike on
    average (`terms.middle`), so a chain of small steps does not tie what has nothing in common.
    """
    raise NotImplementedError
