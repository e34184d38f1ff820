"""What the affairs supervisory committee looks at and writes, and what follows a breach."""

from django.db import models

from yishi.core.oversight import Found, Way
from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Place, choices
from yishi.records.models.rule import DutyRow


class Inspection(Kept):
    """One look of the committee at a finished matter; drawn by lot, or chosen. Source: H12.

    A matter the committee chose itself has nobody who drew it, and was drawn when it was looked at.
    """

    ROW = "inspection"
    SEALED = ("way", "found", "drawn_at", "looked_at")
    SEALED_TEXT = ("words",)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="inspections")
    way = models.CharField(max_length=12, choices=choices(Way), blank=True)
    found = models.CharField(max_length=12, choices=choices(Found), blank=True)
    words = models.TextField(blank=True)
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["place", "looked_at"], name="inspection_place"),)


class Opinion(Kept):
    """监督意见书: the committee's written opinion to a body; it orders nobody. Source: norms §1."""

    ROW = "opinion"
    SEALED = ("written_at", "replied_at")
    SEALED_TEXT = ("words", "reply")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="opinions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    words = models.TextField()
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["place", "-written_at"], name="opinion_place"),)


class Finding(Kept):
    """责任追究: a recorded finding after a breach of a limit, a promise or a rule."""

    ROW = "finding"
    SEALED = ("breach", "found_at")
    SEALED_TEXT = ("words",)
    case = models.ForeignKey(Case, models.PROTECT, related_name="findings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    duty = models.ForeignKey(DutyRow, models.PROTECT, null=True, related_name="+")
    breach = models.CharField(max_length=20)
    words = models.TextField()
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["body", "-found_at"], name="finding_body"),)


class Listed(Kept):
    """An entry of the dated list (限期整改清单): opened (挂账), reported done, closed (销号)."""

    ROW = "listed"
    SEALED = ("number", "title", "due_at", "opened_at", "done_at", "closed_at")
    SEALED_TEXT = ("words", "done_words", "closed_words")
    number = models.CharField(max_length=16, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="listed")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    done_words = models.TextField(blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    closed_words = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["place", "closed_at", "due_at"], name="listed_place"),
            models.Index(fields=["body", "closed_at", "due_at"], name="listed_body"),
        )


class FormTemplate(Kept):
    """A form of the trade as this office prints it: a Word file in place of the shipped one."""

    ROW = "template"
    SEALED = ("form", "sha256", "from_at")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    form = models.CharField(max_length=24)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    from_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["place", "form", "-from_at"], name="template_place"),)
