"""What a page and its sheets show of the works of a project, and the files that lie with them."""

from dataclasses import dataclass

from django.db.models import Count

from yishi.core.project.now import Look, WorksPaper
from yishi.records.models import (
    Change,
    Defect,
    Milestone,
    Project,
    ProjectLook,
    ProjectPaper,
    ProjectScore,
    ProposalPhoto,
    StoredFile,
)
from yishi.records.queries.paging import Listed, listed

# So many looks and photos of how it was before on the project's own page.
LOOKS = 3
BEFORE = 6
DEFECTS = 50
# Contracts, reviews and records of handing over hold names and accounts; the others are public.
PUBLIC = (WorksPaper.BUILT, WorksPaper.ACCEPTANCE)


@dataclass(frozen=True)
class WorksPage:
    """`looks`: the newest of those who looked on, of `looks_total`; `inspectors`: of every
    inspection, the last one last; `scores`: score → how many."""

    milestones: list[Milestone]
    changes: list[Change]
    looks: list[ProjectLook]
    looks_total: int
    inspectors: list[ProjectLook]
    papers: list[ProjectPaper]
    scores: dict[str, int]
    defects: list[Defect]
    before: list[ProposalPhoto]


def looks_of(project: Project, page: int) -> Listed:
    """A page of those who looked on, the newest first. Two statements."""
    rows = ProjectLook.objects.filter(project=project, on=Look.WATCH).order_by("-id")
    return listed(rows.values("uid", "body__name", "words", "photo_id", "at"), page)


def works_page(project: Project) -> WorksPage:
    """Nine statements."""
    looks = ProjectLook.objects.filter(project=project).select_related("body")
    watched = looks.filter(on=Look.WATCH)
    scores = ProjectScore.objects.filter(project=project).order_by().values_list("score")
    return WorksPage(
        list(Milestone.objects.filter(project=project).order_by("no")),
        list(Change.objects.filter(project=project).order_by("no")),
        list(watched.order_by("-id")[:LOOKS]),
        watched.count(),
        list(looks.filter(on=Look.ACCEPT).order_by("id")),
        list(ProjectPaper.objects.filter(project=project).select_related("body").order_by("id")),
        dict(scores.annotate(n=Count("pk"))),
        list(
            Defect.objects.filter(project=project).select_related("case").order_by("-id")[:DEFECTS]
        ),
        list(ProposalPhoto.objects.filter(proposal__project=project).order_by("id")[:BEFORE]),
    )


def works_file(uid: str, kind: str, row_uid: str) -> StoredFile | None:
    """A public photo of the works: of a step (`step`), of a look (`look`), or with a paper of
    those everybody may see (`paper`). One statement."""
    named = {"project__uid": uid, "uid": row_uid}
    if kind == "step":
        step = Milestone.objects.filter(**named).select_related("photo").first()
        return step.photo if step else None
    if kind == "look":
        look = ProjectLook.objects.filter(**named).select_related("photo").first()
        return look.photo if look else None
    if kind == "paper":
        papers = ProjectPaper.objects.filter(**named, kind__in=PUBLIC).select_related("file")
        paper = papers.first()
        return paper.file if paper else None
    return None


def works_paper(uid: str, row_uid: str) -> ProjectPaper | None:
    """A paper of the works with its file, for who may read papers. One statement."""
    rows = ProjectPaper.objects.filter(project__uid=uid, uid=row_uid, file__isnull=False)
    return rows.select_related("file", "project").first()
