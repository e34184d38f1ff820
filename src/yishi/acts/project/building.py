"""The works: contracted or built by the residents, step by step with photos, built."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.round.act import too_personal
from yishi.core.method.round import Most
from yishi.core.outcome import Event, Notice
from yishi.core.project import building as core
from yishi.core.project.now import ProjectState, WorksPaper
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Body, Milestone, Project, ProjectPaper, Quotation
from yishi.records.queries.project import BUILDS, HeldProject
from yishi.records.queries.project_concerned import tell_funders
from yishi.records.queries.project_money import money_paid
from yishi.records.queries.project_works import bodies_near, body_near, change_open, steps_of
from yishi.records.queries.rule import today_of

BUILT = "built"
INDEPENDENT = "norms.md §1 Independence"


@dataclass(frozen=True)
class Contract:
    """A contract as it is entered. `builder`: uid of the body, where the contractor is one here."""

    contractor: str
    amount_fen: int
    begins_on: date
    ends_on: date
    paper: NewFile | None = None
    builder: str = ""
    why: str = ""


def contract(ask: Ask, uid: str, entered: Contract) -> Done | Refusal:
    """The works are given to somebody by contract, and begin; never by somebody of the body they
    are given to. A contractor named as a body near is that body. Refuses as
    `core.project.building.contract`, and with `not_found`, `not_independent`, `words_personal`,
    `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        named = entered.contractor.strip()
        body = (
            body_near(project, entered.builder) or bodies_near(project).filter(name=named).first()
        )
        if entered.builder and (body is None or body.uid != entered.builder):
            return Refusal("not_found", have="body")
        if body is not None and body.pk in ask.actor.bodies():
            return Refusal("not_independent", "project.contract", BUILDS, source=INDEPENDENT)
        taken = Quotation.objects.filter(project=project, is_taken=True).first()
        facts = core.Contracted(
            named or (body.name if body else ""),
            entered.amount_fen,
            entered.begins_on,
            entered.ends_on,
            taken.amount_fen if taken else None,
            entered.why,
            entered.paper is not None,
            money_paid(project),
        )
        event = fitting(ask, held.topic.place, core.contract(held.now, facts), facts.contractor)
        if isinstance(event, Refusal):
            return event
        paper = paper_of(ask, project, WorksPaper.CONTRACT, entered.paper, body, entered.why)
        paper.amount_fen = entered.amount_fen
        paper.save(force_insert=True)
        values = {
            "self_built": False,
            "contractor": facts.contractor,
            "contract_fen": entered.amount_fen,
            "contract": paper.file,
            "builder": body,
        }
        return _begins(ask, held, event, values, entered.begins_on, entered.ends_on, [paper])

    return act_on(ask, "project.contract", uid, do)


def build_selves(
    ask: Ask, uid: str, builder_uid: str, begins_on: date, ends_on: date
) -> Done | Refusal:
    """Residents build it themselves, and the works begin; never entered by somebody of the body
    that answers for it. Refuses as `core.project.building.build_selves`, and with
    `not_independent`."""

    def do(held: HeldProject) -> Written | Refusal:
        body = body_near(held.project, builder_uid)
        if body is not None and body.pk in ask.actor.bodies():
            return Refusal("not_independent", "project.build_selves", BUILDS, source=INDEPENDENT)
        name = body.name if body else ""
        most = held.terms.self_built_fen
        event = core.build_selves(held.now, most, name, begins_on, ends_on)
        if isinstance(event, Refusal):
            return event
        values = {
            "self_built": True,
            "contractor": "",
            "contract_fen": None,
            "contract": None,
            "builder": body,
        }
        # Nothing is signed; that this body built it stays, whoever goes on after a change.
        paper = paper_of(ask, held.project, WorksPaper.CONTRACT, None, body)
        paper.save(force_insert=True)
        return _begins(ask, held, event, values, begins_on, ends_on, [paper])

    return act_on(ask, "project.build_selves", uid, do)


def plan_milestones(ask: Ask, uid: str, planned: Sequence[tuple[str, date]]) -> Done | Refusal:
    """Steps of the works join the plan: name and day. Refuses as
    `core.project.building.plan_milestones`, and with `words_personal`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        known = steps_of(project)
        assert project.begins_on is not None
        most = Most(held.terms.milestones, held.terms.source("milestones"))
        event = core.plan_milestones(held.now, known, planned, project.begins_on, most)
        if isinstance(event, Refusal):
            return event
        names = {f"name_{at}": name for at, (name, _) in enumerate(planned, 1)}
        personal = too_personal(held.topic.place, ask.now, names)
        if personal:
            return personal
        rows = [
            Milestone(
                uid=new_uid(ask.entropy),
                project=project,
                no=len(known) + at,
                name=name.strip(),
                planned_on=day,
                by_id=ask.actor.person_id,
            )
            for at, (name, day) in enumerate(planned, 1)
        ]
        for row in rows:
            row.save(force_insert=True)
        return wrote(held, event, {}, rows)

    return act_on(ask, "project.plan_milestones", uid, do)


def reach_milestone(
    ask: Ask, uid: str, no: int, words: str, photo: NewFile | None
) -> Done | Refusal:
    """A step is done, with its photo. Refuses as `core.project.building.reach_milestone`, and with
    `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        known, photos = steps_of(held.project), int(photo is not None)
        event = fitting(
            ask, held.topic.place, core.reach_milestone(held.now, known, no, words, photos)
        )
        if isinstance(event, Refusal):
            return event
        assert photo is not None
        row = Milestone.objects.get(project=held.project, no=no)
        row.done_at, row.words = ask.now, words.strip()
        row.photo, row.by_id = keep_file(photo, ask.now), ask.actor.person_id
        row.save()
        return wrote(held, event, {}, [row])

    return act_on(ask, "project.reach_milestone", uid, do, BUILT)


def report_built(ask: Ask, uid: str, words: str, photo: NewFile | None) -> Done | Refusal:
    """It is built: those who inspect it may come. Refuses as `core.project.building.report_built`,
    and with `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        steps, is_open, photos = steps_of(project), change_open(project), int(photo is not None)
        event = fitting(
            ask, held.topic.place, core.report_built(held.now, steps, is_open, words, photos)
        )
        if isinstance(event, Refusal):
            return event
        paper = paper_of(ask, project, WorksPaper.BUILT, photo, project.builder, words)
        paper.save(force_insert=True)
        values = {"state": ProjectState.BUILT, "built_at": ask.now}
        return wrote(held, event, values, [paper])

    return act_on(ask, "project.report_built", uid, do, BUILT)


def paper_of(
    ask: Ask,
    project: Project,
    kind: WorksPaper,
    file: NewFile | None,
    body: Body | None = None,
    words: str = "",
) -> ProjectPaper:
    """The row of a paper of the works, not saved yet."""
    return ProjectPaper(
        uid=new_uid(ask.entropy),
        project=project,
        kind=kind,
        body=body,
        words=words.strip(),
        file=keep_file(file, ask.now) if file else None,
        by_id=ask.actor.person_id,
        at=ask.now,
    )


def _begins(
    ask: Ask,
    held: HeldProject,
    event: Event,
    values: dict[str, object],
    begins_on: date,
    ends_on: date,
    rows: Sequence[ProjectPaper],
) -> Written:
    days = {"begins_on": begins_on, "ends_on": ends_on, "state": ProjectState.UNDER_WAY}
    told: list[Notice] = tell_funders(
        held.project, today_of(ask.now), "project.begun", ask.actor.person_id
    )
    return wrote(held, event, {**values, **days}, rows, told)
