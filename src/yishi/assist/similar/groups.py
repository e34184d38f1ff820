"""Matters that are likely all the same, as groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yishi.assist.similar.index import Index, words_of
from yishi.assist.similar.matter import Matter
from yishi.assist.text import common


@dataclass(frozen=True)
class Group:
    """Two or more matters, likely the same, and why.

    `keys`: by time, the earliest first. `score`: the mean chance of all its pairs. `words`: what at
    least half of the texts say, at most four. `same_place`, `same_item`: the nearest place and the
    item all of them share, "" if none.
    """

    keys: tuple[int, ...]
    score: float
    words: tuple[str, ...]
    same_place: str
    same_item: str


def groups(index: Index) -> list[Group]:
    """Groups among what `index` holds, the largest first; each matter is in one at most.

    Joined from the likeliest pair down, from `terms.join` on. Two parts join only where the nearer
    half of the pairs between them is alike on average (`terms.middle`), so a chain of small steps
    does not tie together what has nothing in common.
    """
    part: dict[int, list[int]] = {}
    for pair in sorted(index.pairs(), key=lambda pair: (-pair.score, pair.one, pair.other)):
        one = part.setdefault(pair.one, [pair.one])
        other = part.setdefault(pair.other, [pair.other])
        if one is not other and _tied(index, one, other):
            one.extend(other)
            part.update(dict.fromkeys(other, one))
    held = {matter.key: matter for matter in index.held()}
    parts = {id(keys): keys for keys in part.values() if len(keys) > 1}
    found = [_group([held[key] for key in keys], index) for keys in parts.values()]
    return sorted(found, key=lambda group: (-len(group.keys), group.keys))


def _tied(index: Index, one: list[int], other: list[int]) -> bool:
    """Whether the nearer half of the pairs between two parts is alike on average."""
    chances = np.sort(index.among(one, other), axis=None)
    return bool(chances[len(chances) // 2 :].mean() >= index.terms.middle)


def _group(members: list[Matter], index: Index) -> Group:
    members.sort(key=lambda matter: (matter.at, matter.key))
    keys = tuple(matter.key for matter in members)
    table = index.among(keys, keys)
    size = len(keys)
    score = (table.sum() - table.trace()) / (size * (size - 1))
    items = {matter.item for matter in members}
    return Group(
        keys,
        float(score),
        common([words_of(matter) for matter in members]),
        nearest_place(members),
        items.pop() if len(items) == 1 else "",
    )


def nearest_place(members: list[Matter]) -> str:
    """The nearest place that all of them lie in, "" if none."""
    nearest = ""
    for level in zip(*(matter.place for matter in members), strict=False):
        if len(set(level)) > 1:
            break
        nearest = str(level[0])
    return nearest
