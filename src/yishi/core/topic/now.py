"""A topic as a decision sees it: frozen, and only what a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from yishi.core.method.language import Competence, Edge
from yishi.core.outcome import Event
from yishi.core.place import BodyKind


class TopicState(StrEnum):
    """Raised and waiting for its review; in its procedure; at an end, with its reason."""

    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a topic ended, besides the ends of its procedure."""

    DECLINED = "declined"  # not the community's, or not for deliberation
    HANDED_OVER = "handed_over"  # a duty: to whoever has it
    TO_OWNERS = "to_owners"  # for the owners together
    PRIVATE = "private"  # helped with, not deliberated
    WITHDRAWN = "withdrawn"


class OptionState(StrEnum):
    """An option is open, chosen, being carried out, failed in that, or done."""

    OPEN = "open"
    CHOSEN = "chosen"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class OptionNow:
    """One option. `competence`, `matter` and `source`: whose it is to decide where its matter says
    so (the repair fund is the owners'). `rank`: its place among those that passed the last vote,
    1 first, 0 for none. `tries`: how often it was carried out."""

    uid: str
    no: int
    state: OptionState = OptionState.OPEN
    competence: Competence | None = None
    matter: str = ""
    source: str = ""
    rank: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class TopicNow:
    """A topic at the moment of an act.

    `visits`: stage → how often it was entered. `seats`: kind of body → seats filled today.
    `tally`: what the stage it stands in has gathered so far, as its kind keeps it.
    """

    uid: str
    state: TopicState
    competence: Competence | None = None
    procedure: str = ""
    stage: str = ""
    entered_at: datetime | None = None
    due_at: datetime | None = None
    visits: Mapping[str, int] = field(default_factory=dict)
    options: tuple[OptionNow, ...] = ()
    chosen: str = ""
    seats: Mapping[BodyKind, int] = field(default_factory=dict)
    tally: Mapping[str, object] = field(default_factory=dict)
    outcome: str = ""

    def option(self, uid: str) -> OptionNow | None:
        """The option of that uid."""
        return next((one for one in self.options if one.uid == uid), None)


@dataclass(frozen=True, slots=True)
class Stay:
    """Something was entered, and the topic stays where it is; `tally` is what is gathered now."""

    event: Event
    tally: Mapping[str, object]
    options: tuple[OptionNow, ...] | None = None
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """The stage is over: by which edge, what is said of it, and how its options stand."""

    edge: Edge
    event: Event
    options: tuple[OptionNow, ...] | None = None
    chosen: str | None = None
    tally: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage that was left, by which edge (or `override`), and whereto. One whose bound was met is
    passed by without being entered again, by `exhausted`."""

    stage: str
    edge: str
    to: str


@dataclass(frozen=True, slots=True)
class Advanced:
    """Yes: the topic after the act, what is said, and the stages it left on the way."""

    event: Event
    topic: TopicNow
    passed: tuple[Passed, ...] = ()
