"""The shape of every act on a draft: hold it, let core decide, keep what changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from yishi.acts.at_place import Written, act_at, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core.method.drafting import Draft, DraftState, Moved
from yishi.core.permit import Subject
from yishi.core.refusal import Refusal
from yishi.records.models import MethodDraft, Place
from yishi.records.models.base import Kept
from yishi.records.queries.method_draft import (
    committees_of,
    draft_of,
    said_on,
    sent_digest,
    subject_at,
)

KIND = "method_draft"


@dataclass
class Changed:
    """A yes: where the draft stands from now on, and the rows made besides, already saved."""

    moved: Moved
    rows: Iterable[Kept] = field(default_factory=tuple)


Decide = Callable[[MethodDraft, Draft], "Changed | Refusal"]


def on_draft(
    ask: Ask,
    act: str,
    uid: str,
    decide: Decide,
    *,
    part: str = "acted",
    about: Callable[[Place], Subject] | None = None,
    by_place: bool = True,
) -> Done | Refusal:
    """Does `act` to a draft, one at a time. `decide` gets it as it is kept and as core sees it,
    and may change the row, which is saved where it says yes.

    `about`: what permission needs to know of the place; `by_place` False leaves the place itself
    out, so that only a body reaches. Refuses: `not_found`, `stale`, and what `decide` refuses.
    """
    found = MethodDraft.objects.select_related("place").filter(uid=uid).first()
    if found is None:
        return Refusal("not_found", have="draft")
    subject = about(found.place) if about else subject_of(found.place)

    def do() -> Written | Refusal:
        one_at_a_time(found.place)
        row = MethodDraft.objects.select_related("place", "base").get(pk=found.pk)
        if ask.version is not None and row.version != ask.version:
            return Refusal("stale")
        sent = sent_digest(row) if row.state == DraftState.SENT else ""
        changed = decide(row, draft_of(row, said_on(row), sent))
        if isinstance(changed, Refusal):
            return changed
        row.state, row.round = changed.moved.state, changed.moved.round
        row.version += 1
        row.save()
        return Written(changed.moved.event, (row, *changed.rows), row.state)

    # What the form showed is compared with the draft itself, inside the lock.
    unseen = replace(ask, version=None)
    place = found.place if by_place else None
    return act_at(unseen, act, place, KIND, uid, do, part=part, about=subject)


def subject_of(place: Place) -> Subject:
    """The place of a draft, reached also by the conveners of both its committees."""
    return subject_at(place, committees_of(place.pk))
