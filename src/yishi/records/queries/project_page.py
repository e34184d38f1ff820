"""A project as its page reads it: its row, its round's terms, its texts, opinions, quotations,
funders and what moved; nothing is held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yishi.core.person import Actor
from yishi.core.project.now import PledgeState
from yishi.records.models import (
    Body,
    Entry,
    Fund,
    Pledge,
    Project,
    ProjectOpinion,
    Proposal,
    Quotation,
    StoredFile,
    Transfer,
)
from yishi.records.queries.paging import page_within
from yishi.records.queries.project import HeldProject, course_of, now_of, project_of
from yishi.records.queries.seat import seats_at

STORY = 20
MOVES = 50


def read_project(uid: str, today: date) -> HeldProject | None:
    """The project as an act has it, without holding it; None where there is none. At most six
    statements."""
    project = project_of(uid)
    if project is None:
        return None
    procedure, stage = course_of(project.topic)
    assert procedure.round is not None
    seats = seats_at(project.topic.place_id, today) if stage and stage.decides else {}
    now = now_of(project, procedure.round)
    return HeldProject(project, now, procedure.round, procedure, stage, seats)


@dataclass(frozen=True)
class ProjectPage:
    """What a page shows of a project besides its own row."""

    proposals: list[Proposal]
    opinions: list[ProjectOpinion]
    quotations: list[Quotation]
    pledges: list[Pledge]
    payments: list[Transfer]
    story: list[Entry]
    story_page: tuple[int, int, int]


def project_page(held: HeldProject, story: int) -> ProjectPage:
    """Seven statements. `story`: which page of its story, the newest first."""
    project = held.project
    entries = Entry.objects.filter(subject_uid=project.uid)
    total = entries.count()
    page, pages = page_within(story, total, STORY)
    told = entries.select_related("person").order_by("-subject_no")
    return ProjectPage(
        list(Proposal.objects.filter(project=project).select_related("body").order_by("id")),
        list(ProjectOpinion.objects.filter(project=project).select_related("body").order_by("id")),
        list(Quotation.objects.filter(project=project).order_by("amount_fen", "id")),
        list(Pledge.objects.filter(project=project).select_related("fund").order_by("id")),
        list(
            Transfer.objects.filter(project=project, moved__in=("paid", "delivered"))
            .select_related("source__pledge")
            .order_by("-no")[:MOVES]
        ),
        list(told[(page - 1) * STORY : page * STORY]),
        (page, pages, total),
    )


def bodies_on_line(place: Any, own: Actor | None = None) -> list[Body]:
    """The bodies of a place and of those above it, nearest first; with `own` only those that the
    actor speaks for. One statement."""
    rows = Body.objects.filter(place_id__in=place.ids)
    if own is not None:
        rows = rows.filter(pk__in=own.bodies())
    return list(rows.order_by("-place__line", "id")[:300])


def offered_to(held: HeldProject, state: PledgeState) -> list[Pledge]:
    """The funders of a project in that state, as they came. One statement."""
    rows = Pledge.objects.filter(project=held.project, state=state)
    return list(rows.select_related("fund").order_by("id"))


def funds_open(held: HeldProject) -> list[Fund]:
    """The funds of its round that were not swept. One statement."""
    return list(Fund.objects.filter(topic=held.topic, swept_at=None).order_by("id"))


# Kind of paper → its model, and the column that holds it.
KINDS: dict[str, tuple[Any, str]] = {
    "opinion": (ProjectOpinion, "file"),
    "quotation": (Quotation, "file"),
    "resolution": (Pledge, "resolution"),
    "voucher": (Transfer, "voucher"),
}


def money_file(project: Project, kind: str, row_uid: str) -> StoredFile | None:
    """The file of that paper of a project; None where there is none. One statement."""
    model, column = KINDS[kind]
    row = model.objects.select_related(column).filter(project=project, uid=row_uid).first()
    found: StoredFile | None = getattr(row, column) if row else None
    return found
