"""诉求: what one person raised, with their words, number, answer and rating; and its photos."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.case import Assignment, Case
from yishi.records.models.person import Person
from yishi.records.models.place import Building, Place
from yishi.records.secret import SecretField


class Report(Kept):
    """One person's words. A dated link joins it to the case it is handled in.

    `attempts`: calls back nobody took since it was answered.
    """

    ROW = "report"
    SEALED = ("number", "nature", "channel", "filed_at", "answered_at")
    SEALED_LATER = ("withdrawn_at", "urged_at", "attempts")
    SEALED_TEXT = ("words", "answer")
    number = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="reports")
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    phone = SecretField(default="", blank=True)
    consent = models.BooleanField(default=False)
    words = models.TextField()
    nature = models.CharField(max_length=12)
    channel = models.CharField(max_length=24)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True)
    lon = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    datum = models.CharField(max_length=10, blank=True)
    filed_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["person", "-filed_at"], name="report_person_filed"),)


class Link(models.Model):
    """This report is handled in this case, from then until then: merging moves links, not words."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(until_at__isnull=True), name="link_one_case"
            ),
        )


class Rating(Kept):
    """The resident's word on one round: solved, satisfied, four axes of five stars."""

    ROW = "rating"
    SEALED = ("round", "solved", "satisfaction", "speed", "result", "service", "answer")
    SEALED_TEXT = ("words",)
    report = models.ForeignKey(Report, models.PROTECT, related_name="ratings")
    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    round = models.IntegerField()
    solved = models.BooleanField()
    satisfaction = models.CharField(max_length=20)
    speed = models.IntegerField()
    result = models.IntegerField()
    service = models.IntegerField()
    answer = models.IntegerField()
    words = models.TextField(blank=True)
    by_resident = models.BooleanField()
    rated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "round"], name="rating_once_a_round"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{axis}__gte": 1, f"{axis}__lte": 5}),
                    name=f"rating_{axis}_stars",
                )
                for axis in ("speed", "result", "service", "answer")
            ),
        )


class StoredFile(models.Model):
    """A file by its content. The bytes lie in the file store under `sha256`."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.IntegerField()
    media_type = models.CharField(max_length=60)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    stored_at = models.DateTimeField()


class Attachment(Kept):
    """A photo with a report, or proof with a unit's result."""

    ROW = "attachment"
    SEALED = ("part",)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="attachments")
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="attachments"
    )
    part = models.CharField(max_length=8, choices=[("photo", "photo"), ("proof", "proof")])
    added_at = models.DateTimeField()


class Source(models.Model):
    """Where an imported case came from and what its source asserts, kept apart from our clocks."""

    source = models.CharField(max_length=40)
    their_id = models.CharField(max_length=60)
    case = models.OneToOneField(Case, models.PROTECT, related_name="source")
    row_sha256 = models.CharField(max_length=64)
    asserted_on_time = models.BooleanField(null=True)
    asserted_unit = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "their_id"], name="source_row_once"),
        )
