"""验收: those who did not build it look whether it is as decided."""

from collections.abc import Sequence

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.building import paper_of
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.place import BodyKind
from yishi.core.project import accepting as core
from yishi.core.project import settling
from yishi.core.project.now import Look, ProjectState, WorksPaper
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile
from yishi.records.models import Body, Pledge, Project, ProjectLook
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of
from yishi.records.queries.project import HeldProject, builders_of
from yishi.records.queries.project_concerned import tell_concerned
from yishi.records.queries.project_works import bodies_near, funders_of, parts_of
from yishi.records.queries.rule import today_of

NAME_MAX = 40


def accept(
    ask: Ask,
    uid: str,
    bodies: Sequence[str],
    people: Sequence[str],
    words: str,
    photo: NewFile | None = None,
    *,
    fit: bool,
) -> Done | Refusal:
    """It was looked at by these bodies (uids) and people (names): as decided, and what was given in
    kind is delivered; or back to the works. Refuses as `core.project.accepting.accept`, and with
    `not_independent` (of who built it), `not_found`, `name_too_long`, `words_personal`,
    `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        found = {one.uid: one for one in bodies_near(project).filter(uid__in=bodies)}
        if len(found) < len(set(bodies)):
            return Refusal("not_found", have="body")
        names = list(dict.fromkeys(name.strip() for name in people if name.strip()))
        long = max(map(len, names), default=0)
        if long > NAME_MAX:
            return Refusal("name_too_long", NAME_MAX, long, "characters")
        builders = builders_of(project)
        inspectors = [
            core.Inspector(one.name, BodyKind(one.kind), one.pk in builders)
            for one in found.values()
        ] + [core.Inspector(name) for name in names]
        event = fitting(ask, held.topic.place, core.accept(held.now, inspectors, words, fit=fit))
        if isinstance(event, Refusal):
            return event
        rows = _looks(ask, held, [*found.values(), *names], words, fit=fit)
        paper = paper_of(ask, project, WorksPaper.ACCEPTANCE, photo, words=words)
        paper.save(force_insert=True)
        template = "project.accepted" if fit else "project.not_accepted"
        told = tell_concerned(project, today_of(ask.now), template, ask.actor.person_id)
        if not fit:
            again: dict[str, object] = {"state": ProjectState.UNDER_WAY, "built_at": None}
            return wrote(held, event, again, [paper, *rows], told)
        pledges = funders_of(project)
        moved = _deliver(ask, project, pledges)
        if isinstance(moved, Refusal):
            return moved
        values = {"state": ProjectState.ACCEPTED, "accepted_at": ask.now}
        return wrote(held, event, values, [paper, *rows, *moved], told)

    return act_on(ask, "project.accept", uid, do, "checked")


def _deliver(ask: Ask, project: Project, pledges: Sequence[Pledge]) -> list[Kept] | Refusal:
    """What was given in kind or done by whoever claimed it is spent on the project: the rows of
    what moved. Refuses as `moving.move`."""
    known = {one.uid: one for one in pledges}
    parts = settling.delivered(parts_of(pledges))
    if not parts:
        return []
    spent = account_of(ask.entropy, project.topic, AccountKind.SPENT, project=project)
    rows: list[Kept] = [spent]
    for uid, fen in parts:
        pledge = known[uid]
        source = account_of(ask.entropy, project.topic, AccountKind.PLEDGE, pledge=pledge)
        row = move(ask, Moved.DELIVERED, source, spent, fen, project=project)
        if isinstance(row, Refusal):
            return row
        pledge.delivered_at = ask.now
        pledge.save(update_fields=["delivered_at"])
        rows += [row, pledge]
    return rows


def _looks(
    ask: Ask, held: HeldProject, who: Sequence[Body | str], words: str, *, fit: bool
) -> list[Kept]:
    """A row for each inspector."""
    rows: list[Kept] = []
    for one in who:
        row = ProjectLook(
            uid=new_uid(ask.entropy),
            project=held.project,
            body=one if isinstance(one, Body) else None,
            person_id=ask.actor.person_id if isinstance(one, Body) else None,
            name="" if isinstance(one, Body) else one,
            on=Look.ACCEPT,
            is_fit=fit,
            words=words.strip(),
            at=ask.now,
        )
        row.save(force_insert=True)
        rows.append(row)
    return rows
