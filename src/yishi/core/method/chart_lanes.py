"""Where the arrows of a drawing run: a lane for each, and a point of its own at each box.

A gutter is what lies left of the main line, between the columns, or right of the second. Its
lanes are counted from the main line outward; the shorter an arrow the nearer. Two arrows share a
lane only if no row has both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from yishi.core.method.chart_place import Place
from yishi.core.method.language import Edge

GAP = 36  # between two rows: an arrow with its words
STEP = 12  # between two arrows at the side of a box
WORDS = 2 * STEP  # above an arrow that carries words
EDGE = 8  # between the last arrow and the corner


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow before it is drawn: from where to where, why, and in which lane of its gutter."""

    source: str
    target: str
    edges: tuple[Edge, ...]
    start: Place
    end: Place
    lane: int = -1
    is_straight: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return (self.source, self.target)

    @property
    def is_down(self) -> bool:
        """Whether it leads to the box right below."""
        return self.start.column == self.end.column and self.end.row == self.start.row + 1

    @property
    def gutter(self) -> str:
        """left, middle or right; empty where it needs no lane."""
        if self.is_down or self.is_straight:
            return ""
        if self.start.column != self.end.column:
            return "middle"
        if self.start.column:
            return "right"
        return "left" if self.end.row <= self.start.row else "middle"

    @property
    def leaves(self) -> str:
        """The side of the column it leaves by: left0, right0, left1, right1, down0, down1."""
        return f"down{self.start.column}" if self.is_down else self._side(self.start.column)

    @property
    def enters(self) -> str:
        """The side of the column it comes in by."""
        return self._side(self.end.column)

    @property
    def rows(self) -> tuple[int, int]:
        """The first and last row it runs through."""
        low, high = sorted((self.start.row, self.end.row))
        return low, high

    def _side(self, column: int) -> str:
        if column == 0:
            return "left0" if self.gutter == "left" else "right0"
        return "right1" if self.gutter == "right" else "left1"


def assign_lanes(ways: Iterable[Way]) -> list[Way]:
    """The same arrows with their lanes; one to the box beside in the same row needs none."""
    found, straight = [], set()
    for way in ways:
        is_beside = way.start.row == way.end.row and way.start.column != way.end.column
        if is_beside and way.start.row not in straight:
            straight.add(way.start.row)
            found.append(replace(way, is_straight=True))
        else:
            found.append(way)
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    order = sorted(range(len(found)), key=lambda at: (found[at].rows[1] - found[at].rows[0], at))
    for at in order:
        way = found[at]
        if not way.gutter:
            continue
        low, high = way.rows
        lane = 0
        while any(low <= b and a <= high for a, b in taken.get((way.gutter, lane), ())):
            lane += 1
        taken.setdefault((way.gutter, lane), []).append((low, high))
        found[at] = replace(way, lane=lane)
    return found


class Ports:
    """How far above or below the middle of its box each arrow leaves and comes in.

    What goes up is above what goes down; of those going up the nearest lane is above, of those
    going down below, so that arrows at one side of a box do not cross.
    """

    def __init__(self, ways: list[Way]) -> None:
        self._at: dict[tuple[tuple[str, str], bool], int] = {}
        self._half: dict[str, int] = {}
        lanes: dict[str, int] = {}
        for way in ways:
            lanes[way.gutter] = max(lanes.get(way.gutter, 0), way.lane + 1)
        sides: dict[tuple[str, str], list[tuple[Way, bool]]] = {}
        for way in ways:
            if not way.is_down:
                sides.setdefault((way.source, way.leaves), []).append((way, True))
                sides.setdefault((way.target, way.enters), []).append((way, False))
        for (box, side), ends in sides.items():
            ends.sort(key=lambda pair: _order(pair[0], pair[1], side, lanes))
            self._spread(box, side, ends)

    def of(self, way: Way, *, leaving: bool) -> int:
        """Where `way` leaves its box or comes in, from the middle."""
        return self._at[way.key, leaving]

    def half(self, box: str) -> int:
        """Half the height the box needs for its arrows and their words."""
        return self._half.get(box, 0)

    def _spread(self, box: str, side: str, ends: list[tuple[Way, bool]]) -> None:
        places, at, centre = [], 0, None
        for number, (way, leaving) in enumerate(ends):
            if number:
                at += WORDS if leaving else STEP
            if way.is_straight:
                centre = at
            places.append(at)
        if centre is None:
            centre = at // 2 // STEP * STEP
        # Arrows of the two columns that share a gutter never run at the same height.
        shift = STEP // 2 if side == "left1" else 0
        for (way, leaving), place in zip(ends, places, strict=True):
            off = place - centre
            if not way.is_straight:
                off += shift if off >= 0 else -shift
            self._at[way.key, leaving] = off
        first, last = (self._at[way.key, leaving] for way, leaving in (ends[0], ends[-1]))
        above = WORDS if ends[0][1] else EDGE
        need = max(above - first, last + EDGE)
        self._half[box] = max(self._half.get(box, 0), need)


def _order(
    way: Way, leaving: bool, side: str, lanes: Mapping[str, int]
) -> tuple[int, int, tuple[str, str]]:
    mine, other = (way.start, way.end) if leaving else (way.end, way.start)
    near = lanes[way.gutter] - way.lane if side == "left1" else way.lane
    if way.is_straight:
        return (1, 0, way.key)
    if way.source == way.target or mine.row == other.row:
        return (1 if leaving else 2, near, way.key)
    return (0, near, way.key) if other.row < mine.row else (3, -near, way.key)
