"""What a unit asks for (return, extension, suspension), what the arbitration group rules."""

from django.db import models

from yishi.core.case.request import RequestKind, RequestState
from yishi.records.models.base import Kept
from yishi.records.models.case import Assignment, Case
from yishi.records.models.person import Person
from yishi.records.models.place import Body, choices
from yishi.records.models.rule import BundleRow, DutyRow


class Request(Kept):
    """申请退回, 申请延期, 申请中止, and the word on it.

    `clause`: what of the list excludes the unit; `suggested` whom it names instead; `length`:
    how much longer, in units of its clock; `until_at`: how long it would stand still.
    """

    ROW = "request"
    SEALED = ("kind", "state", "length", "until_at", "asked_at", "decided_at")
    SEALED_TEXT = ("reason", "clause", "words")
    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=choices(RequestKind))
    state = models.CharField(max_length=12, choices=choices(RequestState))
    state_before = models.CharField(max_length=12)
    reason = models.TextField()
    clause = models.TextField(blank=True)
    suggested = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    length = models.IntegerField(null=True)
    until_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=models.Q(state__in=["asked", "disputed"]),
                name="request_one_open",
            ),
        )
        indexes = (
            models.Index(fields=["kind", "-asked_at"], name="request_kind"),
            models.Index(fields=["state", "kind"], name="request_state"),
        )


class Ruling(Kept):
    """争议裁定: who leads, who helps, on what ground; final for this case."""

    ROW = "ruling"
    SEALED = ("ruled_at",)
    SEALED_TEXT = ("words",)
    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    request = models.OneToOneField(Request, models.PROTECT, related_name="ruling")
    lead = models.ForeignKey(Body, models.PROTECT, related_name="+")
    co = models.JSONField(default=list)
    words = models.TextField()
    ruled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField()


class Amendment(Kept):
    """What a ruling would have the responsibility list say next, and whether it does now.

    `duty` is the row it changes, None for a row of its own; `area` narrows it to the place;
    `words`: why it was not adopted.
    """

    ROW = "amendment"
    SEALED = ("state", "code", "grade", "area", "lead", "proposed_at", "decided_at")
    SEALED_TEXT = ("why", "words")
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="amendment")
    duty = models.ForeignKey(DutyRow, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=80)
    grade = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=60, blank=True)
    lead = models.CharField(max_length=80)
    co = models.JSONField(default=list)
    why = models.TextField()
    state = models.CharField(max_length=12)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    bundle = models.ForeignKey(BundleRow, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "-proposed_at"], name="amendment_state"),)


class Merge(Kept):
    """并案: this case was merged into that one, and perhaps taken out again.

    `before` is what undoing restores: `{"state": …, "clocks": {uid: state}}`.
    """

    ROW = "merge"
    SEALED = ("merged_at", "undone_at", "before")
    SEALED_TEXT = ("why", "why_undone")
    case = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    main = models.ForeignKey(Case, models.PROTECT, related_name="taken_in")
    why = models.TextField(blank=True)
    merged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    why_undone = models.TextField(blank=True)
    before = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at__isnull=True), name="merge_once"
            ),
        )


class Call(Kept):
    """呼叫响应: what is asked of local units and departments; a claim becomes an assignment.

    `words` are read by every body of the place, so they hold nothing of the resident.
    """

    ROW = "call"
    SEALED = ("called_at", "closed_at")
    SEALED_TEXT = ("words",)
    case = models.ForeignKey(Case, models.PROTECT, related_name="calls")
    words = models.TextField()
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="call")

    class Meta:
        indexes = (models.Index(fields=["closed_at", "-called_at"], name="call_open"),)


class Pushed(Kept):
    """A refused attempt to give a community what the list does not let it have.

    Counted by the body that tried. Source: 北京市接诉即办工作条例 art. 17.
    """

    ROW = "pushed"
    SEALED = ("code", "at")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    community = models.ForeignKey(Body, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sender_body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(DutyRow, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["sender_body", "-at"], name="pushed_sender"),)
