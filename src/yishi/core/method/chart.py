"""A procedure as a drawing (流程图): boxes and arrows on a grid of whole numbers.

The main line, what a topic does that passes everywhere, goes straight down. Stages and ends
beside it stand in a second column. Arrows back run to the left of the main line, all others
between the columns or to their right: each in a lane, so that no two run over one another and
none over a box. One unit is a sixteenth of the size of small words.
Source: architecture, "A method is data"; practice L4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yishi.core.method.chart_lanes import GAP, Ports, Way, assign_lanes
from yishi.core.method.chart_place import Place, arrows_of, nodes_of, place_all
from yishi.core.method.chart_shape import Arrow, Box, Chart, Label, Line, Mark
from yishi.core.method.chart_words import NAME, SMALL, in_lines, width_of
from yishi.core.method.language import Edge, End, Procedure, Stage

MARGIN = 12
PAD = 10
SIDES = 24  # beside a name, where a mark has room
LANE = 13
TOUCH = 10  # between a word and the nearest lane or box
NAME_MOST = 10 * NAME
NOTE_MOST = 12 * SMALL
LEAST = 7 * NAME
NAME_LINE = NAME * 4 // 3
SMALL_LINE = SMALL * 4 // 3


def lay_out(
    procedure: Procedure,
    *,
    here: str = "",
    visited: Mapping[str, int] | None = None,
    words: Mapping[Edge, str] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
    language: str = "zh",
) -> Chart:
    """The drawing of a procedure; the same for the same, and any procedure that names its stages.

    `here`: the stage or end a topic stands at; `visited`: how often it has been where; without
    both no box is marked. `words`: what is said at an arrow, for each reason. `notes`: the small
    lines of a stage (who leads, how long).
    """
    told = words or {edge: edge.value for edge in Edge}
    numbers = {stage.id: at for at, stage in enumerate(procedure.stages, 1)}
    texts = {
        node.id: _texts(node, numbers.get(node.id, 0), (notes or {}).get(node.id, ()), language)
        for node in nodes_of(procedure)
    }
    placed = place_all(procedure)
    ways = assign_lanes(
        [
            Way(source, target, edges, placed[source], placed[target])
            for source, target, edges in arrows_of(procedure)
        ]
    )
    # The only way on from a stage needs no word for why.
    only = {stage.id for stage in procedure.stages if len(set(stage.to)) == 1}
    said = {
        way.key: "" if way.source in only else "、".join(told[edge] for edge in way.edges)
        for way in ways
    }
    marks = _marks(procedure, here, visited or {})
    return _drawn(procedure, placed, ways, texts, said, marks)


@dataclass(frozen=True, slots=True)
class _Texts:
    number: int
    name: tuple[str, ...]
    note: tuple[str, ...]

    @property
    def width(self) -> int:
        return max(
            *(width_of(line, NAME) for line in self.name),
            *(width_of(line, SMALL) for line in self.note),
            LEAST,
        )

    @property
    def height(self) -> int:
        return len(self.name) * NAME_LINE + len(self.note) * SMALL_LINE


def _texts(node: Stage | End, number: int, notes: Sequence[str], language: str) -> _Texts:
    words = node.name.in_language(language)
    name = in_lines(f"{number} {words}" if number else words, NAME, NAME_MOST)
    return _Texts(number, name, tuple(x for n in notes for x in in_lines(n, SMALL, NOTE_MOST)))


def _marks(
    procedure: Procedure, here: str, visited: Mapping[str, int]
) -> Mapping[str, tuple[Mark, int]]:
    """Every id → how it is marked, and how often a topic was there."""
    found = {}
    for node in nodes_of(procedure):
        times = visited.get(node.id, 0)
        if not here and not visited:
            mark = Mark.NONE
        elif node.id == here:
            mark = Mark.HERE
        else:
            mark = Mark.DONE if times else Mark.TO_COME
        found[node.id] = (mark, times)
    return found


def _drawn(
    procedure: Procedure,
    placed: Mapping[str, Place],
    ways: list[Way],
    texts: Mapping[str, _Texts],
    said: Mapping[tuple[str, str], str],
    marks: Mapping[str, tuple[Mark, int]],
) -> Chart:
    ports = Ports(ways)
    half = {id: max(-(-texts[id].height // 2) + PAD, ports.half(id)) for id in placed}
    middle = _rows(placed, half)
    across = _across(placed, ways, texts, said)
    boxes = {
        id: _box(id, across.column(at.column), middle[at.row], half[id], texts[id], *marks[id])
        for id, at in placed.items()
    }
    arrows = tuple(_arrow(way, boxes, ports, across, middle, said[way.key]) for way in ways)
    height = max(box.bottom for box in boxes.values()) + MARGIN
    return Chart(
        across.width, height, tuple(boxes[node.id] for node in nodes_of(procedure)), arrows
    )


def _rows(placed: Mapping[str, Place], half: Mapping[str, int]) -> list[int]:
    """The middle of each row."""
    rows = [0] * (max(at.row for at in placed.values()) + 1)
    for id, at in placed.items():
        rows[at.row] = max(rows[at.row], half[id])
    middles, top = [], MARGIN
    for tall in rows:
        middles.append(top + tall)
        top += 2 * tall + GAP
    return middles


@dataclass(frozen=True, slots=True)
class _Across:
    """How far right everything is: the two columns, and the lanes of the three gutters."""

    main: tuple[int, int]
    beside: tuple[int, int]
    lanes: Mapping[str, tuple[int, int]]
    width: int

    def column(self, number: int) -> tuple[int, int]:
        return self.beside if number else self.main

    def lane(self, way: Way) -> int:
        start, step = self.lanes[way.gutter]
        return start + step * way.lane


def _across(
    placed: Mapping[str, Place],
    ways: list[Way],
    texts: Mapping[str, _Texts],
    said: Mapping[tuple[str, str], str],
) -> _Across:
    def wide(column: int) -> int:
        found = [texts[id].width for id, at in placed.items() if at.column == column]
        return max(found) + 2 * SIDES if found else 0

    def words(side: str) -> int:
        """Room for the words beside one side of a column, and for those that hang over it."""
        out = [width_of(said[w.key], SMALL) for w in ways if w.leaves == side]
        over = [
            width_of(said[w.key], SMALL) + TOUCH - wide(w.start.column) // 2
            for w in ways
            if w.leaves == f"down{w.start.column}" and side in ("right0", "right1")
            and side == f"right{w.start.column}"
        ]  # fmt: skip
        return max([0, *out, *over]) + (TOUCH if out else 0) + TOUCH

    def many(gutter: str) -> int:
        return max((w.lane + 1 for w in ways if w.gutter == gutter), default=0)

    left = MARGIN + many("left") * LANE + (words("left0") if many("left") else 0)
    main = (left, wide(0))
    edge = left + wide(0)
    has_side = bool(wide(1))
    middle = words("right0") + many("middle") * LANE + (words("left1") if has_side else 0)
    if not has_side and not many("middle"):
        middle = max(0, words("right0") - TOUCH)
    beside = (edge + middle, wide(1))
    right = (words("right1") if has_side else 0) + many("right") * LANE
    return _Across(
        main,
        beside,
        {
            "left": (left - words("left0"), -LANE),
            "middle": (edge + words("right0"), LANE),
            "right": (beside[0] + beside[1] + words("right1"), LANE),
        },
        beside[0] + beside[1] + right + MARGIN,
    )


def _box(
    id: str,
    column: tuple[int, int],
    middle: int,
    half: int,
    texts: _Texts,
    mark: Mark,
    times: int,
) -> Box:
    x, width = column
    foot = middle - texts.height // 2
    lines = []
    for words, tall, small in (
        *((line, NAME_LINE, False) for line in texts.name),
        *((line, SMALL_LINE, True) for line in texts.note),
    ):
        foot += tall
        lines.append(Line(words, x + width // 2, foot - tall // 4, small))
    return Box(id, texts.number, x, middle - half, width, 2 * half, tuple(lines), mark, times)


def _arrow(
    way: Way,
    boxes: Mapping[str, Box],
    ports: Ports,
    across: _Across,
    middle: list[int],
    said: str,
) -> Arrow:
    start, end = boxes[way.source], boxes[way.target]
    is_back = 0 < end.number <= start.number
    wide = width_of(said, SMALL)
    if way.is_down:
        at = start.middle
        down = ((at, start.bottom), (at, end.y))
        # In the space between the rows, which is as high wherever the boxes are.
        label = Label(said, at + TOUCH // 2, end.y - GAP + 4, wide, SMALL_LINE)
        return Arrow(way.source, way.target, way.edges, down, label, is_back)
    from_y = middle[way.start.row] + ports.of(way, leaving=True)
    to_y = middle[way.end.row] + ports.of(way, leaving=False)
    from_x = start.x if way.leaves.startswith("left") else start.right
    to_x = end.x if way.enters.startswith("left") else end.right
    points: tuple[tuple[int, int], ...]
    if way.is_straight:
        points = ((from_x, from_y), (to_x, to_y))
    else:
        lane = across.lane(way)
        points = ((from_x, from_y), (lane, from_y), (lane, to_y), (to_x, to_y))
    to_left = way.leaves.startswith("left")
    x = from_x - TOUCH // 2 - wide if to_left else from_x + TOUCH // 2
    label = Label(said, x, from_y - SMALL_LINE - 1, wide, SMALL_LINE, to_left)
    return Arrow(way.source, way.target, way.edges, points, label, is_back)
