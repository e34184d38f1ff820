"""The shape every act on a meeting has: hold it, decide, write; the version is claimed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from yishi.acts.at_place import Beside, Written, act_at, fitting
from yishi.acts.door import Ask, Done
from yishi.core.outcome import Event, Notice
from yishi.core.permit import permit
from yishi.core.redaction import redact
from yishi.core.refusal import Refusal
from yishi.records.models import AgendaItem, Place
from yishi.records.models.base import Kept
from yishi.records.queries.meeting import LockedMeeting, lock_meeting, meeting_row, subject_of
from yishi.records.queries.rule import adopted, parsed, today_of

KIND = "meeting"
A = TypeVar("A")


@dataclass
class Changed:
    """A yes: what is said, the rows made besides the meeting, already saved; people to tell."""

    event: Event
    rows: Sequence[Kept] = ()
    notices: Sequence[Notice] = ()
    beside: Sequence[Beside] = field(default_factory=tuple)


Decide = Callable[[LockedMeeting], "Changed | Refusal"]


def on_meeting(
    ask: Ask,
    act: str,
    uid: str,
    decide: Decide,
    *,
    part: str = "acted",
    units: Iterable[int] | None = None,
    own: int | None = None,
    moves: bool = True,
) -> Done | Refusal:
    """Does `act` to a meeting, one at a time; `decide` may change its row, which is saved.

    `units`, `own`: the bodies, and the person, the act is for; None is the body that convenes
    it. `moves`: the act changes what a
    form of the page shows, so that a form filled in before is told; signing in does not.
    Refuses: `not_found`, `stale`, `not_now`, and what `decide` refuses.
    """
    found = meeting_row(uid)
    if found is None:
        return Refusal("not_found", have="meeting")
    bodies = None if units is None else tuple(units)

    def do() -> Written | Refusal:
        held = lock_meeting(found.pk, today_of(ask.now))
        row = held.row
        fresh = subject_of(row, units=bodies, own=own)
        if moves and ask.version is not None and row.version != ask.version:
            return Refusal("stale")
        now = permit(ask.actor, act, fresh)
        if isinstance(now, Refusal) and now.code == "not_now":
            return now
        changed = decide(held)
        if isinstance(changed, Refusal):
            return changed
        event = fitting(ask, row.place, changed.event)
        if isinstance(event, Refusal):
            return event
        if moves:
            row.version += 1
        row.save()
        return Written(
            event,
            (row, *changed.rows),
            row.state,
            row.number,
            changed.notices,
            changed.beside,
        )

    # What the form showed is compared with the meeting itself, inside the lock.
    unseen = replace(ask, version=None)
    about = subject_of(found, units=bodies, own=own)
    return worded(act_at(unseen, act, found.place, KIND, uid, do, part=part, about=about))


def worded(answer: A) -> A:
    """The answer; of a refusal of the permit table, that its states are those of meetings: the
    table speaks of states alone, and `signed` is another of a case than of a meeting."""
    if isinstance(answer, Refusal) and answer.code == "not_now" and answer.unit == "state":
        return replace(answer, unit="meeting_state")
    return answer


def on_item(
    ask: Ask,
    act: str,
    item_uid: str,
    decide: "Callable[[LockedMeeting, AgendaItem], Changed | Refusal]",
    *,
    moves: bool = True,
) -> Done | Refusal:
    """Does `act` to an item of a meeting. Refuses as `on_meeting`."""
    uid = AgendaItem.objects.filter(uid=item_uid).values_list("meeting__uid", flat=True).first()
    if uid is None:
        return Refusal("not_found", have="item")

    def on(held: LockedMeeting) -> Changed | Refusal:
        item = held.item(item_uid)
        assert item is not None
        return decide(held, item)

    return on_meeting(ask, act, uid, on, moves=moves)


def too_personal(ask: Ask, place: Place, *titles: str) -> Refusal | None:
    """A title is public: what the redaction rules in force would hide is refused,
    `title_personal`."""
    rules = parsed(adopted(place, today_of(ask.now), "redaction")["redaction"])
    if any(redact(title, rules)[1] for title in titles):
        return Refusal("title_personal", source="practice H5")
    return None
