"""What a topic leaves beside its stages: doors called at, texts and their changes, work given to
several, looks of the committees, calls back, and texts of the community's own."""

from django.db import models

from yishi.records.models.base import Kept
from yishi.records.models.meeting import Meeting
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Building, Place
from yishi.records.models.report import StoredFile
from yishi.records.models.topic import Attempt, Option, Passage, Topic, Voice
from yishi.records.models.vote import Voter
from yishi.records.secret import SecretField


class Doorstep(Kept):
    """上门登记: a plan, a call to a meeting or a written vote was carried to a door, by whom (two
    where a vote is collected), and what came of it: delivered, absent, refused, collected."""

    ROW = "doorstep"
    SEALED = ("found", "at")
    SEALED_TEXT = ("words",)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="doorsteps")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="doorsteps")
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, related_name="doorsteps")
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    label = SecretField(default="", blank=True)
    found = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["passage", "at"], name="doorstep_passage"),)


class OptionText(Kept):
    """The words of an option as they were from a moment on; `voice`: the comment that was taken
    up in them. The first is as it was put forward."""

    ROW = "option_text"
    SEALED = ("no", "at")
    SEALED_TEXT = ("words",)
    option = models.ForeignKey(Option, models.PROTECT, related_name="texts")
    no = models.IntegerField()
    words = models.TextField()
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["option", "no"], name="option_text_once"),)


class TopicTask(Kept):
    """A part of carrying out, beside the lead: called for (呼叫), answered (响应), done or not.
    `due_at`, exclusive, is when it is late as it stands: unanswered by the rule named in `rule`,
    taken on by `until_at`, the day it was called for."""

    ROW = "topic_task"
    SEALED = ("state", "called_at", "answered_at", "until_at", "due_at", "ended_at")
    SEALED_TEXT = ("words", "answer", "result")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="tasks")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    words = models.TextField()
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    rule = models.CharField(max_length=120, blank=True, default="")
    result = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["attempt", "body"], name="topic_task_once"),)
        indexes = (models.Index(fields=["body", "ended_at", "due_at"], name="topic_task_body"),)


class Watch(Kept):
    """A committee looked on while it was carried out, and what it saw (C5)."""

    ROW = "watch"
    SEALED = ("at",)
    SEALED_TEXT = ("words",)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="watches")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class TopicCallBack(Kept):
    """电话回访 of somebody concerned afterwards: reached or not, how satisfied (H12)."""

    ROW = "topic_call_back"
    SEALED = ("score", "at")
    SEALED_TEXT = ("words",)
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="call_backs")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    score = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["passage", "person"],
                condition=models.Q(person__isnull=False),
                name="topic_call_back_once",
            ),
        )


class OwnText(Kept):
    """居民自治章程 and 居民公约: one version of a text of the community's own (G5), adopted by the
    topic it was decided in; a newer one replaces it."""

    ROW = "own_text"
    SEALED = ("kind", "version", "adopted_at", "replaced_at")
    SEALED_TEXT = ("title", "words")
    place = models.ForeignKey(Place, models.PROTECT, related_name="own_texts")
    kind = models.CharField(max_length=12)
    version = models.IntegerField()
    title = models.CharField(max_length=80)
    words = models.TextField()
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="own_texts")
    adopted_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["place", "kind", "version"], name="own_text_once"),
            models.UniqueConstraint(
                fields=["place", "kind"],
                condition=models.Q(replaced_at__isnull=True),
                name="own_text_one_in_force",
            ),
        )
