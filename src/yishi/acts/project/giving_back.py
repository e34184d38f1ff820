"""What funders set aside and a project does not need goes back where it came from."""

from collections.abc import Iterable

from yishi.acts.door import Ask
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.person import Actor
from yishi.core.project.now import PledgeState
from yishi.core.project.settling import goes_back
from yishi.core.refusal import Refusal
from yishi.records.models import Pledge, Project
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of
from yishi.records.queries.project_works import parts_of


def gives(actor: Actor, pledge: Pledge) -> bool:
    """Whether it is the actor's own, or of a body they sit in: others decide on it."""
    own = actor.person_id is not None and pledge.person_id == actor.person_id
    return own or (pledge.body_id is not None and pledge.body_id in actor.bodies())


def give_back(
    ask: Ask, project: Project, pledges: Iterable[Pledge], back: Iterable[tuple[str, Moved, int]]
) -> list[Kept] | Refusal:
    """The rows of what moves, saved: released to a fund, or returned to whoever gave it. `back`: of
    which of the pledges, why, how much. Refuses as `moving.move`."""
    rows: list[Kept] = []
    known = {one.uid: one for one in pledges}
    for uid, moved, fen in back:
        pledge = known[uid]
        source = account_of(ask.entropy, project.topic, AccountKind.PLEDGE, pledge=pledge)
        target = (
            account_of(ask.entropy, project.topic, AccountKind.FUND, fund=pledge.fund)
            if moved is Moved.RELEASED
            else account_of(ask.entropy, project.topic, AccountKind.OUTSIDE)
        )
        row = move(ask, moved, source, target, fen, project=project)
        if isinstance(row, Refusal):
            return row
        rows.append(row)
    return rows


def decline(ask: Ask, project: Project, pledge: Pledge) -> list[Kept] | Refusal:
    """A funder is not taken up after all; what it set aside, if anything, goes back. The rows that
    changed, saved. Refuses as `give_back`."""
    rows = give_back(ask, project, [pledge], goes_back(parts_of([pledge])))
    if isinstance(rows, Refusal):
        return rows
    pledge.state = PledgeState.DECLINED
    pledge.save(update_fields=["state"])
    return [*rows, pledge]
