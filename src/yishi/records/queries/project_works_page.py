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
    StoredFile,
)
from yishi.records.queries.paging import Listed, listed

# So many looks on the project's own page.
LOOKS = 3
# Contracts, reviews and records of handing over hold names and accounts; the others are public.
PUBLIC = (WorksPaper.BUILT, WorksPaper.ACCEPTANCE)


@dataclass(frozen=True)
class WorksPage:
    """`looks`: the newest of those who looked on, `looks_more`: there are others; `inspectors`:
    of every inspection, the last one last; `scores`: score → how many; `defects`: how many."""

    milestones: list[Milestone]
    changes: list[Change]
    looks: list[ProjectLook]
    looks_more: bool
    inspectors: list[ProjectLook]
    papers: list[ProjectPaper]
    scores: dict[str, int]
    defects: int


def looks_of(project: Project, page: int) -> Listed:
    """A page of those who looked on, the newest first. Two statements."""
    rows = ProjectLook.objects.filter(project=project, on=Look.WATCH).order_by("-id")
    return listed(rows.values("uid", "body__name", "words", "photo_id", "at"), page)


def works_page(project: Project) -> WorksPage:
    """Seven statements."""
    looks = ProjectLook.objects.filter(project=project).select_related("body")
    newest = list(looks.filter(on=Look.WATCH).order_by("-id")[: LOOKS + 1])
    scores = ProjectScore.objects.filter(project=project).order_by().values_list("score")
    return WorksPage(
        list(Milestone.objects.filter(project=project).order_by("no")),
        list(Change.objects.filter(project=project).order_by("no")),
        newest[:LOOKS],
        len(newest) > LOOKS,
        list(looks.filter(on=Look.ACCEPT).order_by("id")),
        list(ProjectPaper.objects.filter(project=project).select_related("body").order_by("id")),
        dict(scores.annotate(n=Count("pk"))),
        Defect.objects.filter(project=project).count(),
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
