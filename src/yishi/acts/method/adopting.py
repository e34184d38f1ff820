"""A community's own method is published; a community works by a method from a day, or stops."""

from dataclasses import replace
from datetime import date

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.acts.method.held import Changed, on_draft
from yishi.acts.rule import keep, must_suit, say_from
from yishi.core.method import drafting as core
from yishi.core.method.drafting import Draft, Moved
from yishi.core.method.language import Method
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.models import BundleRow, MethodDraft, Place
from yishi.records.queries.method_draft import assess
from yishi.records.queries.rule import (
    SEVERAL,
    bundle_of,
    methods_at,
    parsed,
    today_of,
)
from yishi.rulebook import draft as rulefile
from yishi.rulebook.kinds import parse
from yishi.rulebook.load import Bundle, usable_on


def publish(ask: Ask, uid: str, digest: str, resolution: str, from_on: date) -> Done | Refusal:
    """The draft as a rule file, kept for ever and adopted by its community from `from_on`.

    `resolution`: what it rests on, its source. Refuses as `core.method.drafting.publish`, and
    with `not_found`, `stale`, `rule_repealed`.
    """

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        today, source = today_of(ask.now), resolution.strip()
        found = assess(row, from_on)
        moved = core.publish(draft, digest, source, found.faults, found.method, from_on, today)
        if isinstance(moved, Refusal):
            return moved
        made = _bundle(row, source, from_on)
        unusable = usable_on(made, from_on)
        if unusable:
            return unusable
        assert isinstance(parse(made), Method)
        row.published = keep(made, ask.now)
        row.ended_at = ask.now
        adoption = say_from(ask, row.place, row.published, from_on)
        facts: dict[str, int | str] = {"version": made.version, "sha256": made.sha256}
        params = {
            "name": row.name,
            "id": made.id,
            "place": row.place.name,
            "from": from_on.isoformat(),
            "words": source,
            **facts,
        }
        event = Event("method.published", params, facts)
        return Changed(Moved(moved.state, moved.round, event), (adoption,))

    return on_draft(ask, "method.publish", uid, decide)


def adopt(ask: Ask, place_uid: str, name: str, version: str, from_on: date) -> Done | Refusal:
    """From `from_on` the place works by a kept method as it is; a topic that runs keeps the
    version it began with.

    Refuses with `not_found`, `draft_day_over`, `rule_not_yet`, `rule_repealed`, `method_unfit`
    (have: the first thing that keeps the place from it, and the method).
    """
    place = Place.objects.filter(uid=place_uid).first()
    row = BundleRow.objects.filter(kind=SEVERAL, name=name, version=version).first()
    if place is None or row is None:
        return Refusal("not_found", have="method" if place else "place")

    def do() -> Written | Refusal:
        one_at_a_time(place)
        refused = _over(from_on, ask) or usable_on(bundle_of(row), from_on)
        if refused:
            return refused
        unfit = must_suit(parsed(row), place, from_on)
        if unfit:
            return unfit
        adoption = say_from(ask, place, row, from_on)
        return Written(_event("method.adopted", place, row, from_on), (adoption,))

    return act_at(ask, "method.adopt", place, "place", place.uid, do)


def stop(ask: Ask, place_uid: str, name: str, from_on: date, why: str) -> Done | Refusal:
    """From `from_on` the place no longer takes up topics by this method; those that run go on.

    Refuses with `not_found`, `draft_day_over`, `why_missing`, `method_not_worked_by`.
    """
    place = Place.objects.filter(uid=place_uid).first()
    if place is None:
        return Refusal("not_found", have="place")

    def do() -> Written | Refusal:
        one_at_a_time(place)
        row = methods_at(place, from_on).get(name)
        if row is None:
            return Refusal("method_not_worked_by", have=place.name, source=core.SOURCE)
        refused = _over(from_on, ask)
        if refused:
            return refused
        if not why.strip():
            return Refusal("why_missing", source=core.SOURCE)
        event = _event("method.stopped", place, row, from_on)
        adoption = say_from(ask, place, row, from_on, stops=True)
        said = fitting(ask, place, replace(event, params={**event.params, "words": why.strip()}))
        return said if isinstance(said, Refusal) else Written(said, (adoption,))

    return act_at(ask, "method.stop", place, "place", place.uid, do)


def _bundle(row: MethodDraft, source: str, from_on: date) -> Bundle:
    """The draft as a rule file: the next version under the name it has at its place."""
    id = rulefile.slug(row.place.code, row.name)
    earlier = BundleRow.objects.filter(kind=SEVERAL, name=id).count()
    data = {
        **row.data["file"],
        "version": str(earlier + 1),
        "valid_from": from_on.isoformat(),
        "source": source,
    }
    return rulefile.bundle(data, row.data["texts"], id)


def _over(from_on: date, ask: Ask) -> Refusal | None:
    today = today_of(ask.now)
    return (
        Refusal("draft_day_over", today, from_on, "day", core.SOURCE) if from_on < today else None
    )


def _event(code: str, place: Place, row: BundleRow, from_on: date) -> Event:
    facts: dict[str, int | str] = {"version": row.version, "sha256": row.sha256}
    method: Method = parsed(row)
    params = {"name": method.name.zh, "id": row.name, "place": place.name}
    return Event(code, {**params, "from": from_on.isoformat(), **facts}, facts)
