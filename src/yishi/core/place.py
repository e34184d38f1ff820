"""Where a thing is: district › sub-district or town › community, and three groupings beside it."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """The administrative line. Each kind's parent is the kind before it."""

    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"


def ids_of(line: str) -> frozenset[int]:
    """The ids in a place's line, such as `1.4.9.`: its own and those of all above it."""
    return frozenset(int(part) for part in line.split(".") if part)


class GroupingKind(StrEnum):
    """Independent groupings of buildings inside a community: a building may be in one of each.

    Source: practice.md, terms (龙王沱: 5 grids, 9 residents' groups, 2 estates).
    """

    GRID = "grid"
    GROUP = "group"
    ESTATE = "estate"


PARENT_KIND: dict[PlaceKind, PlaceKind | None] = {
    PlaceKind.DISTRICT: None,
    PlaceKind.SUBDISTRICT: PlaceKind.DISTRICT,
    PlaceKind.COMMUNITY: PlaceKind.SUBDISTRICT,
}


class BodyKind(StrEnum):
    """What a body is. Those in `HANDLES` can be given work on a case."""

    PARTY_COMMITTEE = "party_committee"
    RESIDENTS_COMMITTEE = "residents_committee"
    SERVICE_CENTRE = "service_centre"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    DEPARTMENT = "department"
    COMPANY = "company"
    OWNERS_COMMITTEE = "owners_committee"
    PROPERTY_FIRM = "property_firm"
    LOCAL_UNIT = "local_unit"
    SUPERVISORY_COMMITTEE = "supervisory_committee"


COMMUNITY_BODIES = frozenset({BodyKind.RESIDENTS_COMMITTEE, BodyKind.SERVICE_CENTRE})
HANDLES = frozenset(
    {
        BodyKind.RESIDENTS_COMMITTEE,
        BodyKind.SERVICE_CENTRE,
        BodyKind.SUBDISTRICT_OFFICE,
        BodyKind.DEPARTMENT,
        BodyKind.COMPANY,
        BodyKind.PROPERTY_FIRM,
        BodyKind.LOCAL_UNIT,
    }
)

# A list that names nobody in particular means the nearest body of that kind.
GENERIC_BODIES: dict[str, BodyKind] = {
    "社区居委会": BodyKind.RESIDENTS_COMMITTEE,
    "所属社区": BodyKind.RESIDENTS_COMMITTEE,
    "社区党群服务中心": BodyKind.SERVICE_CENTRE,
    "街道办事处": BodyKind.SUBDISTRICT_OFFICE,
    "所属街办": BodyKind.SUBDISTRICT_OFFICE,
    "物业服务企业": BodyKind.PROPERTY_FIRM,
}
COMMUNITY_WORDS = frozenset(
    name for name, kind in GENERIC_BODIES.items() if kind in COMMUNITY_BODIES
)
