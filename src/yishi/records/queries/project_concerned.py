"""Those a project concerns: who wished for it, and who pays for it."""

from datetime import date

from yishi.core.outcome import Notice
from yishi.core.project.now import PledgeState
from yishi.core.round.now import ProposalState
from yishi.records.models import Appointment, Pledge, Project, Proposal
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.project_works import ANSWERS

KEPT = (ProposalState.PASSED, ProposalState.JOINED)
# So many people answer for one body at most.
MOST = 1000


def concerned_by(project: Project, day: date, *, authors: bool = True) -> list[int]:
    """The people whose wish it was, every one that was joined (`authors`), and those who pay for
    it: by themselves, or answering on `day` for a body that does. Three statements at most."""
    wished = Proposal.objects.filter(project=project, state__in=KEPT, person__isnull=False)
    people = set(wished.values_list("person_id", flat=True)) if authors else set()
    pledges = Pledge.objects.filter(project=project, state=PledgeState.CONFIRMED)
    pays = list(pledges.values_list("person_id", "body_id"))
    people |= {person for person, _ in pays if person is not None}
    bodies = {body for _, body in pays if body is not None}
    answers = Appointment.objects.filter(
        in_force_on(day), role__in=ANSWERS, body_id__in=bodies, person__is_active=True
    )
    people |= set(answers.values_list("person_id", flat=True)[:MOST])
    return sorted(one for one in people if one is not None)


def tell_concerned(
    project: Project, day: date, template: str, but: int | None = None, **more: object
) -> list[Notice]:
    """The same step told to each of them, but to whoever did it."""
    return _told(project, concerned_by(project, day), template, but, more)


def tell_funders(
    project: Project, day: date, template: str, but: int | None = None
) -> list[Notice]:
    """The same to those who pay for it alone, where its authors are told otherwise."""
    return _told(project, concerned_by(project, day, authors=False), template, but, {})


def _told(
    project: Project, people: list[int], template: str, but: int | None, more: dict[str, object]
) -> list[Notice]:
    params = {"number": project.number, "title": project.option.title, **more}
    return [Notice(template, person, params) for person in people if person != but]
