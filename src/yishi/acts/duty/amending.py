"""The list learns: what a ruling proposed is published as the next version, or not adopted.

Source: norms.md §1, Returns: a ruling names an amendment to the list.
"""

from dataclasses import replace
from datetime import date, datetime

from yishi.acts.at_place import Written, act_at, fitting, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.acts.duty.loading import bodies_by_name, keep_bundle, must_be_newer, must_fit, put_rows
from yishi.core.duty import DutyRow as CoreRow
from yishi.core.duty import must_be_for_community
from yishi.core.number import show_number
from yishi.core.outcome import Event
from yishi.core.place import COMMUNITY_BODIES, GENERIC_BODIES
from yishi.core.refusal import Refusal
from yishi.records.models import Amendment, Body, BundleRow, DutyRow, Place
from yishi.records.queries.duty import standing_on
from yishi.records.queries.rule import bundle_of, today_of
from yishi.rulebook.kinds.duties import Amended, amended_bundle, duty_rows, next_version, row_key
from yishi.rulebook.load import Bundle

SOURCE = "norms.md §1 Responsibility list"


def made_of(
    amendment: Amendment, place: Place, now: datetime
) -> tuple[BundleRow, Bundle] | Refusal:
    """The list in force and the version that would follow it. Writes nothing.

    Refuses with `not_found` (the list is not a loaded one, or not of this place),
    `amendment_decided`, `amendment_stale` (the row has changed since it was proposed),
    `unit_unknown` (a body it names is not known here), `duty_not_for_community`.
    """
    proposed_for = amendment.duty
    if proposed_for is None or proposed_for.place_id != place.pk:
        return Refusal("not_found", have="amendment")
    if amendment.state != "proposed":
        return Refusal("amendment_decided", have=amendment.state)
    current = in_force(place, proposed_for.bundle.name, today_of(now))
    if current is None or proposed_for.bundle.kind != "duties":
        return Refusal("not_found", have="list")
    names = (amendment.lead, *amendment.co)
    known = bodies_by_name(place, names)
    unknown = [name for name in names if name not in known and name not in GENERIC_BODIES]
    if unknown:
        return Refusal("unit_unknown", have=unknown[0])
    then = {row_key(row): row for row in duty_rows(bundle_of(proposed_for.bundle))}
    today = {row_key(row): row for row in duty_rows(bundle_of(current))}
    asked = (proposed_for.code, proposed_for.grade, proposed_for.area)
    base = today.get(asked)
    wanted = (amendment.code, amendment.grade, amendment.area)
    if base is None or base != then.get(asked) or today.get(wanted) != then.get(wanted):
        return Refusal("amendment_stale", have=amendment.title)
    row = replace(
        base,
        grade=amendment.grade,
        area=amendment.area,
        lead=amendment.lead,
        co=tuple(amendment.co),
    )
    barred = _must_be_for_community(row, known) or must_fit([row])
    if barred:
        return barred
    number = show_number(amendment.ruling.case.number)
    made = amended_bundle(
        bundle_of(current),
        Amended(wanted, row),
        version=next_version(current.version, _versions(current)),
        valid_from=today_of(now),
        source=f"争议裁定 {number}（{today_of(amendment.ruling.ruled_at).isoformat()}）",
    )
    return current, made


def amend(ask: Ask, place: Place, amendment_uid: str) -> Done | Refusal:
    """Publishes the next version of the list with this amendment; it holds from today, at once.

    The rows of the version before are replaced today and kept: a dispatched case keeps its own.
    Refuses as `made_of`, and with `duties_not_newer` (a version to come is loaded already).
    """
    found = amendment_at(place, amendment_uid)
    if isinstance(found, Refusal):
        return found
    amendment = found

    def do() -> Written | Refusal:
        one_at_a_time(place)
        amendment.refresh_from_db(fields=["state"])
        made = made_of(amendment, place, ask.now)
        if isinstance(made, Refusal):
            return made
        before, bundle = made
        if late := must_be_newer(place, bundle):
            return late
        kept = keep_bundle(ask, bundle)
        if isinstance(kept, Refusal):
            return kept
        rows = duty_rows(bundle)
        put_rows(ask, place, bundle, kept, rows)
        amendment.state, amendment.bundle = "published", kept
        amendment.decided_by_id, amendment.decided_at = ask.actor.person_id, ask.now
        amendment.save(update_fields=["state", "bundle", "decided_by", "decided_at"])
        facts: dict[str, int | str] = {
            "version": bundle.version,
            "before": before.version,
            "sha256": bundle.sha256,
            "rows": len(rows),
        }
        params = {"id": bundle.id, "item": amendment.title, "lead": amendment.lead, **facts}
        return Written(Event("duties.amended", params, facts), (amendment,))

    return act_at(ask, "duties.amend", place, "duties", _subject(place, amendment), do)


def drop(ask: Ask, place: Place, amendment_uid: str, why: str) -> Done | Refusal:
    """It is not adopted, and why. Refuses with `not_found`, `amendment_decided`, `why_missing`,
    `words_too_long`."""
    found = amendment_at(place, amendment_uid)
    if isinstance(found, Refusal):
        return found
    amendment = found

    def do() -> Written | Refusal:
        one_at_a_time(place)
        amendment.refresh_from_db(fields=["state"])
        if amendment.state != "proposed":
            return Refusal("amendment_decided", have=amendment.state)
        if not why.strip():
            return Refusal("why_missing", source=SOURCE)
        params = {"item": amendment.title, "lead": amendment.lead, "why": why.strip()}
        event = fitting(ask, place, Event("duties.amendment_dropped", params))
        if isinstance(event, Refusal):
            return event
        amendment.state, amendment.words = "dropped", why.strip()
        amendment.decided_by_id, amendment.decided_at = ask.actor.person_id, ask.now
        amendment.save(update_fields=["state", "words", "decided_by", "decided_at"])
        return Written(event, (amendment,))

    return act_at(ask, "duties.drop", place, "duties", _subject(place, amendment), do)


def amendment_at(place: Place, uid: str) -> Amendment | Refusal:
    """The amendment `uid` of a list of `place`. Refuses `not_found`."""
    row = (
        Amendment.objects.filter(uid=uid, duty__place=place)
        .select_related("duty__bundle", "ruling__case")
        .first()
    )
    return row or Refusal("not_found", have="amendment")


def in_force(place: Place, name: str, day: date) -> BundleRow | None:
    """The version of the list `name` by which `place` dispatches today."""
    rows = DutyRow.objects.filter(
        standing_on(day), place=place, bundle__name=name, bundle__kind="duties"
    )
    found = rows.order_by("-valid_from", "-id").values_list("bundle_id", flat=True).first()
    return BundleRow.objects.filter(pk=found).first() if found else None


def _versions(current: BundleRow) -> frozenset[str]:
    kept = BundleRow.objects.filter(kind=current.kind, name=current.name)
    return frozenset(kept.values_list("version", flat=True))


def _must_be_for_community(row: CoreRow, known: dict[str, int]) -> Refusal | None:
    """A ruling teaches the list no burden it does not have: only what a community may."""
    kinds = dict(Body.objects.filter(pk__in=known.values()).values_list("name", "kind"))
    for index, name in enumerate((row.lead, *row.co)):
        if kinds.get(name) in COMMUNITY_BODIES:
            barred = must_be_for_community(
                row.community_may, leads=index == 0, named=False, unit=name, item=row.title
            )
            if barred:
                return barred
    return None


def _subject(place: Place, amendment: Amendment) -> str:
    name = amendment.duty.bundle.name if amendment.duty else ""
    return f"duties-{place.pk}-{name}"[:20]
