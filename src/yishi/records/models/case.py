"""A case: what is handled; the units' work on it; its clocks."""

from django.db import models

from yishi.core.case.state import CaseKind, CaseState
from yishi.core.clock import ClockKind, ClockState
from yishi.records.models.base import Kept
from yishi.records.models.instant import InstantAnswer
from yishi.records.models.person import Person
from yishi.records.models.place import Body, Building, Grouping, Place, choices
from yishi.records.models.rule import BundleRow, DutyRow


class Case(Kept):
    """件: one or more reports handled together. `line` is its first words, for staff lists.

    `main` is the case this one is merged into, while it is; `instant` the text that answered it
    the moment it was filed.
    `due_at`, `amber_at`, `due_kind` repeat the earliest open clock, so that a list is one query.
    `version` is claimed by every act.
    """

    ROW = "case"
    SEALED = ("number", "state", "kind", "nature", "urgent", "item", "dissatisfied", "attempts")
    number = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=12, choices=choices(CaseState))
    kind = models.CharField(max_length=12, choices=choices(CaseKind), blank=True)
    nature = models.CharField(max_length=12)
    urgent = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=20, blank=True)
    item_title = models.CharField(max_length=80, blank=True)
    duty = models.ForeignKey(DutyRow, models.PROTECT, null=True, related_name="+")
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    instant = models.ForeignKey(InstantAnswer, models.PROTECT, null=True, related_name="cases")
    rules = models.ForeignKey(BundleRow, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    first_asked = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    line = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=24)
    filed_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)
    dissatisfied = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    due_kind = models.CharField(max_length=12, choices=choices(ClockKind), blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["is_open", "due_at"], name="case_open_due"),
            models.Index(fields=["place", "is_open", "due_at"], name="case_place_open_due"),
            models.Index(fields=["place", "-filed_at"], name="case_place_filed"),
            models.Index(fields=["grid", "is_open", "due_at"], name="case_grid_open_due"),
            models.Index(fields=["state", "due_at"], name="case_state_due"),
            models.Index(fields=["-filed_at", "-id"], name="case_filed"),
            models.Index(fields=["lead", "-filed_at"], name="case_lead_filed"),
        )


class Assignment(Kept):
    """One unit's work on a case, lead or co-handler, timed by its own clocks.

    `title` is its part where the case was split; `duty` the row it was given it by, where that
    is not the case's; `ended_at` once the work was taken from the unit, `ended_by` why.
    """

    ROW = "assignment"
    SEALED = ("is_lead", "dispatched_at", "signed_at", "contacted_at", "result_at")
    SEALED_LATER = ("title", "ended_at", "ended_by")
    SEALED_TEXT = ("result",)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Body, models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField()
    dispatched_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=80, blank=True)
    duty = models.ForeignKey(DutyRow, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(is_lead=True, ended_at__isnull=True),
                name="assignment_one_lead",
            ),
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=models.Q(ended_at__isnull=True),
                name="assignment_unit_once",
            ),
        )
        indexes = (models.Index(fields=["unit", "result_at"], name="assignment_unit"),)


class Clock(Kept):
    """A time limit as it was computed: with the rule, the calendar and the cause.

    It is computed again only by what its own columns say: `pauses`, a list of
    `[from, to or null, cause]` in ISO moments, and `extended_by`, in units of the span.
    """

    ROW = "clock"
    SEALED = ("kind", "state", "started_at", "span_length", "span_kind", "due_at", "ended_at")
    SEALED_LATER = ("pauses", "extended_by")
    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=12, choices=choices(ClockKind))
    state = models.CharField(max_length=8, choices=choices(ClockState))
    started_at = models.DateTimeField()
    span_length = models.IntegerField()
    span_kind = models.CharField(max_length=20)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=80, blank=True)
    rules = models.ForeignKey(BundleRow, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    extended_by = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["state", "kind", "due_at"], name="clock_due"),)


class Order(Kept):
    """A supervisory order (督办单) and the unit's answer to it."""

    ROW = "order"
    SEALED = ("cause", "issued_at", "answered_at")
    SEALED_TEXT = ("words", "answer")
    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    unit = models.ForeignKey(Body, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=12, choices=[("twice", "twice"), ("officer", "officer")])
    words = models.TextField()
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class Publication(Kept):
    """What may be shown of a case, and how far it has come on the way to the board."""

    ROW = "publication"
    SEALED = ("state", "category")
    SEALED_TEXT = ("title", "text", "answer", "ground")
    case = models.OneToOneField(Case, models.PROTECT, related_name="publication")
    state = models.CharField(max_length=12)
    category = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    answer = models.TextField()
    ground = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state", "-published_at"], name="publication_board"),)
