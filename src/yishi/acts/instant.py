"""秒回: a text drafted by one person, put in force by another, and ended by anyone of them."""

from collections.abc import Callable
from dataclasses import replace

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core import instant
from yishi.core.instant import Drafted, InstantRules, InstantState
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import DutyRow, InstantAnswer, Place
from yishi.records.queries.duty import standing_on
from yishi.records.queries.rule import InForce, RulesMissing, in_force, today_of

DRAFTED = "drafted"


def draft(ask: Ask, place_uid: str, drafted: Drafted, item: str = "") -> Done | Refusal:
    """A text for the place and all below it, to be approved by somebody else.

    `item`: the code of a row of the responsibility list in force there, "" for none. Refuses as
    `core.instant.draft`, and with `not_found`, `item_unknown`, `rules_missing` where the place
    has adopted no rules of this kind.
    """
    place = Place.objects.filter(uid=place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")
    uid = new_uid(ask.entropy)
    tidy = replace(
        drafted,
        title=drafted.title.strip(),
        answer=drafted.answer.strip(),
        words=tuple(dict.fromkeys(word.strip() for word in drafted.words if word.strip())),
    )

    def do() -> Written | Refusal:
        rules = in_force(place, today_of(ask.now))
        limits = limits_of(rules, place)
        furthest = rules.terms.due(ask.now, limits.longest)
        said = instant.draft(tidy, furthest, limits, ask.now)
        event = fitting(ask, place, said, tidy.answer)
        if isinstance(event, Refusal):
            return event
        if item and not _stands(item, place, ask):
            return Refusal("item_unknown", have=item)
        row = InstantAnswer(
            uid=uid,
            place=place,
            title=tidy.title,
            item=item,
            words=list(tidy.words),
            answer=tidy.answer,
            until_at=tidy.until_at,
            state=InstantState.DRAFT,
            drafted_by_id=ask.actor.person_id,
            drafted_at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,), row.state)

    return act_at(ask, "instant.draft", place, "instant", uid, do, part=DRAFTED)


def approve(ask: Ask, uid: str) -> Done | Refusal:
    """In force from now on. Refuses as `core.instant.decide`, and with `not_found`,
    `rules_missing`; who drafted it is refused by the table."""

    def do(row: InstantAnswer) -> Event | Refusal:
        limits_of(in_force(row.place, today_of(ask.now)), row.place)
        said = instant.decide(row.state, row.title, row.until_at, "", ask.now, approved=True)
        row.state = InstantState.APPROVED
        row.decided_by_id, row.decided_at = ask.actor.person_id, ask.now
        return said

    return _on(ask, "instant.approve", uid, "approved", do)


def refuse(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """Not approved. Refuses as `core.instant.decide`, and with `not_found`, `words_too_long`."""

    def do(row: InstantAnswer) -> Event | Refusal:
        said = instant.decide(row.state, row.title, row.until_at, why, ask.now, approved=False)
        row.state, row.why = InstantState.REFUSED, why
        row.decided_by_id, row.decided_at = ask.actor.person_id, ask.now
        return fitting(ask, row.place, said)

    return _on(ask, "instant.refuse", uid, "refused", do)


def end(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """Not sent any more. Refuses as `core.instant.end`, and with `not_found`,
    `words_too_long`."""

    def do(row: InstantAnswer) -> Event | Refusal:
        said = instant.end(row.state, row.title, row.until_at, why, ask.now)
        row.state, row.why = InstantState.ENDED, why
        row.ended_by_id, row.ended_at = ask.actor.person_id, ask.now
        return fitting(ask, row.place, said)

    return _on(ask, "instant.end", uid, "ended", do)


def limits_of(rules: InForce, place: Place) -> InstantRules:
    """The limits adopted at a place. Raises RulesMissing where there are none."""
    if rules.instant is None:
        raise RulesMissing("instant", Refusal("rules_missing", need="instant", have=place.name))
    return rules.instant


def _on(
    ask: Ask, act: str, uid: str, part: str, do: Callable[[InstantAnswer], Event | Refusal]
) -> Done | Refusal:
    """One word on a text, one at a time. `do` sets what changes; a refusal keeps nothing of it."""
    found = InstantAnswer.objects.select_related("place").filter(uid=uid).first()
    if found is None:
        return Refusal("not_found", have="instant")

    def write() -> Written | Refusal:
        one_at_a_time(found.place)
        row = InstantAnswer.objects.select_related("place").get(pk=found.pk)
        event = do(row)
        if isinstance(event, Refusal):
            return event
        row.save()
        return Written(event, (row,), row.state)

    return act_at(ask, act, found.place, "instant", uid, write, part=part)


def _stands(item: str, place: Place, ask: Ask) -> bool:
    rows = DutyRow.objects.filter(standing_on(today_of(ask.now)), code=item)
    return rows.filter(place_id__in=place.ids).exists()
