"""Stretches of time, and what of them is left when others are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

Stretch = tuple[datetime, datetime]


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same time as stretches in order that neither overlap nor touch, in UTC; none is empty.

    Moments must be aware.
    """
    found: list[Stretch] = []
    for begins, ends in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in stretches):
        if begins == ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((begins, ends))
    return tuple(found)


def outside(begins: datetime, ends: datetime, still: Sequence[Stretch]) -> Iterator[Stretch]:
    """The parts of ``begins`` to ``ends`` that lie in none of ``still`` (as :func:`merged`)."""
    for stops, resumes in still:
        if resumes <= begins:
            continue
        if stops >= ends:
            break
        if stops > begins:
            yield begins, stops
        begins = resumes
    if begins < ends:
        yield begins, ends


def length(stretches: Iterable[Stretch]) -> timedelta:
    """How long they are together."""
    return sum((ends - begins for begins, ends in stretches), timedelta())
