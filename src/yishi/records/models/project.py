"""项目: what wishes became — costed, decided, paid for by its funders, built, accepted, settled,
handed to whoever maintains it, and scored by those who use it."""

from django.db import models

from yishi.core.method.round import Payer
from yishi.core.project.now import (
    ChangeState,
    Form,
    Look,
    OpinionOn,
    PledgeState,
    ProjectState,
    WorksPaper,
)
from yishi.core.topic.facts import Score
from yishi.records.models.base import Kept
from yishi.records.models.case import Case
from yishi.records.models.person import Person
from yishi.records.models.place import Body, choices
from yishi.records.models.report import StoredFile
from yishi.records.models.topic import Option, Topic
from yishi.records.secret import SecretField


class Project(Kept):
    """A project of a round; its title and words are its option's, with every version of them.

    `cost_fen`: what it is to cost, all funders together; `urgency` 1 to 3 and `households` that
    benefit, by which it is talked over. `decided`: the numbers it was decided by. `keeper`: who
    maintains it from `handed_at` on. `why`: of a project not agreed or stopped.
    """

    ROW = "project"
    SEALED = (
        "number", "kind", "state", "cost_fen", "urgency", "households", "decided", "decided_at",
        "self_built", "contract_fen", "begins_on", "ends_on", "settled_fen", "handed_at",
        "liable_until", "ended_at",
    )  # fmt: skip
    SEALED_SINCE = (
        "id",
        "topic_id",
        "option_id",
        "costed_by_id",
        "contract_id",
        "builder_id",
        "keeper_id",
    )
    SEALED_TEXT = ("contractor", "why")
    number = models.CharField(max_length=16, unique=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="projects")
    option = models.OneToOneField(Option, models.PROTECT, related_name="project")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=choices(ProjectState))
    urgency = models.IntegerField(null=True)
    households = models.IntegerField(null=True)
    cost_fen = models.BigIntegerField(null=True)
    costed_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    decided = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True)
    self_built = models.BooleanField(null=True)
    contractor = models.CharField(max_length=120, blank=True)
    contract_fen = models.BigIntegerField(null=True)
    contract = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    builder = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    built_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    settled_fen = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    keeper = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    liable_until = models.DateField(null=True)
    why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        # That the funders of a project sum to its cost is held by triggers of the migration.
        constraints = (
            models.CheckConstraint(
                condition=models.Q(cost_fen__isnull=True) | models.Q(cost_fen__gt=0),
                name="project_cost_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_fen__isnull=True)
                | models.Q(settled_fen__gte=0, settled_fen__lte=models.F("cost_fen")),
                name="project_settled_within",
            ),
        )
        indexes = (models.Index(fields=["topic", "state", "id"], name="project_topic_state"),)


class ProjectOpinion(Kept):
    """What a named body says of a project: its cost, whether it can be done, the law, whether it is
    planned already, whether it is split."""

    ROW = "project_opinion"
    SEALED = ("on", "is_favourable", "amount_fen", "at")
    SEALED_SINCE = ("project_id", "body_id", "file_id")
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="opinions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.CharField(max_length=12, choices=choices(OpinionOn))
    is_favourable = models.BooleanField()
    amount_fen = models.BigIntegerField(null=True)
    words = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["project", "on", "id"], name="project_opinion_on"),)


class Quotation(Kept):
    """询价比选: what somebody would do it for, and whether theirs was taken and why."""

    ROW = "quotation"
    SEALED = ("bidder", "amount_fen", "is_taken", "at")
    SEALED_SINCE = ("project_id", "file_id")
    SEALED_TEXT = ("why",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="quotations")
    bidder = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    is_taken = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "bidder"], name="quotation_bidder_once"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(is_taken=True), name="quotation_one_taken"
            ),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="quotation_positive"),
        )


