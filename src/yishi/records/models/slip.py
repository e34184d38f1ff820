"""One-time slips: a code printed at a desk, where no message can be sent."""

from django.db import models

from yishi.core.person import SlipPurpose
from yishi.records.models.base import Kept
from yishi.records.models.person import Person
from yishi.records.models.place import choices


class Slip(Kept):
    """A printed code, kept only as a blind index. Good once, until `expires_at` (exclusive)."""

    ROW = "slip"
    SEALED = ("purpose", "issued_at", "expires_at")
    person = models.ForeignKey(Person, models.PROTECT, related_name="slips")
    purpose = models.CharField(max_length=10, choices=choices(SlipPurpose))
    code_index = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
