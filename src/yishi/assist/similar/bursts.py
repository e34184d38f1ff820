"""Many of one kind in one place within days, against what is usual there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scipy.special import betainc

from yishi.assist.similar.groups import groups, nearest_place
from yishi.assist.similar.index import Index, words_of
from yishi.assist.similar.matter import Matter, SimilarTerms
from yishi.assist.similar.words import Weights
from yishi.assist.text import common


@dataclass(frozen=True)
class Burst:
    """`count` matters within `days`, where `usual` is usual.

    `keys`: those in the window, the earliest first; `earlier`: the same kind before it.
    `usual`: how many such days bring there by the history. `chance`: of that many or more, were
    nothing the matter. `words`: what at least half of them say; `place`, `item`: what all of them
    share, "" if not.
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
    matters: Sequence[Matter],
    now: datetime,
    terms: SimilarTerms | None = None,
    weights: Weights | None = None,
) -> list[Burst]:
    """What piles up in the `terms.window` days before `now`, the least usual first.

    `matters`: of the window and of the history before it; others are left out. A kind is either
    one item in one place, at each level of place, or a group of likely-same matters: nobody names
    it. Of kinds that are mostly the same matters the least usual stands.
    """
    terms = terms or SimilarTerms()
    begins = now - timedelta(days=terms.window)
    since = begins - timedelta(days=terms.history)
    kept = sorted(
        (matter for matter in matters if since < matter.at <= now),
        key=lambda matter: (matter.at, matter.key),
    )
    if not kept:
        return []
    known = max((begins - kept[0].at) / timedelta(days=1), float(terms.window))
    found = []
    for kind in _kinds(kept, terms, weights):
        fresh = [matter for matter in kind if matter.at > begins]
        if len(fresh) >= terms.least:
            burst = _measured(fresh, kind[: len(kind) - len(fresh)], known, terms)
            if burst.chance <= terms.chance:
                found.append(burst)
    return _apart(found)


def rate_chance(count: int, earlier: int, days: float, known: float) -> float:
    """The chance of `count` or more in `days`, when `earlier` came in the `known` days before.

    Poisson, with the rate not known but learned (Gamma, half an event of doubt): so none in few
    days of history is no proof that none is usual.
    """
    return float(betainc(count, earlier + 0.5, days / (days + known)))


def _kinds(
    kept: list[Matter], terms: SimilarTerms, weights: Weights | None
) -> Iterator[list[Matter]]:
    """Matters of one kind, by time."""
    held: dict[tuple[object, ...], list[Matter]] = {}
    for matter in kept:
        for level in range(len(matter.place) if matter.item else 0):
            held.setdefault((matter.item, *matter.place[: level + 1]), []).append(matter)
    yield from held.values()
    by_key = {matter.key: matter for matter in kept}
    for group in groups(Index(kept, terms, weights)):
        yield [by_key[key] for key in group.keys]


def _measured(
    fresh: list[Matter], before: list[Matter], known: float, terms: SimilarTerms
) -> Burst:
    items = {matter.item for matter in fresh}
    return Burst(
        tuple(matter.key for matter in fresh),
        tuple(matter.key for matter in before),
        len(fresh),
        terms.window,
        len(before) * terms.window / known,
        rate_chance(len(fresh), len(before), terms.window, known),
        common([words_of(matter) for matter in fresh]),
        nearest_place(fresh),
        items.pop() if len(items) == 1 else "",
    )


def _apart(found: list[Burst]) -> list[Burst]:
    """The least usual first, without those that are mostly matters of an earlier one."""
    kept: list[Burst] = []
    taken: set[int] = set()
    for burst in sorted(found, key=lambda burst: (burst.chance, burst.keys)):
        if 2 * len(taken.intersection(burst.keys)) <= burst.count:
            kept.append(burst)
            taken.update(burst.keys)
    return kept
