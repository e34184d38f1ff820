"""账: accounts of a round and what moved between them. A balance is the sum of its transfers, and
is kept nowhere; a transfer takes from one account what it gives to the other, so all of them sum
to nothing. Triggers of the migrations hold that no account but the outside falls below 0, that no
transfer is changed, that one which reverses a payment is its counter-entry, and that a voucher is
paid on once in a community."""

from django.db import models

from yishi.core.ledger import AccountKind, Moved
from yishi.records.models.base import Kept
from yishi.records.models.person import Person
from yishi.records.models.place import choices
from yishi.records.models.project import Pledge, Project
from yishi.records.models.report import StoredFile
from yishi.records.models.round import Fund
from yishi.records.models.topic import Topic


class Account(Kept):
    """An account of a round: a fund, what a funder has set aside for a project, what a project has
    spent, what was swept, or the outside it comes from and goes back to."""

    ROW = "account"
    SEALED = ("kind",)
    SEALED_SINCE = ("id", "topic_id", "fund_id", "pledge_id", "project_id")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=8, choices=choices(AccountKind))
    fund = models.OneToOneField(Fund, models.PROTECT, null=True, related_name="account")
    pledge = models.OneToOneField(Pledge, models.PROTECT, null=True, related_name="account")
    project = models.OneToOneField(Project, models.PROTECT, null=True, related_name="account")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "kind"],
                condition=models.Q(kind__in=["outside", "swept"]),
                name="account_one_outside",
            ),
        )


class Transfer(Kept):
    """So much moved from one account of a round to another, by which act, on which voucher.
    `reverses`: the payment entered by mistake that this one undoes."""

    ROW = "transfer"
    SEALED = ("no", "moved", "amount_fen", "voucher_no", "at")
    SEALED_LATER = ("reverses_no",)
    SEALED_SINCE = ("topic_id", "source_id", "target_id", "project_id", "voucher_id")
    SEALED_TEXT = ("words",)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="transfers")
    no = models.IntegerField()
    moved = models.CharField(max_length=12, choices=choices(Moved))
    source = models.ForeignKey(Account, models.PROTECT, related_name="given")
    target = models.ForeignKey(Account, models.PROTECT, related_name="taken")
    amount_fen = models.BigIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="transfers")
    voucher_no = models.CharField(max_length=60, blank=True)
    voucher = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "no"], name="transfer_no_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="transfer_positive"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="transfer_between"
            ),
            models.CheckConstraint(
                condition=models.Q(moved=Moved.REVERSED, reverses__isnull=False)
                | (~models.Q(moved=Moved.REVERSED) & models.Q(reverses__isnull=True)),
                name="transfer_reverses_one",
            ),
        )
        indexes = (
            models.Index(fields=["project", "id"], name="transfer_project"),
            models.Index(fields=["voucher_no"], name="transfer_voucher_no"),
        )

    @property
    def reverses_no(self) -> int:
        """The number of the payment it undoes, 0 for none."""
        return self.reverses.no if self.reverses else 0
