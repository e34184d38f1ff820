"""Whoever put a wish forward is told what becomes of the project it went into: 件件有回音."""

from yishi.core.outcome import Notice
from yishi.core.project.now import ProjectState
from yishi.records.models import Project
from yishi.records.queries.proposal import authors_of

S = ProjectState
# Each state that is told here, and from where: money found anew for a project under way is no news.
# That it was accepted, handed over or stopped, its funders are told too, by those acts themselves.
TOLD = {
    S.CHOSEN: (S.COSTED, S.AGREED),
    S.NOT_AGREED: (S.SCREENED, S.COSTED),
    S.NOT_CHOSEN: (S.AGREED,),
    S.UNDER_WAY: (S.FUNDED,),
}


def to_authors(project: Project, before: ProjectState) -> list[Notice]:
    """One message to each author with an account, where the project has come to a state that is
    told. One statement, none otherwise."""
    after = ProjectState(project.state)
    if after is before or before not in TOLD.get(after, ()):
        return []
    said = {"number": project.number, "title": project.option.title, "why": project.why}
    template = f"project.{after}"
    return [Notice(template, one, said, project.number) for one in authors_of(project)]
