"""The only door to a project that is acted on: locked, with its round and all a decision needs."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection
from django.db.models import Q, Sum

from yishi.core.grant import Subject
from yishi.core.ledger import AccountKind, together
from yishi.core.method.language import Procedure, Stage, StageKind
from yishi.core.method.round import Payer, Round
from yishi.core.person import Actor
from yishi.core.place import BodyKind
from yishi.core.project.now import PledgeState, ProjectNow, ProjectState, WorksPaper
from yishi.core.topic.now import TopicState
from yishi.core.vote.now import VoteState
from yishi.records.models import Pledge, Project, ProjectPaper, Topic, Transfer
from yishi.records.queries.rule import parsed
from yishi.records.queries.seat import seats_at
from yishi.records.queries.topic import bodies_at, part_in

# What whoever builds it does besides the bodies of the stage, and what the keeper does alone.
OF_BUILDER = frozenset(
    {
        "project.plan_milestones",
        "project.reach_milestone",
        "project.report_built",
        "project.ask_change",
    }
)
OF_KEEPER = "project.take_over"
# What both read besides.
OF_BOTH = "project.read_works_papers"
# The part of whoever sits in a body that builds it, or built it under a contract before.
BUILDS = "builds"


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
    columns = ("topic__place", "topic__method", "option", "builder", "keeper", "costed_by")
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
    moved = Transfer.objects.filter(project=project).order_by().values_list("moved")
    paid = together(AccountKind.SPENT, dict(moved.annotate(n=Sum("amount_fen"))))
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
        paid_fen=paid,
        settled_fen=project.settled_fen,
        is_being_voted_on=project.topic.tally.get("state") == VoteState.OPEN,
    )


def builders_of(project: Project) -> frozenset[int]:
    """Every body that builds it, or built it under a contract before. One statement at most."""
    if project.begins_on is None:
        return frozenset()
    papers = ProjectPaper.objects.filter(project=project, kind=WorksPaper.CONTRACT)
    known = {project.builder_id, *papers.values_list("body_id", flat=True)}
    return frozenset(pk for pk in known if pk is not None)


def built_by(actor: Actor, project: Project) -> bool:
    """Whether the actor sits in a body that builds it, or built it under a contract before. One
    statement at most."""
    return bool(actor.bodies()) and not actor.bodies().isdisjoint(builders_of(project))


def subject_of(project: Project, stage: Stage | None, actor: Actor) -> Subject:
    """What permission needs to know of a project: the bodies that have part in the stage its round
    stands in, and whether the actor is of those who build it. Two statements at most."""
    bodies = bodies_at(project.topic.place_id)
    kinds = part_in(stage) if stage else ()
    units = frozenset(pk for kind in kinds for pk in bodies.get(kind, ()))
    person = actor.person_id
    parties = (
        {BUILDS: frozenset({person})} if person is not None and built_by(actor, project) else {}
    )
    return Subject(state=ProjectState(project.state), units=units, parties=parties, public=True)


def subject_for(act: str, project: Project, about: Subject) -> Subject:
    """The same, asked of one act: who builds it and who is to maintain it have part in what is
    theirs, and in nothing else of it."""
    builder, keeper = (
        frozenset() if pk is None else frozenset({pk})
        for pk in (project.builder_id, project.keeper_id)
    )
    if act in OF_BUILDER:
        return replace(about, units=about.units | builder)
    if act == OF_KEEPER:
        return replace(about, units=keeper)
    if act == OF_BOTH:
        return replace(about, units=about.units | builder | keeper)
    return about
