"""What a decision answers when it says yes. The door applies it; core never writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yishi.core.calendar import Pause, Span
from yishi.core.clock import ClockState, StartedClock


@dataclass(frozen=True, slots=True)
class Change:
    """New values for one existing row, named by what it is and its uid."""

    row: str
    uid: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StartClock:
    """A clock to start. `assignment` is the uid of the work it times, empty for the case's own."""

    clock: StartedClock
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """A clock computed again from its own start: nothing of the time used is lost.

    `open_pause` is the cause and the moment of a pause that has no end yet. `assignment` is the
    work it times from now on (`new:0` for one this act makes), None where that stays.
    """

    span: Span
    extended_by: int = 0
    pauses: tuple[Pause, ...] = ()
    open_pause: tuple[datetime, str] | None = None
    due_at: datetime | None = None
    amber_at: datetime | None = None
    calendar: str = ""
    assignment: str | None = None


@dataclass(frozen=True, slots=True)
class SetClock:
    """A clock that is held, stands still, resumes or ends at `at`; `timing` where it changes."""

    uid: str
    state: ClockState
    at: datetime
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What the story and the journal say happened: a code and its parameters.

    `facts` go into the public leaf (integers and short codes only); `params` are for telling
    the story to those who may see the case and stay out of the leaf.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to send: template, parameters, to whom; never before `not_before`.

    `about`: the number of the report, where one person may have several in a case.
    """

    template: str
    to: int
    params: Mapping[str, object] = field(default_factory=dict)
    about: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class RollNotice:
    """A message to everybody with an account on the roll of a vote: template, the uid of the vote,
    and parameters. A roll may be long, so that it is sent in portions."""

    template: str
    vote: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitNotice:
    """A message to all who handle matters for a body: template and parameters."""

    template: str
    body_id: int
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advanced:
    """Yes: these rows change, this is said, these clocks start and end, these people and units
    are told."""

    event: Event
    state: str = ""
    changes: tuple[Change, ...] = ()
    starts: tuple[StartClock, ...] = ()
    sets: tuple[SetClock, ...] = ()
    notices: tuple[Notice, ...] = ()
    unit_notices: tuple[UnitNotice, ...] = ()
    part: str = ""
