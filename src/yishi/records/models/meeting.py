"""会议: called, sat down to, counted; its agenda, and what came of each item."""

from django.db import models

from yishi.core.meeting.now import Form, ItemState, MeetingState
from yishi.records.models.base import Kept
from yishi.records.models.oversight import Listed
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Place, choices
from yishi.records.models.report import StoredFile
from yishi.records.models.rule import BundleRow
from yishi.records.models.topic import Topic
from yishi.records.secret import SecretField


class Meeting(Kept):
    """A meeting of a body. `rule`: notice, quorum and who must come as they were when it was
    called, with their sources. `rhythm`: which meeting of the method's rhythm it is, "" for one
    called beside it; `topic` where it is a stage of one topic. `minutes` 会议记录, `summary`
    会议纪要; `minutes_by`: until when they are due, exclusive."""

    ROW = "meeting"
    SEALED = (
        "number", "state", "form", "starts_at", "called_at", "opened_at", "closed_at", "signed_at",
        "rule", "counted",
    )  # fmt: skip
    SEALED_TEXT = ("title", "words", "where", "minutes", "summary", "why")
    number = models.CharField(max_length=16, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    form = models.CharField(max_length=16, choices=choices(Form))
    state = models.CharField(max_length=12, choices=choices(MeetingState))
    method = models.ForeignKey(BundleRow, models.PROTECT, null=True, related_name="+")
    rhythm = models.CharField(max_length=40, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="meetings")
    title = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    where = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    rule = models.JSONField(default=dict)
    counted = models.JSONField(default=dict)
    code = models.CharField(max_length=12, blank=True)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    minutes_by = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["place", "state", "starts_at"], name="meeting_place_state"),
            models.Index(fields=["-starts_at", "-id"], name="meeting_starts"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["again_of"],
                condition=models.Q(again_of__isnull=False),
                name="meeting_again_once",
            ),
        )


class AgendaItem(Kept):
    """One item of an agenda; what came of it, and how it was reported back (G8). `before`: the
    item put off that it takes up again, once; `report_by`: until when, exclusive."""

    ROW = "agenda_item"
    SEALED = ("no", "state", "settled_at", "reported_at")
    SEALED_TEXT = ("title", "words", "outcome", "reported")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    no = models.IntegerField()
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="agenda_items")
    title = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=choices(ItemState))
    outcome = models.TextField(blank=True)
    listed = models.ForeignKey(Listed, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    reported = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_in = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    report_by = models.DateTimeField(null=True)
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="after")

    class Meta:
        ordering = ("no",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "no"], name="agenda_item_no_once"),
        )
        indexes = (models.Index(fields=["reported_at", "state"], name="agenda_item_reported"),)


class Invitee(Kept):
    """Called to a meeting: a body, or a person. `part`: decides, party, observer, guest.
    `told_*`: the delivery register; `answer`: comes, does not, "" not yet."""

    ROW = "invitee"
    SEALED = ("part", "told_how", "told_at", "answer", "answered_at")
    SEALED_TEXT = ("answer_words",)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitees")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    part = models.CharField(max_length=12)
    must_come = models.BooleanField(default=False)
    told_how = models.CharField(max_length=12, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "body"],
                condition=models.Q(body__isnull=False),
                name="invitee_body_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="invitee_person_once",
            ),
        )


class Attendance(Kept):
    """Somebody signed in: with the code, or at the desk. `body`: for whom they sit there."""

    ROW = "attendance"
    SEALED = ("way", "at", "part")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=12)
    way = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="attendance_once",
            ),
        )


class Statement(Kept):
    """What one side said at a hearing, or advice given at a consultation, on one item."""

    ROW = "statement"
    SEALED = ("side", "at")
    SEALED_TEXT = ("words",)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="statements")
    side = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    words = models.TextField()
    at = models.DateTimeField()


class MeetingPaper(Kept):
    """A photo, a signed sheet, or another paper of a meeting."""

    ROW = "meeting_paper"
    SEALED = ("kind", "added_at")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
