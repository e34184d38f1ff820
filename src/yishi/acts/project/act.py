"""The shape of an act on a project: its round and itself held, decided, written and journaled under
the project; the version is claimed, so that of two at one project one is told it has changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from yishi.acts import at_place
from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done, Stale
from yishi.acts.round.act import too_personal
from yishi.acts.round.telling import to_authors
from yishi.core.outcome import Event, Notice
from yishi.core.project.now import COURSE, ProjectState
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.records.models import Place, Project
from yishi.records.models.base import Kept
from yishi.records.queries.project import (
    HeldProject,
    course_of,
    lock_project,
    project_of,
    subject_for,
    subject_of,
)
from yishi.records.queries.rule import today_of

Do = Callable[[HeldProject], Written | Refusal]
# What people write into an act, by its name among what is told of it.
WRITTEN = ("words", "why", "dissent", "answer", "name", "contractor")


def act_on(
    ask: Ask,
    act: str,
    uid: str,
    do: Do,
    part: str = "acted",
    *,
    after_end: bool = False,
    units: Iterable[int] = (),
) -> Done | Refusal:
    """Does `do` with the project held. `ask.version` is the project's own version; `units`: bodies
    the act is for besides those that have part in the stage.

    Refuses with `not_found`, `round_ended` (unless `after_end`), `stale`, and what `do` refuses.
    """
    found = project_of(uid)
    if found is None:
        return Refusal("not_found", have="project")
    stage = course_of(found.topic)[1]

    def held() -> Written | Refusal:
        project = lock_project(uid, today_of(ask.now))
        assert project is not None
        # Permission was asked of the state it was found in; somebody may have been first.
        moved_on = project.project.state != found.state
        if moved_on or (ask.version is not None and project.project.version != ask.version):
            raise Stale
        if not after_end and project.now.round is not TopicState.RUNNING:
            return Refusal("round_ended", TopicState.RUNNING, project.now.round, "state")
        return do(project)

    place = found.topic.place
    about = subject_for(act, found, subject_of(found, stage, ask.actor))
    about = replace(about, units=about.units | frozenset(units))
    unversioned = Ask(ask.actor, ask.now, ask.key, None, ask.entropy)
    return act_at(unversioned, act, place, "project", uid, held, part=part, about=about)


def fitting(ask: Ask, place: Place, said: Event | Refusal, words: str = "") -> Event | Refusal:
    """As `at_place.fitting`, of what everybody reads: refuses also with `words_personal` (a phone
    or a number of a paper in it)."""
    fits = at_place.fitting(ask, place, said, words)
    if isinstance(fits, Refusal):
        return fits
    texts = {name: str(fits.params[name]) for name in WRITTEN if name in fits.params}
    personal = too_personal(place, ask.now, texts) or too_personal(place, ask.now, {"words": words})
    return personal or fits


def wrote(
    held: HeldProject,
    event: Event,
    values: Mapping[str, object],
    rows: Iterable[Kept] = (),
    notices: Sequence[Notice] = (),
) -> Written:
    """Writes the project's own columns and claims its version; a new state is one its course leads
    to from here, and whoever wished for it is told. Raises Stale where it has moved on, ValueError
    for a state out of its course."""
    project = held.project
    before = ProjectState(project.state)
    after = ProjectState(str(values.get("state", before)))
    if after is not before and after not in COURSE[before]:
        raise ValueError(f"no way from {before} to {after}")
    for name, value in values.items():
        setattr(project, name, value)
    project.version += 1
    claimed = Project.objects.filter(pk=project.pk, version=project.version - 1)
    columns = {name: getattr(project, name) for name in (*values, "version")}
    if not claimed.update(**columns):
        raise Stale
    told = [*notices, *to_authors(project, before)]
    return Written(event, [project, *rows], after, project.number, told)
