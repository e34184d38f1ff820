"""Rules: load a bundle into the immutable table, adopt it at a place, load a calendar year."""

from datetime import date

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.calendar import Year
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Adoption, BundleRow, CalendarYear, Place
from yishi.records.queries.rule import stored_files
from yishi.rulebook.kinds import parse
from yishi.rulebook.load import Bundle, usable_on


def load_bundle(ask: Ask, bundle: Bundle, place: Place | None = None) -> Done | Refusal:
    """Keeps a bundle for ever. The same bytes again change nothing.

    Refuses with `bundle_changed` where this id and version are kept with other bytes: a
    published version never changes. Raises RuleFileError where the file is broken.
    """
    parse(bundle)

    def do() -> Written | Refusal:
        kept = BundleRow.objects.filter(kind=bundle.kind, name=bundle.id, version=bundle.version)
        row = kept.first()
        if row is not None and row.sha256 != bundle.sha256:
            return Refusal("bundle_changed", need=row.sha256[:12], have=bundle.sha256[:12])
        if row is None:
            BundleRow.objects.create(
                kind=bundle.kind,
                name=bundle.id,
                version=bundle.version,
                sha256=bundle.sha256,
                valid_from=bundle.valid_from,
                repealed_on=bundle.repealed_on,
                source=bundle.source[:200],
                files=stored_files(dict(bundle.files)),
                loaded_at=ask.now,
            )
        facts = {"kind": bundle.kind, "version": bundle.version, "sha256": bundle.sha256}
        return Written(Event("rules.loaded", {"id": bundle.id, **facts}, facts))

    return act_at(ask, "rules.load", place, "bundle", f"{bundle.kind}-{bundle.id}"[:20], do)


def adopt(ask: Ask, place: Place, bundle: Bundle, from_on: date) -> Done | Refusal:
    """From `from_on` this place works by this bundle, unless one below it has its own.

    Refuses with `bundle_unknown` (not loaded), `rule_not_yet`, `rule_repealed`.
    """

    def do() -> Written | Refusal:
        row = BundleRow.objects.filter(
            kind=bundle.kind, name=bundle.id, version=bundle.version, sha256=bundle.sha256
        ).first()
        if row is None:
            return Refusal("bundle_unknown", have=f"{bundle.kind}/{bundle.id} {bundle.version}")
        unusable = usable_on(bundle, from_on)
        if unusable:
            return unusable
        adoption, _ = Adoption.objects.update_or_create(
            place=place,
            kind=bundle.kind,
            from_on=from_on,
            defaults={
                "bundle": row,
                "decided_by_id": ask.actor.person_id,
            },
            create_defaults={
                "bundle": row,
                "decided_by_id": ask.actor.person_id,
                "uid": new_uid(ask.entropy),
            },
        )
        facts = {"kind": bundle.kind, "version": bundle.version, "sha256": bundle.sha256}
        params = {"id": bundle.id, "place": place.name, "from": from_on.isoformat(), **facts}
        return Written(Event("rules.adopted", params, facts), (adoption,))

    return act_at(ask, "rules.adopt", place, "place", place.uid, do)


def load_calendar(ask: Ask, year: Year, sha256: str, place: Place | None = None) -> Done | Refusal:
    """Loads a year's work-day notice; a newer version of a year replaces the older from now on.

    Refuses with `calendar_empty` (a year without a single day off is one nobody has published)
    and `calendar_changed` (this version is kept with other days).
    """

    def do() -> Written | Refusal:
        if not year.off:
            return Refusal("calendar_empty", have=year.year)
        row = CalendarYear.objects.filter(year=year.year, version=year.version).first()
        if row is not None and row.sha256 != sha256:
            return Refusal("calendar_changed", have=f"{year.year} {year.version}")
        if row is None:
            CalendarYear.objects.create(
                year=year.year,
                version=year.version,
                source=year.source[:200],
                sha256=sha256,
                off={day.isoformat(): name for day, name in year.off.items()},
                work={day.isoformat(): name for day, name in year.work.items()},
                loaded_at=ask.now,
            )
        facts: dict[str, int | str] = {
            "year": year.year,
            "off": len(year.off),
            "work": len(year.work),
            "sha256": sha256,
        }
        return Written(Event("calendar.loaded", {"version": year.version, **facts}, facts))

    return act_at(ask, "calendar.load", place, "calendar", f"calendar-{year.year}", do)
