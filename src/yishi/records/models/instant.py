"""秒回: an approved text that answers matters of one topic in one area until it expires."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.person import Person
from yishi.records.models.place import Place


class InstantAnswer(Kept):
    """One text. `words`: the topic, any of which a matter has to say; `item` the item it is about.

    In force from its approval until `until_at` (exclusive) or until it is ended; who approved it
    never drafted it. Source: norms.md §1 Instant answer; practice P2.
    """

    ROW = "instant"
    SEALED = ("state", "item", "words", "until_at", "drafted_at", "decided_at", "ended_at")
    SEALED_TEXT = ("title", "answer", "why")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    item = models.CharField(max_length=20, blank=True)
    words = models.JSONField(default=list)
    answer = models.TextField()
    until_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "until_at"], name="instant_state"),)
