"""A rating that does not count in the three rates: asked for with a ground, decided by another."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.person import Person
from yishi.records.models.place import Body
from yishi.records.models.report import Rating


class Exclusion(Kept):
    """剔除, or a unit's appeal against a rating (申诉): `unit` is the one that appeals.

    `reach`: every rate, or satisfaction alone. What is approved is published in count.
    Source: norms.md §1 Three rates.
    """

    ROW = "exclusion"
    SEALED = ("reason", "reach", "state", "asked_at", "decided_at")
    SEALED_TEXT = ("words", "decision")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="exclusions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="exclusions")
    unit = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=24)
    reach = models.CharField(max_length=12)
    words = models.TextField()
    state = models.CharField(max_length=12)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["rating"],
                condition=models.Q(state__in=["asked", "approved"]),
                name="exclusion_one_standing",
            ),
        )
        indexes = (models.Index(fields=["state", "-asked_at"], name="exclusion_state"),)
