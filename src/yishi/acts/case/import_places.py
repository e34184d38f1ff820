"""Where an imported case belongs: places and bodies found by name or number, or made."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

from yishi.core.case.imported import UNIT_MAX, Imported, kind_of_body
from yishi.core.columns import ColumnMap, UnknownUnits
from yishi.core.place import COMMUNITY_BODIES, PlaceKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Body, Place

CODE_MAX = 20


class Places:
    """The places below one place, by name; new ones are made where the map says so."""

    def __init__(self, root: Place, columns: ColumnMap, entropy: Entropy) -> None:
        self.root, self.columns, self.entropy = root, columns, entropy
        self.made = 0
        rows = list(Place.objects.filter(line__startswith=root.line))
        self._codes = set(Place.objects.values_list("code", flat=True))
        self._children: dict[tuple[int | None, str], Place] = {
            (row.parent_id, row.name): row for row in rows
        }
        self._named: dict[str, list[Place]] = defaultdict(list)
        for row in rows:
            self._named[row.name].append(row)

    def find(self, street: str, community: str) -> Place | Refusal:
        """The community, else the street, else the root. Refused `place_unknown`."""
        if self.root.kind != PlaceKind.DISTRICT:
            return self._below(street, community)
        place = self.root
        if street:
            found = self._child(self.root, street, PlaceKind.SUBDISTRICT)
            if isinstance(found, Refusal):
                return found
            place = found
        if not community:
            return place
        if not street:
            return self.called(community) or Refusal("place_unknown", have=community)
        return self._child(place, community, PlaceKind.COMMUNITY)

    def called(self, name: str) -> Place | None:
        """The one place of that name; None where there is none, or more than one."""
        rows = self._named.get(name, [])
        return rows[0] if len(rows) == 1 else None

    def _below(self, street: str, community: str) -> Place | Refusal:
        """Below a sub-district or a community only what lies in it is taken over."""
        wanted = community or street
        if not wanted or wanted == self.root.name:
            return self.root
        if street and street != self.root.name and self.root.kind == PlaceKind.SUBDISTRICT:
            return Refusal("place_unknown", need=self.root.name, have=street)
        if self.root.kind == PlaceKind.SUBDISTRICT:
            return self._child(self.root, community, PlaceKind.COMMUNITY)
        return Refusal("place_unknown", need=self.root.name, have=wanted)

    def _child(self, parent: Place, name: str, kind: PlaceKind) -> Place | Refusal:
        found = self._children.get((parent.pk, name))
        if found is not None:
            return found
        if self.columns.unknown_units is UnknownUnits.REPORT:
            return Refusal("place_unknown", need=parent.name, have=name)
        row = Place(
            uid=new_uid(self.entropy),
            kind=kind,
            code=self._code(parent),
            name=name,
            parent=parent,
        )
        row.save(force_insert=True)
        row.line = f"{parent.line}{row.pk}."
        row.save(update_fields=["line"])
        self._children[parent.pk, name] = row
        self._named[name].append(row)
        self.made += 1
        return row

    def _code(self, parent: Place) -> str:
        """The parent's code and the next free number of two digits or more."""
        for number in range(1, 10_000):
            code = f"{parent.code}-{number:02}"
            if len(code) > CODE_MAX:
                break
            if code not in self._codes:
                self._codes.add(code)
                return code
        return new_uid(self.entropy)


class Units:
    """The bodies of a source, known by the source's own numbers."""

    def __init__(
        self,
        root: Place,
        source: str,
        columns: ColumnMap,
        names: Mapping[str, str],
        entropy: Entropy,
    ) -> None:
        self.root, self.source, self.columns, self.entropy = root, source, columns, entropy
        self.names = names
        self.made = 0
        self._by_code: dict[str, Body] = {
            row.code: row for row in Body.objects.filter(code__startswith=f"{_short(source)}-")
        }
        named: dict[str, list[Body]] = defaultdict(list)
        for row in Body.objects.filter(place__line__startswith=root.line):
            named[row.name].append(row)
        self._by_name = {name: rows[0] for name, rows in named.items() if len(rows) == 1}

    def find(self, case: Imported, places: Places) -> Body | Refusal | None:
        """The body that handled it; None where they name none. Refused `unit_unknown`."""
        if not case.unit:
            return None
        name = self.names.get(case.unit_code, case.unit)
        code = self.code_of(case.unit_code or case.unit)
        found = self._by_code.get(code) or self._by_name.get(name)
        if found is not None:
            return found
        if self.columns.unknown_units is UnknownUnits.REPORT:
            return Refusal("unit_unknown", have=name)
        kind = kind_of_body(name)
        body = Body(
            uid=new_uid(self.entropy),
            kind=kind,
            code=code,
            name=name[:UNIT_MAX],
            place=self._seat(case, name, places, community=kind in COMMUNITY_BODIES),
        )
        body.save(force_insert=True)
        self._by_code[code] = body
        self.made += 1
        return body

    def code_of(self, theirs: str) -> str:
        """Our code of a unit they number `theirs`, at most 20 characters."""
        code = f"{_short(self.source)}-{theirs}"
        if len(code) <= CODE_MAX and theirs.isascii():
            return code
        return f"{_short(self.source)}-{hashlib.sha256(theirs.encode()).hexdigest()[:10]}"

    def _seat(self, case: Imported, name: str, places: Places, *, community: bool) -> Place:
        """Where the body sits: its community, the street in its brackets, or the root."""
        bare = name.partition("（")[0]
        if community:
            return places.called(bare.removesuffix("工作站")) or self.root
        street = case.unit_within.removesuffix("办事处")
        return (places.called(street) if street else None) or self.root


def _short(source: str) -> str:
    """A source's name as codes of its bodies begin."""
    if source.isascii() and len(source) <= 9:
        return source
    return hashlib.sha256(source.encode()).hexdigest()[:8]
