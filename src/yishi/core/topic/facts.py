"""What each act of a stage brings: facts entered by a person, to be judged by the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yishi.core.method.language import Paper
from yishi.core.place import BodyKind


class Score(StrEnum):
    """What somebody concerned says of the result; nobody reached says nothing. Source: H12."""

    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"
    UNREACHED = "unreached"


SCORES = (Score.SATISFIED, Score.BASICALLY, Score.DISSATISFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every act of a stage may bring: papers attached to the stage, and whose hand it is.

    `by`: a pseudonym or id, only to tell one person from another. `APART`: its words are kept in
    a row of their own, and nowhere else.
    """

    APART: ClassVar[bool] = False
    attached: frozenset[Paper] = frozenset()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Facts):
    """collect: so many people were heard at once, in which way."""

    people: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projects(Facts):
    """A stage of a round: so many projects have not been through it, so many go on from it, so
    many do not. `few`: so many have too few scores to be either; `until_at`: proposals are taken
    until then, None where nobody proposes; `stage`: the one they were counted for, "" for the one
    the round stands in."""

    waiting: int
    going: int
    stopped: int
    few: int = 0
    until_at: datetime | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened(Facts):
    """screen: fit for the next stage, or not and on which ground of the method."""

    fit: bool
    ground: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferred(Facts):
    """confer: who of each body was there, how many agreed; dissent in words; the option agreed on,
    "" for none in particular."""

    present: Mapping[BodyKind, int]
    agreed: Mapping[BodyKind, int]
    words: str
    dissent: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Facts):
    """meet: who sat down, how many in all, what came of it, on which option."""

    came: frozenset[BodyKind]
    present: Mapping[BodyKind, int]
    people: int
    words: str
    agreed: bool
    settled: bool = False
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(Facts):
    """comment, notice: hung out, from when (the act's moment) until when it runs at least."""

    until_at: datetime
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced(Facts):
    """comment, notice: a comment or an objection was made. Its words are kept with the voice
    alone, so that hiding it hides them everywhere."""

    APART: ClassVar[bool] = True
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Facts):
    """comment, notice: one of them was answered; an objection upheld or not."""

    words: str
    upheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp(Facts):
    """comment: a comment is answered by changing the text of an option.

    `changes`: the new text differs; `figures`: in a figure; `matters`: so much that the period
    begins again, and would then run until `until_at`.
    """

    words: str
    option: str
    changes: bool
    figures: bool
    matters: bool
    until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorsCalled(Facts):
    """comment, notice: what hangs out was carried to so many doors of a building, with what came
    of it (`found`). `moved`: how many doors more or fewer stand delivered, absent, refused now: a
    door that is called at again counts once, by the last call."""

    building: str
    name: str
    found: str
    doors: int
    moved: Mapping[str, int]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Facts):
    """A stage that ends by itself once its need is met: collect, comment, notice. `buildings`:
    how many there are, of which `reached` have an entry in the register of doors."""

    buildings: int = 0
    reached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented(Facts):
    """consent: one of those asked said yes or no."""

    body: BodyKind
    yes: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Facts):
    """vote: a show of hands as one person counted it: who was there, and for each option how many
    were for it, against it, abstained."""

    present: Mapping[BodyKind, int]
    votes: Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Facts):
    """carry_out: who is to do it; which option, where nobody has chosen one before; from when on
    it may be reported as done, None for at once."""

    unit: str
    option: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut(Facts):
    """carry_out: done, or it cannot be done and why. `excused`: its words say why a part that
    others took on is still open."""

    done: bool
    words: str
    excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Facts):
    """carry_out: a unit is called for a part of it, to be done before `until_at`, None for no day
    in particular."""

    unit: str
    words: str
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered(Facts):
    """carry_out: who was called takes the part on, or says why not."""

    unit: str
    yes: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReported(Facts):
    """carry_out: a part is done, with a photo as `proof`, or not and why."""

    unit: str
    done: bool
    words: str
    proof: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched(Facts):
    """carry_out: one of the bodies that look on says what it saw."""

    body: BodyKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack(Facts):
    """accept: somebody concerned was called back; `score` as :class:`Score` has it."""

    score: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected(Facts):
    """accept: how many looked, whether it is as decided, in words."""

    inspectors: int
    fit: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Facts):
    """publish: what is told to everybody. `undecided`: of a round, how many of its projects are
    neither done nor given up"""

    words: str
    undecided: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(Facts):
    """appraise: one of those who took part scored it from their own account."""

    score: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraised(Facts):
    """appraise: how many of those without an account scored it, and how."""

    satisfied: int
    basically: int
    dissatisfied: int
