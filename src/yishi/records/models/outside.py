"""The line to a higher system (12345, a district platform): its orders, and our answers to them."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.person import Person
from yishi.records.models.place import Place
from yishi.records.models.report import Report


class OutsideSystem(Kept):
    """A system that sends orders. `public_key`: Ed25519, base64, "" where it only sends sheets.

    `channel`: the way its matters came in, of the channels rule; `mapping`: the id of the rule
    that reads its sheets and writes ours to it.
    """

    ROW = "outside_system"
    SEALED = ("code", "name", "channel", "mapping", "public_key", "is_active", "added_at")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    channel = models.CharField(max_length=24)
    mapping = models.CharField(max_length=40)
    public_key = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()


class OutsideOrder(Kept):
    """An order of theirs: their number, their deadline, the matter it became, when we answered."""

    ROW = "outside_order"
    SEALED = ("their_number", "due_at", "received_at", "sent_back_at")
    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="orders")
    their_number = models.CharField(max_length=60)
    case = models.ForeignKey(Case, models.PROTECT, related_name="outside_orders")
    report = models.OneToOneField(Report, models.PROTECT, related_name="outside_order")
    due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    row_sha256 = models.CharField(max_length=64)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["system", "their_number"], name="outside_order_once"),
        )
        indexes = (
            models.Index(fields=["system", "sent_back_at"], name="outside_order_back"),
            models.Index(fields=["their_number"], name="outside_order_number"),
        )


class OutsideCall(models.Model):
    """A signed request that was acted on: the same one again is refused."""

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["system", "nonce"], name="outside_call_once"),
        )
