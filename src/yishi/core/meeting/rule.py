"""What each form of meeting needs: a rule file of kind `meetings`, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yishi.core.calendar import Span
from yishi.core.caserules import Text
from yishi.core.meeting.now import Form
from yishi.core.method.measure import Bar, Limit
from yishi.core.person import Role
from yishi.core.place import BodyKind


class Record(StrEnum):
    """What has to be kept of a meeting: 会议记录, 会议纪要, a photo."""

    MINUTES = "minutes"
    SUMMARY = "summary"
    PHOTO = "photo"


@dataclass(frozen=True)
class FormRule:
    """One form. `notice`: how long before it it is called. `decides`: what it settles is decided;
    a talk or a consultation is not. `announced_only`: nothing is taken up that was not announced.
    `both_sides`: on each item somebody spoke for it and somebody against. `advice`: on each item
    advice in writing. `scored`: those who came score. `signs`: whose hand signs it off, never the
    writer's. `minutes`: within which time they are due. `report`: within which time what was
    listed or put off is reported back, where no meeting of its rhythm comes before. `again`: how
    long before it a meeting that failed is called again. `calls`: bodies invited each time.
    """

    form: Form
    name: Text
    about: Text
    notice: Limit
    again: Limit
    decides: bool
    items: bool
    announced_only: bool
    both_sides: bool
    advice: bool
    scored: bool
    record: tuple[Record, ...]
    signs: tuple[Role, ...]
    minutes: Limit
    report: Limit
    calls: tuple[BodyKind, ...] = ()


@dataclass(frozen=True)
class BodyRule:
    """What a body's meetings need whatever their form: notice and quorum, None for nothing."""

    body: BodyKind
    notice: Limit | None = None
    quorum: Bar | None = None


@dataclass(frozen=True)
class MeetingRules:
    """How meetings are held where this version is adopted. `early`: so long before it begins one
    may sign in."""

    id: str
    version: str
    early: Span
    forms: Mapping[Form, FormRule]
    bodies: Mapping[BodyKind, BodyRule]

    @property
    def source(self) -> str:
        """The rule file as a refusal names it."""
        return f"meetings {self.version}"
