"""What no method may go below (底线), and which matters are whose to decide.

Law is adopted for the whole installation and locked; a district or sub-district may add to it.
Source: norms.md §2, Competence first; Layers of rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yishi.core.caserules import Text
from yishi.core.method.language import Competence, Layer
from yishi.core.method.measure import Bar, Limit
from yishi.core.place import BodyKind


@dataclass(frozen=True, slots=True)
class BodyFloor:
    """The least a body's vote needs: quorum and threshold. None: nothing is required."""

    body: BodyKind
    quorum: Bar | None
    threshold: Bar | None


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter an option may be about, and who decides it.

    `words`: what in a title hints at it; `route`: what to do instead, in a sentence.
    """

    code: str
    name: Text
    competence: Competence
    source: str
    route: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Floors:
    """One layer of requirements. `notice`: the shortest period of a notice."""

    id: str
    version: str
    layer: Layer
    bodies: tuple[BodyFloor, ...] = ()
    notice: Limit | None = None
    matters: tuple[Matter, ...] = ()

    def body(self, kind: BodyKind) -> BodyFloor | None:
        """What this layer requires of a body's vote."""
        return next((floor for floor in self.bodies if floor.body is kind), None)


def matter_of(layers: Iterable[Floors], code: str) -> Matter | None:
    """The matter of that code in the first layer that has it; law comes first."""
    return next((m for layer in layers for m in layer.matters if m.code == code), None)


def hinted(layers: Iterable[Floors], words: str) -> tuple[Matter, ...]:
    """The matters whose words a text says, in the order of the layers."""
    return tuple(m for layer in layers for m in layer.matters if any(w in words for w in m.words))