class Pledge(Kept):
    """A funder of a project: money, goods or work in kind, or a part claimed (认领), valued in fen
    and confirmed. `name` is public: funders are named. `fund`: out of which of the round's sums.

    Of residents' money: `willing` payers, `resolution` that says so, `units` that benefit agreed.
    """

    ROW = "pledge"
    SEALED = (
        "payer", "name", "form", "amount_fen", "state", "willing", "units", "at", "confirmed_at",
    )  # fmt: skip
    SEALED_SINCE = ("id", "project_id", "fund_id", "body_id", "resolution_id")
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="pledges")
    fund = models.ForeignKey("Fund", models.PROTECT, null=True, related_name="pledges")
    payer = models.CharField(max_length=12, choices=choices(Payer))
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    form = models.CharField(max_length=8, choices=choices(Form))
    amount_fen = models.BigIntegerField()
    words = models.TextField(blank=True)
    willing = models.IntegerField(null=True)
    units = models.IntegerField(null=True)
    resolution = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=choices(PledgeState))
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="pledge_positive"),
        )
        indexes = (
            models.Index(fields=["project", "state", "id"], name="pledge_project"),
            models.Index(fields=["body", "state"], name="pledge_body"),
        )


class Milestone(Kept):
    """A step of the works: planned for a day, done with a photo."""

    ROW = "milestone"
    SEALED = ("no", "name", "planned_on", "done_at")
    SEALED_SINCE = ("project_id",)
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    no = models.IntegerField()
    name = models.CharField(max_length=80)
    planned_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "no"], name="milestone_once"),)


class Change(Kept):
    """变更: the cost is to be another one, asked with a reason and decided by somebody else."""

    ROW = "change"
    SEALED = ("no", "from_fen", "to_fen", "state", "at", "decided_at")
    SEALED_SINCE = ("project_id",)
    SEALED_TEXT = ("why", "answer")
    project = models.ForeignKey(Project, models.PROTECT, related_name="changes")
    no = models.IntegerField()
    from_fen = models.BigIntegerField()
    to_fen = models.BigIntegerField()
    why = models.TextField()
    state = models.CharField(max_length=12, choices=choices(ChangeState))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "no"], name="change_no_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(state=ChangeState.ASKED.value),
                name="change_one_open",
            ),
        )


class ProjectLook(Kept):
    """Somebody looked: while it was built (监督), or whether it is as decided (验收). `name`: of an
    inspector without an account, as it stands on the sheet."""

    ROW = "project_look"
    SEALED = ("on", "is_fit", "at")
    SEALED_SINCE = ("project_id", "body_id")
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="looks")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = SecretField(default="", blank=True)
    on = models.CharField(max_length=8, choices=choices(Look))
    is_fit = models.BooleanField(null=True)
    words = models.TextField()
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["project", "on", "id"], name="project_look_on"),)


class ProjectPaper(Kept):
    """What a step of the works left: the contract, without a file where residents build it
    themselves; the photo of what was built, the acceptance, the review of the final account, the
    record of handing over. `body`: whose step it was, of a contract who builds it; `words`: why,
    what was found, until when who answers for it."""

    ROW = "project_paper"
    SEALED = ("kind", "amount_fen", "at")
    SEALED_SINCE = ("project_id", "body_id", "file_id")
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=choices(WorksPaper))
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    amount_fen = models.BigIntegerField(null=True)
    words = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["project", "kind", "id"], name="project_paper_kind"),)


class ProjectScore(Kept):
    """Somebody who uses it scores it, once."""

    ROW = "project_score"
    SEALED = ("score", "at")
    SEALED_SINCE = ("project_id",)
    SEALED_TEXT = ("words",)
    project = models.ForeignKey(Project, models.PROTECT, related_name="scores")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.CharField(max_length=12, choices=choices(Score))
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "person"], name="project_score_once"),
        )


class Defect(models.Model):
    """A matter about what was built: a project's defect is a case like any other."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="defects")
    case = models.OneToOneField(Case, models.PROTECT, related_name="defect")
    at = models.DateTimeField()
