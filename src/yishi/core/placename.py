"""Finding our place by what somebody else calls it.

Names of places are written in many ways (望江街道办事处, 清河区望江街道, 柳荫社区居委会). What
fits exactly one place is found; what fits none or several is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yishi.core.place import PlaceKind
from yishi.core.refusal import Refusal

# The office of a place, and how the place itself is called; the longer ending first.
_OFFICES = (
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("人民政府", ""),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("社区工作站", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
    ("村村民委员会", "村"),
    ("村村委会", "村"),
    ("村民委员会", "村"),
    ("村委会", "村"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that may be meant. `line` names it and those above it: `1.4.9.`."""

    key: int
    kind: PlaceKind
    name: str
    line: str


def find_place(street: str, community: str, address: str, places: Sequence[Named]) -> int | Refusal:
    """The key of the community, else of the street or town, among `places`.

    Where neither is named, the one place whose name stands in the address. Refused:
    `place_missing`, `place_unknown` (have: the name), `place_twice` (need: how many fit).
    """
    if street or community:
        within, found = "", None
        for name, kind in ((street, PlaceKind.SUBDISTRICT), (community, PlaceKind.COMMUNITY)):
            if not name:
                continue
            one = _only(name, _called(name, kind, within, places))
            if isinstance(one, Refusal):
                return one
            within, found = one.line, one
        assert found is not None
        return found.key
    for kind in (PlaceKind.COMMUNITY, PlaceKind.SUBDISTRICT):
        fits = [p for p in places if p.kind == kind and p.name in address]
        # 大石桥社区 holds 石桥社区: the longer name is meant.
        fits = [p for p in fits if not any(p.name != q.name and p.name in q.name for q in fits)]
        if len(fits) > 1 and kind == PlaceKind.COMMUNITY:
            above = [s for s in places if s.kind == PlaceKind.SUBDISTRICT and s.name in address]
            fits = [p for p in fits if any(p.line.startswith(s.line) for s in above)] or fits
        if fits:
            one = _only(address, fits)
            return one if isinstance(one, Refusal) else one.key
    return Refusal("place_missing", have=address or None)


def _called(name: str, kind: PlaceKind, within: str, places: Sequence[Named]) -> list[Named]:
    """The places of `kind` below `within` that `name` may mean."""
    plain = _plain(name, kind, places)
    return [
        place
        for place in places
        if place.kind == kind and place.line.startswith(within) and place.name in (name, plain)
    ]


def _plain(name: str, kind: PlaceKind, places: Sequence[Named]) -> str:
    """Without the names of the places above it, and without its office."""
    # The district stands before the street: 清河区望江街道柳荫社区.
    for above in (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT):
        if above != kind:
            fronts = [p.name for p in places if p.kind == above and name.startswith(p.name)]
            rest = name.removeprefix(max(fronts, key=len, default=""))
            name = rest or name
    for office, bare in _OFFICES:
        if name.endswith(office):
            return name.removesuffix(office) + bare
    return name


def _only(name: str, fits: Sequence[Named]) -> Named | Refusal:
    if not fits:
        return Refusal("place_unknown", have=name)
    if len(fits) > 1:
        return Refusal("place_twice", len(fits), name, "places")
    return fits[0]
