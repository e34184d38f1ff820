"""A project as its pages read it: its row and its round's terms, who pays, how it was decided, what
moved, its story; nothing is held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

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
    ProposalPhoto,
    Quotation,
    StoredFile,
    Transfer,
)
from yishi.records.queries.paging import Listed, listed, page_within
from yishi.records.queries.project import HeldProject, course_of, now_of, project_of
from yishi.records.queries.proposal import ROW as WISH
from yishi.records.queries.seat import seats_at

# So many rows on a page of the story and of opinions; of offers and payments; so many quotations.
STORY, MOVES, QUOTATIONS = 20, 50, 50
# So many wishes, funders and photos of how it was before on the page of the project itself.
WISHES, FUNDERS, BEFORE = 3, 6, 2


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
    """What a page shows of a project besides its own row: the first wishes of `wishes_total`, the
    greatest funders, and of each state of an offer (how many, how much)."""

    proposals: list[Proposal]
    wishes_total: int
    pledges: list[Pledge]
    offers: dict[str, tuple[int, int]]
    before: list[ProposalPhoto]


def project_page(held: HeldProject) -> ProjectPage:
    """Five statements."""
    project = held.project
    wishes = Proposal.objects.filter(project=project)
    pledges = Pledge.objects.filter(project=project)
    sums = pledges.order_by().values_list("state").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    confirmed = pledges.filter(state=PledgeState.CONFIRMED)
    return ProjectPage(
        list(wishes.select_related("body").order_by("id")[:WISHES]),
        wishes.count(),
        list(confirmed.order_by("-amount_fen", "id")[:FUNDERS]),
        {state: (n, fen) for state, n, fen in sums},
        list(ProposalPhoto.objects.filter(proposal__project=project).order_by("id")[:BEFORE]),
    )


def story_of(project: Project, page: int) -> tuple[list[Entry], tuple[int, int, int]]:
    """A page of its story, the newest first, and which of how many. Two statements."""
    rows = Entry.objects.filter(subject_uid=project.uid).select_related("person")
    return _paged(rows.order_by("-subject_no"), page, STORY)


@dataclass(frozen=True)
class TalksPage:
    """How a project was decided: the wishes it was made of, quotations, and a page of opinions."""

    proposals: Listed
    quotations: list[Quotation]
    opinions: list[ProjectOpinion]
    opinion_page: tuple[int, int, int]


def talks_page(project: Project, wish: int, opinion: int) -> TalksPage:
    """Five statements."""
    said = ProjectOpinion.objects.filter(project=project).select_related("body")
    opinions, opinion_page = _paged(said.order_by("id"), opinion, STORY)
    return TalksPage(
        listed(Proposal.objects.filter(project=project).order_by("id").values(*WISH), wish),
        list(Quotation.objects.filter(project=project).order_by("amount_fen", "id")[:QUOTATIONS]),
        opinions,
        opinion_page,
    )


@dataclass(frozen=True)
class MoneyPage:
    """Everybody who offered something, and what was paid, each a page of it."""

    pledges: list[Pledge]
    pledge_page: tuple[int, int, int]
    payments: list[Transfer]
    payment_page: tuple[int, int, int]


def money_page(project: Project, offer: int, payment: int) -> MoneyPage:
    """Four statements."""
    offers = Pledge.objects.filter(project=project).select_related("fund").order_by("id")
    moved = Transfer.objects.filter(project=project, moved__in=("paid", "reversed", "delivered"))
    named = ("source__pledge", "target__pledge", "reverses", "reversed_by")
    payments = moved.select_related(*named).order_by("-no")
    return MoneyPage(*_paged(offers, offer, MOVES), *_paged(payments, payment, MOVES))


def _paged(rows: Any, page: int, size: int) -> tuple[list[Any], tuple[int, int, int]]:
    total = rows.count()
    at, pages = page_within(page, total, size)
    return list(rows[(at - 1) * size : at * size]), (at, pages, total)


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
