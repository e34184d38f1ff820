"""Rule bundles, which place has adopted which, responsibility lists, work-day calendars."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Place


class BundleRow(models.Model):
    """One immutable version of a rule file, bytes and digest. Nothing ever updates a row."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    repealed_on = models.DateField(null=True)
    source = models.CharField(max_length=200)
    files = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "name", "version"], name="bundle_once"),
        )


class Adoption(Kept):
    """This place works by this bundle from this day. The nearest place above wins.

    Of methods a place may have several at once: `name` tells them apart, "" for other kinds.
    `stops`: from that day it no longer works by the method of that name.
    """

    ROW = "adoption"
    place = models.ForeignKey(Place, models.PROTECT, related_name="adoptions")
    bundle = models.ForeignKey(BundleRow, models.PROTECT, related_name="adoptions")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80, default="", blank=True)
    from_on = models.DateField()
    stops = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["place", "kind", "name", "from_on"], name="adoption_once"
            ),
        )


class DutyRow(Kept):
    """A row of a responsibility list: item × grade × area → lead, co-handlers, limit.

    Valid from a day, replaced on a day; a dispatched case keeps the row it was dispatched by.
    Source: norms.md §1, Responsibility list.
    """

    ROW = "duty"
    bundle = models.ForeignKey(BundleRow, models.PROTECT, related_name="duties")
    place = models.ForeignKey(Place, models.PROTECT, related_name="duties")
    code = models.CharField(max_length=20)
    category = models.CharField(max_length=20, blank=True)
    major = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=80)
    grade = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=60, blank=True)
    lead = models.CharField(max_length=80)
    lead_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    co = models.JSONField(default=list)
    supervising = models.CharField(max_length=200, blank=True)
    limit_length = models.IntegerField(null=True)
    limit_kind = models.CharField(max_length=20, blank=True)
    limit_words = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    standard = models.CharField(max_length=300, blank=True)
    promise = models.CharField(max_length=200, blank=True)
    minor = models.CharField(max_length=60, blank=True)
    community_may = models.CharField(max_length=8, default="none")
    position = models.IntegerField()
    valid_from = models.DateField()
    replaced_on = models.DateField(null=True)

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=["place", "code"], name="duty_place_code"),)


class CalendarYear(models.Model):
    """A year's work-day notice as loaded: dated, versioned, sourced; the latest version holds."""

    year = models.IntegerField()
    version = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    off = models.JSONField()
    work = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "version"], name="calendar_year_once"),
        )
