"""What leaves the house to tell people: by e-mail, SMS or 政务微信, besides the page itself."""

from django.db import models

from yishi.records.models.journal import Message
from yishi.records.models.person import Person


class Delivery(models.Model):
    """One sending to one person over one channel; it may carry several messages (a digest).

    A worker claims it by moving `not_before` on: should it die, another takes it up then. `text`
    is kept as it was sent; `error` says why the last of `tries` failed. `ended_at`: it was not
    sent, for by then all of it was read, or no longer wanted.
    """

    uid = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=12)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    text = models.TextField(blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["channel", "not_before"],
                condition=models.Q(sent_at__isnull=True, ended_at__isnull=True),
                name="delivery_unsent",
            ),
            models.Index(fields=["person", "-id"], name="delivery_person"),
        )


class Carried(models.Model):
    """This message goes out over this channel in that sending: once."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="carried")
    channel = models.CharField(max_length=12)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="carried")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "channel"], name="carried_once"),)


class Wish(models.Model):
    """Whether a person wants to be told over a channel as well."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="wishes")
    channel = models.CharField(max_length=12)
    wanted = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "channel"], name="wish_once"),)
