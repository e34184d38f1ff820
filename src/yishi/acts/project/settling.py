"""结算审核, 移交管养, or stopped: the money is settled to the fen, and somebody looks after it."""

from datetime import date

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.building import paper_of
from yishi.acts.project.changing import close_change
from yishi.acts.project.giving_back import give_back
from yishi.core.outcome import Notice
from yishi.core.project import building
from yishi.core.project import settling as core
from yishi.core.project.now import ProjectState, WorksPaper
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile
from yishi.records.queries.project import HeldProject, builders_of
from yishi.records.queries.project_concerned import tell_concerned
from yishi.records.queries.project_works import body_near, funders_of, parts_of
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic_task import to_tell


def settle(
    ask: Ask, uid: str, settled_fen: int, reviewer_uid: str, paper: NewFile | None, words: str = ""
) -> Done | Refusal:
    """The final sum, as the reviewing body confirms it; what each funder has left goes back.
    Refuses as `core.project.settling.settle`, and with `not_independent` (of who built it),
    `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        body = body_near(project, reviewer_uid)
        pledges = funders_of(project)
        back = core.goes_back(parts_of(pledges))
        built = body is not None and body.pk in builders_of(project)
        name = body.name if body else ""
        papers = int(paper is not None)
        event = fitting(
            ask,
            held.topic.place,
            core.settle(held.now, settled_fen, name, built, papers, back),
            words,
        )
        if isinstance(event, Refusal):
            return event
        rows = give_back(ask, project, pledges, back)
        if isinstance(rows, Refusal):
            return rows
        kept = paper_of(ask, project, WorksPaper.REVIEW, paper, body, words)
        kept.amount_fen = settled_fen
        kept.save(force_insert=True)
        values = {
            "state": ProjectState.SETTLED,
            "settled_fen": settled_fen,
            "settled_at": ask.now,
        }
        told = tell_concerned(project, today_of(ask.now), "project.settled", ask.actor.person_id)
        return wrote(held, event, values, [kept, *rows], told)

    return act_on(ask, "project.settle", uid, do, "checked")


def hand_over(
    ask: Ask,
    uid: str,
    keeper_uid: str,
    liable_until: date | None,
    words: str,
    paper: NewFile | None,
) -> Done | Refusal:
    """It is offered to whoever is to look after it, who says yes by `take_over`. Refuses as
    `core.project.settling.hand_over`, and with `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        body = body_near(project, keeper_uid)
        name, papers = (body.name if body else ""), int(paper is not None)
        today = today_of(ask.now)
        said = core.hand_over(held.now, name, liable_until, words, papers, today)
        event = fitting(ask, held.topic.place, said)
        if isinstance(event, Refusal):
            return event
        assert body is not None
        kept = paper_of(ask, project, WorksPaper.HANDING, paper, body, words)
        kept.save(force_insert=True)
        params = {"number": project.number, "title": project.option.title, "unit": name}
        told = [Notice("project.handed", one, params) for one in to_tell(body.pk, today)]
        values = {"keeper": body, "liable_until": liable_until}
        return wrote(held, event, values, [kept], told)

    return act_on(ask, "project.hand_over", uid, do)


def take_over(ask: Ask, uid: str) -> Done | Refusal:
    """Somebody of the keeper takes it over. Refuses as `core.project.settling.take_over`, and with
    `not_yours` (of another body)."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        name = project.keeper.name if project.keeper else ""
        event = core.take_over(held.now, name)
        if isinstance(event, Refusal):
            return event
        if project.keeper_id not in ask.actor.bodies():
            return Refusal("not_yours", need="project.take_over", source="permit")
        values = {"state": ProjectState.HANDED_OVER, "handed_at": ask.now, "ended_at": ask.now}
        told = tell_concerned(
            project, today_of(ask.now), "project.handed_over", ask.actor.person_id, unit=name
        )
        return wrote(held, event, values, (), told)

    return act_on(ask, "project.take_over", uid, do)


def stop(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """It is not done, or no further, for a reason everybody reads; what was set aside and not spent
    goes back, and a change still asked for is refused by it. Refuses as
    `core.project.building.stop`, and with `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        project = held.project
        pledges = funders_of(project)
        back = core.goes_back(parts_of(pledges))
        left = {uid: fen for uid, _, fen in back}
        event = fitting(ask, held.topic.place, building.stop(held.now, why, left))
        if isinstance(event, Refusal):
            return event
        rows = give_back(ask, project, pledges, back)
        if isinstance(rows, Refusal):
            return rows
        changes, asker = close_change(ask, project, why)
        values = {"state": ProjectState.STOPPED, "why": why.strip(), "ended_at": ask.now}
        told = tell_concerned(
            project, today_of(ask.now), "project.stopped", ask.actor.person_id, words=why.strip()
        )
        return wrote(held, event, values, [*changes, *rows], [*told, *asker])

    # Also after the end of its round, so that nothing set aside is left behind.
    return act_on(ask, "project.stop", uid, do, after_end=True)
