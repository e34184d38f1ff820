"""议题: where it stands in its procedure, its options and every try, and what each stage left."""

from django.db import models

from yishi.core.method.language import Competence, Paper
from yishi.core.topic.now import OptionState, TopicState
from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Place, choices
from yishi.records.models.report import StoredFile
from yishi.records.models.rule import BundleRow
from yishi.records.secret import SecretField


class Topic(Kept):
    """A topic. `method` and its digest are pinned when it is taken up; `version` is claimed by
    every act.

    `stage`, `visits`, `tally` are what the interpreter reads: where it stands, how often each
    stage was entered, what the present one has gathered. `stage_name` and `lead` repeat what the
    method says of the stage, so that a list is one query. `result`: what was published of it at
    the end or by its review, with the `clause`.
    """

    ROW = "topic"
    SEALED = (
        "number", "state", "competence", "size", "entry", "procedure", "stage", "outcome",
        "entered_at", "due_at", "visits", "tally",
    )  # fmt: skip
    SEALED_TEXT = ("title", "words", "result", "clause")
    number = models.CharField(max_length=16, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(TopicState))
    title = models.CharField(max_length=80)
    words = models.TextField()
    competence = models.CharField(max_length=12, choices=choices(Competence), blank=True)
    size = models.CharField(max_length=40, blank=True)
    entry = models.CharField(max_length=40, blank=True)
    method = models.ForeignKey(BundleRow, models.PROTECT, null=True, related_name="+")
    procedure = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    stage_kind = models.CharField(max_length=12, blank=True)
    stage_name = models.JSONField(default=dict)
    lead = models.CharField(max_length=24, blank=True)
    visits = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)
    chosen = models.ForeignKey("Option", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    raised_as = models.CharField(max_length=12)
    raised_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_name = models.JSONField(default=dict)
    is_carried_out = models.BooleanField(default=False)
    result = models.TextField(blank=True)
    clause = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["place", "state", "due_at"], name="topic_place_state"),
            models.Index(fields=["state", "due_at"], name="topic_state_due"),
            models.Index(fields=["-raised_at", "-id"], name="topic_raised"),
            models.Index(fields=["state", "answered_at"], name="topic_answered"),
        )


class TopicLink(models.Model):
    """This case is deliberated in this topic, from then until then. One topic at a time."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="topic_links")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(until_at__isnull=True),
                name="topic_link_one_topic",
            ),
        )


class Option(Kept):
    """方案: one way of settling the topic. `matter`: what it is about by the law's list, and so
    whose it is to decide (`competence`, with its `source`)."""

    ROW = "option"
    SEALED = ("no", "state", "matter", "competence", "rank", "tries")
    SEALED_TEXT = ("title", "words")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="options")
    no = models.IntegerField()
    title = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    matter = models.CharField(max_length=40, blank=True)
    matter_name = models.CharField(max_length=80, blank=True)
    competence = models.CharField(max_length=12, choices=choices(Competence), blank=True)
    source = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=choices(OptionState))
    rank = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("no",)
        constraints = (models.UniqueConstraint(fields=["topic", "no"], name="option_no_once"),)


class Passage(Kept):
    """One visit to a stage: entered, left by an edge, what it left in numbers and words.

    `method` is the bundle it was entered under. `words` of a stage for those who take part only
    are read by them and by staff (`is_public` False).
    """

    ROW = "passage"
    SEALED = ("no", "stage", "visit", "entered_at", "due_at", "left_at", "edge", "to", "facts")
    SEALED_TEXT = ("words", "dissent")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="passages")
    method = models.ForeignKey(BundleRow, models.PROTECT, related_name="+")
    no = models.IntegerField()
    stage = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    name = models.JSONField(default=dict)
    visit = models.IntegerField()
    is_public = models.BooleanField(default=True)
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    edge = models.CharField(max_length=12, blank=True)
    to = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    dissent = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "no"], name="passage_no_once"),
            models.UniqueConstraint(
                fields=["topic"],
                condition=models.Q(left_at__isnull=True),
                name="passage_one_open",
            ),
        )


class StageEntry(Kept):
    """One act in a stage as it was entered: the act, the numbers, the words. Nothing is replaced:
    a count that was counted again stays beside the new one."""

    ROW = "stage_entry"
    SEALED = ("act", "at", "facts")
    SEALED_TEXT = ("words",)
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="entries")
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["passage", "at"], name="stage_entry_passage"),)


class Attempt(Kept):
    """One try at carrying out an option: given to whom, done or failed and why. Every try stays."""

    ROW = "attempt"
    SEALED = ("no", "assigned_at", "ended_at", "state")
    SEALED_TEXT = ("words",)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="attempts")
    option = models.ForeignKey(Option, models.PROTECT, related_name="attempts")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="attempts")
    no = models.IntegerField()
    unit = models.ForeignKey(Body, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "no"], name="attempt_no_once"),
            models.UniqueConstraint(
                fields=["topic"],
                condition=models.Q(ended_at__isnull=True),
                name="attempt_one_open",
            ),
        )
        indexes = (models.Index(fields=["unit", "ended_at"], name="attempt_unit"),)


class Voice(Kept):
    """意见 on a plan or 异议 to a notice, and the answer to it. `name` is told to staff only.

    `hidden_*`: not shown, on which ground; it is counted and answered all the same. `is_upheld`:
    an objection was right, a comment was taken up in the text.
    """

    ROW = "voice"
    SEALED = ("kind", "at", "answered_at", "is_upheld")
    SEALED_LATER = ("hidden_at", "hidden_ground")
    SEALED_TEXT = ("words", "answer")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="voices")
    kind = models.CharField(
        max_length=12, choices=[("comment", "comment"), ("objection", "objection")]
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    words = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    hidden_ground = models.CharField(max_length=20, blank=True, default="")
    hidden_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["passage", "answered_at"], name="voice_passage"),)


class TopicPaper(Kept):
    """A paper attached to a stage: minutes, register, photo, opinion."""

    ROW = "topic_paper"
    SEALED = ("kind", "added_at")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=choices(Paper))
    title = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
