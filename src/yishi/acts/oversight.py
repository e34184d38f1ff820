"""The affairs supervisory committee: a lot, a look, a written opinion, and a body's reply."""

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core import oversight
from yishi.core.case.state import CaseState
from yishi.core.permit import Subject
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, Case, Inspection, Opinion, Place
from yishi.records.queries.body import handles_in
from yishi.records.queries.draw import open_draws
from yishi.records.queries.oversight import pool
from yishi.records.queries.rule import in_force, today_of

SEED_BYTES = 16


def sample(ask: Ask, place_uid: str) -> Done | Refusal:
    """Draws finished cases of a community by lot, for the committee to look at.

    The seed, the size of the pool and its digest stand in the public entry. Refuses with
    `not_found`, `nothing_to_draw`. Source: practice H12.
    """
    place = Place.objects.filter(uid=place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        one_at_a_time(place)
        wanted = in_force(place, today_of(ask.now)).terms.course.sample_cases
        cases = dict(pool(place, ask.now).values_list("number", "pk"))
        drawn = oversight.sample(tuple(cases), wanted, ask.entropy.bytes(SEED_BYTES).hex())
        if isinstance(drawn, Refusal):
            return drawn
        event, numbers = drawn
        rows = [
            Inspection(
                uid=new_uid(ask.entropy),
                place=place,
                case_id=cases[number],
                drawn_by_id=ask.actor.person_id,
                drawn_at=ask.now,
            )
            for number in numbers
        ]
        return Written(event, Inspection.objects.bulk_create(rows))

    return act_at(ask, "oversight.sample", place, "sample", uid, do)


def inspect(ask: Ask, case_uid: str, way: str, found: str, words: str = "") -> Done | Refusal:
    """One look at a finished case: the open draw of it, or a case the committee chose itself.

    Refuses as `core.oversight.inspect`, and with `not_found`, `words_too_long`.
    """
    case = _case(case_uid)
    if case is None:
        return Refusal("not_found", have="case")
    drawn = open_draws(case).order_by("id").first()
    row = drawn or Inspection(
        uid=new_uid(ask.entropy), place=case.place, case=case, drawn_at=ask.now
    )

    def do() -> Written | Refusal:
        one_at_a_time(case.place)
        looked = drawn is not None and not open_draws(case).filter(pk=drawn.pk).exists()
        said = oversight.inspect(way, found, words, looked=looked, number=case.number)
        event = fitting(ask, case.place, said)
        if isinstance(event, Refusal):
            return event
        row.way, row.found, row.words = way, found, words
        row.looked_by_id, row.looked_at = ask.actor.person_id, ask.now
        row.save()
        return Written(event, (row,))

    about = Subject(state=CaseState(case.state))
    return act_at(ask, "oversight.inspect", case.place, "inspection", row.uid, do, about=about)


def write_opinion(
    ask: Ask, place_uid: str, body_uid: str, words: str, case_uid: str = ""
) -> Done | Refusal:
    """监督意见书, about a case or in general. Refuses as `core.oversight.write_opinion`, and with
    `not_found`, `words_too_long`."""
    case = _case(case_uid) if case_uid else None
    place = case.place if case else Place.objects.filter(uid=place_uid).first()
    body = Body.objects.filter(uid=body_uid).first()
    if place is None or body is None or (case_uid and case is None):
        return Refusal("not_found", have="body" if place else "place")
    uid = new_uid(ask.entropy)

    def do() -> Written | Refusal:
        said = oversight.write_opinion(
            words,
            handles=handles_in(place).filter(pk=body.pk).exists(),
            unit=body.name,
            number=case.number if case else "",
        )
        event = fitting(ask, place, said)
        if isinstance(event, Refusal):
            return event
        row = Opinion(
            uid=uid,
            place=place,
            case=case,
            body=body,
            words=words,
            written_by_id=ask.actor.person_id,
            written_at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,))

    return act_at(ask, "opinion.write", place, "opinion", uid, do)


def reply(ask: Ask, opinion_uid: str, words: str) -> Done | Refusal:
    """The body answers an opinion written to it. Refuses as `core.oversight.reply`, and with
    `not_found`, `words_too_long`."""
    found = Opinion.objects.select_related("place").filter(uid=opinion_uid).first()
    if found is None:
        return Refusal("not_found", have="opinion")

    def do() -> Written | Refusal:
        one_at_a_time(found.place)
        row = Opinion.objects.get(pk=found.pk)
        event = fitting(
            ask, found.place, oversight.reply(words, replied=row.replied_at is not None)
        )
        if isinstance(event, Refusal):
            return event
        row.reply, row.replied_by_id, row.replied_at = words, ask.actor.person_id, ask.now
        row.save(update_fields=["reply", "replied_by", "replied_at"])
        return Written(event, (row,))

    about = Subject(units=frozenset({found.body_id}))
    return act_at(ask, "opinion.reply", found.place, "opinion", found.uid, do, about=about)


def _case(uid: str) -> Case | None:
    return Case.objects.select_related("place").filter(uid=uid).first()
