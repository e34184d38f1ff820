"""微实事: a round's money by source, the wishes put forward in it, and what became of each."""

from django.db import models

from yishi.core.method.round import Payer
from yishi.core.round.now import CameBy, ProposalState
from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.meeting import Meeting
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Building, Place, choices
from yishi.records.models.project import Project
from yishi.records.models.report import StoredFile
from yishi.records.models.topic import Topic
from yishi.records.secret import SecretField


class Fund(Kept):
    """A sum of money of a round, announced before it begins: whose, by the method's `code`, and how
    much. `sweeps_on`: the last day on which it may be spent."""

    ROW = "fund"
    SEALED = ("code", "payer", "name", "amount_fen", "sweeps_on", "at")
    SEALED_SINCE = ("id", "topic_id", "body_id")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="funds")
    code = models.CharField(max_length=40)
    payer = models.CharField(max_length=12, choices=choices(Payer))
    name = models.CharField(max_length=80)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    amount_fen = models.BigIntegerField()
    sweeps_on = models.DateField()
    swept_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "name"], name="fund_name_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="fund_positive"),
        )


class Proposal(Kept):
    """申报: one wish, in the words of whoever put it forward. Joined with others it keeps its own
    words, number and author; `project` is what it became. `name`: for whom the desk wrote it;
    `shows_name`: the author wishes to be named, until they wish otherwise."""

    ROW = "proposal"
    SEALED = (
        "number", "kind", "listed", "state", "ground", "came_by", "at", "decided_at",
    )  # fmt: skip
    SEALED_SINCE = ("topic_id", "project_id")
    SEALED_TEXT = ("title", "words", "spot", "answer")
    number = models.CharField(max_length=16, unique=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="proposals")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    kind = models.CharField(max_length=40)
    listed = models.CharField(max_length=40, blank=True)
    came_by = models.CharField(max_length=12, choices=choices(CameBy))
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    shows_name = models.BooleanField(default=False, db_default=False)
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices(ProposalState))
    ground = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="proposals")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["topic", "state", "id"], name="proposal_topic_state"),
            models.Index(fields=["person", "-at"], name="proposal_person"),
        )


class ProposalPhoto(Kept):
    """A photo with a proposal."""

    ROW = "proposal_photo"
    SEALED = ("added_at",)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
