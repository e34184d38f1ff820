"""表决: a vote by roll, who is on it, who took part, and the ballots.

While a secret vote is open a ballot's key is HMAC(vote key, voter) and its choice is encrypted
under the vote key, which lies in a file outside the database and in no backup. Closing writes the
choices under random keys, shuffled and without times, and destroys the key: whatever is left of
the older rows in pages, logs or backups says nothing. Source: architecture, decision 12.
"""

from django.db import models

from yishi.core.method.language import Choose, Unit
from yishi.core.vote.now import VoteState, Way
from yishi.records.models.base import Kept
from yishi.records.models.journal import Entry
from yishi.records.models.person import Person
from yishi.records.models.place import Building, Place, choices
from yishi.records.models.topic import Passage, Topic
from yishi.records.secret import SecretField


class Vote(Kept):
    """A vote in a stage of a topic. `options`: [[uid, no, title], …] as on the paper, fixed when it
    opens. `rule`: threshold, quorum and tie as the method had them. `roll_digest`: sha256 over the
    frozen roll. `result`: the numbers it came to, per denominator."""

    ROW = "vote"
    SEALED = (
        "state", "unit", "is_secret", "choose", "ways", "voters", "area_cm2", "roll_digest",
        "opened_at", "until_at", "closed_at", "options", "result",
    )  # fmt: skip
    SEALED_SINCE = ("id", "topic_id", "rule")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="votes")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="votes")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(VoteState))
    unit = models.CharField(max_length=12, choices=choices(Unit))
    is_secret = models.BooleanField(default=False)
    choose = models.CharField(max_length=8, choices=choices(Choose))
    ways = models.JSONField(default=list)
    options = models.JSONField(default=list)
    rule = models.JSONField(default=dict)
    voters = models.IntegerField(default=0)
    area_cm2 = models.BigIntegerField(default=0)
    roll_digest = models.CharField(max_length=64, blank=True)
    rolled_at = models.DateTimeField()
    roll_until_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    handed_to = models.CharField(max_length=120, blank=True)
    handed_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["passage"],
                condition=models.Q(state__in=["roll", "open", "counting", "handed"]),
                name="vote_one_open",
            ),
        )
        indexes = (models.Index(fields=["place", "state", "until_at"], name="vote_place_state"),)


class Voter(models.Model):
    """One line of a roll: a person, a household, a seat or an owner. `label` says which household
    or property, `name` who. An owner with several properties, and co-owners, are one line."""

    uid = models.CharField(max_length=32, unique=True)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll")
    no = models.IntegerField()
    name = SecretField(default="", blank=True)
    label = SecretField(default="", blank=True)
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    area_cm2 = models.BigIntegerField(default=0)
    is_struck = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["vote", "no"], name="voter_no_once"),)


class Holder(models.Model):
    """An account that may cast the vote of a line: everybody of a household, each co-owner.
    Nobody stands on one roll twice."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["vote", "person"], name="holder_once"),)


class Part(Kept):
    """A line of the roll took part, once, by one way. Says nothing of the choice. `times`: how
    often it was written; of two who write it at once one is told. A mark that was made by mistake
    and withdrawn is of no line any more: `withdrawn_from` says of which it was."""

    ROW = "part"
    SEALED = ("way", "at")
    SEALED_LATER = ("withdrawn_at",)
    SEALED_SINCE = ("vote_id", "voter_id", "withdrawn_from_id")
    # Triggers of the migration let a row in only while its vote is open and before its end.
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="parts")
    voter = models.OneToOneField(Voter, models.PROTECT, null=True, related_name="part")
    way = models.CharField(max_length=8, choices=choices(Way))
    times = models.IntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_from = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="withdrawn")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            # A row is of one line: that which took part, or that whose mark was withdrawn.
            models.CheckConstraint(
                condition=models.Q(voter__isnull=False, withdrawn_from__isnull=True)
                | models.Q(voter__isnull=True, withdrawn_from__isnull=False),
                name="part_of_one_line",
            ),
        )


class Ballot(models.Model):
    """One ballot. Its id is random, so that the table has no order of casting. `voter` where the
    vote is by name; in a secret vote `key` alone, `sealed` while it is open, `chosen` after."""

    id = models.BigIntegerField(primary_key=True)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64)
    chosen = models.JSONField(null=True)
    sealed = models.TextField(blank=True)
    way = models.CharField(max_length=8, choices=choices(Way))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["vote", "key"], name="ballot_once"),
            models.UniqueConstraint(fields=["vote", "voter"], name="ballot_voter_once"),
        )


class RollTold(models.Model):
    """A message for everybody with an account on a roll, sent in portions: `entry` is the act it
    tells of, `after` the last holder that has it, `ended_at` when the last one had."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="told")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    after = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(ended_at__isnull=True), name="roll_told_open"
            ),
        )


class PaperBallot(Kept):
    """A paper ballot entered by two, each without seeing the other's. `serial` is written on it
    when the box is opened; in a vote by name `voter` is who signed it."""

    ROW = "paper_ballot"
    SEALED = ("serial", "first", "second", "is_agreed")
    SEALED_SINCE = ("vote_id", "voter_id")
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="papers")
    serial = models.IntegerField()
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="+")
    first = models.JSONField(null=True)
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second = models.JSONField(null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_agreed = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["vote", "serial"], name="paper_ballot_once"),
            models.UniqueConstraint(fields=["vote", "voter"], name="paper_ballot_voter_once"),
        )


class Proxy(Kept):
    """委托: this line's vote is cast by that one, in writing, filed before it opens."""

    ROW = "proxy"
    SEALED = ("filed_at", "ended_at")
    SEALED_SINCE = ("vote_id", "giver_id", "holder_id")
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="proxies")
    giver = models.ForeignKey(Voter, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Voter, models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["giver"], condition=models.Q(ended_at__isnull=True), name="proxy_once"
            ),
        )


class RollObjection(Kept):
    """An objection to a roll: somebody is missing, should not stand on it, or an area is wrong."""

    ROW = "roll_objection"
    SEALED = ("kind", "at", "ruled_at", "is_upheld")
    SEALED_TEXT = ("words", "answer")
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    words = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    ruled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
