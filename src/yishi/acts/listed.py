"""限期整改清单: 挂账, reported done, 销号. What is on it never hangs on the state of a case."""

from datetime import date, timedelta

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core import listed
from yishi.core.number import SERIALS, make_number
from yishi.core.outcome import Event
from yishi.core.permit import Subject
from yishi.core.redaction import redact
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, Case, Listed, Place
from yishi.records.queries.body import handles_in
from yishi.records.queries.rule import adopted, parsed, start_of, today_of

REPORTED = "reported"


def open_entry(
    ask: Ask,
    place_uid: str,
    body_uid: str,
    title: str,
    due_on: date,
    words: str = "",
    case_uid: str = "",
) -> Done | Refusal:
    """挂账: on the list of a place, from a case or from a talk with residents.

    The title is public, so what the redaction rules in force there would hide is refused; it is
    due at the end of `due_on`. Refuses as `core.listed.open_entry`, and with `not_found`,
    `words_too_long`.
    """
    case = Case.objects.select_related("place").filter(uid=case_uid).first() if case_uid else None
    place = case.place if case else Place.objects.filter(uid=place_uid).first()
    body = Body.objects.filter(uid=body_uid).first()
    if place is None or body is None or (case_uid and case is None):
        return Refusal("not_found", have="body" if place else "place")
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        made = new_entry(ask, place, body, title, due_on, words, uid=uid, case=case)
        if isinstance(made, Refusal):
            return made
        event, row = made
        return Written(event, (row,), number=row.number)

    return act_at(ask, "listed.open", place, "listed", uid, do)


def new_entry(
    ask: Ask,
    place: Place,
    body: Body,
    title: str,
    due_on: date,
    words: str = "",
    *,
    uid: str = "",
    case: Case | None = None,
) -> tuple[Event, Listed] | Refusal:
    """A saved entry of the list and what is said of it, inside an act. Refuses as
    `core.listed.open_entry`, and with `words_too_long`."""
    today = today_of(ask.now)
    number = make_number(today, ask.entropy.below(SERIALS))
    rules = parsed(adopted(place, today, "redaction")["redaction"])
    said = listed.open_entry(
        number,
        title,
        body.name,
        due_on,
        today,
        handles=handles_in(place).filter(pk=body.pk).exists(),
        personal=bool(redact(title, rules)[1]),
    )
    event = fitting(ask, place, said, words)
    if isinstance(event, Refusal):
        return event
    row = Listed(
        uid=uid or new_uid(ask.entropy),
        number=number,
        place=place,
        case=case,
        body=body,
        title=title.strip(),
        words=words,
        due_at=start_of(due_on + timedelta(days=1)),
        opened_by_id=ask.actor.person_id,
        opened_at=ask.now,
    )
    row.save(force_insert=True)
    return event, row


def report_done(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """The body reports it done. Refuses as `core.listed.report_done`, and with `not_found`,
    `words_too_long`."""
    found = _entry(uid)
    if found is None:
        return Refusal("not_found", have="listed")

    def do() -> Written | Refusal:
        one_at_a_time(found.place)
        row = Listed.objects.get(pk=found.pk)
        said = listed.report_done(
            words, done=row.done_at is not None, closed=row.closed_at is not None
        )
        event = fitting(ask, found.place, said)
        if isinstance(event, Refusal):
            return event
        row.done_words, row.done_by_id, row.done_at = words, ask.actor.person_id, ask.now
        row.save(update_fields=["done_words", "done_by", "done_at"])
        return Written(event, (row,), number=row.number)

    about = Subject(units=frozenset({found.body_id}))
    return act_at(
        ask, "listed.report_done", found.place, "listed", uid, do, part=REPORTED, about=about
    )


def close(ask: Ask, uid: str, settled: bool, words: str) -> Done | Refusal:
    """销号 by somebody who did not report it done; not settled, it goes back to the body.

    Refuses as `core.listed.close`, and with `not_found`, `words_too_long`.
    """
    found = _entry(uid)
    if found is None:
        return Refusal("not_found", have="listed")

    def do() -> Written | Refusal:
        one_at_a_time(found.place)
        row = Listed.objects.get(pk=found.pk)
        said = listed.close(
            settled, words, done=row.done_at is not None, closed=row.closed_at is not None
        )
        event = fitting(ask, found.place, said)
        if isinstance(event, Refusal):
            return event
        if settled:
            row.closed_by_id, row.closed_at = ask.actor.person_id, ask.now
        else:
            row.done_by_id, row.done_at = None, None
        row.closed_words = words
        row.save()
        return Written(event, (row,), number=row.number)

    return act_at(ask, "listed.close", found.place, "listed", uid, do, part="closed")


def _entry(uid: str) -> Listed | None:
    return Listed.objects.select_related("place").filter(uid=uid).first()
