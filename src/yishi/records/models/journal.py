"""The journal: entries, their seals, the hands in a subject, idempotency keys, outbox, audit."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.person import Person


class Entry(Kept):
    """What an act did, written in its own transaction. `seq` is given later by the sequencer.

    `leaf` is the public part, canonical JSON; `params` the part for telling the story to those
    who may see the subject. Source: architecture, decisions 6 and 7.
    """

    ROW = "entry"
    SEALED_TEXT = ("params",)
    seq = models.BigIntegerField(null=True, unique=True)
    subject_kind = models.CharField(max_length=16)
    subject_uid = models.CharField(max_length=20)
    subject_no = models.IntegerField()
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    office = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)
    leaf = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["subject_uid", "subject_no"], name="entry_number_once"),
        )
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(seq__isnull=True), name="entry_unsequenced"
            ),
            models.Index(fields=["-at"], name="entry_at"),
        )


class Seal(models.Model):
    """The salt of one digest in a leaf. Deleting it leaves the digest, and nothing to try."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="seals")
    name = models.CharField(max_length=60)
    salt = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "name"], name="seal_once"),)


class Hand(models.Model):
    """A person had this part in this subject, under this pseudonym. Proves who is not who."""

    subject_uid = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=16)
    alias = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["subject_uid", "person", "part"], name="hand_once"),
        )


class Asked(models.Model):
    """A form that was acted on. The same key again returns the first result."""

    key = models.CharField(max_length=64, unique=True)
    act = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    result = models.JSONField()
    at = models.DateTimeField(db_index=True)


class Message(models.Model):
    """The outbox: what to tell whom, delivered at least once by the tick.

    `entry` is the act it tells of; a message of the day tells of none, and its `about` is the
    day. `pass_on_at`: when to look next at whether it goes out over further channels; none
    before it is on the page, and none once every channel has it.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="messages")
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=12)
    template = models.CharField(max_length=40)
    about = models.CharField(max_length=16, blank=True)
    params = models.JSONField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    pass_on_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        constraints = (
            # One person may have two matters in one case: each is told of by itself.
            models.UniqueConstraint(
                fields=["entry", "recipient", "channel", "about"], name="message_once"
            ),
            models.UniqueConstraint(
                fields=["recipient", "template", "about"],
                condition=models.Q(entry__isnull=True),
                name="message_of_day_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at__isnull=True),
                name="message_unsent",
            ),
            models.Index(
                fields=["pass_on_at"],
                condition=models.Q(pass_on_at__isnull=False),
                name="message_to_pass_on",
            ),
            models.Index(fields=["recipient", "-id"], name="message_recipient"),
        )


class Audit(models.Model):
    """Private: sign-ins and reads of identifying data. Who, when, what, whether it succeeded.

    Kept at least six months. Source: norms.md §5, 等保 level 3.
    """

    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    success = models.BooleanField()
    address = models.CharField(max_length=45, blank=True)
    detail = models.CharField(max_length=200, blank=True)
