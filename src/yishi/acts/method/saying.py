"""The four words on a draft that was sent: both committees, the legal adviser, the sub-district."""

from yishi.acts.at_place import fitting
from yishi.acts.door import Ask, Done
from yishi.acts.method.held import Changed, on_draft
from yishi.core.method import drafting as core
from yishi.core.method.drafting import Draft, Part
from yishi.core.permit import Subject, permit
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import MethodDraft, MethodWord, Place
from yishi.records.queries.method_draft import committees_of, word_subject

ACTS = {
    Part.PARTY_COMMITTEE: "method.approve",
    Part.RESIDENTS_COMMITTEE: "method.approve",
    Part.LEGAL: "method.review",
    Part.FILING: "method.file",
}


def say(
    ask: Ask, uid: str, part: Part, digest: str, words: str = "", *, yes: bool
) -> Done | Refusal:
    """A yes, or a no with its reason that sends the draft back to be changed.

    `digest`: of the text that was read. Refuses as `core.method.drafting.say`, and with
    `not_found`, `stale`, `words_too_long`; who wrote it is refused by the table.
    """

    def about(place: Place) -> Subject:
        return word_subject(place, committees_of(place.pk), part)

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        moved = core.say(draft, part, digest, words.strip(), yes=yes)
        if isinstance(moved, Refusal):
            return moved
        fits = fitting(ask, row.place, moved.event)
        if isinstance(fits, Refusal):
            return fits
        granted = permit(ask.actor, ACTS[part], about(row.place))
        seat = None if isinstance(granted, Refusal) else granted.seat
        word = MethodWord(
            uid=new_uid(ask.entropy),
            draft=row,
            part=part,
            round=draft.round,
            is_yes=yes,
            words=words.strip(),
            by_id=ask.actor.person_id,
            office=seat.office[:60] if seat else "",
            at=ask.now,
        )
        word.save(force_insert=True)
        return Changed(moved, (word,))

    by_place = part is not Part.RESIDENTS_COMMITTEE
    return on_draft(ask, ACTS[part], uid, decide, about=about, by_place=by_place)
