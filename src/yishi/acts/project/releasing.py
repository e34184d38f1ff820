"""What funders set aside and a project does not need goes back; what was given in kind is spent."""

from collections.abc import Iterable, Mapping

from yishi.acts.door import Ask
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.refusal import Refusal
from yishi.records.models import Account, Pledge, Project
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of


def give_back(
    ask: Ask,
    project: Project,
    pledges: Mapping[str, Pledge],
    back: Iterable[tuple[str, Moved, int]],
) -> list[Kept] | Refusal:
    """The rows of what goes back to a fund or to whoever gave it. Refuses as `moving.move`."""
    rows: list[Kept] = []
    for uid, moved, fen in back:
        pledge = pledges[uid]
        target = (
            account_of(ask.entropy, project.topic, AccountKind.FUND, fund=pledge.fund)
            if moved is Moved.RELEASED
            else account_of(ask.entropy, project.topic, AccountKind.OUTSIDE)
        )
        done = _moved(ask, project, moved, pledge, target, fen)
        if isinstance(done, Refusal):
            return done
        rows += done
    return _once(rows)


def deliver(
    ask: Ask, project: Project, pledges: Mapping[str, Pledge], parts: Iterable[tuple[str, int]]
) -> list[Kept] | Refusal:
    """The rows of what was given in kind or done by whoever claimed it: spent on the project, with
    its pledge. Refuses as `moving.move`."""
    rows: list[Kept] = []
    for uid, fen in parts:
        pledge = pledges[uid]
        spent = account_of(ask.entropy, project.topic, AccountKind.SPENT, project=project)
        done = _moved(ask, project, Moved.DELIVERED, pledge, spent, fen)
        if isinstance(done, Refusal):
            return done
        pledge.delivered_at = ask.now
        pledge.save(update_fields=["delivered_at"])
        rows += [*done, pledge]
    return _once(rows)


def _moved(
    ask: Ask, project: Project, moved: Moved, pledge: Pledge, target: Account, fen: int
) -> list[Kept] | Refusal:
    source = account_of(ask.entropy, project.topic, AccountKind.PLEDGE, pledge=pledge)
    row = move(ask, moved, source, target, fen, project=project)
    return row if isinstance(row, Refusal) else [source, target, row]


def _once(rows: list[Kept]) -> list[Kept]:
    """Each row once, as an entry seals it: several funders may share an account."""
    return list({(row.ROW, row.uid): row for row in rows}.values())
