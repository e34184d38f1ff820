"""Places, the groupings of buildings inside a community, buildings, and bodies."""

from enum import StrEnum

from django.db import models

from yishi.core.place import BodyKind, GroupingKind, PlaceKind, ids_of
from yishi.records.models.base import Kept


def choices(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    """A StrEnum as database choices."""
    return [(kind.value, kind.value) for kind in kinds]


class Place(Kept):
    """District › sub-district or town › community. `line` is the ids from the district down."""

    ROW = "place"
    kind = models.CharField(max_length=12, choices=choices(PlaceKind))
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    line = models.CharField(max_length=60, db_index=True)

    class Meta:
        ordering = ("code",)

    @property
    def ids(self) -> frozenset[int]:
        """The ids of this place and everything above it."""
        return ids_of(self.line)


class Grouping(Kept):
    """A grid, a residents' group or an estate: independent groupings of a community's buildings."""

    ROW = "grouping"
    kind = models.CharField(max_length=8, choices=choices(GroupingKind))
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    community = models.ForeignKey(Place, models.PROTECT, related_name="groupings")

    class Meta:
        ordering = ("code",)


class Building(Kept):
    """A building and the code on its poster. Residents do not type addresses.

    `lon`, `lat` in millionths of a degree, in `datum` (WGS-84 inside; norms.md §5).
    """

    ROW = "building"
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120, blank=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="buildings")
    grid = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    estate = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    lon = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    datum = models.CharField(max_length=10, default="WGS-84")

    class Meta:
        ordering = ("code",)


class Body(Kept):
    """An organisation: a committee, office, department, company. Some can be given work."""

    ROW = "body"
    kind = models.CharField(max_length=24, choices=choices(BodyKind))
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="bodies")
    estate = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="bodies")

    class Meta:
        ordering = ("code",)
