"""A community's own method on its way from a copy to a published version."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.person import Person
from yishi.records.models.place import Place
from yishi.records.models.rule import BundleRow


class MethodDraft(Kept):
    """A method being written: `data` as the rule file will say it, `notes` the texts beside it.

    `state`: drafting, sent, published, withdrawn; `round` counts how often it was sent. What is
    published is a bundle, which never changes.
    """

    ROW = "method_draft"
    SEALED = ("name", "state", "data", "round", "sent_at", "ended_at")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    base = models.ForeignKey(BundleRow, models.PROTECT, null=True, related_name="+")
    data = models.JSONField()
    state = models.CharField(max_length=12)
    round = models.IntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    published = models.ForeignKey(BundleRow, models.PROTECT, null=True, related_name="+")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["place", "state"], name="method_draft_place"),)


class MethodWord(Kept):
    """A word on a draft that was sent: of both committees, the legal adviser, the sub-district."""

    ROW = "method_word"
    SEALED = ("part", "is_yes", "round", "at")
    SEALED_TEXT = ("words",)
    draft = models.ForeignKey(MethodDraft, models.PROTECT, related_name="said")
    part = models.CharField(max_length=24)
    round = models.IntegerField()
    is_yes = models.BooleanField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "part", "round"], name="method_word_once"),
        )
