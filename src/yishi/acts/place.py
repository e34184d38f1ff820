"""Places, groupings, buildings and bodies: loaded from a list, all of it or nothing."""

import json
from collections.abc import Sequence
from hashlib import sha256

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.loading import INSTALLATION, mentioned_codes, put, root_place
from yishi.core.outcome import Event
from yishi.core.place import PlaceKind
from yishi.core.placelist import GROUPING_COLUMNS, Known, Map, check
from yishi.core.refusal import Refusal
from yishi.core.sheets import PLACE_SHEETS
from yishi.core.table import Line, Tables, must_fit, read_tables, table_refusal
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Body, Building, Grouping, Place

Lines = dict[str, list[Line]]
Codes = dict[str, Known]
ORDER = list(PlaceKind)


def load(ask: Ask, root_code: str | None, tables: Tables) -> Done | Refusal:
    """Loads the sheets 区划, 分组, 楼栋, 单位; a code that is known is updated, never doubled.

    `root_code` is the place the actor works in; None, the whole installation, is for the
    operator. Refuses with `table_empty`, `table_too_long`, `table_wrong` (a TableRefusal whose
    problems name sheet, row and column; see `core.placelist.check`), and then nothing is loaded.
    """
    root = root_place(root_code)
    if isinstance(root, Refusal):
        return root

    def do() -> Written | Refusal:
        unfit = must_fit(tables, PLACE_SHEETS)
        if unfit:
            return unfit
        lines, problems = read_tables(tables, PLACE_SHEETS)
        known = _known(root_code or "", mentioned_codes(tables))
        problems += check(lines, known)
        if problems:
            return table_refusal(problems)
        _write(lines, ask.entropy)
        facts: dict[str, int | str] = {
            "places": len(lines["区划"]),
            "groupings": len(lines["分组"]),
            "buildings": len(lines["楼栋"]),
            "bodies": len(lines["单位"]),
            "sha256": _digest(lines),
        }
        return Written(Event("place.loaded", facts, facts))

    return act_at(ask, "place.load", root, "place", root.uid if root else INSTALLATION, do)


def _digest(lines: Lines) -> str:
    """Names of places are public: one digest over all of them stands in the log."""
    rows = [[name, dict(line.values)] for name, found in lines.items() for line in found]
    return sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _known(root: str, mentioned: frozenset[str]) -> Map:
    """All codes kept, each with its kind and the place above it: four queries."""
    return Map(
        root,
        _by_code(Place, "kind", "parent__code"),
        _by_code(Grouping, "kind", "community__code"),
        {c: Known("", a) for c, a in Building.objects.values_list("code", "community__code")},
        _by_code(Body, "kind", "place__code"),
        mentioned,
    )


def _by_code(model: type[Place] | type[Grouping] | type[Body], kind: str, above: str) -> Codes:
    rows = model.objects.values_list("code", kind, above)
    return {code: Known(kind, above or "") for code, kind, above in rows}


def _write(lines: Lines, entropy: Entropy) -> None:
    places = _write_places(lines["区划"], entropy)
    groupings = {row.code: row for row in Grouping.objects.all()}
    put(
        Grouping,
        groupings,
        lines["分组"],
        lambda line: {
            "kind": line.text("kind"),
            "name": line.text("name"),
            "community_id": places[line.text("community")].pk,
        },
        entropy,
    )

    def grouping(line: Line, name: str) -> int | None:
        return groupings[line.text(name)].pk if line.text(name) else None

    put(
        Building,
        {row.code: row for row in Building.objects.all()},
        lines["楼栋"],
        lambda line: {
            "name": line.text("name"),
            "address": line.text("address"),
            "community_id": places[line.text("community")].pk,
            **{f"{name}_id": grouping(line, name) for name in GROUPING_COLUMNS},
            "lon": line.whole("lon"),
            "lat": line.whole("lat"),
        },
        entropy,
    )
    put(
        Body,
        {row.code: row for row in Body.objects.all()},
        lines["单位"],
        lambda line: {
            "kind": line.text("kind"),
            "name": line.text("name"),
            "place_id": places[line.text("place")].pk,
            "estate_id": grouping(line, "estate"),
        },
        entropy,
    )


def _write_places(lines: Sequence[Line], entropy: Entropy) -> dict[str, Place]:
    """Districts first, for a place's line begins with that of the place above it."""
    kept = {place.code: place for place in Place.objects.all()}
    for line in sorted(lines, key=lambda at: ORDER.index(PlaceKind(at.text("kind")))):
        code, name = line.text("code"), line.text("name")
        place = kept.get(code)
        if place is None:
            parent = kept.get(line.text("parent"))
            place = Place(uid=new_uid(entropy), code=code, name=name, parent=parent)
            place.kind = PlaceKind(line.text("kind"))
            place.save(force_insert=True)
            place.line = f"{parent.line if parent else ''}{place.pk}."
            place.save(update_fields=["line"])
            kept[code] = place
        elif place.name != name:
            place.name = name
            place.save(update_fields=["name"])
    return kept
