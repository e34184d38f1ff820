"""The responsibility list of a place: published as a rule file, kept row by row."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import CharField, Q

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core import duty as core
from yishi.core.outcome import Event
from yishi.core.place import GENERIC_BODIES
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, BundleRow, DutyRow, Place
from yishi.records.queries.rule import stored_files
from yishi.rulebook.kinds import duty_rows
from yishi.rulebook.load import Bundle

LONGEST: dict[str, int] = {
    field.name: field.max_length
    for field in DutyRow._meta.concrete_fields
    if isinstance(field, CharField) and field.max_length and field.name != "uid"
}
"""Column → how many characters of a list's cell it keeps."""


def load(ask: Ask, place: Place, bundle: Bundle) -> Done | Refusal:
    """From its valid-from day on `place` dispatches by the list in `bundle`.

    All rows or none. The same list in an older version is replaced on that day and kept: a
    dispatched case keeps the row it was dispatched by. The same bytes again change nothing.
    Refuses with `cell_too_long` (unit: the column, source: the row), `bundle_changed` (this
    version is kept with other bytes), `duties_not_newer` (a later version is already in
    force). Raises RuleFileError where the file is broken. Source: norms.md §1, Responsibility
    list; architecture, decisions 10 and 15.
    """
    rows = duty_rows(bundle)

    def do() -> Written | Refusal:
        refused = must_fit(rows) or must_be_newer(place, bundle)
        if refused:
            return refused
        kept = keep_bundle(ask, bundle)
        if isinstance(kept, Refusal):
            return kept
        facts: dict[str, int | str] = {
            "version": bundle.version,
            "sha256": bundle.sha256,
            "rows": len(rows),
        }
        params = {"id": bundle.id, "from": bundle.valid_from.isoformat(), **facts}
        if not DutyRow.objects.filter(bundle=kept, place=place).exists():
            put_rows(ask, place, bundle, kept, rows)
        return Written(Event("duties.loaded", params, facts))

    return act_at(ask, "duties.load", place, "duties", f"duties-{place.pk}-{bundle.id}"[:20], do)


def must_fit(rows: Iterable[core.DutyRow]) -> Refusal | None:
    """The first cell too long to keep. Refused `cell_too_long` (need and have in characters)."""
    for number, row in enumerate(rows, 1):
        for name, longest in LONGEST.items():
            words = getattr(row, name, "")
            if isinstance(words, str) and len(words) > longest:
                return Refusal("cell_too_long", longest, len(words), name, f"{number}")
        if any(len(name) > LONGEST["lead"] for name in row.co):
            return Refusal(
                "cell_too_long", LONGEST["lead"], max(map(len, row.co)), "co", f"{number}"
            )
    return None


def must_be_newer(place: Place, bundle: Bundle) -> Refusal | None:
    """Refused `duties_not_newer` (need: the day the version in force began)."""
    later = (
        DutyRow.objects.filter(
            place=place,
            bundle__name=bundle.id,
            replaced_on__isnull=True,
            valid_from__gt=bundle.valid_from,
        )
        .values_list("valid_from", flat=True)
        .first()
    )
    return Refusal("duties_not_newer", later, bundle.valid_from, "day") if later else None


def bodies_by_name(place: Place, names: Iterable[str]) -> dict[str, int]:
    """name → id of the one body of that name in `place`, below it or above it.

    A name two bodies bear is left out: a list that does not say which is no answer.
    """
    near = Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)
    found: dict[str, list[int]] = defaultdict(list)
    for pk, name in Body.objects.filter(near, name__in=set(names)).values_list("id", "name"):
        found[name].append(pk)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def unknown_bodies(place: Place, rows: Iterable[core.DutyRow]) -> Counter[str]:
    """The bodies that lead by these rows and that nobody has entered, with how many rows each.

    A name that means the nearest body of its kind (社区居委会) is known everywhere.
    """
    leads = Counter(row.lead for row in rows if row.lead not in GENERIC_BODIES)
    known = bodies_by_name(place, leads)
    return Counter({name: count for name, count in leads.items() if name not in known})


def put_rows(
    ask: Ask, place: Place, bundle: Bundle, kept: BundleRow, rows: Iterable[core.DutyRow]
) -> None:
    """The rows stand from the bundle's day on; those of the version before end on it and stay."""
    older = DutyRow.objects.filter(place=place, bundle__name=bundle.id, replaced_on__isnull=True)
    older.update(replaced_on=bundle.valid_from)
    DutyRow.objects.bulk_create(_made(ask, place, kept, rows))


def keep_bundle(ask: Ask, bundle: Bundle) -> BundleRow | Refusal:
    """The row of the bundle, made where it is new. Refuses with `bundle_changed`."""
    row, _ = BundleRow.objects.get_or_create(
        kind=bundle.kind,
        name=bundle.id,
        version=bundle.version,
        defaults={
            "sha256": bundle.sha256,
            "valid_from": bundle.valid_from,
            "repealed_on": bundle.repealed_on,
            "source": bundle.source[:200],
            "files": stored_files(dict(bundle.files)),
            "loaded_at": ask.now,
        },
    )
    if row.sha256 != bundle.sha256:
        return Refusal("bundle_changed", need=row.sha256[:12], have=bundle.sha256[:12])
    return row


def _made(ask: Ask, place: Place, bundle: BundleRow, rows: Iterable[core.DutyRow]) -> list[DutyRow]:
    rows = list(rows)
    bodies = bodies_by_name(place, (row.lead for row in rows))
    return [
        DutyRow(
            uid=new_uid(ask.entropy),
            bundle=bundle,
            place=place,
            code=row.code,
            category=row.category,
            major=row.major,
            minor=row.minor,
            title=row.title,
            grade=row.grade,
            area=row.area,
            lead=row.lead,
            lead_body_id=bodies.get(row.lead),
            co=list(row.co),
            supervising=row.supervising,
            limit_length=row.limit.length,
            limit_kind=row.limit.kind.value,
            limit_words=row.limit_words,
            basis=row.basis,
            standard=row.standard,
            promise=row.promise,
            community_may=row.community_may.value,
            position=number,
            valid_from=bundle.valid_from,
        )
        for number, row in enumerate(rows, 1)
    ]
