"""A case of a method: given, when, then, as its sentences were read. A committee member wrote them.

Source: architecture, tests are prose that runs; practice G4, C3 (no step may be skipped).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yishi.core.place import BodyKind

UNUSED = "unused"
# A period reaches into a year whose calendar is not loaded; no date is guessed.
NO_CALENDAR = "calendar_missing"


class Step(StrEnum):
    """What a sentence says: what stands before, what somebody does, what comes of it."""

    GIVEN = "given"
    WHEN = "when"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a sentence says. `code` says which; of the others only what it speaks of is set.

    `option` is the number of an option, from 1. `name` is a name in the method's own words, or
    the code of a refusal. `words`: as it was written.
    """

    code: str
    body: BodyKind | None = None
    number: int = 0
    option: int = 0
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a case. `line`: where it stands in the file, from 1."""

    line: int
    step: Step
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case: what it shows, and its sentences in their order."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a case and its method part: the line, what it says, and what there is. None stands for
    no refusal, `UNUSED` for what the stage has no use for."""

    line: int
    said: object
    found: object


class Said:
    """The clauses of a sentence, asked by their code; what nobody asks for is left over."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._unread = list(sentence.clauses)

    def every(self, code: str) -> tuple[Clause, ...]:
        """All clauses of that code."""
        found = tuple(clause for clause in self.sentence.clauses if clause.code == code)
        self._unread = [clause for clause in self._unread if clause.code != code]
        return found

    def one(self, code: str) -> Clause | None:
        """The first clause of that code."""
        return next(iter(self.every(code)), None)

    def has(self, code: str) -> bool:
        """Whether it says so."""
        return self.one(code) is not None

    def number(self, code: str) -> int:
        """The number of the first clause of that code, 0 for none."""
        found = self.one(code)
        return found.number if found else 0

    def of_bodies(self, code: str) -> dict[BodyKind, int]:
        """Body → number, of every clause of that code."""
        return {clause.body: clause.number for clause in self.every(code) if clause.body}

    @property
    def left_over(self) -> tuple[str, ...]:
        """The words nobody asked for."""
        return tuple(clause.words for clause in self._unread)
