"""账: accounts of a round and what moved between them. A balance is the sum of its transfers, and
is kept nowhere; a transfer takes from one account what it gives to the other, so all of them sum
to nothing. Triggers of the migration hold that no account but the outside falls below 0, and that
no transfer is changed."""

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
    """So much moved from one account of a round to another, by which act, on which voucher."""

    ROW = "transfer"
    SEALED = ("no", "moved", "amount_fen", "voucher_no", "at")
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
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "no"], name="transfer_no_once"),
            models.UniqueConstraint(
                fields=["topic", "voucher_no"],
                condition=~models.Q(voucher_no=""),
                name="transfer_voucher_once",
            ),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="transfer_positive"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="transfer_between"
            ),
        )
        indexes = (models.Index(fields=["project", "id"], name="transfer_project"),)
