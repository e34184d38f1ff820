"""Rules: load a bundle into the immutable table, adopt it at a place, load a calendar year."""

from datetime import date, datetime

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.calendar import Year
from yishi.core.method.check import check
from yishi.core.method.drafting import SOURCE
from yishi.core.method.language import Method
from yishi.core.outcome import Event
from yishi.core.place import PlaceKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Adoption, BundleRow, CalendarYear, Place
from yishi.records.queries.method_fit import unfit_at
from yishi.records.queries.rule import LOCKED, SEVERAL, stored_files, today_of
from yishi.rulebook.kinds import parse
from yishi.rulebook.load import Bundle, usable_on


def load_bundle(ask: Ask, bundle: Bundle, place: Place | None = None) -> Done | Refusal:
    """Keeps a bundle for ever. The same bytes again change nothing.

    Refuses with `bundle_changed` where this id and version are kept with other bytes: a
    published version never changes; with `method_faulty` (have: the first fault, and the method
    it is in) where a method cannot be published. Raises RuleFileError where the file is broken.
    """
    value = parse(bundle)

    def do() -> Written | Refusal:
        faults = check(value) if isinstance(value, Method) else ()
        if faults:
            return Refusal("method_faulty", have=(faults[0], value), source=faults[0].source)
        kept = BundleRow.objects.filter(kind=bundle.kind, name=bundle.id, version=bundle.version)
        row = kept.first()
        if row is not None and row.sha256 != bundle.sha256:
            return Refusal("bundle_changed", need=row.sha256[:12], have=bundle.sha256[:12])
        if row is None:
            keep(bundle, ask.now)
        facts = {"kind": bundle.kind, "version": bundle.version, "sha256": bundle.sha256}
        return Written(Event("rules.loaded", {"id": bundle.id, **facts}, facts))

    return act_at(ask, "rules.load", place, "bundle", f"{bundle.kind}-{bundle.id}"[:20], do)


def adopt(ask: Ask, place: Place, bundle: Bundle, from_on: date) -> Done | Refusal:
    """From `from_on` this place works by this bundle, unless one below it has its own.

    Refuses with `bundle_unknown` (not loaded), `rule_not_yet`, `rule_repealed`, `layer_locked`
    (law is adopted for the whole installation, never below it), `method_unfit` (have: the first
    fault, and the method: it goes below a higher layer, or who it calls for is not there).
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
        if bundle.kind == LOCKED and place.parent_id is not None:
            return Refusal("layer_locked", PlaceKind.DISTRICT, place.kind, "place", bundle.source)
        if bundle.kind == SEVERAL:
            unfit = must_suit(parse(bundle), place, max(from_on, today_of(ask.now)))
            if unfit:
                return unfit
        adoption = say_from(ask, place, row, from_on)
        facts = {"kind": bundle.kind, "version": bundle.version, "sha256": bundle.sha256}
        params = {"id": bundle.id, "place": place.name, "from": from_on.isoformat(), **facts}
        return Written(Event("rules.adopted", params, facts), (adoption,))

    return act_at(ask, "rules.adopt", place, "place", place.uid, do)


def must_suit(method: Method, place: Place, day: date) -> Refusal | None:
    """A method keeps what stands above it, and somebody is appointed for each of its steps.
    Refused: `method_unfit` (have: the first fault, and the method)."""
    faults = unfit_at(method, place, day)
    if not faults:
        return None
    return Refusal("method_unfit", have=(faults[0], method), source=faults[0].source or SOURCE)


def keep(bundle: Bundle, now: datetime) -> BundleRow:
    """The row of a bundle nobody has kept yet."""
    return BundleRow.objects.create(
        kind=bundle.kind,
        name=bundle.id,
        version=bundle.version,
        sha256=bundle.sha256,
        valid_from=bundle.valid_from,
        repealed_on=bundle.repealed_on,
        source=bundle.source[:200],
        files=stored_files(dict(bundle.files)),
        loaded_at=now,
    )


def say_from(
    ask: Ask, place: Place, row: BundleRow, from_on: date, *, stops: bool = False
) -> Adoption:
    """The place's latest word, from that day, on the rules of a kind, or on the method of that
    name, of which it may have several."""
    said = {"bundle": row, "stops": stops, "decided_by_id": ask.actor.person_id}
    adoption, _ = Adoption.objects.update_or_create(
        place=place,
        kind=row.kind,
        name=row.name if row.kind == SEVERAL else "",
        from_on=from_on,
        defaults=said,
        create_defaults={**said, "uid": new_uid(ask.entropy)},
    )
    return adoption


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
