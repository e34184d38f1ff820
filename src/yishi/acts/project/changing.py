"""变更: another cost is asked for, decided by somebody else, and the money found or given back anew
before the works go on."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.building import INDEPENDENT
from yishi.acts.project.giving_back import give_back, gives
from yishi.core.ledger import Moved
from yishi.core.outcome import Notice
from yishi.core.project import building as core
from yishi.core.project import settling
from yishi.core.project.now import ChangeState, PledgeState, ProjectState
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Change, Pledge, Project
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_concerned import tell_concerned
from yishi.records.queries.project_money import quotations_of
from yishi.records.queries.project_works import change_open, parts_of
from yishi.records.queries.rule import today_of


def ask_change(ask: Ask, uid: str, to_fen: int, why: str) -> Done | Refusal:
    """Its cost is to be another one. Refuses as `core.project.building.ask_change`, and with
    `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        event = fitting(
            ask, held.topic.place, core.ask_change(held.now, change_open(project), to_fen, why)
        )
        if isinstance(event, Refusal):
            return event
        assert project.cost_fen is not None
        row = Change(
            uid=new_uid(ask.entropy),
            project=project,
            no=Change.objects.filter(project=project).count() + 1,
            from_fen=project.cost_fen,
            to_fen=to_fen,
            why=why.strip(),
            state=ChangeState.ASKED,
            by_id=ask.actor.person_id,
            at=ask.now,
        )
        row.save(force_insert=True)
        return wrote(held, event, {}, [row])

    return act_on(ask, "project.ask_change", uid, do)


def decide_change(ask: Ask, uid: str, no: int, words: str = "", *, yes: bool) -> Done | Refusal:
    """A change is approved or refused, never by who asked. Approved, the project is chosen at its
    new cost, and works again once its funders sum to it. Refuses as
    `core.project.building.decide_change`, and with `not_found`, `not_independent`,
    `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        row = Change.objects.filter(project=project, no=no).first()
        if row is None:
            return Refusal("not_found", have="change")
        if row.by_id is not None and row.by_id == ask.actor.person_id:
            return Refusal("not_independent", "project.decide_change", "asked", source=INDEPENDENT)
        change = (row.from_fen, row.to_fen, ChangeState(row.state))
        known = len(quotations_of(project))
        said = core.decide_change(held.now, change, words, held.terms, known, yes=yes)
        event = fitting(ask, held.topic.place, said)
        if isinstance(event, Refusal):
            return event
        row.state = ChangeState.APPROVED if yes else ChangeState.REFUSED
        row.answer, row.decided_at = words.strip(), ask.now
        row.decided_by_id = ask.actor.person_id
        row.save()
        if not yes:
            return wrote(held, event, {}, [row], _to_asker(row, project, words))
        values = {"state": ProjectState.CHOSEN, "cost_fen": row.to_fen}
        told = tell_concerned(project, today_of(ask.now), "project.changed", ask.actor.person_id)
        return wrote(held, event, values, [row], told)

    return act_on(ask, "project.decide_change", uid, do)


def lower_pledge(ask: Ask, uid: str, pledge_uid: str, amount_fen: int) -> Done | Refusal:
    """A confirmed funder gives less, where the cost was lowered; the rest goes back. Refuses as
    `core.project.settling.lower`, and with `not_found`, `not_independent` (whoever gives it, or
    sits in the body that does)."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        pledge = (
            Pledge.objects.filter(project=project, uid=pledge_uid, state=PledgeState.CONFIRMED)
            .select_related("fund")
            .first()
        )
        if pledge is None:
            return Refusal("not_found", have="pledge")
        if gives(ask.actor, pledge):
            return Refusal("not_independent", "project.lower_pledge", "gives", source=INDEPENDENT)
        part = parts_of([pledge])[0]
        event = settling.lower(held.now, part, pledge.amount_fen, amount_fen)
        if isinstance(event, Refusal):
            return event
        moved = Moved.RELEASED if part.of_fund else Moved.RETURNED
        less = pledge.amount_fen - amount_fen
        rows = give_back(ask, project, [pledge], [(pledge.uid, moved, less)])
        if isinstance(rows, Refusal):
            return rows
        pledge.amount_fen = amount_fen
        pledge.save(update_fields=["amount_fen"])
        return wrote(held, event, {}, [pledge, *rows])

    return act_on(ask, "project.lower_pledge", uid, do)


def close_change(ask: Ask, project: Project, why: str) -> tuple[list[Change], list[Notice]]:
    """A change still asked for when its project is stopped is refused for that reason; the row, and
    who is told."""
    row = Change.objects.filter(project=project, state=ChangeState.ASKED).first()
    if row is None:
        return [], []
    row.state, row.answer = ChangeState.REFUSED, why.strip()
    row.decided_at, row.decided_by_id = ask.now, ask.actor.person_id
    row.save()
    return [row], _to_asker(row, project, why)


def _to_asker(row: Change, project: Project, words: str) -> list[Notice]:
    if row.by_id is None:
        return []
    params = {"number": project.number, "title": project.option.title, "words": words.strip()}
    return [Notice("project.change_refused", row.by_id, params)]
