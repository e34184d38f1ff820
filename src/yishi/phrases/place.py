"""Kinds of places, groupings and bodies in words."""

from django.utils.translation import gettext as _

from yishi.core.place import BodyKind, GroupingKind, PlaceKind


def say_kind(kind: str) -> str:
    """The kind as people call it; anything else as it is."""
    return {
        PlaceKind.DISTRICT.value: _("District"),
        PlaceKind.SUBDISTRICT.value: _("Sub-district or town"),
        PlaceKind.COMMUNITY.value: _("Community"),
        GroupingKind.GRID.value: _("Grid"),
        GroupingKind.GROUP.value: _("Residents' group"),
        GroupingKind.ESTATE.value: _("Estate"),
        BodyKind.PARTY_COMMITTEE.value: _("Community party committee"),
        BodyKind.RESIDENTS_COMMITTEE.value: _("Residents' committee"),
        BodyKind.SERVICE_CENTRE.value: _("Party and service centre"),
        BodyKind.SUBDISTRICT_OFFICE.value: _("Sub-district office"),
        BodyKind.DEPARTMENT.value: _("Department"),
        BodyKind.COMPANY.value: _("Company"),
        BodyKind.OWNERS_COMMITTEE.value: _("Owners' committee"),
        BodyKind.PROPERTY_FIRM.value: _("Property firm"),
        BodyKind.LOCAL_UNIT.value: _("Local unit"),
        BodyKind.SUPERVISORY_COMMITTEE.value: _("Affairs supervisory committee"),
        BodyKind.RESIDENTS_ASSEMBLY.value: _("Residents' assembly"),
        BodyKind.REPRESENTATIVES.value: _("Meeting of residents' representatives"),
        BodyKind.PARTY_MEMBERS.value: _("Meeting of all party members"),
        BodyKind.GROUP_LEADERS.value: _("Meeting of group leaders"),
        BodyKind.DELIBERATION_COMMITTEE.value: _("Community deliberation committee"),
        BodyKind.OWNERS_ASSEMBLY.value: _("Owners' assembly"),
        BodyKind.ADVISERS.value: _("Advisers"),
        BodyKind.VOLUNTEERS.value: _("Volunteer team"),
    }.get(kind, kind)
