"""Whether a list of places, groupings, buildings and bodies fits together, and with what is known.

A place keeps its kind and what it lies in: cases, appointments and adopted rules hang on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yishi.core.place import PARENT_KIND, GroupingKind, PlaceKind
from yishi.core.table import Line, Problem

GROUPING_COLUMNS = {
    "grid": GroupingKind.GRID,
    "group": GroupingKind.GROUP,
    "estate": GroupingKind.ESTATE,
}


@dataclass(frozen=True, slots=True)
class Known:
    """A kept row: its kind, and the code of the place it lies in ("" for a district)."""

    kind: str
    above: str


@dataclass
class Map:
    """All that is known by code, and what the list adds to it as it is read.

    `root` is the code of the place the actor works in, "" for the whole installation;
    `mentioned` are codes that stand in rows that could not be read, so that one wrong row does
    not make every row that refers to it look wrong.
    """

    root: str = ""
    places: dict[str, Known] = field(default_factory=dict)
    groupings: dict[str, Known] = field(default_factory=dict)
    buildings: dict[str, Known] = field(default_factory=dict)
    bodies: dict[str, Known] = field(default_factory=dict)
    mentioned: frozenset[str] = frozenset()

    def inside(self, code: str) -> bool:
        """Whether the place `code` is `root` or lies below it."""
        for _ in PlaceKind:
            if not self.root or code == self.root:
                return True
            code = self.places[code].above if code in self.places else ""
        return code == self.root


def check(lines: Mapping[str, Sequence[Line]], known: Map) -> list[Problem]:
    """What is wrong with the four sheets taken together; `known` has grown by their rows.

    Problems: `code_unknown`, `parent_kind` (need: the kind above), `parent_not_wanted`,
    `cell_required`, `moved` (need: what is kept), `outside` (need: the actor's place),
    `not_community`, `grouping_kind`, `grouping_elsewhere` (need: the community), `lonlat_pair`.
    """
    old = dict(known.places)
    for line in lines["区划"]:
        known.places[line.text("code")] = Known(line.text("kind"), line.text("parent"))
    problems = [p for line in lines["区划"] for p in _place(line, known, old)]
    for name, column, rows in (
        ("分组", "community", known.groupings),
        ("楼栋", "community", known.buildings),
        ("单位", "place", known.bodies),
    ):
        kept = dict(rows)
        for line in lines[name]:
            kind = line.text("kind") if "kind" in line.values else ""
            rows[line.text("code")] = Known(kind, line.text(column))
        for line in lines[name]:
            problems += _belongs(line, column, known, kept)
            if name != "分组":
                problems += _groupings(line, column, known)
            if name == "楼栋" and (line.whole("lon") is None) != (line.whole("lat") is None):
                problems.append(line.problem("lat", "lonlat_pair"))
    return [p for p in problems if p.code != "code_unknown" or p.have not in known.mentioned]


def _place(line: Line, known: Map, old: Mapping[str, Known]) -> Iterator[Problem]:
    code, kind, parent = line.text("code"), PlaceKind(line.text("kind")), line.text("parent")
    above = PARENT_KIND[kind]
    before = old.get(code)
    if before is not None and before.kind != kind:
        yield line.problem("kind", "moved", before.kind, kind)
    elif before is not None and before.above != parent:
        yield line.problem("parent", "moved", before.above, parent)
    elif above is None and parent:
        yield line.problem("parent", "parent_not_wanted")
    elif above is not None and not parent:
        yield line.problem("parent", "cell_required")
    elif parent and parent not in known.places:
        yield line.problem("parent", "code_unknown")
    elif parent and known.places[parent].kind != above:
        yield line.problem("parent", "parent_kind", above)
    elif not known.inside(code):
        yield line.problem("code", "outside", known.root)


def _belongs(line: Line, column: str, known: Map, kept: Mapping[str, Known]) -> Iterator[Problem]:
    above = line.text(column)
    before = kept.get(line.text("code"))
    kind = line.text("kind") if "kind" in line.values else ""
    if before is not None and before.above != above:
        yield line.problem(column, "moved", before.above, above)
    elif before is not None and column == "community" and before.kind != kind:
        yield line.problem("kind", "moved", before.kind, kind)
    elif above not in known.places:
        yield line.problem(column, "code_unknown")
    elif column == "community" and known.places[above].kind != PlaceKind.COMMUNITY:
        yield line.problem(column, "not_community")
    elif not known.inside(above):
        yield line.problem(column, "outside", known.root)


def _groupings(line: Line, column: str, known: Map) -> Iterator[Problem]:
    above = line.text(column)
    in_community = above in known.places and known.places[above].kind == PlaceKind.COMMUNITY
    for name, kind in GROUPING_COLUMNS.items():
        code = line.text(name) if name in line.values else ""
        if not code:
            continue
        grouping = known.groupings.get(code)
        if grouping is None:
            yield line.problem(name, "code_unknown")
        elif grouping.kind != kind:
            yield line.problem(name, "grouping_kind", kind)
        elif in_community and grouping.above != above:
            yield line.problem(name, "grouping_elsewhere", above)
