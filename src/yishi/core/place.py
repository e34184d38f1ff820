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
    # Those that deliberate: their seats are appointments, and a quorum is counted of them.
    RESIDENTS_ASSEMBLY = "residents_assembly"
    REPRESENTATIVES = "representatives"
    PARTY_MEMBERS = "party_members"
    GROUP_LEADERS = "group_leaders"
    DELIBERATION_COMMITTEE = "deliberation_committee"
    OWNERS_ASSEMBLY = "owners_assembly"
    ADVISERS = "advisers"
    VOLUNTEERS = "volunteers"


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

# Those with seats: a convener speaks for the body, and a quorum is counted of its members.
SEATED = frozenset(
    {
        BodyKind.PARTY_COMMITTEE,
        BodyKind.RESIDENTS_COMMITTEE,
        BodyKind.OWNERS_COMMITTEE,
        BodyKind.PROPERTY_FIRM,
        BodyKind.LOCAL_UNIT,
        BodyKind.SUPERVISORY_COMMITTEE,
        BodyKind.RESIDENTS_ASSEMBLY,
        BodyKind.REPRESENTATIVES,
        BodyKind.PARTY_MEMBERS,
        BodyKind.GROUP_LEADERS,
        BodyKind.DELIBERATION_COMMITTEE,
        BodyKind.OWNERS_ASSEMBLY,
        BodyKind.ADVISERS,
        BodyKind.VOLUNTEERS,
    }
)
# Who sits in these was elected into public office, and the election was published: names in full.
PUBLIC_OFFICE = frozenset(
    {
        BodyKind.PARTY_COMMITTEE,
        BodyKind.RESIDENTS_COMMITTEE,
        BodyKind.OWNERS_COMMITTEE,
        BodyKind.SUPERVISORY_COMMITTEE,
    }
)
# A post in two of these at once needs a democratic procedure (交叉任职; practice G2).
CROSSING = frozenset(
    {BodyKind.RESIDENTS_COMMITTEE, BodyKind.OWNERS_COMMITTEE, BodyKind.PROPERTY_FIRM}
)
# Party members elect the one, residents the other: never one roll (practice G2).
PARTY_ROLL = frozenset({BodyKind.PARTY_COMMITTEE, BodyKind.PARTY_MEMBERS})
RESIDENTS_ROLL = frozenset(
    {
        BodyKind.RESIDENTS_COMMITTEE,
        BodyKind.RESIDENTS_ASSEMBLY,
        BodyKind.REPRESENTATIVES,
        BodyKind.GROUP_LEADERS,
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
