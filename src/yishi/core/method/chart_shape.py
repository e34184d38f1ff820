"""What a drawing of a procedure consists of: boxes, arrows and words, in whole numbers.

`y` grows downward. A template writes them out as they are; nothing is worked out there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yishi.core.method.language import Edge

CORNER = 5


class Mark(StrEnum):
    """This was done, a topic stands here, this is to come; or no topic is meant."""

    DONE = "done"
    HERE = "here"
    TO_COME = "to_come"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in a box: the middle of its foot."""

    words: str
    x: int
    y: int
    small: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A stage or an end. `number`: its place in the procedure, 0 for an end. `times`: how often a
    topic has been there."""

    id: str
    number: int
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]
    mark: Mark = Mark.NONE
    times: int = 0

    @property
    def is_end(self) -> bool:
        """Whether a course ends here."""
        return self.number == 0

    @property
    def right(self) -> int:
        """Its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower border."""
        return self.y + self.height

    @property
    def middle(self) -> int:
        """How far right its middle is."""
        return self.x + self.width // 2

    @property
    def sign_x(self) -> int:
        """Where the sign of its mark begins, beside the name."""
        return self.x + CORNER

    @property
    def times_x(self) -> int:
        """Where the number of times ends."""
        return self.right - CORNER

    @property
    def sign_y(self) -> int:
        """The line both stand on."""
        return self.y + 20


@dataclass(frozen=True, slots=True)
class Label:
    """Words at an arrow, in a rectangle of their own; `y` is its top."""

    words: str
    x: int
    y: int
    width: int
    height: int
    ends_here: bool = False

    @property
    def foot(self) -> int:
        """The line the words stand on."""
        return self.y + self.height - 4

    @property
    def at(self) -> int:
        """Where the words begin, or end if they are set from the right."""
        return self.x + self.width if self.ends_here else self.x


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another for one or more reasons; `points` turn at right angles only.

    `is_back`: it leads to a stage that stands before its own in the procedure, or to itself.
    The label has no words where there is but one way on.
    """

    source: str
    target: str
    edges: tuple[Edge, ...]
    points: tuple[tuple[int, int], ...]
    label: Label
    is_back: bool

    @property
    def path(self) -> str:
        """The points as a polyline has them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def box(self, id: str) -> Box:
        """The box of a stage or end."""
        return next(box for box in self.boxes if box.id == id)
