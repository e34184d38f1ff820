"""The only door to a project that is acted on: locked, with its round and all a decision needs."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q, Sum

from yishi.core.grant import Subject
from yishi.core.ledger import AccountKind
from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.core.method.round import Payer, Round
from yishi.core.place import BodyKind
from yishi.core.project.now import Form, PledgeState, ProjectNow, ProjectState
from yishi.core.topic.now import TopicState
from yishi.records.models import Pledge, Project, Topic, Transfer
from yishi.records.queries.rule import parsed
from yishi.records.queries.seat import seats_at
from yishi.records.queries.topic import bodies_at, part_in


@dataclass
class HeldProject:
    """A project as an act has it: its row, locked, its round's terms and the stage it stands in.

    `stage` is None before the round's review and after its end; `seats` are those of the place
    today, asked for where somebody decides.
    """

    project: Project
    now: ProjectNow
    terms: Round
    procedure: Procedure
    stage: Stage | None
    seats: dict[BodyKind, int] = field(default_factory=dict)

    @property
    def topic(self) -> Topic:
        """The round."""
        return self.project.topic

    def is_voted_on(self) -> bool:
        """A vote follows the talks: what is agreed on goes on the ballot."""
        return any(stage.kind is StageKind.VOTE for stage in self.procedure.stages)


def lock_project(uid: str, today: date) -> HeldProject | None:
    """The project, held for an act, and before it its round, as every act on a round does; None
    where there is none. At most seven statements."""
    if connection.features.has_select_for_update:
        list(Topic.objects.filter(projects__uid=uid).select_for_update(of=("self",)))
        list(Project.objects.filter(uid=uid).select_for_update().values_list("pk"))
    project = project_of(uid)
    if project is None:
        return None
    procedure, stage = course_of(project.topic)
    terms = procedure.round
    assert terms is not None
    seats = seats_at(project.topic.place_id, today) if stage and stage.decides else {}
    return HeldProject(project, now_of(project, terms), terms, procedure, stage, seats)


def project_of(uid: str) -> Project | None:
    """The project with its round, option and place. One statement."""
    columns = ("topic__place", "topic__method", "option", "builder", "keeper")
    return Project.objects.select_related(*columns).filter(uid=uid).first()


def course_of(topic: Topic) -> tuple[Procedure, Stage | None]:
    """The procedure a round runs in, and the stage it stands in. Raises LookupError where the topic
    is no round that was taken up."""
    procedure = parsed(topic.method).procedure(topic.procedure) if topic.method else None
    if procedure is None or procedure.round is None:
        raise LookupError(f"{topic.uid} is no round")
    stage = procedure.stage(topic.stage) if topic.state == TopicState.RUNNING else None
    return procedure, stage


def now_of(project: Project, terms: Round) -> ProjectNow:
    """The frozen snapshot of a project. Two statements."""
    confirmed = Q(state=PledgeState.CONFIRMED)
    sums = Pledge.objects.filter(project=project).aggregate(
        all=Sum("amount_fen", filter=confirmed),
        fund=Sum("amount_fen", filter=confirmed & Q(payer=Payer.FUND)),
    )
    paid = Transfer.objects.filter(project=project, target__kind=AccountKind.SPENT)
    kind = terms.kind(project.kind)
    return ProjectNow(
        uid=project.uid,
        state=ProjectState(project.state),
        round=TopicState(project.topic.state),
        stage=project.topic.stage_kind,
        kind=project.kind,
        cap_fen=kind.cap_fen if kind else 0,
        cost_fen=project.cost_fen,
        contract_fen=project.contract_fen,
        confirmed_fen=sums["all"] or 0,
        fund_fen=sums["fund"] or 0,
        paid_fen=paid.aggregate(n=Sum("amount_fen"))["n"] or 0,
        settled_fen=project.settled_fen,
    )


def subject_of(project: Project, stage: Stage | None) -> Subject:
    """What permission needs to know of a project: the bodies that have part in the stage its round
    stands in, whoever builds it, and whoever is to maintain it. One statement at most."""
    bodies = bodies_at(project.topic.place_id)
    kinds = part_in(stage) if stage else ()
    units = {pk for kind in kinds for pk in bodies.get(kind, ())}
    units |= {pk for pk in (project.builder_id, project.keeper_id) if pk is not None}
    return Subject(state=ProjectState(project.state), units=frozenset(units), public=True)


def in_kind(pledge: Pledge) -> bool:
    """Given otherwise than in money."""
    return Form(pledge.form) is not Form.MONEY
