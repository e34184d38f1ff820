"""What a person who deletes their account leaves in rounds: wishes without words, photos or name,
funders without a name, looks and scores without words. A project made of a wish and every sum stay.

What waits for an answer is taken back: a wish nobody screened, an offer nobody confirmed. A row
whose name is sealed with its numbers is sealed anew, so that the numbers still verify.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from yishi.acts.at_place import Beside
from yishi.acts.door import Ask
from yishi.acts.round.unnaming import at_work, unname
from yishi.core import erasure
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.project.funding import withdraw
from yishi.core.project.now import PledgeState
from yishi.core.round.now import ProposalState
from yishi.records.files import blank
from yishi.records.models import (
    Change,
    Entry,
    Milestone,
    Person,
    Pledge,
    Project,
    ProjectLook,
    ProjectOpinion,
    ProjectPaper,
    ProjectScore,
    Proposal,
    ProposalPhoto,
    Quotation,
)
from yishi.records.models.base import Kept
from yishi.records.queries.project import lock_project
from yishi.records.queries.project_money import pledge_now
from yishi.records.queries.proposal import lock_proposal
from yishi.records.queries.rule import today_of

ACT = "account.erase"
# What somebody has part in a project by.
PART: tuple[Any, ...] = (Pledge, ProjectLook, ProjectScore)
# Texts others wrote on a project; one that names the person goes.
BESIDE: tuple[Any, ...] = (
    Change, Milestone, ProjectLook, ProjectOpinion, ProjectPaper, ProjectScore, Quotation,
)  # fmt: skip


@dataclass
class Gone:
    """What was forgotten: names of seals to drop, files to sweep, rows to seal anew."""

    seals: list[str] = field(default_factory=list)
    files: set[int] = field(default_factory=set)
    beside: list[Beside] = field(default_factory=list)


def forget(ask: Ask, person: Person, known: Sequence[str]) -> Gone:
    """Forgets the person in every round. `known`: their name and phone."""
    gone = Gone()
    wishes = _lock_wishes(person)
    projects = _lock_projects(ask, person, wishes)
    for wish in wishes:
        _wish(ask, wish, known, gone)
    _photos(ask, wishes, gone)
    for pledge in Pledge.objects.filter(person=person).select_related("project").order_by("id"):
        _pledge(pledge, gone)
    # What somebody wrote for a committee is the committee's; its own words are theirs.
    looks = ProjectLook.objects.filter(person=person, body=None)
    scores = ProjectScore.objects.filter(person=person)
    gone.files |= set(looks.exclude(photo=None).values_list("photo_id", flat=True))
    gone.seals += [f"{row.ROW}:{row.uid}.words" for row in (*looks, *scores)]
    looks.update(words="", name="", photo=None)
    scores.update(words="")
    for model in BESIDE:
        for row in model._default_manager.filter(project__in=projects):
            gone.seals += _unnamed(row, known)
    wished = {wish.project_id for wish in wishes}
    for project in projects:
        seals, beside = unname(ask, project, person, known, wished=project.pk in wished)
        gone.seals += seals
        gone.beside += beside
    _uninspected(projects, known)
    gone.seals += _told(person, wishes, projects, known)
    return gone


def _lock_wishes(person: Person) -> list[Proposal]:
    """Their wishes, held as an act on each holds it, one round after the other."""
    rows = Proposal.objects.filter(person=person).order_by("topic_id", "id")
    found = [lock_proposal(uid, topic) for uid, topic in rows.values_list("uid", "topic__uid")]
    return [held.proposal for held in found if held is not None]


def _lock_projects(ask: Ask, person: Person, wishes: list[Proposal]) -> list[Project]:
    """The projects they had part in, held."""
    keys = {wish.project_id for wish in wishes if wish.project_id is not None} | at_work(person)
    for model in PART:
        keys |= set(model._default_manager.filter(person=person).values_list("project", flat=True))
    rows = Project.objects.filter(pk__in=keys).order_by("topic_id", "id")
    today = today_of(ask.now)
    found = [lock_project(uid, today) for uid in rows.values_list("uid", flat=True)]
    return [held.project for held in found if held is not None]


def _wish(ask: Ask, wish: Proposal, known: Sequence[str], gone: Gone) -> None:
    """Words, name and spot go; what waits is taken back."""
    texts = ["title", "words", "spot", *(["answer"] if erasure.names(wish.answer, known) else [])]
    for name in texts:
        setattr(wish, name, "")
    gone.seals += [f"{wish.ROW}:{wish.uid}.{name}" for name in texts]
    wish.name, wish.shows_name = "", False
    if wish.state == ProposalState.FILED:
        wish.state, wish.decided_at = ProposalState.WITHDRAWN, ask.now
        event = Event("proposal.withdrawn")
        gone.beside.append(Beside(ACT, "proposal", wish.uid, event, [wish]))
    wish.version += 1
    wish.save()


def _photos(ask: Ask, wishes: list[Proposal], gone: Gone) -> None:
    photos = ProposalPhoto.objects.filter(proposal__in=wishes)
    gone.files |= set(photos.values_list("file_id", flat=True))
    if gone.files:
        photos.update(file=blank(ask.now))


def _pledge(pledge: Pledge, gone: Gone) -> None:
    """The sum stays, of a resident without a name; an offer that waits is taken back."""
    event = Event("project.funder_unnamed")
    if pledge.state == PledgeState.OFFERED:
        taken_back = withdraw(pledge_now(pledge))
        assert isinstance(taken_back, Event)
        event, pledge.state = taken_back, PledgeState.WITHDRAWN
    elif not pledge.name and not pledge.words:
        return
    gone.seals += [f"{pledge.ROW}:{pledge.uid}", f"{pledge.ROW}:{pledge.uid}.words"]
    pledge.name = pledge.words = ""
    pledge.save(update_fields=["name", "words", "state"])
    gone.beside.append(Beside(ACT, "project", pledge.project.uid, event, [pledge]))


def _unnamed(row: Kept, known: Sequence[str]) -> Iterator[str]:
    """Empties what names them of a text by others."""
    named = [name for name in row.SEALED_TEXT if erasure.names(getattr(row, name), known)]
    if named:
        type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(named, ""))
    for name in named:
        yield f"{row.ROW}:{row.uid}.{name}"


def _uninspected(projects: list[Project], known: Sequence[str]) -> None:
    """That a resident inspected it stays; who it was goes. The name stands in no seal."""
    looks = ProjectLook.objects.filter(project__in=projects, person=None).exclude(name="")
    named = [pk for pk, name in looks.values_list("pk", "name") if erasure.names(name, known)]
    ProjectLook.objects.filter(pk__in=named).update(name="")


def _told(
    person: Person, wishes: list[Proposal], projects: list[Project], known: Sequence[str]
) -> Iterator[str]:
    """The private part of entries that carry their words or name them."""
    own = [wish.uid for wish in wishes]
    beside = Proposal.objects.filter(project__in=projects).values_list("uid", flat=True)
    of_these = [*own, *beside, *(project.uid for project in projects)]
    for entry in Entry.objects.filter(subject_uid__in=of_these).order_by("id"):
        theirs = entry.person_id == person.pk and entry.role == Role.RESIDENT
        says = entry.subject_uid in own and "title" in entry.params
        if entry.params and (theirs or says or erasure.names(entry.params, known)):
            yield f"{entry.ROW}:{entry.uid}.params"
            Entry.objects.filter(pk=entry.pk).update(params={})
