"""A meeting as a decision sees it: frozen, and only what a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from yishi.core.method.measure import Bar
from yishi.core.place import BodyKind


class Form(StrEnum):
    """The five forms of deliberation (民主协商; practice G3), and the meetings of the rhythm.
    Each has its own rule in a rule file of kind `meetings`."""

    TALK = "talk"  # 民主恳谈
    DELIBERATION = "deliberation"  # 民主议事
    HEARING = "hearing"  # 民主听证会
    CONSULTATION = "consultation"  # 民主咨询
    APPRAISAL = "appraisal"  # 民主评议
    JOINT = "joint"  # 联席会议, 两委理事
    ASSEMBLY = "assembly"  # 代表会议, 居民会议, 党员大会
    REPORT = "report"  # 协商情况通报


class MeetingState(StrEnum):
    """Called; sitting; too few came and it is called again; over; its minutes signed off; off."""

    CALLED = "called"
    SITTING = "sitting"
    FAILED = "failed"
    CLOSED = "closed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    """What came of an item: nothing yet; settled on the spot; on the dated list; on to its
    procedure; put off to the next meeting. Source: practice G8."""

    OPEN = "open"
    SETTLED = "settled"
    LISTED = "listed"
    CARRIED = "carried"
    PUT_OFF = "put_off"


@dataclass(frozen=True, slots=True)
class ItemNow:
    """One item of an agenda. `topic`: uid of the topic it is, "" for none. `answered`: it was
    reported back (G8: none without an answer). `sides`: the sides somebody spoke for on it."""

    uid: str
    no: int
    state: ItemState
    topic: str = ""
    answered: bool = False
    sides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeetingNow:
    """A meeting at the moment of an act. `decides`: the bodies whose seats are counted, with the
    `quorum`; `seats`, `present`: kind of body → seats filled, and signed in. `came`: kinds of
    bodies that sat down; `people`: everybody who signed in. `invited`: bodies and people called.
    `unreported`: items of earlier meetings of its rhythm that have to be reported back at it."""

    uid: str
    state: MeetingState
    form: Form
    starts_at: datetime
    items: tuple[ItemNow, ...] = ()
    decides: tuple[BodyKind, ...] = ()
    quorum: Bar | None = None
    seats: Mapping[BodyKind, int] = field(default_factory=dict)
    present: Mapping[BodyKind, int] = field(default_factory=dict)
    came: frozenset[BodyKind] = frozenset()
    people: int = 0
    invited: int = 0
    unreported: int = 0

    def item(self, uid: str) -> ItemNow | None:
        """The item of that uid."""
        return next((one for one in self.items if one.uid == uid), None)

    @property
    def open_items(self) -> tuple[ItemNow, ...]:
        """Items nothing has come of yet."""
        return tuple(one for one in self.items if one.state is ItemState.OPEN)
