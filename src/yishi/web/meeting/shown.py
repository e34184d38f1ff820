"""A meeting as its pages need it: read once, with who looks and when."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yishi.acts.meeting.act import worded
from yishi.core.meeting.now import ItemState, MeetingState
from yishi.core.meeting.sitting import quorum
from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.meeting import say_counts, say_meeting_state, say_quorate
from yishi.records.models import AgendaItem, Attendance, Invitee, Meeting, Proposal
from yishi.records.queries.meeting_shown import HeldMeeting, meeting_by_code, meeting_shown
from yishi.records.queries.proposal import wishes_asked_at
from yishi.records.queries.round import open_call_at
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.gate import actor_in

KEEPS = "meeting.call"


@dataclass
class Shown:
    """A meeting as it is read, who looks, and the moment they look."""

    held: HeldMeeting
    actor: Actor
    now: datetime

    @property
    def row(self) -> Meeting:
        """The meeting itself."""
        return self.held.row

    @property
    def state(self) -> MeetingState:
        """How it stands."""
        return MeetingState(self.row.state)

    def granted(self, act: str, item: AgendaItem | None = None) -> Permitted | Refusal:
        """Whether the viewer may do `act` now, or why not. `item`: the one it is about; one that
        an earlier meeting left is asked of that meeting, which is over while this one sits."""
        subject = self.held.subject()
        if act == "meeting.answer":
            units = tuple(one.body_id for one in self.calls if one.body_id)
            own = any(one.person_id for one in self.calls)
            subject = self.held.subject(units=units, own=self.actor.person_id if own else None)
        if item is not None and item.meeting_id != self.row.pk:
            subject = replace(subject, state=MeetingState(item.meeting.state))
        return worded(permit(self.actor, act, subject))

    def may(self, act: str, item: AgendaItem | None = None) -> bool:
        """Whether the viewer may do `act` now."""
        return isinstance(self.granted(act, item), Permitted)

    @cached_property
    def calls(self) -> list[Invitee]:
        """The calls the viewer may answer."""
        return self.held.invited(self.actor)

    @cached_property
    def keeps(self) -> bool:
        """Whether the viewer holds this meeting: its whole course is theirs on one screen."""
        return self.may(KEEPS)

    @cached_property
    def names(self) -> bool:
        """Whether the viewer reads who came and who is invited by name."""
        return self.may("meeting.read_names")

    @cached_property
    def wishes(self) -> dict[str, Proposal]:
        """The wishes its items became, by their title, while wishes are called for here and an
        item is open that belongs to no topic. One statement then, none else."""
        waits = any(one.state == ItemState.OPEN and not one.topic_id for one in self.held.items)
        return wishes_asked_at(self.row) if waits and open_call_at(self.row.place)[0] else {}

    @property
    def is_mine(self) -> bool:
        """Whether the viewer has signed in."""
        return self.mine is not None

    @cached_property
    def mine(self) -> Attendance | None:
        """The viewer's own sign-in."""
        return self.held.attendance_of(self.actor.person_id)


def read(request: HttpRequest, uid: str) -> Shown | None:
    """The meeting `uid` as whoever asks reads it; None where there is none."""
    moment = now()
    held = meeting_shown(uid, today_of(moment))
    return None if held is None else Shown(held, actor_in(request), moment)


def read_code(request: HttpRequest, code: str) -> Shown | None:
    """The meeting at whose door the code hangs."""
    moment = now()
    held = meeting_by_code(code, today_of(moment))
    return None if held is None else Shown(held, actor_in(request), moment)


def head(shown: Shown) -> dict[str, Any]:
    """What every page of a meeting has above it."""
    row = shown.row
    return {
        "meeting": row,
        "number": show_number(row.number),
        "tag": say_meeting_state(row.state),
        "when": say_span_of(row, shown.now),
        "exact": say_exact(row.starts_at),
    }


def say_span_of(row: Meeting, moment: datetime) -> str:
    """When it is, from and to: 周四 15:00–17:00."""
    if row.ends_at is None:
        return say_when(row.starts_at, moment)
    begins, ends = say_when(row.starts_at, moment), say_exact(row.ends_at)[11:16]
    return f"{begins}–{ends}"


def counted(shown: Shown) -> dict[str, Any]:
    """Who is there and whether that is enough, for `yishi/meeting/count.html`."""
    counts = quorum(shown.held.now)
    said = say_quorate(counts)
    return {"people": shown.held.people, **said, "lines": say_counts(counts), "again": ""}


def met(shown: Shown) -> bool:
    """Whether enough are there to begin."""
    return bool(shown.held.people) and all(one.met for one in quorum(shown.held.now))


def say_progress(shown: Shown) -> str:
    """How many items still wait for their end."""
    open_ = len(shown.held.now.open_items)
    known = {"open": open_, "all": len(shown.held.items)}
    if not known["all"]:
        return ""
    return (
        _("%(open)s of %(all)s still to be taken") % known
        if open_
        else _("All %(all)s have come to something") % known
    )
